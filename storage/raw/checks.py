"""Is a month file whole? Every body is read, and every byte of the file where it has a seal. Mends nothing."""

import hashlib
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Literal

from storage.raw import seals
from storage.raw.bodies import framed
from storage.raw.cache import Cache
from storage.raw.errors import DamagedBody
from storage.raw.files import columns, looked_at
from storage.raw.packing import unpacked

OLD_COLUMNS = {"bodies.sha256", "bodies.size", "bodies.data"}
COLUMNS = OLD_COLUMNS | {"bodies.reference"}
COLUMNS |= {f"live_references.{name}" for name in ("like", "sha256", "bodies", "packed", "excess", "used")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What is wrong with a month.

    what: `file`, SQLite cannot read it or finds it inconsistent; `seal`, some byte is not as it was when writing ended
    (alone: a byte that carries nothing); `body`, it cannot be read back as it was; `reference`, what new bodies would
    lean on is no reference.
    """

    month: str
    what: Literal["file", "seal", "body", "reference"]
    message: str
    sha256: str | None = None


def faults(path: Path, heard: Callable[[], object]) -> Iterator[Fault]:
    """All that is wrong with the file of a month. heard: is called after each body."""
    fault = partial(Fault, month=path.stem)
    try:
        if seals.holds(path) is False:
            yield fault(what="seal", message=f"{path} is not, byte for byte, what {seals.seal_of(path).name} says")
        with looked_at(path) as file:
            yield from (fault(what="file", message=f"{path}: {said}") for said in _inconsistent(file))
            for sha256, wrong in _bodies(file, heard):
                yield fault(what="body", sha256=sha256, message=f"{path}: body {sha256}: {wrong}")
            for sha256 in _lost_references(file):
                yield fault(what="reference", sha256=sha256, message=f"{path}: {sha256} is no body to lean on")
    except (sqlite3.DatabaseError, OSError) as error:
        yield fault(what="file", message=f"{path}: {error}")


def _inconsistent(file: sqlite3.Connection) -> Iterator[str]:
    yield from (said for (said,) in file.execute("PRAGMA integrity_check") if said != "ok")
    # SQLite takes `Bodies` for `bodies`, and what is misspelt otherwise would be a file that holds nothing.
    sql = """SELECT things.name || '.' || cells.name
        FROM sqlite_schema AS things, pragma_table_info(things.name) AS cells WHERE things.type = 'table'"""
    found = {name for (name,) in file.execute(sql)}
    if odd := found ^ (COLUMNS if "reference" in columns(file) else OLD_COLUMNS if found else set()):
        yield f"its tables are not those of newskeep: {', '.join(sorted(odd))}"


def _bodies(file: sqlite3.Connection, heard: Callable[[], object]) -> Iterator[tuple[str, str]]:
    """Digest and fault of the bodies that cannot be read back; the place of the row where there is no digest."""
    cache = Cache()
    for (place,) in file.execute("SELECT rowid FROM bodies ORDER BY rowid").fetchall() if columns(file) else ():
        sha256 = f"in row {place}"
        try:
            row = file.execute("SELECT * FROM bodies WHERE rowid = ?", [place]).fetchone()
            if row is None:  # a page that leads elsewhere
                raise DamagedBody("it is not found by its number")
            sha256 = str(row["sha256"])
            digest, size = hashlib.sha256(), 0
            for piece in unpacked(*framed(file, row, cache)):
                digest.update(piece)
                size += len(piece)
            if size != row["size"] or digest.hexdigest() != row["sha256"]:
                yield sha256, "its bytes are others than those that were kept"
        except (DamagedBody, sqlite3.DatabaseError) as error:
            yield sha256, str(error)
        heard()


def _lost_references(file: sqlite3.Connection) -> list[str]:
    """Where new bodies would lean on nothing. They do not, but on another one: no body is lost by that."""
    if "reference" not in columns(file):
        return []
    sql = """SELECT DISTINCT sha256 FROM live_references
        WHERE sha256 NOT IN (SELECT sha256 FROM bodies WHERE reference IS NULL)"""
    return [str(sha256) for (sha256,) in file.execute(sql)]
