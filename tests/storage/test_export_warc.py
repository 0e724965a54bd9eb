"""WARC files: warcio reads and checks them, their index leads to each record, the key is that of web archives."""

import base64
import hashlib
import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from warcio.archiveiterator import ArchiveIterator

from storage.archive.base import Row
from storage.archive.selection import Selection
from storage.export import files, warc
from storage.export.surt import surt
from tests.readers import reader
from tests.storage.shelf import Shelf, article, shelf_in


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    """Two articles; one of them has a second page, and has come back to its first text."""
    with shelf_in(tmp_path / "data") as made:
        made.read("https://one.test/a", article("A", "Boats."))
        made.later_page(1, "https://one.test/a?page=2", b"<p>More</p>")
        made.read("https://one.test/a", article("A", "Boats went."))
        made.read("https://one.test/a", article("A", "Boats."))
        made.read("https://two.test/b", article("B", "Herons."))
        yield made


def export(shelf: Shelf, out: Path, **wanted: Any) -> dict[str, int]:
    return files.export(shelf.archive, shelf.raw, out, "warc", Selection(**wanted)).captures


def records(out: Path) -> list[tuple[Any, bytes]]:
    found = []
    for path in sorted(out.glob("*.warc.gz")):
        with path.open("rb") as file:
            found += [(record, record.content_stream().read()) for record in ArchiveIterator(file)]
    return found


def test_records(shelf: Shelf, tmp_path: Path) -> None:
    """A response for each capture, byte for byte; a revisit where the bytes are known; all of version 1.1."""
    assert export(shelf, tmp_path / "out") == {"responses": 4, "revisits": 1, "missing": 0}
    about, *told = records(tmp_path / "out")
    assert (about[0].rec_type, about[0].rec_headers.protocol) == ("warcinfo", "WARC/1.1")
    assert [record.rec_type for record, _ in told] == ["response", "response", "response", "revisit", "response"]
    first_body, *bodies = shelf.bodies.values()
    assert [body for _, body in told if body] == [first_body, b"<p>More</p>", *bodies]
    first, again = told[0][0], told[3][0]
    assert again.rec_headers["WARC-Refers-To-Date"] == first.rec_headers["WARC-Date"] == "2026-03-01T12:00:02Z"
    assert again.rec_headers["WARC-Payload-Digest"] == first.rec_headers["WARC-Payload-Digest"]
    assert again.rec_headers["WARC-Profile"].endswith("/1.1/revisit/identical-payload-digest")


def test_headers(shelf: Shelf, tmp_path: Path) -> None:
    """The captures' own; what was said of the coding is kept, and what is said of the length is true."""
    export(shelf, tmp_path / "out")
    record, body = records(tmp_path / "out")[1]
    assert record.http_headers.get_statuscode() == "200"
    assert record.http_headers.headers == [
        ("content-type", "text/html; charset=utf-8"),
        ("X-Archive-Orig-content-encoding", "gzip"),
        ("X-Archive-Orig-content-length", "77"),
        ("x-made-by", "B%C3%BCcher%20und%20mehr"),
        ("Content-Length", str(len(body))),
    ]


def test_warcio_checks_it(shelf: Shelf, tmp_path: Path) -> None:
    """Every digest of every record."""
    export(shelf, tmp_path / "out")
    command = [sys.executable, "-m", "warcio.cli", "check", "-v", str(tmp_path / "out" / "newskeep-00000.warc.gz")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.count("digest pass")) == (0, 5), done.stdout + done.stderr


def test_index(shelf: Shelf, tmp_path: Path) -> None:
    """Sorted by its bytes; each line leads to a member that can be read alone."""
    export(shelf, tmp_path / "out")
    lines = (tmp_path / "out" / "index.cdxj").read_bytes().splitlines()
    assert lines == sorted(lines) and len(lines) == 5
    for line in lines:
        key, moment, told = line.decode().split(" ", 2)
        entry = json.loads(told)
        data = (tmp_path / "out" / entry["filename"]).read_bytes()
        member = data[int(entry["offset"]) :][: int(entry["length"])]
        (tmp_path / "one.warc.gz").write_bytes(member)
        ((record, body),) = records(tmp_path)
        assert key == surt(entry["url"]) and record.rec_headers["WARC-Target-URI"] == entry["url"]
        assert record.rec_headers["WARC-Date"].translate(str.maketrans("", "", "-:TZ")) == moment
        if record.rec_type == "response":
            assert entry["digest"] == f"sha1:{base64.b32encode(hashlib.sha1(body).digest()).decode()}"


