"""What back-fills know of the age of a page, and the rows of their documents."""

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from storage.archive import Archive
from storage.archive.backfills import Wish
from storage.archive.finds import Find
from storage.archive.past_days import Past
from storage.archive.sources import Wanted
from storage.recipes import Addressed
from storage.records import Capture, Entry

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
URL = "https://harbour.test/dredging"


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    """One with two back-fills of a site, of which each found the same story."""
    with closing(Archive(tmp_path / "archive.db")) as opened:
        opened.set_sources([Wanted(url="https://harbour.test/feed", kind="feed", site="harbour.test")], NOW)
        for _ in range(2):
            opened.add_backfill(
                Wish(
                    target="harbour.test",
                    base="https://harbour.test/",
                    site="harbour.test",
                    source_id=None,
                    since=date(2025, 3, 1),
                    until=date(2025, 3, 31),
                ),
                ["sitemap"],
                NOW,
            )
        yield opened


def found(archive: Archive, walk_id: int, day: date | None) -> None:
    story = Addressed(entry=Entry(url=URL), url=URL, key="harbour.test/dredging", host="harbour.test")
    archive.add_finds(walk_id, [Find(addressed=story, day=day, memento=None)], NOW, None, None)


def filed(archive: Archive, published: str | None) -> None:
    archive.write(
        """INSERT INTO articles (url, key, site, title, first_seen, last_seen, entry_id, published)
        VALUES (?, ?, 'harbour.test', 'Dredging', ?, ?, 1, ?)""",
        [URL, "harbour.test/dredging", NOW.isoformat(), NOW.isoformat(), published],
    )


@pytest.mark.parametrize(
    ("days", "own", "published"),
    [
        ((None, None), None, None),
        ((date(2025, 3, 14), None), None, datetime(2025, 3, 14, tzinfo=UTC)),
        ((date(2025, 3, 14), date(2025, 3, 16)), None, datetime(2025, 3, 16, tzinfo=UTC)),
        ((date(2025, 3, 14), None), "2024-02-01T09:00:00+00:00", datetime(2024, 2, 1, 9, tzinfo=UTC)),
        ((None, None), "2025-03-13", datetime(2025, 3, 13, tzinfo=UTC)),
        ((None, None), "2025-03", datetime(2025, 3, 1, tzinfo=UTC)),
        ((None, None), "2025", datetime(2025, 1, 1, tzinfo=UTC)),
    ],
)
def test_the_age_of_a_page(
    archive: Archive, days: tuple[date | None, date | None], own: str | None, published: datetime | None
) -> None:
    """The article's own date, of any precision, then the day that was announced, the newest of several."""
    for walk_id, day in enumerate(days, start=1):
        found(archive, walk_id, day)
    filed(archive, own)
    assert archive.past_of(1) == Past(published)


def test_news_are_no_past(archive: Archive) -> None:
    """A page that a live source announces is news, whatever a back-fill says of it; so is one that nobody announced."""
    assert archive.past_of(None) is None
    assert archive.past_of(1) is None
    found(archive, 1, date(2025, 3, 14))
    assert archive.past_of(1) == Past(datetime(2025, 3, 14, tzinfo=UTC))
    archive.write("INSERT INTO entry_sources (entry_id, source_id, found_at, seen_at) VALUES (1, 1, ?, ?)", ["", ""])
    assert archive.past_of(1) is None


def test_every_document_of_a_backfill_has_its_row(archive: Archive) -> None:
    """Two pages of a list may be the same, byte for byte; a source's document that comes again has one row."""
    answer = Capture(url=URL, final_url=URL, fetched_at=NOW, status=200, body=b"[]")
    for number in range(2):
        archive.add_step(1, f"{URL}?page={number}", "harbour.test", "", "posts", {})
    first, second = (archive.add_capture(answer, "00", "backfill", kind="source", step_id=step) for step in (1, 2))
    polled = archive.add_capture(answer, "00", "poll", kind="source", source_id=1)
    of_source = archive.add_capture(answer, "01", "backfill", kind="source", source_id=1, step_id=1)
    again = archive.add_capture(answer, "00", "poll", kind="source", source_id=1)
    assert len({first, second, polled, of_source}) == 4
    assert again == polled


def test_a_copy_lends_no_conditions(archive: Archive) -> None:
    """The validators of a web archive's copy are of then: the page is asked for without any."""
    found(archive, 1, None)
    answer = Capture(url=URL, final_url=URL, fetched_at=NOW, status=200, headers=(("etag", '"77"'),), body=b"<p>")
    page = archive.add_capture(answer, "00", "visit", entry_id=1)
    copy = archive.add_capture(answer, "00", "wayback", entry_id=1, memento="https://archive.test/web/2025id_/")
    assert (archive.is_copy(page), archive.is_copy(copy)) == (False, True)
    for capture_id, etag in ((page, '"77"'), (copy, None)):
        archive.go_by_capture(1, capture_id)
        assert archive.value("SELECT etag FROM entries WHERE id = 1") == etag
