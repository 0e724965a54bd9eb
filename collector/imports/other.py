"""
Another archive of ours -> captures, and what it knew beyond them.

Its pages are read again here, by today's rules; the rules and memories that it read them with are taken over, so that
its own readings can be made again. What cannot be read again, a text that stood in a feed or whose page is kept no
longer, comes as it was read. Its tombstones hold here, too.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from collector.imports.items import Broken, Choice, Item, Kind, Place, Skipped, item, time_of
from storage.archive import Archive
from storage.archive.sharing import ANNOUNCED
from storage.raw import MissingBody, Raw
from storage.records import Capture, to_json

PAGE = 50  # rows that are asked for together

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Into:
    """For which import articles are handed over."""

    import_id: int
    choice: Choice
    now: datetime


class Other:
    """The data folder of another newskeep, or its archive.db. Raises ArchiveError when it cannot be read."""

    kind: Kind = "archive"
    size = 0  # it grows: what was imported is told by its first capture, and by how far it is done

    def __init__(self, path: Path) -> None:
        self._file = (path / "archive.db" if path.is_dir() else path).resolve()
        self.path = str(self._file)
        with closing(self._open()) as archive:
            self.end = archive.last_capture()
            self.mark = hashlib.sha256(to_json(archive.first_capture()).encode()).hexdigest()

    def items(self, after: Place, choice: Choice, limit: int, now: datetime) -> Iterator[Item]:
        """`after`: the id of a capture there."""
        with closing(self._open()) as archive, closing(self._raw()) as raw:
            last = after.offset
            while rows := archive.captures_after(last, PAGE):
                for row in rows:
                    last = row["id"]
                    yield item(row["url"], Place(last), partial(_item, row, raw, choice, limit, now))

    def hand_over(self, archive: Archive, import_id: int, now: datetime) -> Counter[str]:
        """Tombstones, rules and memories; to be called where the archive is written."""
        counts: Counter[str] = Counter()
        with closing(self._open()) as there:
            for stone in there.tombstones():
                counts["tombstones" if archive.take_tombstone(stone, now) else "taken down there, kept here"] += 1
            for rule in there.rules_kept():
                archive.keep_rule(rule["revision"], rule["name"], rule["text"], now)
            for memory in there.memories_kept():
                archive.take_memory(import_id, memory)
        return counts

    def hand_articles(self, archive: Archive, raw: Raw, into: Into, after: int) -> tuple[int | None, Counter[str]]:
        """The next articles that cannot be read again, as they are; where to go on, None at the end."""
        counts: Counter[str] = Counter()
        with closing(self._open()) as there, closing(self._raw()) as bodies:
            articles = there.read_once(after, PAGE)
            for article in articles:
                if into.choice.wants(article["url"], datetime.fromisoformat(article["first_seen"])):
                    versions = there.versions_of(article["id"])
                    captures = {row["capture_id"]: there.capture_with_source(row["capture_id"]) for row in versions}
                    kept = {id_: _keep(*both, bodies, archive, raw, into) for id_, both in captures.items()}
                    taken = archive.take_article(article, versions, kept, into.now)
                    counts["articles as they were read there"] += taken
        return (articles[-1]["id"] if articles else None), +counts

    def _open(self) -> Archive:
        return Archive(self._file, readonly=True)

    def _raw(self) -> Raw:
        return Raw(self._file.parent / "raw", make=False, readonly=True)


def _keep(capture: Row, source: Row | None, bodies: Raw, archive: Archive, raw: Raw, into: Into) -> int:
    """A capture as it is there, with its body where there is one; the id of its row here."""
    at = datetime.fromisoformat(capture["fetched_at"])
    if capture["body_gone"] is None:
        try:
            raw.put(bodies.get(capture["sha256"], at), at, capture["url"])
        except MissingBody:
            capture = capture | {"body_gone": "lost", "body_gone_at": into.now.isoformat()}
    return archive.take_capture(into.import_id, capture, source, into.now)


def _item(row: Row, raw: Raw, choice: Choice, limit: int, now: datetime) -> Item:
    if row["source_id"] is not None or row.get("step_id") is not None:
        raise Skipped("document of a source")
    if row["status"] != 200:
        raise Skipped(f"status {row['status']}")
    if row["body_gone"] is not None:
        raise Skipped(f"body that is kept no longer: {row['body_gone']}")
    at = time_of(row["fetched_at"], now)
    if not choice.wants(row["url"], at):
        raise Skipped("not asked for")
    if row["size"] > limit:
        raise Skipped("too large")
    try:
        body = raw.get(row["sha256"], at)
    except MissingBody as error:
        raise Broken(str(error)) from error
    capture = Capture(
        url=row["url"],
        final_url=row["final_url"],
        fetched_at=at,
        status=200,
        headers=tuple((name, value) for name, value in json.loads(row["headers"])),
        body=body,
    )
    return Item(
        place=row["url"],
        behind=Place(row["id"]),
        capture=capture,
        announced={} if row["first_page_id"] else {name: row[f"announced_{name}"] for name in ANNOUNCED},
    )
