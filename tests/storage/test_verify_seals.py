"""Every row has its digest, whoever wrote it and however."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage.archive import Archive
from storage.care.verify_report import Report
from storage.care.verify_rows import row_faults

OURS, OTHERS = "newskeep", "another program"
ORIGIN = st.sampled_from(["a", "b", "c"])
WRITE = st.one_of(
    st.tuples(st.just("INSERT OR REPLACE INTO hosts (origin, robots_status) VALUES (?, ?)"), ORIGIN, st.integers(0, 9)),
    st.tuples(
        st.just("INSERT OR IGNORE INTO hosts (origin, closed_reason) VALUES (?, ?)"), ORIGIN, st.text(max_size=3)
    ),
    st.tuples(st.just("UPDATE hosts SET robots_body = ?2 WHERE origin = ?1"), ORIGIN, st.binary(max_size=3)),
    st.tuples(st.just("UPDATE OR REPLACE hosts SET origin = ?2 WHERE origin = ?1"), ORIGIN, ORIGIN),
    st.tuples(st.just("DELETE FROM hosts WHERE origin = ?1 OR origin = ?2"), ORIGIN, ORIGIN),
)


def faults(archive: Archive) -> tuple[list[str], int]:
    """What is wrong with the rows, and how many have no digest yet."""
    report = Report()
    found = [fault.said for fault in row_faults(archive, report, lambda _: None)]
    return found, report.counts["unsealed"]


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    return Archive(tmp_path_factory.mktemp("seals") / "archive.db")


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(writes=st.lists(st.tuples(st.sampled_from([OURS, OTHERS]), WRITE), max_size=8))
def test_seals_follow(archive: Archive, writes: list[tuple[str, tuple[str, object, object]]]) -> None:
    """After any writes by anybody nothing is a fault, and after a transaction of ours nothing is unsealed."""
    with closing(sqlite3.connect(archive.path, isolation_level=None)) as other:
        for who, (sql, *values) in writes:
            if who == OTHERS:
                other.execute(sql, values)
                assert faults(archive)[0] == []
            else:
                with archive.transaction():
                    archive.write(sql, values)
                assert faults(archive) == ([], 0)


@pytest.mark.parametrize("value", ["b", "A", b"a", 1, 1.0, "1", None, "a ", "ä"])
def test_any_other_value_is_another_row(tmp_path: Path, value: object) -> None:
    """Its type counts, too: a text of digits is no number, and no blob."""
    with closing(Archive(tmp_path / "archive.db")) as archive:
        with archive.transaction():
            archive.write("INSERT INTO alarms (key, text, since, told_at) VALUES ('k', 't', '', 'a')")
        archive.write("DROP TRIGGER seal_alarms_changed")
        archive.write("UPDATE alarms SET told_at = ?", [value])
        assert "alarms 1: is not as it was written" in faults(archive)[0]


def test_a_transaction_that_fails_leaves_nothing_unsealed(tmp_path: Path) -> None:
    """Rows and digests are kept together or not at all."""
    with closing(Archive(tmp_path / "archive.db")) as archive:
        with pytest.raises(ZeroDivisionError), archive.transaction():
            archive.write("INSERT INTO hosts (origin) VALUES ('a')")
            raise ZeroDivisionError
        assert faults(archive) == ([], 0)


def test_a_damaged_row_stops_no_writer(tmp_path: Path) -> None:
    """Text that is no UTF-8 any more is sealed byte for byte when something else of its row is written."""
    with closing(Archive(tmp_path / "archive.db")) as archive, archive.transaction():
        archive.write("INSERT INTO hosts (origin, closed_reason) VALUES ('a', CAST(x'ff41' AS TEXT))")
        archive.write("UPDATE hosts SET robots_status = 1")
    with closing(Archive(tmp_path / "archive.db", readonly=True)) as archive:
        assert faults(archive) == ([], 0)
