"""The SHA-256 of a whole month file, in a text file beside it that `sha256sum -c` understands.

SQLite keeps no checksum of its pages: a byte that flips where nothing stands, in a header or between two rows, is seen
by nobody. A seal is broken before the file is written to, and made anew when writing is over, with nothing left in the
-wal and the write lock in hand. So wherever there is one, each byte of the file is as the seal says, or the file was
changed by something else than newskeep.
"""

import hashlib
import os
import sqlite3
from contextlib import suppress
from pathlib import Path

from storage.disk import on_disk
from storage.raw import handles

CHUNK = 1 << 20  # bytes that are read at once


def seal_of(path: Path) -> Path:
    """Where the seal of a file stands."""
    return path.with_name(f"{path.name}.sha256")


def broken(path: Path) -> None:
    """Take the seal off, before the first byte of the file changes. To be called with the write lock in hand."""
    with suppress(FileNotFoundError):
        seal_of(path).unlink()
        on_disk(path.parent)


def sealed(path: Path, file: sqlite3.Connection) -> bool:
    """Put a seal on; False where others read or write the file, who are not waited for.

    file: a connection that may write and is in no transaction. Reads the whole file: a second for a gigabyte.
    """
    (wait,) = file.execute("PRAGMA busy_timeout").fetchone()
    file.execute("PRAGMA busy_timeout = 0")
    try:
        busy, *_ = file.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        if busy:
            return False
        file.execute("BEGIN IMMEDIATE")
        return _written(path)
    except sqlite3.OperationalError:  # locked: somebody has begun to write
        return False
    finally:
        if file.in_transaction:
            file.execute("ROLLBACK")
        file.execute(f"PRAGMA busy_timeout = {wait}")


def _written(path: Path) -> bool:
    """With the write lock in hand: whoever wrote meanwhile has left something in the -wal."""
    if pending(path):
        return False
    beside = seal_of(path).with_suffix(".new")
    beside.write_text(_text(path))
    on_disk(beside)  # else a power cut may leave the name without the words
    beside.replace(seal_of(path))
    return True


def holds(path: Path) -> bool | None:
    """Is every byte of the file as its seal says? None: it has none, it is being written to."""
    while (said := _read(path)) is not None:
        if said == _text(path).encode():
            return True
        if _read(path) == said:  # else it was taken off, or made anew, while the file was read
            return False
    return None


def digest(path: Path) -> str | None:
    """What the seal says, as long as there is one."""
    return None if (said := _read(path)) is None else said.decode("ascii", "replace").partition(" ")[0]


def pending(path: Path) -> bool:
    """Does anything stand in the -wal of the file that is not in the file yet?"""
    try:
        return path.with_name(f"{path.name}-wal").stat().st_size > 0
    except FileNotFoundError:
        return False


def _text(path: Path) -> str:
    digest, at = hashlib.sha256(), 0
    with handles.plain(path) as handle:
        while part := os.pread(handle, CHUNK, at):
            digest.update(part)
            at += len(part)
    return f"{digest.hexdigest()}  {path.name}\n"


def _read(path: Path) -> bytes | None:
    try:
        return seal_of(path).read_bytes()
    except FileNotFoundError:
        return None
