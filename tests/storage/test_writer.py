"""Jobs that wait together are committed together; one that fails undoes only itself."""

import asyncio
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

from storage.archive.base import Base
from storage.trouble import Undone
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


async def test_a_commit_that_fails_leaves_nothing_behind(base: Counted) -> None:
    """Every job of it hears why, none is half kept, and the next transaction is a whole one."""
    broken = [True]

    @contextmanager
    def failing() -> Iterator[None]:
        with base.transaction():
            yield
            if broken:
                raise sqlite3.OperationalError("database or disk is full")

    writer = Writer("test", failing, base.step)
    jobs = [writer(base.write, "INSERT INTO t VALUES (?)", [n]) for n in range(3)]
    assert {str(each) for each in await asyncio.gather(*jobs, return_exceptions=True)} == {"database or disk is full"}
    assert not base.db.conn.in_transaction
    broken.clear()
    await writer(base.write, "INSERT INTO t VALUES (7)")
    writer.close()
    with closing(sqlite3.connect(base.path)) as other:
        assert other.execute("SELECT n FROM t").fetchall() == [(7,)]


async def test_a_transaction_that_the_database_takes_back(base: Counted) -> None:
    """Jobs before and after the one that caused it hear that they were undone; it hears its own error."""

    def lose() -> None:
        base.write("INSERT INTO t VALUES (2)")
        base.write("ROLLBACK")
        raise ValueError("mine")

    writer = Writer("test", base.counted, base.step)
    jobs: list[Any] = [
        writer(base.write, "INSERT INTO t VALUES (1)"),
        writer(lose),
        writer(base.write, "INSERT INTO t VALUES (3)"),
    ]
    before, cause, after = await asyncio.gather(*jobs, return_exceptions=True)
    writer.close()
    assert isinstance(cause, ValueError)
    assert isinstance(before, Undone)
    assert isinstance(after, Undone)
    assert base.value("SELECT count(*) FROM t") == 0


async def test_no_job_wedges_the_writer(base: Counted) -> None:
    """One that ends as no future can, and one that nobody waits for any more, cost themselves alone."""

    def stops() -> None:
        raise StopIteration

    writer = Writer("test", base.counted, base.step)
    left = asyncio.ensure_future(writer(time.sleep, 0.05))
    await asyncio.sleep(0.01)
    left.cancel()
    odd, even = await asyncio.wait_for(
        asyncio.gather(writer(stops), writer(lambda: 4), return_exceptions=True), timeout=5
    )
    assert isinstance(odd, RuntimeError)
    assert even == 4
    writer.close()


async def test_how_long_the_oldest_waits(base: Counted) -> None:
    """None at rest; while a job hangs, the time since which it does, whoever comes after it."""
    writer = Writer("test", base.counted, base.step)
    assert writer.waiting_since is None
    gate, began = threading.Event(), time.monotonic()
    first = asyncio.ensure_future(writer(gate.wait))
    await asyncio.sleep(0.05)
    second = asyncio.ensure_future(writer(lambda: None))
    await asyncio.sleep(0.01)
    assert writer.waiting_since is not None
    assert began <= writer.waiting_since < began + 0.04
    gate.set()
    await asyncio.gather(first, second)
    assert writer.waiting_since is None
    writer.close()


async def test_close_does_not_try_all_that_fails(base: Counted) -> None:
    """With the storage away, what is queued fails at once instead of waiting for it one by one; later jobs too."""
    tried = []

    @contextmanager
    def held() -> Iterator[None]:
        tried.append(1)
        time.sleep(0.05)
        raise sqlite3.OperationalError("database is locked")
        yield

    writer = Writer("test", held, base.step)
    jobs = [asyncio.ensure_future(writer(lambda: None)) for _ in range(1200)]
    await asyncio.sleep(0)
    writer.close()
    failed = await asyncio.gather(*jobs, return_exceptions=True)
    assert {str(each) for each in failed} == {"database is locked"}
    assert len(tried) <= 2
    with pytest.raises(RuntimeError, match="closed"):
        await writer(lambda: None)
