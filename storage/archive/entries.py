"""The tables `entries` and `entry_sources`: the to-do list of the fetcher."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from storage.archive.base import Base, moment, stamp
from storage.records import Carried, Entry, Moment, to_json

MANY = 1 << 62
MOST_LOOKS = 5_000  # of all hosts at a time: after a long pause there may be any number
# The very words of the index entries_todo: SQLite takes a partial index only where its condition stands in the query.
TODO = "state IN ('new', 'fetched', 'refused', 'empty')"

EntryState = Literal["new", "fetched", "done", "empty", "gone", "refused", "failed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Todo:
    """One page to ask for."""

    id: int
    url: str
    attempts: int
    etag: str | None  # set when the page was read before: the request is conditional
    last_modified: str | None
    look: bool = False  # an article that is looked at again


@dataclass(frozen=True, slots=True, kw_only=True)
class Addressed:
    """An entry with the key that tells its page from others, and the host that will be asked."""

    entry: Entry
    url: str
    key: str
    host: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Announced:
    """What one document of a source added. `gap_after`: when the last one was read, if nothing of it stands in this."""

    new: tuple[int, ...]  # ids of the entries that no source had announced
    entries: int
    gap_after: datetime | None


class Entries(Base):
    """Entries: announced, due, tried."""

    def add_entries(
        self, source_id: int, found: Iterable[Addressed], now: datetime, announced_in: int | None = None
    ) -> Announced:
        """Entries of one document of a source. One announced again as changed is looked at again soon."""
        new, before, entries, overlaps = [], self._last_read(source_id), 0, False
        with self.transaction():
            for each in found:
                entries += 1
                id_ = self._insert(each, now, announced_in)
                if id_ is not None:
                    new.append(id_)
                else:
                    id_ = int(self.value("SELECT id FROM entries WHERE key = ? OR url = ?", [each.key, each.url]))
                    self._announced_again(id_, each.entry, now, announced_in)
                overlaps |= self._stands_in(source_id, id_, now) == before
        gap_after = before if entries > 0 and not overlaps else None
        return Announced(new=tuple(new), entries=entries, gap_after=moment(gap_after))

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

    def entries_due(self, now: datetime, *, every_new: bool = False, most: int | None = None) -> list[Todo]:
        """Pages to ask for, oldest announcement first; with `every_new` also those whose next try is not due.

        most: of one host, so that a host with a long list keeps none of the others waiting.
        """
        return self._todo(
            f"""id IN (
                SELECT id FROM (
                    SELECT id, row_number() OVER (PARTITION BY host ORDER BY id) AS place FROM (
                        SELECT id, host FROM entries WHERE {TODO} AND state = 'new' AND (next_visit IS NULL OR ?)
                        UNION SELECT id, host FROM entries
                        WHERE {TODO} AND state IN ('new', 'refused', 'empty') AND next_visit <= ?
                    )
                ) WHERE place <= ?
            ) ORDER BY id""",  # noqa: S608 - our own words
            [every_new, stamp(now), most or MANY],
        )

    def entries_by_id(self, ids: Iterable[int]) -> list[Todo]:
        """These entries, in the order of the list."""
        return [todo for id_ in ids for todo in self._todo("id = ?", [id_])]

    def _todo(self, where: str, parameters: list[object]) -> list[Todo]:
        sql = f"SELECT id, url, attempts, etag, last_modified FROM entries WHERE {where}"  # noqa: S608 - our own words
        return [Todo(**row) for row in self.rows(sql, parameters)]

    def articles_due(self, now: datetime, *, most: int | None = None) -> list[Todo]:
        """Pages of articles whose next look has come: to be asked for conditionally. `most`: of one host."""
        return [
            Todo(**row, look=True)
            for row in self.rows(
                """SELECT id, url, 0 AS attempts, etag, last_modified FROM (
                    SELECT entries.*, min(next_look) AS due, row_number() OVER (
                        PARTITION BY host ORDER BY min(next_look), entries.id
                    ) AS place
                    FROM (
                        SELECT entry_id, next_look FROM articles WHERE next_look <= ? ORDER BY next_look LIMIT ?
                    ) JOIN entries ON entries.id = entry_id WHERE entries.state = 'done' GROUP BY entries.id
                ) WHERE place <= ? ORDER BY due""",
                [stamp(now), MOST_LOOKS if most else MANY, most or MANY],
            )
        ]

    def put_off_look(self, id_: int, until: datetime) -> None:
        """The look at this page's articles could not be made."""
        self.write("UPDATE articles SET next_look = ? WHERE entry_id = ?", [stamp(until), id_])

    def next_due(self, now: datetime) -> datetime | None:
        """When something is to be polled, visited or looked at next, `now` when it is due already; None: never."""
        found = self.value(
            f"""SELECT min(due) FROM (
                SELECT min(coalesce(next_poll, ?)) AS due FROM sources WHERE active
                UNION ALL SELECT ? FROM entries WHERE {TODO} AND state = 'new' AND next_visit IS NULL
                UNION ALL SELECT min(next_visit) FROM entries WHERE {TODO} AND state = 'new'
                UNION ALL SELECT min(next_visit) FROM entries WHERE {TODO} AND state = 'refused'
                UNION ALL SELECT min(next_visit) FROM entries WHERE {TODO} AND state = 'empty'
                UNION ALL SELECT min(next_look) FROM articles WHERE next_look IS NOT NULL
            )""",  # noqa: S608 - our own words
            [stamp(now), stamp(now)],
        )
        return None if found is None else max(datetime.fromisoformat(found), now)

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


def _date(moment: Moment | None) -> tuple[str | None, str | None, str | None]:
    return (moment.iso(), moment.raw, moment.precision) if moment else (None, None, None)


def _iso(moment: Moment | None) -> str | None:
    return None if moment is None else moment.iso()
