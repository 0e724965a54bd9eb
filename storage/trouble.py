"""What goes wrong with the files of an archive, and which of it passes by itself. Knows no table."""

import errno
import sqlite3
from pathlib import Path

# Primary result codes, https://sqlite.org/rescode.html: of the disk, of other programs, never of what was asked.
PASSING = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_NOMEM,
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_READONLY,
    }
)
PASSING_OS = frozenset(
    {errno.EACCES, errno.EDQUOT, errno.EIO, errno.EMFILE, errno.ENFILE, errno.ENOSPC, errno.EROFS, errno.ESTALE}
)
HELD = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})

ArchiveError = sqlite3.Error  # the disk is full, the file is damaged, read-only or held by another program
Identity = tuple[int, int]  # device and inode


class Gone(OSError):
    """A file or folder of the archive is not where it was; it may come back."""


class Replaced(sqlite3.DatabaseError):
    """Another file stands where an open one was: to go on would be to write into two archives."""


class Undone(sqlite3.OperationalError):
    """The database took back the whole transaction when one of its jobs failed: the others may be repeated."""


def can_pass(error: BaseException) -> bool:
    """Will the same job go well once there is room, or the file is free or back?"""
    if isinstance(error, Gone | Undone):
        return True
    if isinstance(error, sqlite3.Error):
        return _primary(error) in PASSING
    return isinstance(error, OSError) and error.errno in PASSING_OS


def is_held(error: BaseException) -> bool:
    """Does another program hold the file?"""
    return isinstance(error, sqlite3.Error) and _primary(error) in HELD


def told(error: BaseException) -> str:
    """The error in words for the operator."""
    if is_held(error):
        return f"{error}: another program holds it"
    return str(error) or type(error).__name__


def identity(path: Path) -> Identity | None:
    """Which file stands at a path; None when there is none."""
    try:
        found = path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    return found.st_dev, found.st_ino


def _primary(error: sqlite3.Error) -> int:
    """The code without what extends it; 0 for an error that is not SQLite's own."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF
