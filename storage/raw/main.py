"""The folder of monthly files behind one name: which file, whose transaction, what became of its disk."""

import hashlib
import re
import sqlite3
import threading
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from storage.raw import bodies, large, seals
from storage.raw.bodies import Stored
from storage.raw.cache import Cache
from storage.raw.checks import Fault, faults
from storage.raw.errors import DamagedBody, MissingBody, RawFolderGone
from storage.raw.files import Month, looked_at, open_month
from storage.raw.packing import unpack
from storage.raw.removal import remove
from storage.trouble import Undone

SEALED_AT_ONCE = 1 << 30  # bytes of a file: a second; a larger one is sealed when it is asked for
_NAME = re.compile(r"\d{4}-\d{2}")


class Raw:
    """The folder of monthly files. Safe to use from several threads; writes belong in one, within a transaction.

    make: may the folder be made? Not where an archive names bodies already: then its disk is missing.
    readonly: nothing is made or changed; beside a run, and on a disk that cannot be written.
    Whatever reads or writes raises RawFolderGone then, and sqlite3.Error when a file cannot be used.
    """

    def __init__(self, folder: Path, *, make: bool = True, readonly: bool = False) -> None:
        self._folder, self._make, self._readonly = folder, make and not readonly, readonly
        self._months: dict[str, Month] = {}
        self._cache = Cache()
        self._unsealed: set[str] = set()  # months that were written to
        self._failed: Exception | None = None  # why this transaction takes no more bodies
        self._lock = threading.RLock()

    def put(self, body: bytes, at: datetime, like: str = "") -> str:
        """Keep a body in the file of the month of `at` (UTC); identical bodies once. Returns its SHA-256 in hex.

        like: what its bodies resemble each other under, a page's host or a source's address; "" is like nothing.
        """
        digest = hashlib.sha256(body).hexdigest()
        with self._writing():
            file = self._month(month(at))
            if not bodies.has(file.db, digest):
                self._begin(file)
                bodies.add(file.db, digest, body, like, self._cache)
        return digest

    def put_file(self, path: Path, at: datetime, like: str = "") -> str:
        """As `put`, of the body in a file, of which little is in memory at once. A large one leans on nothing.

        Writes beside the file as long as it packs. Raises OSError when that fails or the file cannot be read; the
        bodies that were put before are kept all the same.
        """
        if path.stat().st_size < large.LARGE:
            return self.put(path.read_bytes(), at, like)
        with large.packed(path) as frame, self._writing():
            file = self._month(month(at))
            if not bodies.has(file.db, frame.sha256):
                self._begin(file)
                large.add(file.db, frame)
        return frame.sha256

    def get(self, sha256: str, at: datetime) -> bytes:
        """The body kept at `at`. Raises MissingBody, or as one of these DamagedBody."""
        path = self._path(month(at))
        try:
            with self._lock:
                if not path.exists():
                    self._there()
                    raise MissingBody(sha256)
                data, reference = bodies.frame(self._month(month(at)).db, sha256, self._cache)
            return unpack(data, reference)
        except DamagedBody as error:
            raise DamagedBody(f"{path}: body {sha256}: {error}") from error
        except MissingBody:
            raise MissingBody(f"{path}: no body {sha256}") from None

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All that is put or removed inside is committed, to disk, at its end."""
        self._failed = None
        try:
            yield
            self._commit()
        except BaseException:
            self._rollback()
            raise
        finally:
            self._failed = None

    def close(self) -> None:
        """What was written to gets its seal, unless others are at it."""
        with self._lock:
            for name in sorted(self._unsealed):
                self._seal_small(name)
            while self._months:
                self._months.popitem()[1].close()

    def months(self) -> list[str]:
        """Of which there is a file, the oldest first: `2026-11`."""
        return sorted(path.stem for path in self._folder.glob("*.db") if _NAME.fullmatch(path.stem))

    def sizes(self) -> dict[str, int]:
        """Bytes on disk by month, with what is still in its -wal."""
        return {name: _size(self._path(name)) + _size(self._folder / f"{name}.db-wal") for name in self.months()}

    def stored(self, month: str) -> Iterator[Stored]:
        """Every body of a month as it is now, by a connection of its own. Reads no frames."""
        with looked_at(self._path(month)) as file:
            yield from bodies.stored(file)

    def check(self, month: str, heard: Callable[[], object] = lambda: None) -> Iterator[Fault]:
        """Read all of a month, by a connection of its own, and tell what is wrong. heard: called after each body."""
        return faults(self._path(month), heard)

    def remove(self, month: str, digests: Collection[str]) -> int:
        """Remove bodies for good; returns how many bytes of frames that saved. `shrink` makes the file smaller."""
        with self._writing():
            if not self._path(month).exists():
                return 0
            file = self._month(month)
            self._begin(file)
            for each in digests:
                self._cache.drop(each)
            return remove(file.db, digests)

    def shrink(self, month: str) -> int:
        """Write the file of a month anew, without what was removed, and seal it; returns by how many bytes it shrank.

        In no transaction. Takes as much room on the disk as the file has; raises sqlite3.Error while it is in use.
        """
        path = self._path(month)
        with self._lock, self.transaction():
            self._begin(self._month(month))
        with self._lock:
            file = self._month(month).db
            file.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            before = _size(path)
            file.execute("VACUUM")
            file.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            self.seal(month)
            return before - _size(path)

    def seal(self, month: str) -> bool:
        """Put the digest of a month's file beside it, until it is written to again; in no transaction.

        Reads the whole file. False while others read or write it, and in a file that cannot be written.
        """
        with self._lock:
            done = not self._readonly and seals.sealed(self._path(month), self._month(month).db)
            self._unsealed -= {month} if done else set()
            return done

    def sealed(self, month: str) -> str | None:
        """The SHA-256 of a month's file; None when it has none, for it was written to."""
        return seals.digest(self._path(month))

    @contextmanager
    def _writing(self) -> Iterator[None]:
        with self._lock:
            if self._failed is not None:  # each body would wait for the disk as long as the first did
                raise self._failed
            try:
                yield
            except (sqlite3.Error, OSError) as error:
                self._failed = error
                raise

    def _begin(self, file: Month) -> None:
        file.begin()
        self._unsealed.add(file.path.stem)

    def _commit(self) -> None:
        with self._lock:
            for file in [each for each in self._months.values() if each.began]:
                if not file.db.in_transaction:  # SQLite itself rolls back when the disk is full in mid-statement
                    raise Undone(f"{file.path}: {self._failed}") from self._failed
                file.db.execute("COMMIT")
                file.began = False
                if file.moved():
                    raise RawFolderGone(f"{file.path} went while bodies were put into it")

    def _rollback(self) -> None:
        with self._lock:
            for file in self._months.values():
                file.began = False
                if file.db.in_transaction:
                    file.db.execute("ROLLBACK")

    def _month(self, name: str) -> Month:
        """The open file of a month, opened anew where it was moved away. Others are closed: old months stay whole."""
        file = self._months.get(name)
        if file is not None and not file.moved():
            return file
        if file is not None and file.began:
            raise RawFolderGone(f"{file.path} went while bodies were put into it")
        self._there()
        newest = max(self._unsealed, default=name)
        for other in [key for key, each in self._months.items() if not each.began]:
            if other == newest < name:  # its month is over
                self._seal_small(other)
            self._months.pop(other).close()
        self._months[name] = open_month(self._path(name), readonly=self._readonly)
        self._make = False
        return self._months[name]

    def _seal_small(self, name: str) -> None:
        """Only where that takes no time: a daemon that ends, or begins a month, has other things to do."""
        file = self._months.get(name)
        with suppress(sqlite3.Error, OSError):
            if (file is None or not (file.began or file.moved())) and _size(self._path(name)) <= SEALED_AT_ONCE:
                self.seal(name)

    def _there(self) -> None:
        """An empty folder is taken for a mount point without its disk: bodies put there would vanish under it."""
        if self._make:
            self._folder.mkdir(parents=True, exist_ok=True)
        elif not (self._folder.is_dir() and any(self._folder.iterdir())):
            raise RawFolderGone(
                f"{self._folder} is gone or empty; mount it or move it back; to go on without the bodies that it held: "
                f"mkdir -p {self._folder} && touch {self._folder}/LOST"
            )

    def _path(self, name: str) -> Path:
        return self._folder / f"{name}.db"


def month(at: datetime) -> str:
    """The name of the file for a moment: `2026-11`."""
    return f"{at.year:04}-{at.month:02}"


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0
