"""The connection to archive.db and its transactions. Knows no table."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from storage.schema import migrations

Row = dict[str, Any]
ArchiveError = sqlite3.Error  # the disk is full, the file is damaged, read-only or held by another program


class Base:
    """One open archive.db. Used by one thread at a time; during a run that is the writer's.

    Raises ArchiveError with the file's name when it cannot be opened.
    """

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=30)
        connection.row_factory = sqlite3.Row
        self.path = path
        self.db = Database(connection)
        try:
            self._prepare(connection)
        except ArchiveError as error:
            connection.close()
            raise ArchiveError(f"{path}: {error}") from error

    def _prepare(self, connection: sqlite3.Connection) -> None:
        for pragma in ("journal_mode = WAL", "synchronous = NORMAL", "foreign_keys = ON", "cache_size = -32000"):
            connection.execute(f"PRAGMA {pragma}")
        if migrations.pending(self.db):
            migrations.apply(self.db)

    def close(self) -> None:
        self.db.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All writes inside are kept together or not at all; inside another one, with it."""
        if self.db.conn.in_transaction:
            yield
            return
        self.db.conn.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self.db.rollback()
            raise
        self.db.commit()

    @contextmanager
    def step(self) -> Iterator[None]:
        """Inside a transaction: what fails undoes its own writes, and the rest goes on."""
        with self.db.atomic():
            yield

    def rows(self, sql: str, parameters: Sequence[object] = ()) -> list[Row]:
        """What a query finds, as dicts."""
        return [dict(row) for row in self._execute(sql, parameters)]

    def row(self, sql: str, parameters: Sequence[object] = ()) -> Row | None:
        """The first row that a query finds."""
        found = self._execute(sql, parameters).fetchone()
        return None if found is None else dict(found)

    def value(self, sql: str, parameters: Sequence[object] = ()) -> Any:
        """The first column of the first row; None without one."""
        found = self._execute(sql, parameters).fetchone()
        return None if found is None else found[0]

    def write(self, sql: str, parameters: Sequence[object] = ()) -> int:
        """Execute one statement; the number of rows it changed."""
        return int(self._execute(sql, parameters).rowcount)

    def _execute(self, sql: str, parameters: Sequence[object]) -> sqlite3.Cursor:
        try:
            return self.db.conn.execute(sql, parameters)
        except UnicodeEncodeError:
            return self.db.conn.execute(sql, [storable(each) if isinstance(each, str) else each for each in parameters])


def storable(text: str) -> str:
    """The text without lone surrogates, which JSON can spell and no database keeps."""
    return text.encode("utf-8", "replace").decode()


def stamp(moment: datetime | None) -> str | None:
    """A moment as the archive writes it: ISO 8601, UTC, to the microsecond only when there is one."""
    return None if moment is None else moment.astimezone(UTC).isoformat()


def moment(text: str | None) -> datetime | None:
    """The moment that `stamp` wrote."""
    return None if text is None else datetime.fromisoformat(text)
