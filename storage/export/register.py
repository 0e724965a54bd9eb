"""What a folder of text files holds: the lines of its manifest, the names given, which of them are withdrawn.

The number of a file is its position in the folder, never given twice. Knows no article.
"""

import hashlib
import json
import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from storage.archive.base import Row
from storage.export.whole import whole_file
from storage.records import to_json

MANIFEST = "manifest.jsonl"
WITHDRAWN = "withdrawn.jsonl"
NAME = re.compile(r"(\d{3,})_([0-9a-f]{16})\.txt")
SHAPES = (
    # kept: 1 while it is a line of the manifest, 0 of what was withdrawn. there: this export selected it.
    "CREATE TABLE lines (url TEXT PRIMARY KEY, file TEXT, line TEXT, kept INTEGER, there INTEGER DEFAULT 0)",
    "CREATE TABLE names (hex16 TEXT PRIMARY KEY, file TEXT, position INTEGER, found INTEGER)",
)


class Register:
    """The register of one folder, read when it is made. `memory`: a scratch database with SHAPES."""

    def __init__(self, folder: Path, memory: sqlite3.Connection) -> None:
        self._folder, self._memory = folder, memory
        self._read(WITHDRAWN, kept=0)
        self._read(MANIFEST, kept=1)
        for path in folder.iterdir():  # what is there counts more than what is told
            if match := NAME.fullmatch(path.name):
                self._give(match[2], match[0], found=True)
        self._next = 1 + self._memory.execute("SELECT coalesce(max(position), -1) FROM names").fetchone()[0]

    def _read(self, name: str, kept: int) -> None:
        """A line that cannot be read is made again from the archive."""
        path = self._folder / name
        if not path.exists():
            return
        with path.open(encoding="utf-8", errors="replace", newline="\n") as lines:
            for text in lines:
                try:
                    line = json.loads(text)
                    match = NAME.fullmatch(line["file"])
                    url = str(line["url"])
                except (ValueError, KeyError, TypeError):
                    continue
                if match:
                    self._set(url, line, kept)
                    self._give(hex16(url), match[0], found=False)

    def _set(self, url: str, line: Row, kept: int) -> None:
        row = (url, line["file"], to_json(line), kept)
        self._memory.execute("INSERT OR REPLACE INTO lines (url, file, line, kept) VALUES (?, ?, ?, ?)", row)

    def _give(self, mark: str, file: str, *, found: bool) -> None:
        row = (mark, file, int(file.partition("_")[0]), found)
        self._memory.execute("INSERT OR REPLACE INTO names VALUES (?, ?, ?, ?)", row)

    def line(self, url: str) -> Row | None:
        """The line of the manifest, where the file that it names is there."""
        row = self._memory.execute(
            "SELECT line FROM lines JOIN names ON hex16 = ? WHERE url = ? AND kept AND found", [hex16(url), url]
        ).fetchone()
        return None if row is None else _line(row)

    def name(self, url: str) -> str:
        """The name of an article's file: the one it had, or the next."""
        mark = hex16(url)
        row = self._memory.execute("SELECT file FROM names WHERE hex16 = ?", [mark]).fetchone()
        if row is not None:
            return str(row[0])
        file = f"{self._next:03}_{mark}.txt"
        self._give(mark, file, found=False)
        self._next += 1
        return file

    def knows(self, url: str) -> bool:
        """Does a line of the manifest tell of it, whether its file is there or not?"""
        return self._memory.execute("SELECT 1 FROM lines WHERE url = ? AND kept", [url]).fetchone() is not None

    def selected(self, url: str, line: Row | None = None) -> None:
        """An article of this export, with its new line when its file was written."""
        if line is not None:
            self._set(url, line, kept=1)
        self._memory.execute("UPDATE lines SET there = 1 WHERE url = ?", [url])

    def others(self) -> Iterator[Row]:
        """Lines of the manifest whose articles this export did not select."""
        for row in self._memory.execute("SELECT line FROM lines WHERE kept AND NOT there ORDER BY url"):
            yield _line(row)

    def withdraw(self, line: Row) -> None:
        """Its file goes, its name stays its own."""
        self._set(line["url"], {"file": line["file"], "url": line["url"]}, kept=0)

    def write_withdrawn(self) -> None:
        self._write(WITHDRAWN, kept=0)

    def write_manifest(self) -> None:
        self._write(MANIFEST, kept=1)

    def _write(self, name: str, kept: int) -> None:
        """In the order of the files. Nothing withdrawn, no file of it."""
        path = self._folder / name
        if not kept and not path.exists() and not self._memory.execute("SELECT 1 FROM lines WHERE NOT kept").fetchone():
            return
        with whole_file(path) as file:
            for row in self._memory.execute(
                "SELECT line FROM lines WHERE kept = ? ORDER BY cast(file AS INTEGER), file", [kept]
            ):
                file.write(row[0].encode() + b"\n")


def _line(row: sqlite3.Row) -> Row:
    line: Row = json.loads(row["line"])
    return line


def hex16(url: str) -> str:
    """What tells an article's file from all others: of the SHA-256 of its address."""
    return hashlib.sha256(url.encode()).hexdigest()[:16]
