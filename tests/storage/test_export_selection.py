"""Which articles an export takes, and what it says of those it leaves."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from storage.archive.selection import Selection
from tests.storage.shelf import BEGAN, FEEDS, Shelf, article, shelf_in


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    with shelf_in(tmp_path / "data") as made:
        yield made


@pytest.fixture(scope="module")
def five(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    """Nobody writes to it."""
    with shelf_in(tmp_path_factory.mktemp("five")) as made:
        yield _fill(made)


@pytest.fixture
def shelves(shelf: Shelf) -> Shelf:
    return _fill(shelf)


def _fill(shelf: Shelf) -> Shelf:
    """Five articles: of two sites, two sources, several languages, dates as exact as sites give them."""
    evening = datetime.fromisoformat("2026-02-10T23:30:00-05:00")  # 04:30 of the next day in UTC
    shelf.read("https://one.test/a", article("Evening", "Boats.", language="en", **at(evening, "minute")))
    shelf.read("https://one.test/b", article("Day", "Herons.", language="en-GB", **at(date(2026, 2, 11), "day")))
    shelf.read("https://two.test/c", article("Month", "Ice.", language="de", **at(date(2026, 2, 1), "month")), source=2)
    shelf.read("https://two.test/d", article("Year", "Oil.", language="eng", **at(date(2026, 1, 1), "year")), source=2)
    shelf.read("https://two.test/e", article("Undated", "Wick."), source=2)
    return shelf


def at(value: date | datetime, precision: str) -> dict[str, Any]:
    return {"published": value, "published_raw": "x", "published_precision": precision}


def titles(shelf: Shelf, **wanted: Any) -> list[str]:
    now = titles_of(shelf, Selection(**wanted))
    assert titles_of(shelf, Selection(**wanted, as_of=shelf.now)) == now
    return now


def titles_of(shelf: Shelf, selection: Selection) -> list[str]:
    with shelf.archive.selected(selection) as found:
        rows = [found.known.row(head["article_id"]) for head in found.known.heads()]
        assert len(rows) == len(found.known)
    return [row["title"] for row in rows]


ALL = ["Evening", "Day", "Month", "Year", "Undated"]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({}, ALL),
        ({"sites": ("one.test",)}, ["Evening", "Day"]),
        ({"sites": ("one.test", "two.test")}, ALL),
        ({"sites": ("three.test",)}, []),
        ({"sources": (FEEDS[1],)}, ["Month", "Year", "Undated"]),
        ({"sources": FEEDS}, ALL),
        ({"languages": ("en",)}, ["Evening", "Day"]),
        ({"languages": ("EN", "de")}, ["Evening", "Day", "Month"]),
        ({"since": date(2026, 2, 10)}, ["Evening", "Day", "Undated"]),
        ({"since": date(2026, 2, 11)}, ["Day", "Undated"]),
        ({"until": date(2026, 2, 10)}, ["Evening", "Month", "Year"]),
        ({"until": date(2026, 1, 1)}, ["Year"]),
        ({"since": BEGAN.date()}, ["Undated"]),
        ({"since": date(2026, 2, 1), "until": date(2026, 2, 1)}, ["Month"]),
        ({"search": "boats OR oil"}, ["Evening", "Year"]),
        ({"search": "boats OR oil", "sites": ("two.test",)}, ["Year"]),
    ],
)
def test_filters(five: Shelf, wanted: dict[str, Any], found: list[str]) -> None:
    """All of them hold; both days are included; of today and as of now they choose the same."""
    assert titles(five, **wanted) == found


def test_the_parts_of_an_index_are_meant_with_it(shelves: Shelf) -> None:
    """A sitemap index announces nothing itself."""
    (part,) = shelves.archive.add_parts(1, ["https://one.test/part.xml"], shelves.tick())
    shelves.read("https://one.test/p", article("Part", "Found there."), source=part)
    assert titles(shelves, sources=(FEEDS[0],)) == ["Evening", "Day", "Part"]


def test_announced_later(shelf: Shelf) -> None:
    """A source that names a page only after the moment had not named it then."""
    shelf.read("https://one.test/a", article("Early", "Boats."))
    then = shelf.now
    shelf.announce("https://one.test/a", 2)
    assert titles(shelf, sources=(FEEDS[1],)) == ["Early"]
    assert titles_of(shelf, Selection(sources=(FEEDS[1],), as_of=then)) == []


def test_stories(shelves: Shelf) -> None:
    """Of each story the first of those chosen; the story goes by the first of all of them."""
    shelves.link(3, 1)
    shelves.link(5, 3)
    assert titles(shelves, one_a_story=True) == ["Evening", "Day", "Year"]
    assert titles(shelves, one_a_story=True, sites=("two.test",)) == ["Month", "Year"]
    with shelves.archive.selected(Selection(sites=("two.test",))) as found:
        firsts = [found.stories.first(head["article_id"]) for head in found.known.heads()]
    assert firsts == ["https://one.test/a", None, "https://one.test/a"]


def test_a_story_of_then(shelf: Shelf) -> None:
    """Two articles that only a third one connected, a wall's, were one story as long as it was known."""
    for name in "abc":
        shelf.read(f"https://one.test/{name}", article(name, f"Boats of {name}."))
    shelf.link(3, 1)
    then = shelf.now
    shelf.link(3, 2)
    both = shelf.now
    shelf.wall(3)
    assert titles_of(shelf, Selection(one_a_story=True, as_of=then)) == ["a", "b"]
    assert titles_of(shelf, Selection(one_a_story=True, as_of=both)) == ["a"]
    assert titles(shelf, one_a_story=True) == ["a", "b"]


