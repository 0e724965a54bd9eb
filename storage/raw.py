"""Bodies, byte for byte: content-addressed by SHA-256, zstd-compressed, one file a month, each readable alone.

A body is committed here before archive.db names it, so an interrupted write leaves an orphan and never a hole.
An open file outlives its name: before and after each transaction the files are looked for where they were opened.
"""

import hashlib
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from backports import zstd

from storage.trouble import Gone, Identity, Undone, identity

LEVEL = 3  # 1.1 ms a page; -9 gains a tenth for five times the time
HELD_SECONDS = 3.0  # that a program which holds a month is waited for, within one try
SCHEMA = """
CREATE TABLE IF NOT EXISTS bodies (
    sha256 TEXT PRIMARY KEY,
    size INTEGER NOT NULL,        -- before compression
    data BLOB NOT NULL            -- one zstd frame
)
"""


class MissingBody(LookupError):
    """No body with this digest in the file of this month."""


class RawFolderGone(Gone):
    """The folder of the bodies was deleted, moved, or is the empty place where its disk was mounted."""


@dataclass(slots=True)
class _Month:
    """One open file. `began`: bodies were put that are not committed yet."""

    path: Path
    db: sqlite3.Connection
    identity: Identity | None
    began: bool = False

    def moved(self) -> bool:
        return identity(self.path) != self.identity

    def close(self) -> None:
        """A file that was moved away takes along what stands in its -wal: the next file of its name would drop that."""
        with suppress(sqlite3.Error, OSError):  # of a disk that is gone nothing can be saved
            if self.moved():
                self.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self.db.close()


class Raw:
    """The folder of monthly files. Safe to use from several threads; writes belong in one.

    make: may the folder be made? Not where an archive names bodies already: then its disk is missing.
    Whatever reads or writes raises RawFolderGone then, and sqlite3.Error when a file cannot be used.
    """

    def __init__(self, folder: Path, *, make: bool = True) -> None:
        self._folder, self._make = folder, make
        self._months: dict[str, _Month] = {}
        self._failed: Exception | None = None  # why this transaction takes no more bodies
        self._lock = threading.RLock()

    def put(self, body: bytes, at: datetime, like: str = "") -> str:
        """Keep a body in the file of the month of `at` (UTC); identical bodies once. Returns its SHA-256 in hex.

        like: what its bodies resemble each other under, a page's host or a source's address.
        """
        digest = hashlib.sha256(body).hexdigest()
        with self._lock:
            if self._failed is not None:  # each body would wait for the disk as long as the first did
                raise self._failed
            try:
                self._put(self._month(month(at)), digest, body)
            except (sqlite3.Error, OSError) as error:
                self._failed = error
                raise
        return digest

    def get(self, sha256: str, at: datetime) -> bytes:
        """The body kept at `at`. Raises MissingBody."""
        path = self._path(month(at))
        row = None
        with self._lock:
            if path.exists():
                file = self._month(month(at)).db
                row = file.execute("SELECT data FROM bodies WHERE sha256 = ?", [sha256]).fetchone()
            elif not self._make:
                self._look()
        if row is None:
            raise MissingBody(f"{path}: no body {sha256}")
        return zstd.decompress(row[0])

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All bodies put inside are committed, to disk, at its end."""
        self._failed = None
        try:
            yield
            self._commit()
        except BaseException:
            self._rollback()
            raise
        finally:
            self._failed = None

    def close(self) -> None:
        with self._lock:
            while self._months:
                self._months.popitem()[1].close()

    def _put(self, file: _Month, digest: str, body: bytes) -> None:
        if file.db.execute("SELECT 1 FROM bodies WHERE sha256 = ?", [digest]).fetchone() is not None:
            return
        if not file.began:
            file.db.execute("BEGIN IMMEDIATE")
            file.began = True
        row = (digest, len(body), zstd.compress(body, LEVEL))
        file.db.execute("INSERT INTO bodies VALUES (?, ?, ?) ON CONFLICT DO NOTHING", row)

    def _commit(self) -> None:
        with self._lock:
            for file in [each for each in self._months.values() if each.began]:
                if not file.db.in_transaction:  # SQLite itself rolls back when the disk is full in mid-statement
                    raise Undone(f"{file.path}: {self._failed}") from self._failed
                file.db.execute("COMMIT")
                file.began = False
                if file.moved():
                    raise RawFolderGone(f"{file.path} went while bodies were put into it")

    def _rollback(self) -> None:
        with self._lock:
            for file in self._months.values():
                file.began = False
                if file.db.in_transaction:
                    file.db.execute("ROLLBACK")

    def _month(self, name: str) -> _Month:
        """The open file of a month, opened anew where it was moved away. Others are closed: old months stay whole."""
        file = self._months.get(name)
        if file is not None and not file.moved():
            return file
        if file is not None and file.began:
            raise RawFolderGone(f"{file.path} went while bodies were put into it")
        self._look()
        for other in [key for key, each in self._months.items() if not each.began]:
            self._months.pop(other).close()
        self._months[name] = _open(self._path(name))
        self._make = False
        return self._months[name]

    def _look(self) -> None:
        """An empty folder is taken for a mount point without its disk: bodies put there would vanish under it."""
        if self._make:
            self._folder.mkdir(parents=True, exist_ok=True)
        elif not (self._folder.is_dir() and any(self._folder.iterdir())):
            raise RawFolderGone(
                f"{self._folder} is gone or empty; mount it or move it back; to go on without the bodies that it held: "
                f"mkdir -p {self._folder} && touch {self._folder}/LOST"
            )

    def _path(self, name: str) -> Path:
        return self._folder / f"{name}.db"


def month(at: datetime) -> str:
    """The name of the file for a moment: `2026-11`."""
    return f"{at.year:04}-{at.month:02}"


def _open(path: Path) -> _Month:
    file = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=HELD_SECONDS)
    try:
        file.execute("PRAGMA journal_mode = WAL")
        file.execute("PRAGMA synchronous = FULL")  # a row of archive.db must never outlive the body it names
        file.execute(SCHEMA)
    except BaseException:
        file.close()
        raise
    return _Month(path, file, identity(path))
