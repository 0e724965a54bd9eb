"""
Removes bodies that the archive wants no longer from the files of raw/. Knows not why.

The rows say first that a body is gone: a stop between the two leaves an orphan, which the next sweep takes, and never
a row whose body is not there. Both files are locked, archive.db first, so that no other process puts the body anew
between the question and the answer.
"""

import time
from collections.abc import Sequence

from storage.archive import Archive
from storage.raw import Raw

TOGETHER = 500  # bodies in one transaction: each lists the whole month, and others want to write, too
PAUSE = 0.02  # seconds between two: they get their turn


def sweep(archive: Archive, raw: Raw, month: str) -> int:
    """Remove what the captures of a month want no more. Returns the bytes that were freed."""
    unwanted = {digest for digest, wanted in archive.named(month).items() if not wanted}
    return remove(archive, raw, month, [each.sha256 for each in raw.stored(month) if each.sha256 in unwanted])


def remove(archive: Archive, raw: Raw, month: str, digests: Sequence[str]) -> int:
    """Remove these bodies from a month, but those that a capture wants. Returns the bytes that were freed."""
    freed = 0
    for at in range(0, len(digests), TOGETHER):
        with archive.transaction(), raw.transaction():
            if some := archive.unwanted(month, digests[at : at + TOGETHER]):
                freed += raw.remove(month, some)
        time.sleep(PAUSE)
    return freed
