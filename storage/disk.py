"""What has to outlive a power cut."""

import os
from pathlib import Path


def on_disk(path: Path) -> None:
    """Wait until what was written to a file, or became of the names in a folder, is on disk.

    No file that SQLite has open in this process: to close it would take SQLite's locks off.
    """
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
