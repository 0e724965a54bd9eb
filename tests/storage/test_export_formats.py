"""JSON Lines, CSV and Parquet: every key, every letter, readable by what people read them with."""

import csv
import gzip
import io
import json
import re
import subprocess
import sys
import tracemalloc
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.archive.selection import Selection
from storage.export import files, jsonl, parquet, table
from storage.export.files import Options
from storage.export.whole import CannotExport, whole_file, whole_folder
from storage.records import Caption
from tests.readers import reader
from tests.storage.shelf import Shelf, article, shelf_in

ODD = '=2+2 "quoted", a comma;\u2028a line\u0000 and 漢字 \U0001f6a2'


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    """Two articles, one of them with everything; nobody writes to it."""
    with shelf_in(tmp_path_factory.mktemp("formats")) as made:
        published = datetime.fromisoformat("2026-02-10T23:30:00-05:00")
        full = article(
            "Harbour",
            *("h:Boats", "Two boats came.", "li:One", "li:Two"),
            published=published,
            published_raw="Feb 10, 11:30 pm",
            published_precision="minute",
            modified=datetime(2026, 2, 11, 8, 0, tzinfo=UTC),
            authors=("Ann Lee", "Bo"),
            tags=("sea", "ice"),
            captions=(Caption(text="A boat", credit="Cy"),),
            source="The Lantern",
            section="Coast",
            language="en",
            lead="Boats came.",
            image="https://one.test/a.jpg",
            paywalled=False,
        )
        made.read("https://one.test/a", full)
        made.later_page(1, "https://one.test/a?page=2", b"<p>More</p>")
        day: dict[str, Any] = {"published": date(2026, 2, 1), "published_raw": "x", "published_precision": "month"}
        made.read("https://one.test/b", article(ODD, "-5 degrees", **day))
        made.link(2, 1)
        yield made


def written(shelf: Shelf, out: Path, **options: Any) -> bytes:
    files.export(shelf.archive, shelf.raw, out, out.suffix[1:], Selection(), Options(**options))
    return out.read_bytes()


def test_jsonl(shelf: Shelf, tmp_path: Path) -> None:
    """One line an article; the keys in one order; all that is known."""
    full, other = map(json.loads, written(shelf, tmp_path / "a.jsonl").split(b"\n")[:-1])
    assert list(full) == list(other)
    captures = full.pop("captures")
    assert [each["url"] for each in captures] == ["https://one.test/a", "https://one.test/a?page=2"]
    assert all(re.fullmatch("[0-9a-f]{64}", each["sha256"]) for each in captures)
    assert full.pop("text_sha256") and full.pop("read_at") > full.pop("first_seen")
    assert full == {
        "url": "https://one.test/a",
        "site": "one.test",
        "title": "Harbour",
        "published": "2026-02-10T23:30:00-05:00",
        "published_precision": "minute",
        "published_raw": "Feb 10, 11:30 pm",
        "modified": "2026-02-11T08:00:00+00:00",
        "number": 1,
        "reason": "published",
        "source": "The Lantern",
        "section": "Coast",
        "language": "en",
        "lead": "Boats came.",
        "image": "https://one.test/a.jpg",
        "paywalled": False,
        "authors": ["Ann Lee", "Bo"],
        "tags": ["sea", "ice"],
        "captions": [{"text": "A boat", "credit": "Cy"}],
        "paragraphs": [
            {"kind": "h", "text": "Boats", "where": "h.story"},
            {"kind": "p", "text": "Two boats came.", "where": ""},
            {"kind": "li", "text": "One", "where": "li.story"},
            {"kind": "li", "text": "Two", "where": "li.story"},
        ],
        "text": "Boats\n\nTwo boats came.\n\nOne\n\nTwo",
        "story": "https://one.test/a",
        "announced_by": ["https://one.test/feed"],
        "extractor": "generic",
        "rule_revision": "r1",
        "memory_revision": "m1",
        "version_id": 1,
        "article_id": 1,
    }
    assert (other["title"], other["paywalled"], other["story"]) == (ODD, None, "https://one.test/a")


def test_keys_of_a_source_stay_here(shelf: Shelf, tmp_path: Path) -> None:
    """Of the address of a feed, which may hold a key; not of an article's."""
    told = json.loads(written(shelf, tmp_path / "a.jsonl", hide=lambda url: f"{url} hidden").split(b"\n")[0])
    assert told["announced_by"] == ["https://one.test/feed hidden"]
    assert told["captures"][0]["url"] == "https://one.test/a"


