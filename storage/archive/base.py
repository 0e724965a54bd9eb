"""The connection to archive.db and its transactions. Knows no table."""

import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self

from sqlite_utils import Database

from storage.columns import storable
from storage.journal import write_ahead
from storage.raw import seals
from storage.schema import migrations
from storage.schema.seals import seal
from storage.trouble import ArchiveError, Gone, Replaced, Undone, identity, told

Row = dict[str, Any]
RowError = (sqlite3.IntegrityError, sqlite3.DataError, sqlite3.ProgrammingError)  # of one row, not of the file
SEALED_AT_ONCE = 1 << 30  # bytes of a file that is read within a second; a larger one has the seals of its rows alone
HELD_SECONDS = 3.0  # that a program which holds the archive is waited for, within one try


class ArchiveGone(Gone):
    """archive.db is not where it was opened."""


class Base:
    """One open archive.db. Used by one thread at a time; during a run that is the writer's.

    readonly: nothing is made or migrated; works beside a run, and on a disk that cannot be written.
    Raises ArchiveError with the file's name when it cannot be opened, or is too old to be read only.
    """

    def __init__(self, path: Path, *, readonly: bool = False) -> None:
        self.path, self._wrote = path, False
        try:
            connection = _read_only(path) if readonly else _read_and_write(path)
        except ArchiveError as error:
            raise _named(path, error) from error
        connection.row_factory = sqlite3.Row
        self.db = Database(connection)
        try:
            self._prepare(connection, readonly)
        except ArchiveError as error:
            connection.close()
            raise _named(path, error) from error
        self._identity = identity(path)

    @classmethod
    def on(cls, connection: sqlite3.Connection, path: Path) -> Self:
        """The archive by a connection that is open already, to be read alone; whoever opened it closes it."""
        archive = cls.__new__(cls)
        archive.path, archive._wrote, archive._identity = path, False, identity(path)
        archive.db = Database(connection)
        return archive

    def _prepare(self, connection: sqlite3.Connection, readonly: bool) -> None:
        connection.execute("PRAGMA cache_size = -32000")
        if not readonly:
            write_ahead(connection, HELD_SECONDS)
            for pragma in ("synchronous = NORMAL", "foreign_keys = ON"):
                connection.execute(f"PRAGMA {pragma}")
        if migrations.pending(self.db):
            if readonly:
                raise ArchiveError("made by an older newskeep; run `newskeep fetch` or `newskeep run` once")
            self._break_seal()
            migrations.apply(self.db)
            seal(connection)

    def close(self) -> None:
        """What was written to gets its seal, unless others are at it."""
        with suppress(sqlite3.Error, OSError):
            if self._wrote and identity(self.path) == self._identity and self.path.stat().st_size <= SEALED_AT_ONCE:
                self.seal()
        self.db.close()

    def seal(self) -> bool:
        """Put the digest of the file beside it, until it is written to again; in no transaction. False while in use."""
        return seals.sealed(self.path, self.db.conn)

    def _break_seal(self) -> None:
        self._wrote = True
        seals.broken(self.path)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All writes inside are kept together or not at all; inside another one, with it.

        Raises ArchiveGone while the file is not at its place, Replaced when another one is.
        """
        if self.db.conn.in_transaction:
            yield
            return
        self._look()
        self.db.conn.execute("BEGIN IMMEDIATE")
        try:
            self._break_seal()
            yield
            self._alive()
            seal(self.db.conn)
            self.db.commit()
        except BaseException:  # a commit that failed may leave its transaction open, too
            self.db.rollback()
            raise

    @contextmanager
    def step(self) -> Iterator[None]:
        """Inside a transaction: what fails undoes its own writes, and the rest goes on."""
        self._alive()
        with self.db.atomic():
            yield

    @contextmanager
    def small_steps(self) -> Iterator[None]:
        """Many small steps are taken: what each may have to undo is kept in memory, and so is all else for the moment.

        In a file it costs more than what they write. Not for one who sorts, lists or rebuilds much: temporary tables
        would be in memory, too. In no transaction.
        """
        self.db.conn.execute("PRAGMA temp_store = MEMORY")
        try:
            yield
        finally:
            self.db.conn.execute("PRAGMA temp_store = DEFAULT")

    def _alive(self) -> None:
        """SQLite itself rolls back when the disk is full in mid-statement; what follows must not go on without."""
        if not self.db.conn.in_transaction:
            raise Undone(f"{self.path}: the transaction was taken back")

    def _look(self) -> None:
        """An open file outlives its name: what is written into it then is lost."""
        found = identity(self.path)
        if found is None:
            raise ArchiveGone(f"{self.path} is gone; mount its disk, or move it back")
        if found != self._identity:
            raise Replaced(f"{self.path} is another file than the one that was opened; start newskeep again to use it")

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
        if not self.db.conn.in_transaction:
            self._break_seal()
        return int(self._execute(sql, parameters).rowcount)

    def _execute(self, sql: str, parameters: Sequence[object]) -> sqlite3.Cursor:
        try:
            return self.db.conn.execute(sql, parameters)
        except UnicodeEncodeError:
            return self.db.conn.execute(sql, [storable(each) if isinstance(each, str) else each for each in parameters])


def _read_and_write(path: Path) -> sqlite3.Connection:
    path.parent.mkdir(parents=True, exist_ok=True)
    return sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=HELD_SECONDS)


def _read_only(path: Path) -> sqlite3.Connection:
    """A WAL file is read through -shm; where that cannot be made, and nothing is left in a -wal, nobody writes."""
    uri = f"{path.absolute().as_uri()}?mode=ro"
    if not os.access(path.parent, os.W_OK) and not path.with_name(f"{path.name}-wal").exists():
        uri += "&immutable=1"
    return sqlite3.connect(uri, uri=True, isolation_level=None, check_same_thread=False, timeout=HELD_SECONDS)


def _named(path: Path, error: ArchiveError) -> ArchiveError:
    """The same error, with its code, and the file's name before its words."""
    named = type(error)(f"{path}: {told(error)}")
    if (code := getattr(error, "sqlite_errorcode", None)) is not None:
        named.sqlite_errorcode = code
    return named


def stamp(moment: datetime | None) -> str | None:
    """A moment as the archive writes it: ISO 8601, UTC, to the microsecond only when there is one."""
    if moment is None:
        return None
    return (moment if moment.tzinfo is UTC else moment.astimezone(UTC)).isoformat()


def moment(text: str | None) -> datetime | None:
    """The moment that `stamp` wrote."""
    return None if text is None else datetime.fromisoformat(text)
