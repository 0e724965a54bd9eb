"""The tables `entries` and `entry_sources`: the to-do list of the fetcher."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from storage.archive.base import Row, moment, stamp
from storage.archive.tombstones import Tombstones
from storage.recipes import Addressed
from storage.records import Carried, Entry, Moment, to_json

EntryState = Literal["new", "fetched", "done", "empty", "gone", "refused", "failed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Announced:
    """What one document of a source added. `gap_after`: when the last one was read, if nothing of it stands in this.

    `taken`: it says words of something that was taken down.
    """

    new: tuple[int, ...]  # ids of the entries that no source had announced
    entries: int
    gap_after: datetime | None
    taken: bool = False


class Entries(Tombstones):
    """Entries: announced, due, tried."""

    def add_entries(
        self, source_id: int, found: Iterable[Addressed], now: datetime, announced_in: int | None = None
    ) -> Announced:
        """Entries of one document of a source. One announced again as changed is looked at again soon.

        Of what was taken down only the address is noted, so that it is seen that it is not asked for.
        """
        said, before, new = list(found), self._last_read(source_id), []
        with self.transaction():
            taken = self.taken(each.key for each in said)
            listed = [wordless(each) if each.key in taken else each for each in said]
            known = self._known(source_id, listed)
            overlaps = any(row["seen_at"] == before for row in known.values())
            for each in listed:
                if (row := known.get(each.key)) is None:
                    id_ = self._insert(each, now, announced_in)
                    if id_ is None:
                        id_ = int(self.value("SELECT id FROM entries WHERE key = ? OR url = ?", [each.key, each.url]))
                        self._announced_again(id_, each.entry, now, announced_in)
                        if self._was_imported(id_) or self._was_past(id_):
                            new.append(id_)
                    elif each.key not in taken:
                        new.append(id_)
                    overlaps |= self._stands_in(source_id, id_, now) == before
                elif _says_more(each.entry, row):
                    self._announced_again(row["id"], each.entry, now, announced_in)
            self.write(
                """UPDATE entry_sources SET seen_at = ?
                WHERE source_id = ? AND entry_id IN (SELECT value FROM json_each(?))""",
                [stamp(now), source_id, to_json([row["id"] for row in known.values()])],
            )
            if taken:
                self.refuse(taken)
        gap_after = before if listed and not overlaps else None
        worded = any(_has_words(each.entry) for each in said if each.key in taken)
        return Announced(new=tuple(new), entries=len(listed), gap_after=moment(gap_after), taken=worded)

    def _known(self, source_id: int, listed: Sequence[Addressed]) -> dict[str, Row]:
        """Those of the entries that this source announced before, by their keys."""
        rows = self.rows(
            """SELECT entries.id, entries.key, title, updated, published, content, seen_at FROM json_each(?)
            CROSS JOIN entries ON entries.key = value
            CROSS JOIN entry_sources ON entry_id = entries.id AND source_id = ?""",
            [to_json([each.key for each in listed]), source_id],
        )
        return {row["key"]: row for row in rows}

    def _last_read(self, source_id: int) -> str | None:
        """When the last document of this source that held any entry was read."""
        return self.value("SELECT last_read FROM sources WHERE id = ?", [source_id])  # type: ignore[no-any-return]  # text or NULL

    def _stands_in(self, source_id: int, entry_id: int, now: datetime) -> str | None:
        """Note that the source's document holds this entry now; when one held it last."""
        where = "WHERE entry_id = ? AND source_id = ?"
        known = self.row(f"SELECT seen_at FROM entry_sources {where}", [entry_id, source_id])  # noqa: S608 - our own words
        if known is None:
            values = [entry_id, source_id, stamp(now), stamp(now)]
            self.write("INSERT INTO entry_sources (entry_id, source_id, found_at, seen_at) VALUES (?, ?, ?, ?)", values)
            return None
        self.write(f"UPDATE entry_sources SET seen_at = ? {where}", [stamp(now), entry_id, source_id])  # noqa: S608 - our own words
        return str(known["seen_at"])

    def _insert(self, each: Addressed, now: datetime, announced_in: int | None) -> int | None:
        entry = each.entry
        return self.value(  # type: ignore[no-any-return]  # an integer or NULL by the schema
            """INSERT INTO entries (url, key, host, guid, title, published, published_raw, published_precision,
            updated, authors, tags,
            language, content, announced_in, found_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT DO NOTHING RETURNING id""",
            [
                *(each.url, each.key, each.host, entry.guid, entry.title),
                *_date(entry.published),
                _iso(entry.updated),
                *(to_json(entry.authors), to_json(entry.tags), entry.language, entry.content),
                *(announced_in, stamp(now)),
            ],
        )

    def _announced_again(self, id_: int, entry: Entry, now: datetime, announced_in: int | None) -> None:
        """A later `updated`, or another title under a known address, means that the page may have changed."""
        updated = _iso(entry.updated)
        changed = self.value(
            """SELECT coalesce(julianday(?) > julianday(updated), 0) OR coalesce(? <> title, 0)
            FROM entries WHERE id = ?""",
            [updated, entry.title, id_],
        )
        self.write(
            """UPDATE entries SET updated = coalesce(?, updated), title = coalesce(?, title),
            content = coalesce(?, content), announced_in = coalesce(?, announced_in)
            WHERE id = ? AND (? OR updated IS NULL OR title IS NULL)""",
            [updated, entry.title, entry.content, announced_in, id_, changed],
        )
        self.write(
            """UPDATE entries SET published = ?, published_raw = ?, published_precision = ?
            WHERE id = ? AND published IS NULL""",
            [*_date(entry.published), id_],
        )
        if changed:
            self.write(
                "UPDATE articles SET next_look = ? WHERE entry_id = ? AND next_look IS NOT NULL", [stamp(now), id_]
            )

    def _was_imported(self, id_: int) -> bool:
        """Was the page known by imports, or copies, alone? It is to be visited, now that a source announces it."""
        woken = """UPDATE entries SET state = 'new', attempts = 0, next_visit = NULL, walk_id = NULL, memento = NULL
            WHERE id = ? AND state IN ('done', 'empty')
            AND NOT EXISTS (SELECT 1 FROM entry_sources WHERE entry_id = entries.id)
            AND EXISTS (SELECT 1 FROM captures WHERE entry_id = entries.id
                AND coalesce(captures.import_id, captures.memento) IS NOT NULL)"""
        return bool(self.write(woken, [id_]))

    def _was_past(self, id_: int) -> bool:
        """Did a back-fill find the page, and not ask for it yet? Now it is news, which comes first."""
        found = "id = ? AND walk_id IS NOT NULL AND state = 'new'"
        return bool(self.write(f"UPDATE entries SET walk_id = NULL, memento = NULL WHERE {found}", [id_]))  # noqa: S608 - our own words

    def set_entry_failed(
        self, id_: int, state: EntryState, error: str, next_visit: datetime | None, *, tried: bool = True
    ) -> None:
        """A try that brought no page. `next_visit`: None when there will be no other; `tried`: was anything asked?"""
        self.write(
            "UPDATE entries SET state = ?, attempts = attempts + ?, last_error = ?, next_visit = ? WHERE id = ?",
            [state, tried, error, stamp(next_visit), id_],
        )

    def set_entry_read(self, id_: int, state: EntryState, note: str | None, next_visit: datetime | None) -> None:
        """Its newest capture was read: `done`, or `empty` with the reason why."""
        self.write(
            """UPDATE entries SET state = ?, last_error = ?, next_visit = ?,
            attempts = CASE WHEN ? = 'done' THEN 0 ELSE attempts + 1 END WHERE id = ?""",
            [state, note, stamp(next_visit), state, id_],
        )

    def carried(self, id_: int) -> Carried | None:
        """What its source carried of the piece itself; None when that was no more than an address."""
        row = self.row(
            """SELECT entries.url, title, content, published, announced_in, captures.url AS source_url
            FROM entries JOIN captures ON captures.id = announced_in WHERE entries.id = ? AND content IS NOT NULL""",
            [id_],
        )
        return None if row is None else Carried(**row)


def _has_words(entry: Entry) -> bool:
    return bool(entry.title or entry.summary or entry.content)


def wordless(each: Addressed) -> Addressed:
    """The address and its dates alone."""
    entry = Entry(url=each.entry.url, published=each.entry.published, updated=each.entry.updated)
    return replace(each, entry=entry)


def _says_more(entry: Entry, known: Row) -> bool:
    """Does a document say of an entry what none has said before?"""
    return bool(
        (entry.title and entry.title != known["title"])
        or (entry.updated and _iso(entry.updated) != known["updated"])
        or (entry.published and known["published"] is None)
        or (entry.content and entry.content != known["content"])
    )


def _date(moment: Moment | None) -> tuple[str | None, str | None, str | None]:
    return (moment.iso(), moment.raw, moment.precision) if moment else (None, None, None)


def _iso(moment: Moment | None) -> str | None:
    return None if moment is None else moment.iso()