def test_csv(shelf: Shelf, tmp_path: Path) -> None:
    """Every letter comes back."""
    text = written(shelf, tmp_path / "a.csv").decode()
    full, other = csv.DictReader(io.StringIO(text, newline=""))
    assert (full["authors"], full["tags"], full["paywalled"], other["paywalled"]) == (
        "Ann Lee; Bo",
        "sea; ice",
        "false",
        "",
    )
    assert (other["title"], other["text"], full["text"]) == (
        ODD,
        "-5 degrees",
        "Boats\n\nTwo boats came.\n\nOne\n\nTwo",
    )


def in_pandas(path: Path, expression: str) -> Any:
    """What pandas says of a file: an expression of `frame`."""
    read = "read_csv" if path.suffix == ".csv" else "read_parquet"
    code = f"import json, sys, pandas; frame = pandas.{read}(sys.argv[1]); print(json.dumps({expression}))"
    return json.loads(subprocess.check_output([reader("python"), "-c", code, str(path)], text=True))


@pytest.mark.slow
def test_csv_in_pandas(shelf: Shelf, tmp_path: Path) -> None:
    """Columns by their names, texts with their blank lines."""
    written(shelf, tmp_path / "a.csv")
    columns, texts = in_pandas(tmp_path / "a.csv", "[list(frame.columns), frame['text'].tolist()]")
    assert columns == list(table.COLUMNS)
    assert texts == ["Boats\n\nTwo boats came.\n\nOne\n\nTwo", "-5 degrees"]


def test_csv_for_a_spreadsheet(shelf: Shelf, tmp_path: Path) -> None:
    """Marked as UTF-8; nothing begins as a formula does; a number stays one."""
    data = written(shelf, tmp_path / "a.csv", spreadsheet=True)
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert not [cell for row in rows for cell in row if cell.startswith(table.FORMULA)]
    assert rows[2][rows[0].index("title")] == f"'{ODD}"


def test_parquet_in_duckdb(shelf: Shelf, tmp_path: Path) -> None:
    """Typed: times with their zone, days, lists and structs that queries reach into."""
    written(shelf, path := tmp_path / "a.parquet")
    ask = duckdb.connect().execute
    types = dict(
        ask("SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM read_parquet(?))", [str(path)]).fetchall()
    )
    assert types["published_at"] == types["read_at"] == "TIMESTAMP WITH TIME ZONE"
    assert (types["published_day"], types["authors"], types["paywalled"]) == ("DATE", "VARCHAR[]", "BOOLEAN")
    sql = "SELECT published_day, epoch(published_at), authors[2], paragraphs[1].kind, captures[2].status, len(captures)"
    found = ask(f"{sql} FROM read_parquet(?) ORDER BY article_id", [str(path)]).fetchall()
    day = datetime.fromisoformat("2026-02-10T23:30:00-05:00").timestamp()
    assert found == [(date(2026, 2, 10), day, "Bo", "h", 200, 2), (date(2026, 2, 1), None, None, "p", None, 1)]


@pytest.mark.slow
def test_parquet_in_pandas(shelf: Shelf, tmp_path: Path) -> None:
    """A frame with real times."""
    written(shelf, tmp_path / "a.parquet")
    told = "[str(frame['read_at'].dtype), frame['title'].tolist(), frame['published_at'].isna().tolist()]"
    kind, titles, without = in_pandas(tmp_path / "a.parquet", told)
    assert kind.startswith("datetime64[us, UTC")
    assert (titles, without) == (["Harbour", ODD], [False, True])
    kept = pq.read_metadata(tmp_path / "a.parquet").row_group(0).column(0)
    assert kept.compression == "ZSTD"


def test_row_groups_are_bounded() -> None:
    """By rows and by letters."""
    record = dict.fromkeys(parquet.SCHEMA.names) | {"url": "u", "title": "t", "captures": []}
    texts = ["a"] * 4 + ["b" * 200] + ["c"] * 2
    file = io.BytesIO()
    parquet.write([record | {"text": text} for text in texts], file, rows=3, characters=100)
    read = pq.ParquetFile(file)
    assert [read.metadata.row_group(at).num_rows for at in range(read.num_row_groups)] == [3, 2, 2]
    assert read.read()["text"].to_pylist() == texts


