"""A body in a file, too large for memory -> one frame that stands alone -> its row. Knows no other and no month."""

import hashlib
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from storage.raw.packing import PIECE, packer

LARGE = 1 << 21  # bytes of a body; below, it is quicker and leans on others

_ADD = """INSERT INTO bodies (sha256, size, reference, data) VALUES (?, ?, NULL, zeroblob(?))
    ON CONFLICT DO NOTHING RETURNING rowid"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """A packed body. `size`: bytes before compression; `data` is open, and read from its begin."""

    sha256: str
    size: int
    packed: int
    data: BinaryIO


@contextmanager
def packed(path: Path) -> Iterator[Frame]:
    """The frame of the body in a file, on the same disk as that, without a name. Raises OSError."""
    digest, size = hashlib.sha256(), path.stat().st_size
    squeeze = packer(size)
    with path.open("rb") as body, tempfile.TemporaryFile(dir=path.parent) as frame:
        while piece := body.read(PIECE):
            digest.update(piece)
            frame.write(squeeze.compress(piece))
        frame.write(squeeze.flush())
        length = frame.tell()
        frame.seek(0)
        yield Frame(sha256=digest.hexdigest(), size=size, packed=length, data=frame)


def add(file: sqlite3.Connection, frame: Frame) -> None:
    """Keep a frame, unless it is there. Belongs in a transaction, and leaves no half of it there when it fails."""
    with _all_or_nothing(file):
        for (row,) in file.execute(_ADD, (frame.sha256, frame.size, frame.packed)).fetchall():
            with file.blobopen("bodies", "data", row) as blob:
                while piece := frame.data.read(PIECE):
                    blob.write(piece)


@contextmanager
def _all_or_nothing(file: sqlite3.Connection) -> Iterator[None]:
    file.execute("SAVEPOINT large")
    try:
        yield
    except BaseException:
        if file.in_transaction:  # SQLite itself takes all of it back when the disk is full in mid-statement
            file.execute("ROLLBACK TO large")
        raise
    finally:
        if file.in_transaction:
            file.execute("RELEASE large")
