"""What is named as needing attention, from the tables of a real archive."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from collector.daemon.attention import Attention, attention
from storage.archive import Archive
from storage.archive.sources import Polled, Wanted
from storage.recipes import Addressed
from storage.records import Capture, Entry, HostState, Moment

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
SECOND, MINUTE, HOUR, DAY = (timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1), timedelta(days=1))
SOURCES = 12


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    opened = Archive(tmp_path / "archive.db")
    opened.set_sources([Wanted(url=url(number), every=5.0) for number in range(SOURCES)], NOW - DAY)
    yield opened
    opened.close()


def url(number: int) -> str:
    return f"https://paper{number}.test/feed"


def found(archive: Archive, now: datetime = NOW) -> list[tuple[str, str]]:
    """Kinds and texts of all that needs attention, worst first."""
    return [(each.kind, each.text) for each in attention(archive, now)]


def beat(archive: Archive, at: datetime, state: str = "working", **detail: object) -> None:
    archive.beat(at, pid=7, version="1", started_at=NOW - DAY, state=state, detail=detail)


def announce(archive: Archive, source: int, at: datetime, **said: Any) -> None:
    """One new entry of this source (from 0) at that time, and a poll that went well."""
    address = f"https://paper{source}.test/{at.timestamp()}/{said.get('title', '')}"
    entry = Addressed(entry=Entry(url=address, **said), url=address, key=address, host=f"paper{source}.test")
    archive.add_entries(source + 1, [entry], at)
    polled(archive, source, at, new=1)


def polled(archive: Archive, source: int, at: datetime, new: int = 0, gap_after: datetime | None = None) -> None:
    how = Polled(entries=1, new=new, gap_after=gap_after)
    archive.set_source_read(source + 1, {}, now=at, next_poll=at + MINUTE, polled=how)


def fail(archive: Archive, source: int, at: datetime, error: str = "answered 500", weight: float = 1.0) -> None:
    archive.set_source_failed(source + 1, f"{url(source)}: {error}", now=at, next_poll=at + MINUTE, weight=weight)


def visit(
    archive: Archive, host: str, at: datetime, kind: Any = "article", status: int = 200, reader: str = ""
) -> None:
    """One page of this host, and a version of it when something read it."""
    address = f"https://{host}/{at.timestamp()}"
    capture = Capture(url=address, final_url=address, fetched_at=at, status=status)
    id_ = archive.add_capture(capture, "00", "visit", kind=kind, host=host)
    if reader:
        archive.write(
            "INSERT INTO articles (id, url, key, title, first_seen, last_seen) VALUES (?, ?, ?, 'T', ?, ?)",
            [id_, address, address, at.isoformat(), at.isoformat()],
        )
        archive.write(
            """INSERT INTO versions (article_id, capture_id, number, title, text, kinds, authors, tags, captions,
            text_sha256, extractor, rule_revision, reason, created_at)
            VALUES (?, ?, 1, 'T', 'x', '[]', '[]', '[]', '[]', '', ?, '', 'published', ?)""",
            [id_, id_, reader, at.isoformat()],
        )


def test_nothing(archive: Archive) -> None:
    """A new archive, and one in which all goes well, need none."""
    assert found(archive) == []
    beat(archive, NOW - 10 * SECOND)
    for number in range(20):
        announce(archive, 0, NOW - (20 - number) * HOUR)
        visit(archive, "paper0.test", NOW - (20 - number) * HOUR, reader="site:paper0.test")
    assert found(archive) == []


@pytest.mark.parametrize(
    ("ago", "state", "detail", "expected"),
    [
        (59, "working", {"wrong": [], "mistakes": [], "offline": False}, []),
        (61, "working", {}, [("daemon-dead", "the daemon (process 7) gave its last sign of life 61 s ago, at 2026")]),
        (5, "stopped", {}, [("daemon-dead", "the daemon was stopped at 2026-11-22 11:59 UTC")]),
        (
            5,
            "working",
            {"wrong": ["the disk is full"]},
            [("daemon-unwell", "the daemon is not well: the disk is full")],
        ),
        (
            5,
            "working",
            {"mistakes": ["c.yaml:1:1: x"]},
            [("config-refused", "a changed config.yaml was refused: c.yaml")],
        ),
        (5, "working", {"offline": True}, [("offline", "no site can be reached")]),
    ],
)
def test_the_daemon(
    archive: Archive, ago: int, state: str, detail: dict[str, object], expected: list[tuple[str, str]]
) -> None:
    """Its pulse tells whether it lives and what ails it."""
    beat(archive, NOW - ago * SECOND, state, **detail)
    said = found(archive)
    assert [kind for kind, _ in said] == [kind for kind, _ in expected]
    assert all(text.startswith(begin) for (_, text), (_, begin) in zip(said, expected, strict=True))


def test_a_source_that_fails(archive: Archive) -> None:
    """Since when, how often, and why; it is gone when a poll goes well, and left out while we are offline."""
    for number in range(3):
        fail(archive, 0, NOW - (3 - number) * HOUR, weight=0.25)
    (one,) = attention(archive, NOW)
    assert one.text == f"{url(0)} fails 3 times for 3 hours: answered 500"
    assert (one.since, one.subject, one.tell) == (NOW - 3 * HOUR, url(0), False)
    fail(archive, 0, NOW)
    assert attention(archive, NOW)[0].tell
    beat(archive, NOW, offline=True)
    assert [kind for kind, _ in found(archive)] == ["offline"]
    beat(archive, NOW)
    polled(archive, 0, NOW)
    assert found(archive) == []


def test_many_are_one(archive: Archive) -> None:
    """A storm is one trouble that covers the others; when it hits all at once, it is probably ours."""
    for number in range(6):
        fail(archive, number, NOW - (20 - number) * MINUTE)
    (one,) = attention(archive, NOW)
    assert one.text == f"6 of 12 sources fail: {url(0)}, {url(1)}, {url(2)} and 3 more"
    assert one.covers == tuple(f"failing {url(number)}" for number in range(6))
    assert (one.since, one.tell) == (NOW - 20 * MINUTE, True)
    for number in range(6, SOURCES):
        fail(archive, number, NOW)
    assert found(archive)[0][1].endswith("So many at once: it is probably our own line")


def test_a_source_that_falls_silent(archive: Archive) -> None:
    """It answers, has nothing new, and used to have: named with its own longest pause, by its polls alone."""
    for number in range(12):
        announce(archive, 0, NOW + number * 10 * SECOND)
        announce(archive, 1, NOW + number * 10 * SECOND)
    last = NOW + 110 * SECOND
    polled(archive, 0, last + 60 * SECOND)
    assert found(archive, last + 60 * SECOND) == [
        ("source-silent", f"{url(0)} has announced nothing new for 60 s, its longest pause of late was 10 s")
    ]
    assert len(found(archive, last + 59 * DAY)) == 1, "what was not polled is not silent"
    announce(archive, 0, last + 70 * SECOND)
    assert found(archive, last + 70 * SECOND) == []


def test_a_first_document_with_dates(archive: Archive) -> None:
    """What its entries say of the past makes a night a night; a list that stood still for years is named some day."""
    for number in range(8):
        then = NOW - (30 * DAY if number == 0 else number * 12 * HOUR)
        published = Moment(value=then, raw="", precision="second")
        announce(archive, 0, NOW, published=published, title=str(number))
    for after, silent in ((3 * DAY, False), (200 * DAY, True)):
        polled(archive, 0, NOW + after)
        assert bool(found(archive, NOW + after)) == silent


def test_a_host_that_blocks(archive: Archive) -> None:
    """Walls and refusals as a share of its last visits, those that left no capture among them."""
    for number in range(4):
        visit(archive, "good.test", NOW - number * HOUR, status=200)
        visit(archive, "sick.test", NOW - number * HOUR, "error", 500)
        visit(archive, "wall.test", NOW - number * HOUR, *(("wall",) if number else ("error", 403)))
        visit(archive, "once.test", NOW - (5 + number) * DAY, "error", 403)
        announce(archive, 0, NOW - number * SECOND)
        archive.set_entry_failed(number + 1, "new", "https://x.test: answered 429", NOW + HOUR)
    assert found(archive) == [
        ("host-blocking", "paper0.test turned us away at 4 of the last 4 visits: 4 × 429"),
        ("host-blocking", "wall.test turned us away at 4 of the last 4 visits: 3 × a wall, 1 × 403"),
    ]


def test_a_rule_that_reads_no_more(archive: Archive) -> None:
    """The last pages were read by no rule, those before were; pages that had not changed since say nothing."""
    for number in range(20):
        reader = "site:a.test" if number < 12 else "generic"
        visit(archive, "a.test", NOW - (20 - number) * HOUR, reader="" if number % 4 == 3 else reader)
        visit(archive, "b.test", NOW - (20 - number) * HOUR, reader="generic")
    assert found(archive) == [
        ("rule-broken", "the rule of a.test read none of its last 6 pages, as it did those before")
    ]


def test_a_host_that_asked_for_peace(archive: Archive) -> None:
    """When it is for long."""
    for name, until in (("short.test", NOW + MINUTE), ("long.test", NOW + DAY)):
        archive.remember_host(HostState(origin=f"https://{name}", closed_until=until, closed_reason="answered 429"))
    assert found(archive) == [
        ("host-closed", "long.test asked to be left alone until 2026-11-23 12:00 UTC: answered 429")
    ]


def test_gaps(archive: Archive) -> None:
    """Polls that came too late, for two days."""
    polled(archive, 0, NOW, gap_after=NOW - HOUR)
    said = f"{url(0)} had nothing left at 2026-11-22 12:00 UTC of what it held at 2026-11-22 11:00 UTC"
    assert found(archive) == [("gap", said)]
    assert found(archive, NOW + 3 * DAY) == []


def test_the_clock(archive: Archive) -> None:
    """An archive that knows a later time than the clock."""
    visit(archive, "a.test", NOW + 3 * HOUR)
    assert found(archive) == [
        ("clock", "the newest capture is of 2026-11-22 15:00 UTC, 3 hours later than the clock of this machine")
    ]


def test_given_up(archive: Archive) -> None:
    """A line in `status`, and no alarm."""
    announce(archive, 0, NOW - HOUR)
    archive.set_entry_failed(1, "failed", "https://paper0.test/1: answered 500", None)
    (one,) = attention(archive, NOW)
    said = "pages of the last 2 days that were given up: 1; the newest: https://paper0.test/1: answered 500"
    assert (one.text, one.tell) == (said, False)


def test_each_is_told_with_what_to_do(archive: Archive) -> None:
    """And the worst comes first."""
    test_given_up(archive)
    polled(archive, 1, NOW, gap_after=NOW - HOUR)
    fail(archive, 3, NOW)
    beat(archive, NOW, wrong=["the disk is full"])
    seen: list[Attention] = attention(archive, NOW)
    assert [each.kind for each in seen] == ["daemon-unwell", "source-failing", "gap", "given-up"]
    assert all(each.advice.endswith(".") for each in seen)
    assert seen[1].as_json()["subject"] == url(3)
