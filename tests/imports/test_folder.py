"""Saved pages: where they are from, and when, by a table beside them or by what they say themselves."""

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from collector.errors import ConfigError
from collector.imports.folder import Folder
from collector.imports.found import parcels
from collector.imports.items import Choice, Place
from collector.imports.saved import Said, said_address
from tests.imports.made import HARBOUR, bring, rows
from tests.town import STORY, canonical, page

NOW = datetime(2026, 11, 22, tzinfo=UTC)
URL = "https://e.org/harbour"
SINGLE = f"Page saved with SingleFile \n url: {URL} \n saved date: Tue Mar 11 2025 12:00:00 GMT+0100 (CET)\n"


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        (f"<!-- saved from url=(0021){URL} --><p>", Said(URL)),
        (f"<!DOCTYPE html>\n<!-- saved from url=(0025){URL}?a=1&amp;b=2 -->\n<html>", Said(f"{URL}?a=1&b=2")),
        (f"<html><!--\n {SINGLE} -->", Said(URL, datetime(2025, 3, 11, 11, tzinfo=UTC))),
        (canonical(URL), Said(URL)),
        (f'<meta property="og:url" content="{URL}">', Said(URL)),
        (f"<META NAME=og:url CONTENT={URL}>", Said(URL)),
        (f'<meta property="og:url" content="https://e.org/">{canonical(URL)}', Said(URL)),
        (canonical("/harbour"), Said()),
        ("<p>nothing", Said()),
    ],
)
def test_what_a_page_says(said: str, wanted: Said) -> None:
    """A browser's note comes before what the page claims."""
    assert said_address(said.encode()) == wanted


def _folder(folder: Path, tables: dict[str, str]) -> Path:
    for name in ("a.html", "deep/b.htm", "c.html"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(HARBOUR)
    (folder / "logo.png").write_bytes(b"x")
    for name, text in tables.items():
        (folder / name).write_text(text, "utf-8")
    return folder


TABLES = {
    "csv": """file,url,fetched_at,note
a.html,https://e.org/a,2025-03-10T12:00:00Z,x
deep/b.htm,https://e.org/b,2025-03-10 12:00,
""",
    "tsv": """\ufefffile\turl\tfetched_at
a.html\thttps://e.org/a\t2025-03-10T13:00:00+01:00
deep/b.htm\thttps://e.org/b\t2025-03-10T12:00:00
""",
    "jsonl": """{"file":"a.html","url":"https://e.org/a","fetched_at":"2025-03-10T12:00:00Z"}
no row
[1]
{"file":"./deep/b.htm","url":"https://e.org/b","fetched_at":"2025-03-10T12:00:00Z"}
""",
}


@pytest.mark.parametrize("form", TABLES)
def test_tables(tmp_path: Path, form: str) -> None:
    """Files, addresses and times; a page that no table names, and that names no address, is a fault of its own."""
    found = list(Folder(_folder(tmp_path, {f"urls.{form}": TABLES[form]})).items(Place(), Choice(), 10**6, NOW))
    at = datetime(2025, 3, 10, 12, tzinfo=UTC)
    assert [(item.capture.url, item.capture.fetched_at) for item in found if item.capture] == [
        ("https://e.org/a", at),
        ("https://e.org/b", at),
    ]
    assert [(item.place, item.fault) for item in found if item.fault] == [
        ("c.html", "no address: none in a table, and none in the page")
    ]


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("gone.html,https://e.org/a,", "cannot be read"),
        ("../a.html,https://e.org/a,", "outside the folder"),
        ("a.html,https://e.org/a,yesterday", "a time that cannot be read"),
        ("a.html,ftp://e.org/a,", "no address"),
    ],
)
def test_rows_that_are_wrong(tmp_path: Path, row: str, why: str) -> None:
    """They are named, and the others come in."""
    folder = _folder(tmp_path / "in", {"urls.csv": f"file,url,fetched_at\nc.html,https://e.org/c,\n{row}\n"})
    found = list(Folder(folder).items(Place(), Choice(), 10**6, NOW))
    assert [item.place for item in found if item.capture] == ["c.html"]
    assert any(item.fault.startswith(why) for item in found), found


def test_a_folder_comes_in(tmp_path: Path) -> None:
    """The file's time is the capture's, where nothing else is said; again it brings nothing."""
    folder, data = tmp_path / "in", tmp_path / "data"
    folder.mkdir()
    saved = folder / "a.html"
    saved.write_text(page("Harbour", STORY, canonical(URL)), "utf-8")
    os.utime(saved, (1741600000, 1741600000))
    (brought,) = bring(data, folder)
    assert brought.counts == {"records": 1, "captures": 1, "articles new": 1}
    assert rows(data, "SELECT url, first_seen FROM articles") == [(URL, "2025-03-10T09:46:40+00:00")]
    assert [bring(data, each)[0].already for each in (folder, saved)] == [True, True]


@pytest.mark.parametrize("name", ["missing.warc", "*.warc", "notes.txt"])
def test_nothing_to_import(tmp_path: Path, name: str) -> None:
    """A name that leads to nothing that can be imported is a mistake."""
    (tmp_path / "notes.txt").write_text("notes")
    with pytest.raises(ConfigError):
        parcels([str(tmp_path / name)])


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    """It is told, and keeps no other from coming in."""
    (tmp_path / "a.wacz").write_bytes(b"PK\x03\x04 cut off")
    (tmp_path / "b.html").write_bytes(HARBOUR)
    found, unreadable = parcels([str(tmp_path / "a.wacz"), str(tmp_path / "b.html")])
    assert [each.kind for each in found] == ["folder"]
    assert "a.wacz" in unreadable[0]