def test_the_index_is_that_of_pywb(shelf: Shelf, tmp_path: Path) -> None:
    """Line for line; only that ours tells the status of a revisit, too."""
    export(shelf, tmp_path / "out")
    command = [reader("cdx-indexer"), "-j", "-s", "newskeep-00000.warc.gz"]
    done = subprocess.run(command, cwd=tmp_path / "out", capture_output=True, text=True, check=True)
    theirs, ours = done.stdout.splitlines(), (tmp_path / "out" / "index.cdxj").read_text().splitlines()
    assert [_parsed(line) for line in ours] == [_parsed(line) for line in theirs if not line.startswith("!")]


def _parsed(line: str) -> tuple[str, str, Row]:
    key, moment, told = line.split(" ", 2)
    row = json.loads(told)
    if row["mime"] == "warc/revisit":
        row.pop("status", None)
    return key, moment, row | {"digest": row["digest"].removeprefix("sha1:"), "filename": Path(row["filename"]).name}


def test_split(tmp_path: Path) -> None:
    """A new file when one is large enough; every file says what it is."""
    captures = [capture(number) for number in range(5)]
    counts = warc.write(captures, lambda row: os.urandom(row["size"]), tmp_path, split=2500)
    assert counts == Counter(responses=5)
    kinds = [record.rec_type for record, _ in records(tmp_path)]
    assert kinds == ["warcinfo", "response", "response"] * 2 + ["warcinfo", "response"]


def test_a_body_that_is_gone(tmp_path: Path) -> None:
    """Its record is left out and counted; the next with the same bytes stands for itself."""
    captures = [capture(1), capture(1), capture(2)]
    bodies = iter([None, b"there", b"there"])
    assert warc.write(captures, lambda _: next(bodies), tmp_path) == Counter(responses=2, missing=1)


@pytest.mark.parametrize("status", [200, 404, 299, 999])
def test_odd_answers(tmp_path: Path, status: int) -> None:
    """A status without a name, header lines that were folded, an address that is none: told as they can be."""
    odd = capture(1) | {"status": status, "headers": '[["x","a\\r\\n b\\u0000"]]', "final_url": "http://e.org:x/"}
    warc.write([odd], lambda _: b"x", tmp_path)
    (_, (record, _)) = records(tmp_path)
    assert record.http_headers.get_statuscode() == str(status) and record.http_headers["x"] == "a  b"
    assert (tmp_path / "index.cdxj").read_text() == ""


def capture(number: int) -> Row:
    return {
        "final_url": f"https://one.test/{number}",
        "fetched_at": f"2026-03-01T12:00:0{number}.250000+00:00",
        "status": 200,
        "headers": "[]",
        "content_type": "Text/HTML; charset=utf-8",
        "sha256": f"{number:064}",
        "size": 1000,
    }


ADDRESSES = {
    "http://www.Example.org/a": "org,example)/a",
    "https://example.org:443/": "org,example)/",
    "http://example.org:8080/A/B/../c/./d//e/?b=2&a=1&a": "org,example:8080)/a/c/d/e?a&a=1&b=2",
    "http://www2.e.org/a%2520b/": "org,e)/a%20b",
    "http://e.org/ä?q=ü%20x": "org,e)/%c3%a4?q=%c3%bc%20x",
    "http://bücher.example/": "example,xn--bcher-kva)/",
    "http://e.org/x?a=1&phpsessid=0123456789abcdef0123456789abcdef&b": "org,e)/x?a=1&b",
    "http://127.0.0.1:8000/a?#c": "1,0,0,127:8000)/a",
    "http://e.org//../x": "org,e)/x",
}


@pytest.mark.parametrize(("url", "key"), ADDRESSES.items())
def test_surt(url: str, key: str) -> None:
    """As the Internet Archive's library makes it."""
    assert surt(url) == key


def test_surt_is_that_of_pywb() -> None:
    """The table holds what the library says."""
    python = reader("python")
    code = "import json, sys, surt; print(json.dumps([surt.surt(url) for url in json.load(sys.stdin)]))"
    done = subprocess.run(
        [python, "-W", "ignore", "-c", code], input=json.dumps([*ADDRESSES]), capture_output=True, text=True, check=True
    )
    assert json.loads(done.stdout) == [*ADDRESSES.values()]


@pytest.mark.parametrize("url", ["ftp://e.org/", "urn:x:1", "http://", "http://e.org:port/"])
def test_no_web_address(url: str) -> None:
    """Only what a web archive can be asked for has a key."""
    with pytest.raises(ValueError):
        surt(url)
