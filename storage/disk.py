"""Files that are there whole or not at all, and what has to outlive a power cut."""

import os
from pathlib import Path


def write_whole(path: Path, data: bytes, *, lasting: bool = False) -> None:
    """Write beside its place first, then into it: who reads sees the old file or the new one. Raises OSError.

    lasting: the words are on disk before the name is; the name itself is when its folder is `on_disk`.
    """
    beside = path.with_name(f".{path.name}.part")
    try:
        beside.write_bytes(data)
        if lasting:
            on_disk(beside)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def on_disk(path: Path) -> None:
    """Wait until what was written to a file, or became of the names in a folder, is on disk.

    No file that SQLite has open in this process: to close it would take SQLite's locks off.
    """
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
