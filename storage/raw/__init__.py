"""Bodies, byte for byte: content-addressed by SHA-256, zstd-compressed, one file a month, each readable alone.

put:   SHA-256 | known this month? | leaning.lean, on a reference of the same `like` | packing.pack | a row
       a large one: large.packed | large.add, piece by piece
get:   the row | its reference, from the cache | packing.unpack

A body leans on another one of its file, its reference, that stands alone. It is committed here before archive.db names
it, so an interrupted write leaves an orphan and never a hole. An open file outlives its name: before and after each
transaction the files are looked for where they were opened. When writing is over, a file is sealed with its digest.
"""

from storage.raw.bodies import Stored
from storage.raw.checks import Fault
from storage.raw.errors import DamagedBody, MissingBody, RawFolderGone
from storage.raw.main import Raw, month

__all__ = ["DamagedBody", "Fault", "MissingBody", "Raw", "RawFolderGone", "Stored", "month"]
