"""Counts by days: of arrivals, publishers' edits and walls."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from storage.archive import Archive
from tests.storage.shelf import Shelf, article, shelf_in

FIRST = datetime(2026, 3, 1, tzinfo=UTC)
DAY = timedelta(days=1)
MOMENTS = (FIRST, FIRST + timedelta(hours=23, minutes=59, seconds=59), FIRST + DAY, FIRST + 8 * DAY)


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    """Four articles of one.test, one of them edited by its publisher; one of two.test; one of no site."""
    with shelf_in(tmp_path) as shelf:
        for number, at in enumerate(MOMENTS):
            shelf.read(f"https://one.test/{number}", article(f"News {number}", "Words."), at=at)
        shelf.read("https://two.test/a", article("Other news", "Words."), at=FIRST, source=2)
        shelf.read("https://none.test/a", article("News of none", "Words."), at=FIRST)
        shelf.archive.write("UPDATE articles SET site = NULL, entry_id = NULL WHERE site = 'none.test'")
        _edit(shelf)
    return Archive(tmp_path / "archive.db", readonly=True)


def _edit(shelf: Shelf) -> None:
    write, value = shelf.archive.write, shelf.archive.value
    for number, by in enumerate(("publisher", "rule"), start=1):
        shelf.read(
            "https://one.test/0", article(f"News again {number}", f"More words {number}."), at=FIRST + number * DAY
        )
        last = value("SELECT max(id) FROM versions")
        edits = '["headline","wording"]' if by == "publisher" else None
        at = (FIRST + number * DAY).isoformat()
        write("UPDATE versions SET changed_by = ?, edits = ?, created_at = ? WHERE id = ?", [by, edits, at, last])


def test_arrived(archive: Archive) -> None:
    """By site and day; midnight begins a day; what has no site is not left out, and days without any are."""
    rows = archive.arrived(FIRST.date(), date(2026, 3, 10))
    assert {(row["day"], row["site"]): row["number"] for row in rows} == {
        ("2026-03-01", "one.test"): 2,
        ("2026-03-01", "two.test"): 1,
        ("2026-03-01", None): 1,
        ("2026-03-02", "one.test"): 1,
        ("2026-03-09", "one.test"): 1,
    }


def test_by_weeks(archive: Archive) -> None:
    """Spans of several days are told by their first."""
    rows = archive.arrived(FIRST.date(), date(2026, 3, 15), 7)
    assert [(row["day"], row["number"]) for row in rows if row["site"] == "one.test"] == [
        ("2026-03-01", 3),
        ("2026-03-08", 1),
    ]


def test_from_sources(archive: Archive) -> None:
    """By who announced them; None for those that nobody did. The parts of an index count for it."""
    day = FIRST.date(), FIRST.date() + DAY
    assert archive.arrived_from(*day) == {1: 2, 2: 1, None: 1}


def test_the_newest(archive: Archive) -> None:
    """Of some days alone; and when there were any at all."""
    newest = archive.newest_of(FIRST.date(), FIRST.date() + 2 * DAY, 2)
    assert [row["title"] for row in newest] == ["News 2", "News 1"]
    assert archive.first_arrival() == FIRST.date()
    assert archive.last_arrival(date(2026, 3, 9)) == date(2026, 3, 2)
    assert archive.last_arrival(FIRST.date()) is None


def test_edits(archive: Archive) -> None:
    """Those of publishers, with the version before; no day is left out."""
    rows = archive.publisher_edits(FIRST.date(), date(2026, 3, 4))
    assert [(row["day"], row["number"]) for row in rows] == [("2026-03-01", 0), ("2026-03-02", 1), ("2026-03-03", 0)]
    (edit,) = archive.last_publisher_edits(date(2026, 3, 4), 9)
    assert (edit["title_before"], edit["title"], edit["old"], edit["new"]) == ("News 0", "News again 1", 1, 2)
    assert edit["edits"] == ["headline", "wording"]
    assert archive.kinds_of_edits(FIRST.date(), date(2026, 3, 4)) == {"headline": 1, "wording": 1}
    assert archive.last_publisher_edits(FIRST.date() + DAY, 9) == []


@pytest.mark.parametrize(
    ("asked", "index"),
    [
        ("arrived", "articles_site_arrived (site=? AND first_seen>? AND first_seen<?)"),
        ("publisher_edits", "versions_changed (changed_by=? AND created_at>? AND created_at<?)"),
        ("walls_met", "captures_walls (kind=? AND fetched_at>? AND fetched_at<?)"),
        ("arrived_from", "articles_arrived (first_seen>? AND first_seen<?)"),
        ("kinds_of_edits", "versions_changed (changed_by=? AND created_at>? AND created_at<?)"),
    ],
)
def test_counted_from_indexes(archive: Archive, asked: str, index: str) -> None:
    """No row is looked at: a front page of a large archive counts a month's."""
    statements: list[str] = []
    archive.db.conn.set_trace_callback(statements.append)
    getattr(archive, asked)(FIRST.date(), FIRST.date() + DAY)
    archive.db.conn.set_trace_callback(None)
    plan = [row["detail"] for row in archive.rows(f"EXPLAIN QUERY PLAN {statements[0]}")]
    assert any(detail.endswith(f"USING COVERING INDEX {index}") for detail in plan), plan
