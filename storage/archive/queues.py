"""What waits, and for how long: for metrics, once in a while. Each answer comes from an index, none from a scan."""

from dataclasses import dataclass
from datetime import datetime

from storage.archive.base import Base, stamp
from storage.archive.due import TODO


@dataclass(frozen=True, slots=True, kw_only=True)
class Queue:
    """How many are due, and for how many seconds the first of them has been."""

    due: int = 0
    age: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Lag:
    """A configured source: seconds since it announced something new, and seconds that its poll is late."""

    url: str
    silent: float
    late: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Queues:
    """polls: sources due. visits: entries due. looks: articles due. reads: captures that no worker has read yet."""

    polls: Queue
    visits: Queue
    looks: Queue
    reads: Queue
    sources: tuple[Lag, ...] = ()


class Waiting(Base):
    """The to-do lists, counted."""

    def queues(self, now: datetime) -> Queues:
        """All of them at one moment."""
        return Queues(
            polls=self._polls(now),
            visits=self._visits(now),
            looks=self._looks(now),
            reads=self._reads(now),
            sources=self._lags(now),
        )

    def _polls(self, now: datetime) -> Queue:
        return self._queue(
            """SELECT count(*) AS due, min(coalesce(next_poll, added_at)) AS first FROM sources
            WHERE active AND (next_poll IS NULL OR next_poll <= ?)""",
            now,
        )

    def _visits(self, now: datetime) -> Queue:
        """Those that were never tried are due since they were found; the first in the index is the oldest."""
        tried = self._queue(
            f"""SELECT count(*) AS due, min(next_visit) AS first FROM entries
            WHERE {TODO} AND state IN ('new', 'refused', 'empty') AND next_visit <= ?""",  # noqa: S608 - our own words
            now,
        )
        untried = f"FROM entries WHERE {TODO} AND state = 'new' AND next_visit IS NULL"
        due = int(self.value(f"SELECT count(*) {untried}"))
        first = self.value(f"SELECT found_at {untried} ORDER BY id LIMIT 1")
        return Queue(due=tried.due + due, age=max(tried.age, _since(first, now)))

    def _looks(self, now: datetime) -> Queue:
        return self._queue(
            """SELECT count(*) AS due, min(next_look) AS first
            FROM articles JOIN entries ON entries.id = articles.entry_id
            WHERE next_look <= ? AND entries.state = 'done'""",
            now,
        )

    def _reads(self, now: datetime) -> Queue:
        return self._queue(
            f"""SELECT count(*) AS due, min(fetched_at) AS first
            FROM entries JOIN captures ON captures.id = entries.capture_id
            WHERE {TODO} AND state = 'fetched' AND fetched_at <= ?""",  # noqa: S608 - our own words
            now,
        )

    def _queue(self, sql: str, now: datetime) -> Queue:
        found = self.row(sql, [stamp(now)]) or {"due": 0, "first": None}
        return Queue(due=found["due"], age=_since(found["first"], now))

    def _lags(self, now: datetime) -> tuple[Lag, ...]:
        """Sources of config.yaml alone: not the parts of a sitemap index, of which there is no end."""
        rows = self.rows(
            """SELECT url, next_poll, coalesce(last_new, added_at) AS heard FROM sources
            WHERE active AND parent_id IS NULL ORDER BY id"""
        )
        return tuple(
            Lag(url=row["url"], silent=_since(row["heard"], now), late=_since(row["next_poll"], now)) for row in rows
        )


def _since(text: str | None, now: datetime) -> float:
    """Seconds from a stamp to now; 0 for none, and for one that is still to come."""
    return 0.0 if text is None else max(0.0, (now - datetime.fromisoformat(text)).total_seconds())
