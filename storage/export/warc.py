"""Captures -> a folder of WARC files with a sorted CDXJ beside them: what pywb replays."""

import re
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from storage.archive.base import Row
from storage.export import warc_records
from storage.export.scratch import scratch
from storage.export.surt import surt
from storage.records import to_json

SPLIT = 1_000_000_000  # bytes, after which a new file is begun
INDEX = "index.cdxj"
SHAPES = (
    "CREATE TABLE payloads (sha256 TEXT PRIMARY KEY, digest TEXT, url TEXT, date TEXT)",
    "CREATE TABLE lines (line TEXT)",
)


def write(
    captures: Iterable[Row],
    body: Callable[[Row], bytes | None],
    folder: Path,
    *,
    split: int = SPLIT,
    progress: Callable[[], None] = lambda: None,
) -> Counter[str]:
    """WARC files and their index into an empty folder. `body`: None for one that is no longer kept: it is left out.

    captures: rows of `Known.captures`. Returns how many of each: responses, revisits, missing. Raises OSError.
    """
    with scratch(*SHAPES) as memory:
        collection = _Collection(folder, memory, split)
        try:
            for capture in captures:
                collection.add(capture, body)
                progress()
        finally:
            collection.close()
        collection.write_index()
    return collection.counts


class _Collection:
    """The files while they are written."""

    def __init__(self, folder: Path, memory: sqlite3.Connection, split: int) -> None:
        self._folder, self._memory, self._split = folder, memory, split
        self._file: BinaryIO | None = None
        self._files = 0
        self.counts: Counter[str] = Counter(responses=0, revisits=0, missing=0)

    def add(self, capture: Row, body: Callable[[Row], bytes | None]) -> None:
        sql = "SELECT digest, url, date FROM payloads WHERE sha256 = ?"
        known = self._memory.execute(sql, [capture["sha256"]]).fetchone()
        payload = b"" if known else body(capture)
        if payload is None:
            self.counts["missing"] += 1
            return
        file = self._open(capture)
        at = file.tell()
        digest = warc_records.add(file, capture, payload, known)
        self._index(capture, digest, at, file, revisit=bool(known))
        self.counts["revisits" if known else "responses"] += 1
        if not known:
            row = (capture["sha256"], digest, capture["final_url"], warc_records.date(capture))
            self._memory.execute("INSERT INTO payloads VALUES (?, ?, ?, ?)", row)

    def _open(self, capture: Row) -> BinaryIO:
        """The file to write into, begun with a record that says what it is."""
        if self._file is None or self._file.tell() > self._split:
            self.close()
            path = self._folder / f"newskeep-{self._files:05}.warc.gz"
            self._files += 1
            self._file = path.open("wb")
            warc_records.begin(self._file, path.name, capture)
        return self._file

    def _index(self, capture: Row, digest: str, at: int, file: BinaryIO, *, revisit: bool) -> None:
        told = {
            "url": capture["final_url"],
            "mime": "warc/revisit" if revisit else _mime(capture),
            "status": str(capture["status"]),
            "digest": digest,
            "length": str(file.tell() - at),
            "offset": str(at),
            "filename": Path(file.name).name,
        }
        with suppress(ValueError):  # of an address that no web archive can be asked for
            moment = re.sub(r"\D", "", warc_records.date(capture))[:14]
            line = f"{surt(capture['final_url'])} {moment} {to_json(told)}"
            self._memory.execute("INSERT INTO lines VALUES (?)", [line])

    def close(self) -> None:
        if self._file is not None:
            self._file.close()

    def write_index(self) -> None:
        """In the order of its bytes, by which it is searched."""
        with (self._folder / INDEX).open("wb") as index:
            for (line,) in self._memory.execute("SELECT line FROM lines ORDER BY line"):
                index.write(line.encode() + b"\n")


def _mime(capture: Row) -> str:
    return (capture["content_type"] or "").partition(";")[0].strip().lower() or "unk"
