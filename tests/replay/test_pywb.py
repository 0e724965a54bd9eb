"""pywb replays what we export: by its search, and byte for byte."""

import json
import os
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from storage.archive.selection import Selection
from storage.export import files
from tests.readers import reader
from tests.storage.shelf import Shelf, article, shelf_in

pytestmark = pytest.mark.slow
LONGEST = 60.0  # seconds until it answers
BYTES = bytes(range(256)) * 20
PAGE = "https://www.one.test/Boats?b=2&a=%C3%A9"


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    """A page in two versions and back again, and one whose bytes are no text at all."""
    with shelf_in(tmp_path_factory.mktemp("shelf")) as made:
        for title in ("First", "Second", "First"):
            made.read(PAGE, article(title, "Boats."), body=f"<html><h1>{title}</h1><p>Boats. é</p></html>".encode())
        made.read("https://two.test/b", article("Bytes", "Ice."), body=BYTES)
        yield made


@pytest.fixture(scope="module")
def address(shelf: Shelf, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where pywb serves an export of it."""
    wayback = reader("wayback")
    folder = tmp_path_factory.mktemp("pywb")
    files.export(shelf.archive, shelf.raw, folder / "out", "warc", Selection())
    told = {"collections": {"ours": {"index_paths": "out/index.cdxj", "archive_paths": "out/"}}}
    (folder / "config.yaml").write_text(json.dumps(told))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [wayback, "-b", "127.0.0.1", "-p", str(port), "-t", "2"]
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(
            command, cwd=folder, stdout=log, stderr=log, env=os.environ | {"PYTHONWARNINGS": "ignore"}
        )
        try:
            _wait(f"http://127.0.0.1:{port}/", process, folder / "log")
            yield f"http://127.0.0.1:{port}/ours"
        finally:
            process.terminate()
            process.wait(10)


def _wait(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + LONGEST
    while time.monotonic() < until:
        assert process.poll() is None, log.read_text()
        with suppress(OSError):
            get(url)
            return
        time.sleep(0.2)
    raise AssertionError(log.read_text())


def get(url: str) -> tuple[bytes, dict[str, str]]:
    with urllib.request.urlopen(url, timeout=20) as answer:
        return answer.read(), {name.lower(): value for name, value in answer.headers.items()}


def test_byte_for_byte(shelf: Shelf, address: str) -> None:
    """Each capture at its time, the revisit with the bytes that it refers to, and what is no text."""
    captures = shelf.archive.rows("SELECT url, fetched_at, sha256 FROM captures ORDER BY id")
    for capture in captures:
        moment = "".join(filter(str.isdigit, capture["fetched_at"]))[:14]
        body, headers = get(f"{address}/{moment}id_/{capture['url']}")
        assert body == shelf.bodies[capture["sha256"]]
        assert headers["memento-datetime"]
    assert captures[0]["sha256"] == captures[2]["sha256"]


def test_found_by_search(address: str) -> None:
    """Its index answers for the address, whatever its spelling, and for all of a host."""
    said, _ = get(f"{address}/cdx?url=http://ONE.test/boats%3Fa%3D%25C3%25A9%26b%3D2&output=json")
    lines = [json.loads(line) for line in said.splitlines()]
    assert [line["timestamp"] for line in lines] == ["20260301120002", "20260301120005", "20260301120008"]
    said, _ = get(f"{address}/cdx?url=two.test/*&output=json")
    assert [json.loads(line)["url"] for line in said.splitlines()] == ["https://two.test/b"]


def test_as_a_page(address: str) -> None:
    """With its own words, rewritten for the browser."""
    body, _ = get(f"{address}/20260301120005mp_/{PAGE}")
    assert "Boats. é".encode() in body


def test_what_is_not_there(address: str) -> None:
    with pytest.raises(urllib.error.HTTPError, match="404"):
        get(f"{address}/2026id_/https://three.test/")
