"""How the archive and its daemon fare, as far as the tables tell. What is good and what is bad is not known here."""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta

from storage.archive.base import Base, Row, moment, stamp
from storage.archive.due import TODO
from storage.records import to_json

# as the indexes captures_visits and entries_over have them, word for word
PAGES = "via IN ('visit', 'look')"
OVER = "state IN ('gone', 'failed')"
ITS_PARTS = "SELECT id FROM sources WHERE id = ?1 OR parent_id = ?1"


class Health(Base):
    """The daemon's pulse, and what tells of troubles: arrivals, visits, readings, gaps."""

    def beat(
        self, now: datetime, *, pid: int, version: str, started_at: datetime, state: str, detail: Mapping[str, object]
    ) -> None:
        """The daemon is alive. `detail`: JSON values, as {"wrong": [...], "mistakes": [...], "offline": bool}."""
        self.write(
            """INSERT INTO pulse (id, pid, version, started_at, beat_at, state, detail) VALUES (1, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET pid = excluded.pid, version = excluded.version, state = excluded.state,
            started_at = excluded.started_at, beat_at = excluded.beat_at, detail = excluded.detail""",
            [pid, version, stamp(started_at), stamp(now), state, to_json(detail)],
        )

    def pulse(self) -> Row | None:
        """The last beat: pid, version, started_at, beat_at, state and `detail` as a dict; None: no daemon ever ran."""
        row = self.row("SELECT pid, version, started_at, beat_at, state, detail FROM pulse")
        return row and row | {"detail": json.loads(row["detail"])}

    def sources_watched(self, now: datetime) -> list[Row]:
        """The active sources with their rhythm and health.

        `week`: new entries of the last seven days; `failed`: polls that failed since it fails, of those days.
        """
        return self.rows(
            """SELECT id, url, kind, site, title, parent_id, added_at, next_poll, last_poll, last_ok, last_new,
                coalesce(every, interval) AS interval, rate, failures, failing_since, last_error,
                (SELECT coalesce(sum(new_entries), 0) FROM source_days
                    WHERE source_id = sources.id AND day > ?) AS week,
                (SELECT sum(failed) FROM source_days
                    WHERE source_id = sources.id AND day >= substr(failing_since, 1, 10)) AS failed
            FROM sources WHERE active ORDER BY coalesce(parent_id, id), id""",
            [(now - timedelta(days=7)).date().isoformat()],
        )

    def watched_from_to(self, source_id: int) -> tuple[datetime, datetime] | None:
        """When a source's first document was read, and when it announced something new last. Parts are its own."""
        row = self.row(
            """SELECT min(first) AS first, max(last) AS last FROM (
                SELECT (SELECT min(found_at) FROM entry_sources WHERE source_id = sources.id) AS first,
                    (SELECT max(found_at) FROM entry_sources WHERE source_id = sources.id) AS last
                FROM sources WHERE id = ?1 OR parent_id = ?1)""",
            [source_id],
        )
        found = (moment(row["first"]), moment(row["last"])) if row else (None, None)
        return None if found[0] is None or found[1] is None else (found[0], found[1])

    def arrivals(self, source_id: int, since: datetime) -> list[datetime]:
        """The distinct moments from `since` on at which a source, or a part of it, had something new, oldest first."""
        return self._moments(
            f"""SELECT DISTINCT found_at FROM entry_sources WHERE source_id IN ({ITS_PARTS}) AND found_at >= ?2
            ORDER BY found_at""",  # noqa: S608 - our own words
            [source_id, stamp(since)],
        )

    def last_arrivals(self, source_id: int, limit: int) -> list[datetime]:
        """The newest of them, of the source itself alone, oldest first."""
        newest = "SELECT DISTINCT found_at FROM entry_sources WHERE source_id = ? ORDER BY found_at DESC LIMIT ?"
        return self._moments(newest, [source_id, limit])[::-1]

    def _moments(self, sql: str, parameters: list[object]) -> list[datetime]:
        return [datetime.fromisoformat(row["found_at"]) for row in self.rows(sql, parameters)]

    def first_dates(self, source_id: int, first: datetime) -> list[datetime]:
        """When the entries of a source's first document say they were published, where it is known to the minute."""
        rows = self.rows(
            f"""SELECT published FROM entry_sources JOIN entries ON entries.id = entry_id
            WHERE source_id IN ({ITS_PARTS}) AND entry_sources.found_at = ?2
            AND published_precision IN ('second', 'minute')""",  # noqa: S608 - our own words
            [source_id, stamp(first)],
        )
        dates = (datetime.fromisoformat(row["published"]) for row in rows)
        return [each for each in dates if each.tzinfo]

    def page_hosts(self) -> list[str]:
        """Every host whose pages were asked for. One step in the index a host, however many pages."""
        rows = self.rows(
            f"""WITH RECURSIVE found(host) AS (
                SELECT (SELECT min(host) FROM captures WHERE {PAGES} AND host > '')
                UNION ALL
                SELECT (SELECT min(host) FROM captures WHERE {PAGES} AND host > found.host) FROM found
                WHERE found.host IS NOT NULL
            ) SELECT host FROM found WHERE host IS NOT NULL"""  # noqa: S608 - our own words
        )
        return [row["host"] for row in rows]

    def last_visits(self, host: str, since: datetime, limit: int) -> list[Row]:
        """The newest answers for pages of a host, newest first: fetched_at, kind, status."""
        return self.rows(
            f"""SELECT fetched_at, kind, status FROM captures WHERE {PAGES} AND host = ? AND fetched_at >= ?
            ORDER BY fetched_at DESC LIMIT ?""",  # noqa: S608 - our own words
            [host, stamp(since), limit],
        )

    def pages_with_losses(self, since: datetime, fewest: int) -> list[Row]:
        """Hosts with pages of `fewest` unreadable characters or more: host, pages, characters, charset of the last."""
        return self.rows(
            f"""SELECT host, count(*) AS pages, sum(replaced) AS characters, max(fetched_at) AS last, charset
            FROM captures INDEXED BY captures_replaced
            WHERE replaced > 0 AND replaced >= ? AND {PAGES} AND fetched_at >= ? GROUP BY host ORDER BY host""",  # noqa: S608 - our own words
            [fewest, stamp(since)],
        )

    def last_readers(self, host: str, limit: int) -> list[Row]:
        """What read the newest pages of a host, newest first: fetched_at and extractor; "" where it found no article.

        Pages that were looked at again and had not changed are none of them.
        """
        return self.rows(
            f"""SELECT fetched_at, coalesce(reader, '') AS extractor FROM (
                SELECT fetched_at, kind, (SELECT max(extractor) FROM versions WHERE capture_id = captures.id) AS reader
                FROM captures WHERE {PAGES} AND host = ? ORDER BY fetched_at DESC LIMIT ?
            ) WHERE reader IS NOT NULL OR kind = 'empty'""",  # noqa: S608 - our own words
            [host, limit],
        )

    def waiting_errors(self, since: datetime) -> list[Row]:
        """Pages that could not be had and are tried again, with the host and the last error, tried since `since`."""
        return self.rows(
            f"""SELECT host, last_error FROM entries WHERE {TODO} AND state = 'new' AND next_visit > ? AND attempts > 0
            AND last_error IS NOT NULL""",  # noqa: S608 - our own words
            [stamp(since)],
        )

    def closed_hosts(self, now: datetime) -> list[Row]:
        """Hosts that asked to be left alone until later than now."""
        return self.rows(
            "SELECT origin, closed_until, closed_reason FROM hosts WHERE closed_until > ? ORDER BY origin", [stamp(now)]
        )

    def given_up(self, since: datetime, limit: int) -> list[Row]:
        """News found since then that will not be tried again, newest first: url, last_error, found_at.

        What a back-fill alone announced has its place in its ledger: of the past much is gone.
        """
        return self.rows(
            f"""SELECT url, last_error, found_at FROM entries WHERE {OVER} AND state = 'failed' AND found_at >= ?
            AND EXISTS (SELECT 1 FROM entry_sources WHERE entry_id = entries.id)
            ORDER BY found_at DESC LIMIT ?""",  # noqa: S608 - our own words
            [stamp(since), limit],
        )
