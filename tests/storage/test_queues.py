"""What waits in the archive, counted for metrics."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from storage.archive import Archive
from storage.archive.base import Row
from storage.archive.queues import Lag, Queue

NOW = datetime(2026, 7, 1, 12, tzinfo=UTC)


def ago(**of: float) -> str:
    return (NOW - timedelta(**of)).isoformat()


def insert(archive: Archive, table: str, values: Row) -> None:
    names, marks = ", ".join(values), ", ".join("?" * len(values))
    archive.write(f"INSERT INTO {table} ({names}) VALUES ({marks})", list(values.values()))


def filled(folder: Path) -> Archive:
    archive = Archive(folder / "archive.db")
    sources: list[tuple[str, str, Row]] = [
        ("http://a.test/f", ago(hours=9), {"next_poll": ago(minutes=2), "last_new": ago(hours=1)}),
        ("http://b.test/f", ago(hours=3), {"next_poll": ago(minutes=-5)}),
        ("http://c.test/f", ago(hours=3), {"active": 0}),
        ("http://b.test/part", ago(seconds=30), {"parent_id": 2}),
    ]
    for url, added, more in sources:
        insert(archive, "sources", {"url": url, "added_at": added, **more})
    for number, (state, due, found) in enumerate(
        [
            ("new", None, ago(minutes=7)),
            ("new", None, ago(minutes=6)),
            ("new", ago(minutes=9), ago(days=9)),
            ("new", ago(minutes=-9), ago(days=9)),
            ("empty", ago(minutes=4), ago(days=9)),
            ("failed", None, ago(days=9)),
            ("fetched", None, ago(days=9)),
            ("done", None, ago(days=9)),
        ],
        start=1,
    ):
        url = f"http://a.test/{number}"
        entry_row: Row = {"url": url, "key": url, "host": "a.test", "state": state}
        insert(archive, "entries", entry_row | {"next_visit": due, "found_at": found})
    answer: Row = {"url": "u", "final_url": "u", "status": 200, "headers": "[]", "sha256": "", "size": 0}
    insert(archive, "captures", answer | {"entry_id": 7, "fetched_at": ago(seconds=3), "via": "visit"})
    archive.write("UPDATE entries SET capture_id = 1 WHERE state = 'fetched'")
    # the last one's page is not `done`
    for entry, due in [(8, ago(hours=2)), (8, ago(hours=-2)), (8, None), (5, ago(hours=8))]:
        row: Row = {"url": f"http://a.test/{entry}/{due}", "key": f"{entry}/{due}", "title": "t", "entry_id": entry}
        insert(archive, "articles", row | {"first_seen": ago(days=1), "last_seen": ago(days=1), "next_look": due})
    return archive


def test_what_is_due_and_since_when(tmp_path: Path) -> None:
    """An entry that was never tried is due since it was found, a source that was never polled since it was added."""
    queues = filled(tmp_path).queues(NOW)
    assert queues.polls == Queue(due=2, age=120)
    assert queues.visits == Queue(due=4, age=540)
    assert queues.looks == Queue(due=1, age=7200)
    assert queues.reads == Queue(due=1, age=3)


def test_sources_of_the_configuration_alone(tmp_path: Path) -> None:
    """No parts of sitemap indexes, nothing that left; silence counts from the day a source was added."""
    assert filled(tmp_path).queues(NOW).sources == (
        Lag(url="http://a.test/f", silent=3600, late=120),
        Lag(url="http://b.test/f", silent=10800, late=0),
    )


def test_an_empty_archive(tmp_path: Path) -> None:
    """Nothing is due, and nothing waits."""
    queues = Archive(tmp_path / "archive.db").queues(NOW)
    assert {queues.polls, queues.visits, queues.looks, queues.reads} == {Queue()}


def test_no_queue_scans_the_entries(tmp_path: Path) -> None:
    """A million entries are asked about in a millisecond: every to-do list has its index."""
    archive = filled(tmp_path)
    asked: list[str] = []
    archive.db.conn.set_trace_callback(asked.append)
    archive.queues(NOW)
    archive.db.conn.set_trace_callback(None)
    plans = [row["detail"] for sql in asked for row in archive.rows(f"EXPLAIN QUERY PLAN {sql}")]
    assert any("entries_todo" in plan for plan in plans)
    assert any("articles_next_look" in plan for plan in plans)
    assert not [plan for plan in plans if plan.startswith("SCAN") and "sources" not in plan]
