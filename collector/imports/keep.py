"""Items -> the archive: bodies, rows, faults, counts, where to go on, in one transaction. Reads no page."""

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from collector import urls
from collector.imports.items import Item, Place, Revisit
from storage.archive import Archive
from storage.archive.captures import Unread
from storage.raw import MissingBody, Raw
from storage.records import Capture

LEFT = "left out: "
NEW = "captures"


@dataclass(frozen=True, slots=True)
class Kept:
    """A capture that is to be read, and its body."""

    unread: Unread
    body: bytes


@dataclass(frozen=True, slots=True)
class Done:
    """`kept`: what is new. `behind`: all before this place is kept."""

    kept: list[Kept]
    behind: Place


class Keeper:
    """To be called where the archive is written, within one transaction."""

    def __init__(self, archive: Archive, raw: Raw) -> None:
        self._archive, self._raw = archive, raw

    def keep(self, import_id: int, items: Sequence[Item], now: datetime, most: int | None = None) -> Done:
        """Keep items of an import, which follow those that are kept, until `most` of them were new."""
        counts: Counter[str] = Counter()
        done = Done([], items[0].behind)
        for item in items:
            new = self._keep(import_id, item, now, counts)
            done = Done([*done.kept, new] if new else done.kept, item.behind)
            if len(done.kept) == most:
                break
        self._archive.set_import_done(import_id, done.behind.offset, done.behind.within)
        self._archive.count_import(import_id, counts)
        return done

    def _keep(self, import_id: int, item: Item, now: datetime, counts: Counter[str]) -> Kept | None:
        counts["records"] += 1
        if item.fault:
            self._archive.add_fault(import_id, item.place, item.fault)
        if label := passed(item):
            counts[label] += 1
            return None
        capture = item.capture
        if item.revisit is not None and capture is not None:
            capture = self._resolved(capture, item.revisit)
            counts["revisits" if capture else "revisits of nothing here"] += 1
        if capture is None:
            self._archive.add_fault(import_id, item.place, "a revisit of what is not here")
            return None
        label, known = standing(self._archive, capture)
        counts[label] += 1
        if known is not None and item.digest:
            self._archive.note_payload(known, item.digest)
        return self._add(import_id, capture, item, now) if label == NEW else None

    def _resolved(self, capture: Capture, revisit: Revisit) -> Capture | None:
        """A revisit with the body, and where it has none the headers, of the answer that came again."""
        key, row = urls.identity(revisit.url), None
        if revisit.digest:
            row = self._archive.captured_as(revisit.digest)
        if row is None and revisit.at is not None:
            row = self._archive.captured_at(key, revisit.at)
        if row is None and not revisit.digest:  # "not modified": since the last time
            row = self._archive.captured_at(key, capture.fetched_at, before=True)
        if row is None:
            return None
        try:
            body = self._raw.get(row["sha256"], datetime.fromisoformat(row["fetched_at"]))
        except MissingBody:
            return None
        return replace(capture, body=body, headers=capture.headers or self._archive.headers_of(row["id"]))

    def _add(self, import_id: int, capture: Capture, item: Item, now: datetime) -> Kept:
        host = urls.host_of(capture.final_url)
        sha256 = self._raw.put(capture.body, capture.fetched_at, host)
        url = urls.announced(capture.url) or capture.url
        entry_id = self._archive.entry_of(url, urls.identity(url), urls.host_of(url), now)
        self._archive.tell_entry(entry_id, item.announced)
        unread = self._archive.add_imported(import_id, entry_id, capture, host=host, sha256=sha256, digest=item.digest)
        return Kept(unread, capture.body)


def passed(item: Item) -> str:
    """What an item that brings no page is counted as; "" for one that does."""
    if item.fault:
        return "broken"
    return LEFT + item.left if item.left else ""


def standing(archive: Archive, capture: Capture) -> tuple[str, int | None]:
    """What a capture is counted as: NEW, taken down, or a duplicate, of which the id is told."""
    key, sha256 = urls.identity(capture.url), hashlib.sha256(capture.body).hexdigest()
    if archive.taken([key]) or archive.is_taken_body(sha256):
        return "taken down", None
    known = archive.same_capture(key, capture, sha256)
    return (NEW, None) if known is None else ("duplicates", known)


def count(archive: Archive, items: Sequence[Item]) -> Counter[str]:
    """What would become of them; of revisits it is told only that they are some."""
    counts: Counter[str] = Counter()
    for item in items:
        label = passed(item)
        if not label and item.revisit is not None:
            label = "revisits"
        elif not label and item.capture is not None:
            label = standing(archive, item.capture)[0]
        counts.update(["records", label])
    return counts
