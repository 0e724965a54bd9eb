"""One file of raw/: how it is opened, which tables it has, which other file stands at its place now."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from storage.journal import write_ahead
from storage.raw import handles, seals
from storage.trouble import Identity, identity

HELD_SECONDS = 3.0  # that a program which holds a month is waited for, within one try
PAGE = 1024  # bytes; what a small body wastes grows with it: 350 bytes a body here, 700 at the usual 4096
BODIES = """
CREATE TABLE IF NOT EXISTS bodies (
    sha256 TEXT PRIMARY KEY,
    size INTEGER NOT NULL,        -- before compression
    reference TEXT,               -- SHA-256 of the body that is the prefix of its frame; NULL: it stands alone
    data BLOB NOT NULL            -- one zstd frame
)
"""
REFERENCES = """
CREATE TABLE IF NOT EXISTS live_references (
    "like" TEXT NOT NULL,         -- a page's host or a source's address: what resembles each other
    sha256 TEXT NOT NULL,
    bodies INTEGER NOT NULL,      -- that lean on it, and itself
    packed INTEGER NOT NULL,      -- bytes of these together
    excess INTEGER NOT NULL,      -- bytes that the last ones cost too much
    used INTEGER NOT NULL,        -- greater: later
    PRIMARY KEY ("like", sha256)
) WITHOUT ROWID
"""


@dataclass(slots=True)
class Month:
    """One open file. `began`: it was written to, and that is not committed yet."""

    path: Path
    db: sqlite3.Connection
    identity: Identity | None
    used: Identity | None  # as `handles` counts it
    began: bool = False

    def begin(self) -> None:
        """Take the file for writing: a new one gets its tables, an old one what it lacks, and its seal is broken."""
        if self.began:
            return
        self.db.execute("BEGIN IMMEDIATE")
        self.began = True
        seals.broken(self.path)
        self.db.execute(BODIES)
        if "reference" not in columns(self.db):
            self.db.execute("ALTER TABLE bodies ADD COLUMN reference TEXT")
        self.db.execute(REFERENCES)

    def moved(self) -> bool:
        return identity(self.path) != self.identity

    def close(self) -> None:
        """A file that was moved away takes along what stands in its -wal: the next file of its name would drop that."""
        with suppress(sqlite3.Error, OSError):  # of a disk that is gone nothing can be saved
            if self.moved():
                self.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self.db.close()
        handles.done(self.used)


def open_month(path: Path, *, readonly: bool) -> Month:
    """Raises sqlite3.Error. readonly: nothing is made, and an old file stays as it is."""
    used = handles.use(path)
    try:
        file = _ready(path, readonly=readonly)
    except BaseException:
        handles.done(used)
        raise
    return Month(path, file, identity(path), used or handles.use(path))


@contextmanager
def looked_at(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection of its own that sees the file as it is now until the end, whatever is written meanwhile."""
    used = handles.use(path)
    try:
        with closing(_connect(path, readonly=True)) as file:
            file.row_factory = sqlite3.Row
            file.execute("BEGIN")
            yield file
    finally:
        handles.done(used)


def columns(file: sqlite3.Connection) -> set[str]:
    """Of `bodies`: none in a file that nothing was written to yet, no `reference` in one of an older newskeep."""
    return {row[1] for row in file.execute("PRAGMA table_info(bodies)")}


def _ready(path: Path, *, readonly: bool) -> sqlite3.Connection:
    file = _connect(path, readonly=readonly)
    try:
        if not readonly:
            file.execute(f"PRAGMA page_size = {PAGE}")  # of a new file; others keep theirs
            write_ahead(file, HELD_SECONDS)
            file.execute("PRAGMA synchronous = FULL")  # a row of archive.db must never outlive the body it names
            file.execute("PRAGMA secure_delete = ON")  # what is removed leaves no trace in free pages
    except BaseException:
        file.close()
        raise
    file.row_factory = sqlite3.Row
    return file


def _connect(path: Path, *, readonly: bool) -> sqlite3.Connection:
    """A WAL file is read through -shm; where that cannot be made, and nothing is left in a -wal, nobody writes."""
    uri = f"{path.absolute().as_uri()}?mode={'ro' if readonly else 'rwc'}"
    if readonly and not os.access(path.parent, os.W_OK) and not seals.pending(path):
        uri += "&immutable=1"
    return sqlite3.connect(uri, uri=True, isolation_level=None, check_same_thread=False, timeout=HELD_SECONDS)
