"""The feed: what a feed reader makes of it, an edit as an update, pages, any letters."""

import importlib
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reader import Entry, make_reader

from storage.archive.base import Row
from storage.archive.selection import Selection
from storage.export import atom, files
from storage.export.files import Options
from tests.storage.shelf import BEGAN, Shelf, article, shelf_in

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    with shelf_in(tmp_path / "data") as made:
        yield made


@pytest.fixture
def entries(tmp_path: Path) -> Iterator[Callable[[], list[Entry]]]:
    """What a reader that has subscribed to the file knows, newest first, after it has asked again."""
    # reader 3.26 brings a feedparser along that looks for this module under its old name
    sys.modules.setdefault("sgmllib", importlib.import_module("feedparser_sgmllib"))
    feeds = make_reader(str(tmp_path / "reader.db"), feed_root=str(tmp_path))
    (tmp_path / "it.atom").write_text("<feed xmlns='http://www.w3.org/2005/Atom'></feed>")
    feeds.add_feed("it.atom")

    def ask() -> list[Entry]:
        feeds.update_feed("it.atom")
        return list(feeds.get_entries())

    yield ask
    feeds.close()


def export(shelf: Shelf, folder: Path, limit: int = 100) -> None:
    files.export(shelf.archive, shelf.raw, folder / "it.atom", "atom", Selection(), Options(limit=limit))


def test_a_reader_subscribes(shelf: Shelf, tmp_path: Path, entries: Callable[[], list[Entry]]) -> None:
    """Title, whole text, time, authors, address: as they are in the archive; an edit updates the same entry."""
    said = article(
        *("Boats & <b>ice</b>", "h:Coast", "One < two & three.", "li:Ann", "li:Bo", "quote:So he said.", "pre:a\n  b"),
        published=datetime(2026, 2, 11, 8, 0, tzinfo=UTC),
        published_raw="x",
        published_precision="minute",
        authors=("Ann Lee",),
        tags=("sea",),
        section="Coast",
        language="en",
    )
    shelf.read("https://one.test/a", said)
    shelf.read("https://two.test/b", article("Other", "Herons."))
    export(shelf, tmp_path)
    other, entry = sorted(entries(), key=lambda each: each.link or "", reverse=True)
    assert (other.link, entry.link) == ("https://two.test/b", "https://one.test/a")
    assert (entry.title, entry.authors_str) == ("Boats & <b>ice</b>", "Ann Lee")
    assert entry.published == datetime(2026, 2, 11, 8, 0, tzinfo=UTC)
    assert entry.content[0].value == (
        "<h2>Coast</h2><p>One &lt; two &amp; three.</p><ul><li>Ann</li><li>Bo</li></ul>"
        "<blockquote><p>So he said.</p></blockquote><pre>a\n  b</pre>"
    )
    shelf.read("https://one.test/a", article("Boats, edited", "They went."))
    export(shelf, tmp_path)
    edited = next(each for each in entries() if each.link == entry.link)
    assert (edited.id, edited.title, len(entries())) == (entry.id, "Boats, edited", 2)
    assert edited.updated and entry.updated and edited.updated > entry.updated


