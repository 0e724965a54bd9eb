"""Bodies out of one month file, for good: what leaned on them leans on another. Knows no transaction."""

import sqlite3
from collections.abc import Collection, Sequence

from storage.raw.bodies import Stored, reference, stored
from storage.raw.errors import DamagedBody
from storage.raw.packing import pack, unpack


def remove(file: sqlite3.Connection, digests: Collection[str]) -> int:
    """Remove the bodies that are there. Returns how many bytes of frames that saved; less than nothing is possible.

    Reads the digests of the whole file and packs anew what leaned on a removed body: two milliseconds each, of which
    there are at most `leaning.MOST` for one. Belongs in a transaction.
    """
    gone = set(digests)
    every = list(stored(file))
    known = [each for each in every if each.sha256 in gone]
    saved = sum(each.packed for each in known)
    for digest in [each.sha256 for each in known if each.reference is None]:
        saved -= _moved(file, digest, [each for each in every if each.reference == digest and each.sha256 not in gone])
    rows = [(each.sha256,) for each in known]
    file.executemany("DELETE FROM bodies WHERE sha256 = ?", rows)
    file.executemany("DELETE FROM live_references WHERE sha256 = ?", rows)
    return saved


def _moved(file: sqlite3.Connection, old: str, leaning: Sequence[Stored]) -> int:
    """One of the bodies that lean on `old` stands alone from now on, the others lean on it. Returns what that costs."""
    try:
        prefix = reference(file, old) if leaning else b""
    except DamagedBody:
        return 0  # what leans on it was lost before: `check` tells
    by_size = sorted(leaning, key=lambda each: each.size)
    first, base, cost = None, b"", 0
    for each in [*by_size[len(by_size) // 2 :], *by_size[: len(by_size) // 2]]:  # from one of usual length on
        (data,) = file.execute("SELECT data FROM bodies WHERE sha256 = ?", [each.sha256]).fetchone()
        try:
            body = unpack(data, prefix)
        except DamagedBody:
            continue
        anew = pack(body, base)
        file.execute("UPDATE bodies SET reference = ?, data = ? WHERE sha256 = ?", (first, anew, each.sha256))
        cost += len(anew) - each.packed
        if first is None:
            first, base = each.sha256, body
            file.execute("UPDATE live_references SET sha256 = ? WHERE sha256 = ?", (first, old))
    return cost
