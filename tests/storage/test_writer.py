"""Jobs that wait together are committed together; one that fails undoes only itself."""

import asyncio
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from storage.archive.base import Base
from storage.writer import Writer


class Counted(Base):
    """An archive that counts its outermost transactions."""

    transactions = 0

    @contextmanager
    def counted(self) -> Iterator[None]:
        self.transactions += 1
        with self.transaction():
            yield


@pytest.fixture
def base(tmp_path: Path) -> Iterator[Counted]:
    opened = Counted(tmp_path / "archive.db")
    opened.write("CREATE TABLE t (n INTEGER UNIQUE)")
    yield opened
    opened.close()


async def test_one_commit_for_many(base: Counted) -> None:
    """A thousand jobs at once need few transactions, and all are kept."""
    writer = Writer("test", base.counted, base.step)
    await asyncio.gather(*(writer(base.write, "INSERT INTO t VALUES (?)", [n]) for n in range(1000)))
    writer.close()
    assert base.value("SELECT count(*) FROM t") == 1000
    assert base.transactions < 50


async def test_a_failing_job_undoes_itself_alone(base: Counted) -> None:
    """Its neighbours in the same transaction are kept, its own half is not, and its caller gets the error."""
    writer = Writer("test", base.counted, base.step)

    def half() -> None:
        base.write("INSERT INTO t VALUES (7)")
        base.write("INSERT INTO t VALUES (1)")

    jobs = [
        writer(base.write, "INSERT INTO t VALUES (1)"),
        writer(half),
        writer(base.write, "INSERT INTO t VALUES (2)"),
    ]
    first, second, third = await asyncio.gather(*jobs, return_exceptions=True)
    writer.close()
    assert (first, third) == (1, 1)
    assert isinstance(second, sqlite3.IntegrityError)
    assert [row["n"] for row in base.rows("SELECT n FROM t ORDER BY n")] == [1, 2]


async def test_resolved_only_when_committed(base: Counted) -> None:
    """What a job wrote is there for another connection as soon as its await returns."""
    writer = Writer("test", base.counted, base.step)
    await writer(base.write, "INSERT INTO t VALUES (3)")
    other = sqlite3.connect(base.path)
    assert other.execute("SELECT n FROM t").fetchall() == [(3,)]
    other.close()
    writer.close()


async def test_close_finishes_what_is_queued(base: Counted) -> None:
    """Jobs queued before the end are done."""
    writer = Writer("test", base.counted, base.step)
    waiting = [asyncio.ensure_future(writer(base.write, "INSERT INTO t VALUES (?)", [n])) for n in range(5)]
    await asyncio.sleep(0)
    writer.close()
    await asyncio.gather(*waiting)
    assert base.value("SELECT count(*) FROM t") == 5
