"""What is to be done now: the pages to ask for, across the tables. Every list is a query, and answered by an index."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from storage.archive.base import stamp
from storage.archive.past_days import PastDays

MANY = 1 << 62
MOST_LOOKS = 5_000  # of all hosts at a time: after a long pause there may be any number
# The very words of the index entries_todo: SQLite takes a partial index only where its condition stands in the query.
TODO = "state IN ('new', 'fetched', 'refused', 'empty') AND walk_id IS NULL"


@dataclass(frozen=True, slots=True, kw_only=True)
class Todo:
    """One page to ask for."""

    id: int
    url: str
    attempts: int
    etag: str | None  # set when the page was read before: the request is conditional
    last_modified: str | None
    look: bool = False  # an article that is looked at again
    memento: str | None = None  # address of a web archive's copy, to be asked for in the page's place
    walk_id: int | None = None  # the walk of a back-fill that asks for it; None: as news


class Due(PastDays):
    """Pages due for a visit or a look."""

    def entries_due(self, now: datetime, *, every_new: bool = False, most: int | None = None) -> list[Todo]:
        """Pages to ask for, oldest announcement first; with `every_new` also those whose next try is not due.

        most: of one host, so that a host with a long list keeps none of the others waiting.
        """
        if not self._waits(now, every_new):
            return []
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

    def _waits(self, now: datetime, every_new: bool) -> bool:
        """Is any page due? At most ticks none is, and this is told in a third of the time."""
        return bool(
            self.value(
                f"""SELECT EXISTS (SELECT 1 FROM entries WHERE {TODO} AND state = 'new' AND (next_visit IS NULL OR ?))
                OR EXISTS (SELECT 1 FROM entries
                WHERE {TODO} AND state IN ('new', 'refused', 'empty') AND next_visit <= ?)""",  # noqa: S608 - our own words
                [every_new, stamp(now)],
            )
        )

    def entries_by_id(self, ids: Iterable[int]) -> list[Todo]:
        """These entries, in the order of the list."""
        return [todo for id_ in ids for todo in self._todo("id = ?", [id_])]

    def _todo(self, where: str, parameters: list[object]) -> list[Todo]:
        """What a live source announces is asked for at its own address: a copy of then tells nothing of now."""
        sql = f"""SELECT id, url, attempts, etag, last_modified, walk_id, CASE
            WHEN memento IS NOT NULL AND walk_id IS NULL
            AND EXISTS (SELECT 1 FROM entry_sources WHERE entry_id = entries.id) THEN NULL
            ELSE memento END AS memento FROM entries WHERE {where}"""  # noqa: S608 - our own words
        return [Todo(**row) for row in self.rows(sql, parameters)]

    def articles_due(self, now: datetime, *, most: int | None = None) -> list[Todo]:
        """Pages of articles whose next look has come: to be asked for conditionally. `most`: of one host."""
        if self.value("SELECT 1 FROM articles WHERE next_look <= ? LIMIT 1", [stamp(now)]) is None:
            return []
        return [
            Todo(**row, look=True)
            for row in self.rows(
                """SELECT id, url, 0 AS attempts, etag, last_modified FROM (
                    SELECT entries.*, min(next_look) AS due, row_number() OVER (
                        PARTITION BY host ORDER BY min(next_look), entries.id
                    ) AS place
                    FROM (
                        SELECT entry_id, next_look FROM articles CROSS JOIN entries ON entries.id = entry_id
                        WHERE next_look <= ? AND entries.state = 'done' ORDER BY next_look LIMIT ?
                    ) JOIN entries ON entries.id = entry_id GROUP BY entries.id
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
