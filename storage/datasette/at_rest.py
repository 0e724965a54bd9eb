"""An archive as Datasette reads it: while others write to it, and where nothing can be written.

SQLite reads a WAL file with the help of a -shm beside it. Where that cannot be made, and nothing is left in a -wal,
nobody writes: the file is at rest, and is read as one that never changes. It may be woken all the same, by a program
that has the folder mounted otherwise; its -wal tells, so each question looks for it before and after.
"""

import asyncio
import os
import sqlite3
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from datasette.database import Database, QueryInterrupted
from datasette.utils import escape_sqlite

COUNTED = 100  # milliseconds that Datasette may count the rows of a table for: without a number it leaves that out
TRIES = 5  # of one question, while a file that was at rest is written to


class State(NamedTuple):
    """How a file stands; while it is the same, an open connection is right. at_rest: its size and time, if it is."""

    device: int
    inode: int
    at_rest: tuple[int, int] | None


def state(path: Path) -> State:
    """Raises FileNotFoundError."""
    stat = path.stat()
    awake = os.access(path.parent, os.W_OK) or path.with_name(f"{path.name}-wal").exists()
    return State(stat.st_dev, stat.st_ino, None if awake else (stat.st_size, stat.st_mtime_ns))


def connect(path: Path, found: State) -> sqlite3.Connection:
    """A connection that cannot write, to a file that stands so. Raises sqlite3.OperationalError."""
    how = "immutable=1" if found.at_rest else "mode=ro"
    return sqlite3.connect(f"{path.absolute().as_uri()}?{how}", uri=True, check_same_thread=False)


class ArchiveFile(Database):  # type: ignore[misc]  # Datasette has no types
    """In the place of Datasette's own: its connections are opened anew when the file stands otherwise."""

    def __init__(self, datasette: Any, path: str) -> None:
        super().__init__(datasette, path)
        self._threads = threading.local()

    async def execute(self, sql: str, params: Any = None, truncate: bool = False, **options: Any) -> Any:
        """As Datasette's. What it counts by itself is bounded, however large the archive; what people ask is not."""
        if sql.startswith("select count(*) ") and not truncate:
            options["custom_time_limit"] = min(COUNTED, options.get("custom_time_limit") or COUNTED)
        return await super().execute(sql, params, truncate, **options)

    async def table_counts(self, limit: int = 10) -> dict[str, int | None]:
        """Name -> rows; None of those that it takes longer than `limit` milliseconds to count, and of those not shown.

        SQLite heeds no limit within the count of one large table, and the largest are such as nobody looks at.
        """
        counts: dict[str, int | None] = dict.fromkeys(await self.table_names())
        for name in counts.keys() - set(await self.hidden_table_names()):
            with suppress(QueryInterrupted, sqlite3.DatabaseError):
                sql = f"select count(*) from {escape_sqlite(name)}"  # noqa: S608 - escaped
                found = await self.execute(sql, custom_time_limit=limit)
                counts[name] = found.single_value()
        return counts

    async def execute_fn(self, fn: Callable[[sqlite3.Connection], Any]) -> Any:
        if self.ds.executor is None:
            return self._ask(fn)
        return await asyncio.get_running_loop().run_in_executor(self.ds.executor, self._ask, fn)

    def _ask(self, fn: Callable[[sqlite3.Connection], Any]) -> Any:
        """What was read of a file that woke meanwhile may be of two moments: it is asked again."""
        for _ in range(TRIES):
            found, connection = self._opened()
            try:
                answer = fn(connection)
            except sqlite3.DatabaseError:
                if not self._woke(found):
                    raise
            else:
                if not self._woke(found):
                    return answer
        raise sqlite3.OperationalError(f"{self.path} is written to without a -wal, again and again, while it is read")

    def _opened(self) -> tuple[State, sqlite3.Connection]:
        """This thread's connection; one whose file is gone stays, for what it has open outlives the name."""
        kept: tuple[State, sqlite3.Connection] | None = getattr(self._threads, "opened", None)
        try:
            found = state(Path(self.path))
        except FileNotFoundError:
            if kept is None:
                raise
            return kept
        if kept is not None:
            if kept[0] == found:
                return kept
            self._all_file_connections.remove(kept[1])
            kept[1].close()
            del self._threads.opened
        connection = connect(Path(self.path), found)
        self._all_file_connections.append(connection)
        self.ds._prepare_connection(connection, self.name)
        self._threads.opened = found, connection
        return found, connection

    def _woke(self, found: State) -> bool:
        return found.at_rest is not None and state(Path(self.path)) != found
