"""One file of an archive -> its copy elsewhere, as it was at one moment, whatever is written meanwhile.

with looked_at(path) as file:      the moment
    snapshot(file, copy, tell)     page by page, with pauses
"""

import hashlib
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from storage.disk import on_disk, write_whole

STEP = 1024  # pages that are copied in one go
PAUSE = 0.002  # seconds after each: others want the disk, too

Heard = Callable[[int], object]  # is called with the bytes of each step


def size_of(file: sqlite3.Connection) -> int:
    """The bytes that a snapshot of an open database takes."""
    pages, page = (int(file.execute(f"PRAGMA {name}").fetchone()[0]) for name in ("page_count", "page_size"))
    return pages * page


def snapshot(file: sqlite3.Connection, to: Path, heard: Heard) -> None:
    """Copy what a connection sees in its transaction; who writes is not kept from it, and does not start it anew.

    SQLite's backup API (https://sqlite.org/backup.html): pages come by the connection that is given to it. The file is
    not read as plain bytes: to close it would take off the locks of the connection (howtocorrupt.html, 2.2).
    """
    page = int(file.execute("PRAGMA page_size").fetchone()[0])
    left = None

    def told(_: int, remaining: int, total: int) -> None:
        nonlocal left
        heard(((total if left is None else left) - remaining) * page)
        left = remaining
        time.sleep(PAUSE)

    with closing(sqlite3.connect(to, isolation_level=None)) as copy:
        copy.execute("PRAGMA journal_mode = OFF")  # a copy that is stopped is begun again
        copy.execute("PRAGMA synchronous = OFF")
        file.backup(copy, pages=STEP, progress=told)
    on_disk(to)


def digest_of(path: Path) -> str:
    """The SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def mirror(folder: Path, to: Path) -> int:
    """Make `to` hold the files of a folder and no others, each replaced whole. Returns how many were written."""
    to.mkdir(parents=True, exist_ok=True)
    names, written = {path.name for path in folder.iterdir() if path.is_file() and path.suffix != ".part"}, 0
    for name in sorted(names):
        body, target = (folder / name).read_bytes(), to / name
        if not target.exists() or target.read_bytes() != body:
            write_whole(target, body)
            written += 1
    for path in to.iterdir():
        if path.is_file() and path.name not in names:
            path.unlink()
    on_disk(to)
    return written