def test_pages(shelf: Shelf, tmp_path: Path) -> None:
    """Newest first, a hundred a page, each names its neighbours; pages of a longer feed of before go."""
    for number in range(3):
        shelf.read(f"https://one.test/{number}", article(f"Story {number}", "Boats."))
    ids = [3, 2, 1] * 80  # of 240 entries
    with shelf.archive.selected() as found:
        rows = {id_: record(found.known.row(id_)) for id_ in ids[:3]}
    paths = atom.write(rows.__getitem__, ids, tmp_path / "it.atom", "all")
    assert [path.name for path in paths] == ["it.atom", "it-2.atom", "it-3.atom"]
    feeds = [ElementTree.parse(path).getroot() for path in paths]
    links = [{link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")} for feed in feeds]
    assert links == [
        {"first": "it.atom", "last": "it-3.atom", "next": "it-2.atom"},
        {"first": "it.atom", "last": "it-3.atom", "previous": "it.atom", "next": "it-3.atom"},
        {"first": "it.atom", "last": "it-3.atom", "previous": "it-2.atom"},
    ]
    assert [len(feed.findall(f"{ATOM}entry")) for feed in feeds] == [100, 100, 40]
    assert len({feed.findtext(f"{ATOM}id") for feed in feeds}) == 1
    (tmp_path / "it-4.atom").write_text("mine")
    atom.write(rows.__getitem__, ids[:1], tmp_path / "it.atom", "all")
    assert sorted(path.name for path in tmp_path.glob("*.atom")) == ["it-4.atom", "it.atom"]


def record(row: Row) -> Row:
    return row | {"authors": [], "tags": [], "announced_by": [], "paragraphs": []}


def test_the_newest(shelf: Shelf, tmp_path: Path) -> None:
    """By when they were first seen, not by when they were brought in; an edit makes none new."""
    shelf.read("https://one.test/a", article("A", "Boats."))
    shelf.read("https://one.test/b", article("B", "Boats."))
    shelf.read("https://one.test/old", article("Old", "Boats."), at=BEGAN.replace(year=2020), imported=True)
    shelf.read("https://one.test/a", article("A", "Boats went."))
    export(shelf, tmp_path, limit=2)
    feed = ElementTree.parse(tmp_path / "it.atom").getroot()
    assert [each.findtext(f"{ATOM}title") for each in feed.findall(f"{ATOM}entry")] == ["B", "A"]


def test_an_empty_feed(shelf: Shelf, tmp_path: Path) -> None:
    """It is a feed all the same."""
    export(shelf, tmp_path)
    feed = ElementTree.parse(tmp_path / "it.atom").getroot()
    assert all(feed.findtext(ATOM + name) for name in ("id", "title", "updated"))


@pytest.mark.parametrize(
    ("published", "told"),
    [
        ("2026-02-11T08:00:00+01:00", "2026-02-11T08:00:00+01:00"),
        ("2026-02-11T08:00:00", "2026-02-11T08:00:00Z"),
        ("2026-02-11", "2026-02-11T00:00:00Z"),
        ("2026-02", None),
        ("2026", None),
        (None, None),
    ],
)
def test_times_of_rfc_3339(tmp_path: Path, published: str | None, told: str | None) -> None:
    """Whole times; what is not known to the day is not told."""
    entry = feed_of(tmp_path, published=published).find(f"{ATOM}entry")
    assert entry is not None and entry.findtext(f"{ATOM}published") == told


@given(text=st.text(min_size=1), language=st.text(max_size=5))
def test_any_letters(tmp_path_factory: pytest.TempPathFactory, text: str, language: str) -> None:
    """What XML cannot hold is left out; the rest is there, and nothing of it is markup."""
    told: dict[str, Any] = {"title": text, "authors": [text], "tags": [text], "language": language, "lead": text}
    feed = feed_of(tmp_path_factory.getbasetemp(), **told, paragraphs=[{"kind": "p", "text": text}])
    entry = feed.find(f"{ATOM}entry")
    assert entry is not None
    kept = atom.NO_XML.sub("", text).replace("\r\n", "\n").replace("\r", "\n")
    assert (entry.findtext(f"{ATOM}title") or "") == kept
    content = ElementTree.fromstring(f"<div>{entry.findtext(f'{ATOM}content')}</div>")
    assert [each.tag for each in content] == ["p"] and (content[0].text or "") == kept


def feed_of(folder: Path, **fields: Any) -> ElementTree.Element:
    """A feed of one article, parsed."""
    names = ("source", "site", "section", "language", "lead", "published")
    one: Row = dict.fromkeys(names) | {
        "url": "https://one.test/a",
        "title": "T",
        "read_at": "2026-02-11T08:00:00+00:00",
    }
    one |= {"authors": [], "tags": [], "announced_by": [], "paragraphs": []} | fields
    atom.write(lambda _: one, [1], folder / "one.atom", "")
    return ElementTree.parse(folder / "one.atom").getroot()