def test_captures_of_all_versions_and_pages(shelf: Shelf) -> None:
    """What a text was read from, and what its earlier texts were; nothing of another's."""
    shelf.read("https://one.test/a", article("First", "Boats."))
    shelf.later_page(1, "https://one.test/a?page=2", b"<p>More</p>")
    shelf.read("https://one.test/a", article("Second", "Boats."))
    shelf.read("https://two.test/b", article("Other", "Ice."))
    with shelf.archive.selected(Selection(sites=("one.test",))) as found:
        assert found.known.gather() == 3
        assert [row["url"] for row in found.known.captures()] == [
            "https://one.test/a",
            "https://one.test/a?page=2",
            "https://one.test/a",
        ]


def test_sources_by_name(shelf: Shelf) -> None:
    """By address or title."""
    assert shelf.archive.sources_named(FEEDS[0]) == shelf.archive.sources_named("Feed of one") == [FEEDS[0]]
    assert shelf.archive.sources_named("Feed") == []


DEEDS: tuple[Callable[[Shelf], object], ...] = (
    lambda shelf: shelf.read("https://one.test/new", article("New", "Boats.")),
    lambda shelf: shelf.read("https://one.test/a", article("Edited", "Boats.")),
    lambda shelf: shelf.read("https://one.test/a", article("Old", "x"), at=BEGAN - timedelta(9), imported=True),
    lambda shelf: shelf.wall(5),
    lambda shelf: shelf.reextract(1, article("Again", "Boats.")),
    lambda shelf: shelf.undo(1),
    lambda shelf: shelf.archive.set_tombstone("one.test/a", "https://one.test/a", "", [], shelf.now),
)


def test_the_mark_moves_with_every_text(shelves: Shelf) -> None:
    """Whatever changes what an export may say; a look that brought nothing new changes nothing."""
    marks = [shelves.archive.mark()]
    shelves.read("https://two.test/e", article("Undated", "Wick."))
    assert shelves.archive.mark() == marks[0]
    for deed in DEEDS:
        deed(shelves)
        marks.append(shelves.archive.mark())
    assert len({str(mark) for mark in marks}) == 1 + len(DEEDS)


def test_an_id_that_is_given_again_moves_the_mark(shelf: Shelf) -> None:
    """A version that took the id of one that was taken back is another."""
    shelf.read("https://one.test/a", article("A", "Boats."))
    marks = []
    for text in ("One.", "Two."):
        run = shelf.reextract(1, article("A", text))
        marks.append(shelf.archive.mark())
        shelf.undo(run)
        marks.append(shelf.archive.mark())
    assert len({str(mark) for mark in marks}) == 4
