"""What a re-extraction has read so far, in a file beside the archive: it goes on there, and applies what was reported.

A file of SQLite; deleted with what it knows whenever something else is asked for. Knows not what a reading is worth.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from storage.archive.base import Row
from storage.records import to_json

State = Literal["same", "changed", "nothing", "missing"]
SCHEMA = """
CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS readings (
    article_id INTEGER PRIMARY KEY,
    version_id INTEGER NOT NULL,
    site TEXT,
    state TEXT NOT NULL,
    reading TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS readings_changed ON readings(site, article_id) WHERE state <> 'same';
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Staged:
    """One article read again. `values`: the columns of the version it would become, empty unless it `changed`.

    state: same; changed; nothing was read; the body is missing.
    """

    article_id: int
    version_id: int
    site: str | None
    state: State
    values: Row
    extractor: str = ""
    rule_revision: str = ""
    memory_revision: str = ""
    reason: str = ""


class Staging:
    """The file at `path`. key: of what is asked for; readings that were made for another key are forgotten."""

    def __init__(self, path: Path, key: str) -> None:
        self.path = path
        if _key_of(path) != key:
            _remove(path)
        self._db = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute("PRAGMA synchronous = NORMAL")
        self._db.executescript(SCHEMA)
        self._set("key", key)

    def close(self) -> None:
        self._db.close()

    def remove(self) -> None:
        """All that is staged is done with."""
        self.close()
        _remove(self.path)

    @property
    def run_id(self) -> int | None:
        """The run that these readings are applied by, once that has begun."""
        row = self._db.execute("SELECT value FROM meta WHERE name = 'run'").fetchone()
        return int(row[0]) if row else None

    @run_id.setter
    def run_id(self, run_id: int) -> None:
        self._set("run", str(run_id))

    def known(self, version_ids: Sequence[int]) -> set[int]:
        """Those of these versions that were read again already."""
        rows = self._db.execute(
            "SELECT version_id FROM readings WHERE version_id IN (SELECT value FROM json_each(?))",
            [to_json(list(version_ids))],
        )
        return {row[0] for row in rows}

    def add(self, found: Iterable[Staged]) -> None:
        rows = [(each.article_id, each.version_id, each.site, each.state, to_json(_packed(each))) for each in found]
        self._db.execute("BEGIN IMMEDIATE")
        self._db.executemany("INSERT OR REPLACE INTO readings VALUES (?, ?, ?, ?, ?)", rows)
        self._db.execute("COMMIT")

    def changed(self, site: str | None) -> Iterator[Staged]:
        """What is not as it was, of one site, in the order of the articles."""
        sql = """SELECT * FROM readings WHERE site IS ? AND state <> 'same' AND article_id > ?
            ORDER BY article_id LIMIT 200"""
        after = 0
        while rows := self._db.execute(sql, [site, after]).fetchall():
            for article_id, version_id, site_, state, reading in rows:
                yield Staged(
                    article_id=article_id, version_id=version_id, site=site_, state=state, **json.loads(reading)
                )
            after = rows[-1][0]

    def _set(self, name: str, value: str) -> None:
        self._db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", [name, value])


def _packed(each: Staged) -> dict[str, Any]:
    names = ("values", "extractor", "rule_revision", "memory_revision", "reason")
    return {name: value for name in names if (value := getattr(each, name)) or name == "values"}


def _key_of(path: Path) -> str | None:
    """Of a file that is there and whole."""
    if not path.exists():
        return None
    with suppress(sqlite3.Error):
        db = sqlite3.connect(path)
        try:
            row = db.execute("SELECT value FROM meta WHERE name = 'key'").fetchone()
            return None if row is None else str(row[0])
        finally:
            db.close()
    return None


def _remove(path: Path) -> None:
    for each in (path, path.with_name(f"{path.name}-wal"), path.with_name(f"{path.name}-shm")):
        each.unlink(missing_ok=True)
