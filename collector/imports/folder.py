"""
A folder of saved pages -> captures. Where each was saved from and when stands in a table beside them, or in the page.

A table is any .csv, .tsv or .jsonl file of the folder whose rows have `file` and `url`; `fetched_at` (ISO 8601, UTC
where no zone is given) and `content_type` may be added. Knows no archive.
"""

import csv
import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from collector import urls
from collector.imports.items import Broken, Choice, Item, Kind, Place, Skipped, item, time_of
from collector.imports.saved import said_address
from storage.records import Capture

PAGES = (".html", ".htm", ".xhtml")
TABLES = {".csv": ",", ".tsv": "\t", ".jsonl": ""}
WIDEST = 1 << 20  # characters of a field


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What a table says of a file. `table`: its name, with the line."""

    url: str
    fetched_at: str = ""
    content_type: str = ""


class Folder:
    """All saved pages below a folder; or one alone. Raises OSError when it cannot be read."""

    kind: Kind = "folder"

    def __init__(self, path: Path) -> None:
        self._root = path if path.is_dir() else path.parent
        self.path = str(path.absolute())
        tables = sorted(file for file in self._root.iterdir() if file.suffix.lower() in TABLES)
        self._said: dict[str, Row] = {}
        for table in tables:
            self._said |= _table(table)
        found = self._root.rglob("*") if path.is_dir() else [path]
        here = {str(file.relative_to(self._root)) for file in found if file.suffix.lower() in PAGES and file.is_file()}
        self._files = sorted(here | (self._said.keys() if path.is_dir() else set()))
        stats = [(name, self._stat(name)) for name in self._files]
        self.size = sum(size for _, (size, _) in stats)
        rows = [(name, *stat, *_values(self._said.get(name))) for name, stat in stats]
        self.mark = hashlib.sha256(json.dumps(rows).encode("utf-8", "surrogateescape")).hexdigest()

    @property
    def end(self) -> int:
        return len(self._files)

    def items(self, after: Place, choice: Choice, limit: int, now: datetime) -> Iterator[Item]:
        """`after`: files."""
        for number, name in enumerate(self._files[after.offset :], after.offset + 1):
            yield item(name, Place(number), partial(self._item, name, Place(number), choice, limit, now))

    def _stat(self, name: str) -> tuple[int, int]:
        """Size and time of a file; of one that is named and not there, none."""
        try:
            found = (self._root / name).stat()
        except OSError:
            return 0, 0
        return found.st_size, found.st_mtime_ns

    def _item(self, name: str, behind: Place, choice: Choice, limit: int, now: datetime) -> Item:
        body, changed = self._read(name, limit)
        row = self._said.get(name)
        said = said_address(body)
        url = urls.canonical((row.url if row else None) or said.url or "")
        if url is None:
            raise Broken("no address: none in a table, and none in the page")
        at = time_of((row.fetched_at if row else "") or (said.at or changed).isoformat(), now)
        if not choice.wants(url, at):
            raise Skipped("not asked for")
        headers = (("content-type", row.content_type),) if row and row.content_type else ()
        capture = Capture(url=url, final_url=url, fetched_at=at, status=200, headers=headers, body=body)
        return Item(place=name, behind=behind, capture=capture)

    def _read(self, name: str, limit: int) -> tuple[bytes, datetime]:
        """The file, and when it was changed last."""
        path = self._root / name
        try:
            if not path.resolve().is_relative_to(self._root.resolve()):
                raise Broken("outside the folder")
            with path.open("rb") as file:
                body, changed = file.read(limit + 1), datetime.fromtimestamp(path.stat().st_mtime, UTC)
        except (OSError, ValueError) as error:  # ValueError: a name that no file can have
            raise Broken(f"cannot be read: {error}") from error
        if len(body) > limit:
            raise Skipped("too large")
        return body, changed


def _values(row: Row | None) -> tuple[str, ...]:
    return () if row is None else (row.url, row.fetched_at, row.content_type)


def _table(path: Path) -> dict[str, Row]:
    """The rows of a table by their files; none of one that is about something else."""
    rows: dict[str, Row] = {}
    try:
        for row in _rows(path):
            name, url = row.get("file"), row.get("url")
            if isinstance(name, str) and isinstance(url, str) and name and url:
                more = {key: str(row[key]).strip() for key in ("fetched_at", "content_type") if row.get(key)}
                rows[str(Path(name))] = Row(url=url.strip(), **more)
    except (UnicodeDecodeError, csv.Error):
        return {}
    return rows


def _rows(path: Path) -> Iterator[Mapping[str, object]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        if delimiter := TABLES[path.suffix.lower()]:
            csv.field_size_limit(WIDEST)
            yield from csv.DictReader(file, delimiter=delimiter)
            return
        for line in file:
            try:
                value = json.loads(line)
            except ValueError:
                continue
            if isinstance(value, dict):
                yield value
