"""What pages tell of sources: how they fare, day by day and hour by hour, and what they announced. Reads only."""

from datetime import date, datetime, timedelta

from storage.archive.base import Base, Row, stamp
from storage.archive.gap_backfills import GAPS
from storage.archive.health import ITS_PARTS


class Announcing(Base):
    """Sources: listed, looked into. What is told of a sitemap index holds its parts."""

    def sources_told(self, now: datetime, site: str | None = None) -> list[Row]:
        """Every source, of one site or of all, watched or not. pause: seconds between two polls; week: new entries of
        seven days; open_gaps: of 30 days, not filled."""
        return self.rows(
            f"""SELECT sources.*, coalesce(every, interval) AS pause,
                (SELECT coalesce(sum(new_entries), 0) FROM source_days WHERE source_id = sources.id AND day > ?1)
                    AS week,
                coalesce(open_gaps, 0) AS open_gaps
            FROM sources LEFT JOIN (
                SELECT source_id, count(*) AS open_gaps FROM ({GAPS} WHERE gaps.before >= ?2) WHERE NOT filled
                GROUP BY source_id
            ) ON source_id = sources.id WHERE ?3 IS NULL OR site = ?3 ORDER BY sources.id""",  # noqa: S608 - our own words
            [(now - timedelta(days=7)).date().isoformat(), stamp(now - timedelta(days=30)), site],
        )

    def source_told(self, id_: int) -> Row | None:
        """One source; pause: seconds between two polls; entries: how many it announced."""
        return self.row(
            f"""SELECT sources.*, coalesce(every, interval) AS pause,
                (SELECT count(*) FROM entry_sources WHERE source_id IN ({ITS_PARTS})) AS entries
            FROM sources WHERE id = ?1""",  # noqa: S608 - our own words
            [id_],
        )

    def source_parts(self, id_: int, limit: int) -> list[Row]:
        """The sitemaps of an index, what fails first, then what had news last: id, url, last_error, last_new …"""
        return self.rows(
            """SELECT id, url, last_error, last_ok, last_new, active FROM sources WHERE parent_id = ?
            ORDER BY last_error IS NULL, last_new DESC, url LIMIT ?""",
            [id_, limit],
        )

    def source_days(self, id_: int, since: date) -> list[Row]:
        """Rows of day, polls, unchanged, failed, new_entries, bytes, from `since` on, oldest first."""
        return self.rows(
            f"""SELECT day, sum(polls) AS polls, sum(unchanged) AS unchanged, sum(failed) AS failed,
                sum(new_entries) AS new_entries, sum(bytes) AS bytes
            FROM source_days WHERE source_id IN ({ITS_PARTS}) AND day >= ?2 GROUP BY day ORDER BY day""",  # noqa: S608 - our own words
            [id_, since.isoformat()],
        )

    def source_hours(self, id_: int, since: datetime) -> dict[int, int]:
        """Hour of the day, UTC -> entries found in it from then on, but for those of the first document."""
        rows = self.rows(
            f"""SELECT CAST(substr(found_at, 12, 2) AS INTEGER) AS hour, count(*) AS number
            FROM sources CROSS JOIN entry_sources ON source_id = sources.id
            WHERE sources.id IN ({ITS_PARTS}) AND found_at >= ?2
            AND found_at > (SELECT min(found_at) FROM entry_sources WHERE source_id = sources.id)
            GROUP BY hour""",  # noqa: S608 - our own words
            [id_, stamp(since)],
        )
        return {row["hour"]: row["number"] for row in rows}

    def source_delays(self, id_: int, limit: int) -> list[tuple[datetime, datetime]]:
        """When entries were published, to the minute at least, and when they were found here, newest first.

        Of the newest `limit` entries of the source itself; those of its first document were there before it was.
        """
        rows = self.rows(
            """SELECT published, newest.found_at FROM (
                SELECT entry_id, found_at FROM entry_sources WHERE source_id = ?1
                AND found_at > (SELECT min(found_at) FROM entry_sources WHERE source_id = ?1)
                ORDER BY found_at DESC LIMIT ?2
            ) AS newest CROSS JOIN entries ON entries.id = entry_id
            WHERE published IS NOT NULL AND published_precision IN ('second', 'minute')""",
            [id_, limit],
        )
        found = ((datetime.fromisoformat(row["published"]), datetime.fromisoformat(row["found_at"])) for row in rows)
        return [(published, at) for published, at in found if published.tzinfo]

    def source_gaps(self, id_: int, limit: int) -> list[Row]:
        """The newest pauses in which something may have passed unseen: after, before, backfill_id, state, filled."""
        return self.rows(
            f"""SELECT after, before, backfill_id, state, filled, url
            FROM ({GAPS} WHERE gaps.source_id IN ({ITS_PARTS}) ORDER BY before DESC LIMIT ?2)""",  # noqa: S608 - our own words
            [id_, limit],
        )

    def source_entries(self, id_: int, limit: int) -> list[Row]:
        """What it announced last: url, title, found_at, published, state, last_error, next_visit, attempts, capture_id;
        article_id, of the article that stands in the archive from it."""
        return self.rows(
            f"""SELECT entries.id, url, title, newest.found_at, published, state, last_error, next_visit, attempts,
                capture_id, coalesce(
                    (SELECT id FROM articles WHERE entry_id = entries.id ORDER BY id LIMIT 1),
                    (SELECT article_id FROM versions WHERE capture_id = entries.capture_id ORDER BY id LIMIT 1)
                ) AS article_id
            FROM (
                SELECT entry_id, found_at FROM entry_sources WHERE source_id IN ({ITS_PARTS})
                ORDER BY found_at DESC, entry_id DESC LIMIT ?2
            ) AS newest CROSS JOIN entries ON entries.id = entry_id""",  # noqa: S608 - our own words
            [id_, limit],
        )

    def source_documents(self, id_: int, limit: int) -> list[Row]:
        """Its newest captures: id, fetched_at, status, size, elapsed, url; what had not changed left none."""
        return self.rows(
            f"""SELECT id, fetched_at, status, size, elapsed, url, body_gone FROM captures
            WHERE source_id IN ({ITS_PARTS}) ORDER BY id DESC LIMIT ?2""",  # noqa: S608 - our own words
            [id_, limit],
        )