def test_the_same_bytes_again(shelf: Shelf, tmp_path: Path) -> None:
    """No clock and no chance is in any file, packed or not."""
    for name in ("a.jsonl", "a.csv", "a.parquet"):
        assert written(shelf, tmp_path / name) == written(shelf, tmp_path / name)
    for packed in ("a.jsonl.gz", "b.jsonl.gz"):
        files.export(shelf.archive, shelf.raw, tmp_path / packed, "jsonl", Selection())
    assert (tmp_path / "a.jsonl.gz").read_bytes() == (tmp_path / "b.jsonl.gz").read_bytes()
    assert gzip.decompress((tmp_path / "a.jsonl.gz").read_bytes()) == written(shelf, tmp_path / "a.jsonl")


@pytest.mark.parametrize("form", files.FORMATS)
def test_whole_or_not_at_all(shelf: Shelf, tmp_path: Path, form: str) -> None:
    """What stops an export leaves the file of before, and nothing beside it."""
    dest = tmp_path / "here" / f"it.{form}"
    files.export(shelf.archive, shelf.raw, dest, form, Selection())
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}

    def stop(_done: int, _all: int) -> None:
        raise KeyboardInterrupt

    if form != "atom":  # a feed is told of when it is written
        with pytest.raises(KeyboardInterrupt):
            files.export(shelf.archive, shelf.raw, dest, form, Selection(sites=("one.test",)), progress=stop)
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before
    assert [path.name for path in dest.parent.iterdir()] == [dest.name]


def test_what_is_in_the_way(tmp_path: Path) -> None:
    """A folder where a file is to be, another's things where a folder is to be: said, and left alone."""
    (tmp_path / "notes.md").write_text("mine")
    with pytest.raises(CannotExport, match="is a folder; name a file"), whole_file(tmp_path):
        pass
    for taken in (tmp_path, tmp_path / "notes.md"):
        with pytest.raises(CannotExport, match="holds other things; name a new folder"), whole_folder(taken, "index"):
            pass
    assert (tmp_path / "notes.md").read_text() == "mine"


@pytest.mark.parametrize("how", ["killed", "failed"])
def test_stopped_between_the_old_and_the_new(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: str) -> None:
    """The old folder is away for a moment; a run that ends there, and a next one that comes to nothing, leave it."""
    dest, renamed = tmp_path / "warcs", Path.rename
    dest.mkdir()
    (dest / "index").write_text("old")

    def second(path: Path, target: Path) -> Path:
        if path.name.endswith(".part"):
            raise OSError("no rename here")
        return renamed(path, target)

    if how == "killed":
        dest.rename(tmp_path / ".warcs.old")
        with pytest.raises(KeyboardInterrupt), whole_folder(dest, "index"):
            raise KeyboardInterrupt
    else:
        monkeypatch.setattr(Path, "rename", second)
        with pytest.raises(OSError, match="no rename here"), whole_folder(dest, "index"):
            pass
    assert [path.read_text() for path in tmp_path.rglob("*") if path.is_file()] == ["old"]
    assert (dest / "index").exists()


def test_without_pyarrow(tmp_path: Path) -> None:
    """What to install is said, and nothing else needs it."""
    code = (
        "import sys; sys.modules['pyarrow'] = None\n"
        "from storage.export import files\n"
        "try: files._writer('parquet', files.Options())\n"
        "except files.CannotExport as error: print(error)"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert "pip install 'newskeep[parquet]'" in said


def test_memory_does_not_grow_with_the_archive() -> None:
    """Records are written as they come."""
    record = {"title": "t", "text": "x" * 2000}
    peaks = []
    for count in (300, 6000):
        tracemalloc.start()
        jsonl.write((dict(record) for _ in range(count)), _Nowhere())
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < 2 * peaks[0]


class _Nowhere(io.BytesIO):
    def write(self, data: Any) -> int:
        return len(data)


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=1, max_size=4))
def test_any_letters_in_csv(cells: list[str]) -> None:
    """What a reader of RFC 4180 reads is what was written."""
    record: dict[str, Any] = dict.fromkeys(table.COLUMNS, "") | dict.fromkeys(table.LISTS, ())
    record |= {"title": cells[0], "text": cells[-1], "captures": [{"url": "", "fetched_at": "", "sha256": ""}]}
    file = io.BytesIO()
    table.write([record], file)
    (row,) = csv.DictReader(io.StringIO(file.getvalue().decode(), newline=""))
    assert (row["title"], row["text"]) == (cells[0], cells[-1])
