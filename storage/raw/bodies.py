"""The rows of one month file: a body in, a body out. Knows no other month and no transaction."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial

from storage.raw.cache import Cache
from storage.raw.errors import DamagedBody, MissingBody
from storage.raw.files import columns
from storage.raw.leaning import ALIVE, Reference, lean
from storage.raw.packing import unpack

_REFERENCES = 'SELECT sha256, bodies, packed, excess, used FROM live_references WHERE "like" = ? ORDER BY used DESC'
_ADD = "INSERT INTO bodies (sha256, size, reference, data) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING"
_STORED = "SELECT sha256, size, length(data) AS packed, reference FROM bodies ORDER BY rowid"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """What one body takes on disk. `size`: bytes before compression; `packed`: bytes of its frame."""

    sha256: str
    size: int
    packed: int
    reference: str | None  # the body it leans on


def has(file: sqlite3.Connection, sha256: str) -> bool:
    return bool(columns(file)) and bool(file.execute("SELECT 1 FROM bodies WHERE sha256 = ?", [sha256]).fetchone())


def frame(file: sqlite3.Connection, sha256: str, cache: Cache) -> tuple[bytes, bytes]:
    """The frame of a body, and the bytes it leans on (none: it stands alone). Raises MissingBody, DamagedBody."""
    try:
        # All columns: which there are may change at any moment, when another process first writes to a file of before.
        row = file.execute("SELECT * FROM bodies WHERE sha256 = ?", [sha256]).fetchone()
    except sqlite3.OperationalError:
        if columns(file):
            raise
        row = None  # a file that was made and never written
    if row is None:
        raise MissingBody(sha256)
    return framed(file, row, cache)


def framed(file: sqlite3.Connection, row: sqlite3.Row, cache: Cache) -> tuple[bytes, bytes]:
    """The same of a row, whatever became of it."""
    if not isinstance(row["data"], bytes):
        raise DamagedBody("its frame is no blob")
    on = dict(row).get("reference")
    return row["data"], b"" if on is None else cache.get(on, partial(reference, file))


def reference(file: sqlite3.Connection, sha256: str) -> bytes:
    """The bytes of a body that others lean on. Raises DamagedBody."""
    row = file.execute("SELECT reference, data FROM bodies WHERE sha256 = ?", [sha256]).fetchone()
    if row is None or row["reference"] is not None:
        raise DamagedBody(f"the body that it leans on, {sha256}, {'leans itself' if row else 'is missing'}")
    try:
        return unpack(row["data"])
    except DamagedBody as error:
        raise DamagedBody(f"the body that it leans on, {sha256}: {error}") from error


def add(file: sqlite3.Connection, sha256: str, body: bytes, like: str, cache: Cache) -> None:
    """Keep a body, leaning on a reference of its `like` or alone; "" is like nothing. Belongs in a transaction."""

    def content(each: Reference) -> bytes:
        try:
            return cache.get(each.sha256, partial(reference, file))
        except DamagedBody:
            return b""

    alive = [Reference(**row) for row in file.execute(_REFERENCES, [like])] if like else []
    packed = lean(body, alive, content)
    file.execute(_ADD, (sha256, len(body), packed.on.sha256 if packed.on else None, packed.data))
    latest = alive[0].used if alive else 0
    if packed.on:
        later = packed.on.used if packed.on.used == latest else latest + 1
        note(file, like, replace(packed.on, used=later))
    elif packed.leads and like:
        note(file, like, Reference(sha256=sha256, packed=len(packed.data), used=latest + 1))
        _retire(file, like, alive)


def note(file: sqlite3.Connection, like: str, each: Reference) -> None:
    """What has leaned on a reference, anew."""
    file.execute(
        'INSERT INTO live_references ("like", sha256, bodies, packed, excess, used) VALUES (?, ?, ?, ?, ?, ?) '
        'ON CONFLICT ("like", sha256) DO UPDATE SET bodies = excluded.bodies, packed = excluded.packed, '
        "excess = excluded.excess, used = excluded.used",
        (like, each.sha256, each.bodies, each.packed, each.excess, each.used),
    )


def _retire(file: sqlite3.Connection, like: str, alive: list[Reference]) -> None:
    """Beside a new reference the ones that were used least recently make room; what leans on them stays as it is."""
    gone = [(like, each.sha256) for each in alive[ALIVE - 1 :]]
    file.executemany('DELETE FROM live_references WHERE "like" = ? AND sha256 = ?', gone)


def stored(file: sqlite3.Connection) -> Iterator[Stored]:
    """Every body of a file, in the order of its rows. Reads no frames."""
    if known := columns(file):
        rows = file.execute(_STORED if "reference" in known else _STORED.replace("reference", "NULL AS reference"))
        yield from (Stored(**dict(row)) for row in rows)
