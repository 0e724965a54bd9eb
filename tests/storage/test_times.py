"""Times that a wrong clock left behind."""

from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from storage.archive import Archive
from storage.archive.sources import Wanted
from storage.recipes import Addressed
from storage.records import Capture, Entry, HostState

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def test_times_that_no_rule_can_have_set(tmp_path: Path) -> None:
    """What is due later than any rule says is due now, in every table; what a rule can have set stays."""
    with closing(Archive(tmp_path / "archive.db")) as archive:
        archive.set_sources([Wanted(url=f"https://e.org/{n}") for n in range(2)], NOW)
        archive.add_entries(1, [addressed(n) for n in range(2)], NOW)
        for column, table in (("next_poll", "sources"), ("next_visit", "entries")):
            archive.write(f"UPDATE {table} SET {column} = ? WHERE id = 1", [(NOW + 3 * DAY).isoformat()])
            archive.write(f"UPDATE {table} SET {column} = ? WHERE id = 2", [(NOW + HOUR).isoformat()])
        archive.remember_host(HostState(origin="https://e.org", closed_until=NOW + 2 * DAY))
        longest = {"poll": DAY, "visit": 2 * DAY, "look": 30 * DAY, "closed": DAY}
        assert archive.mend_times(NOW, **longest) == 3
        assert archive.mend_times(NOW, **longest) == 0
        for column, table in (("next_poll", "sources"), ("next_visit", "entries")):
            times = [row["at"] for row in archive.rows(f"SELECT {column} AS at FROM {table} ORDER BY id")]
            assert [datetime.fromisoformat(each) for each in times] == [NOW, NOW + HOUR]
        assert archive.hosts()["https://e.org"].closed_until == NOW


def test_when_the_newest_capture_was_made(tmp_path: Path) -> None:
    """None before the first: only then may the folder of bodies be made."""
    with closing(Archive(tmp_path / "archive.db")) as archive:
        assert archive.last_captured_at() is None
        capture = Capture(url="https://e.org/", final_url="https://e.org/", fetched_at=NOW, status=200)
        archive.add_capture(capture, "00", "visit")
        assert archive.last_captured_at() == NOW


def addressed(number: int) -> Addressed:
    url = f"https://e.org/{number}"
    return Addressed(entry=Entry(url=url), url=url, key=url, host="e.org")
