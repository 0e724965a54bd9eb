"""Gaps in what a source announced, and the small back-fills that fill them. Knows not what makes a gap."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from urllib.parse import urlsplit

from storage.archive.backfills import Backfills, Wish
from storage.archive.base import Row, stamp

NEWS = timedelta(days=1)  # older gaps are left to whoever asks for them: an archive of before is full of them
PAUSE = timedelta(hours=1)  # between two back-fills of a source's gaps
WAYS = ("sitemap", "feed", "api", "listing")  # a web archive is no place for what was missed yesterday

# A gap is filled when its back-fill, or one that somebody asked for later, ended and reached back to its first day.
GAPS = """
    SELECT source_id, url, after, before, backfill_id,
        (SELECT state FROM backfills WHERE id = backfill_id) AS state,
        EXISTS (
            SELECT 1 FROM backfills JOIN walks ON walks.backfill_id = backfills.id
            WHERE backfills.state = 'done' AND NOT dry AND most IS NULL AND reached
            AND since <= substr(after, 1, 10) AND until >= substr(before, 1, 10)
            AND (backfills.id = gaps.backfill_id OR (
                backfills.site = sources.site AND coalesce(backfills.source_id, gaps.source_id) = gaps.source_id
                AND backfills.added_at >= gaps.found_at
            ))
        ) AS filled
    FROM gaps JOIN sources ON sources.id = gaps.source_id
"""


class GapBackfills(Backfills):
    """Gaps: told, filled by themselves."""

    def fill_gaps(self, source_id: int, now: datetime) -> int | None:
        """See that a back-fill looks for what passed by in the gaps of a source. Its id; None where there is none yet.

        Within an hour of the last one it waits for a later call, unless that one has not begun and can be widened.
        """
        gap = self.row(
            """SELECT min(id) AS id, min(after) AS after, max(before) AS before FROM gaps
            WHERE source_id = ? AND before > ? AND backfill_id IS NULL""",
            [source_id, stamp(now - NEWS)],
        )
        if gap is None or gap["id"] is None:
            return None
        since, until = (datetime.fromisoformat(gap[name]).date() for name in ("after", "before"))
        with self.transaction():
            id_ = self._widened(source_id, since, until) or self._added(source_id, gap["id"], since, until, now)
            if id_ is not None:
                self.write(
                    "UPDATE gaps SET backfill_id = ? WHERE source_id = ? AND before > ? AND backfill_id IS NULL",
                    [id_, source_id, stamp(now - NEWS)],
                )
        return id_

    def _widened(self, source_id: int, since: date, until: date) -> int | None:
        """One that was not begun, and whose days touch these."""
        day = timedelta(days=1)
        return self.value(  # type: ignore[no-any-return]  # an integer or NULL by the schema
            """UPDATE backfills SET since = min(since, ?1), until = max(until, ?2) WHERE id = (
                SELECT max(gaps.backfill_id) FROM gaps JOIN backfills ON backfills.id = gaps.backfill_id
                WHERE gaps.source_id = ?3 AND state = 'running' AND since <= ?4 AND until >= ?5
                AND NOT EXISTS (SELECT 1 FROM walks WHERE backfill_id = backfills.id AND state <> 'waiting')
            ) RETURNING id""",
            [
                *(since.isoformat(), until.isoformat(), source_id),
                *((until + day).isoformat(), (since - day).isoformat()),
            ],
        )

    def _added(self, source_id: int, gap_id: int, since: date, until: date, now: datetime) -> int | None:
        last = "SELECT 1 FROM backfills WHERE source_id = ? AND gap_id IS NOT NULL AND added_at > ?"
        if self.value(last, [source_id, stamp(now - PAUSE)]):
            return None
        source = self.rows("SELECT url, kind, site FROM sources WHERE id = ?", [source_id])[0]
        parts = urlsplit(source["url"])
        wish = Wish(
            target=source["url"],
            base=f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}/",
            site=source["site"] or parts.hostname or "",
            source_id=source_id,
            since=since,
            until=until,
        )
        id_ = self.add_backfill(wish, _own_first(source["kind"]), now)
        self.write("UPDATE backfills SET gap_id = ? WHERE id = ?", [gap_id, id_])
        return id_

    def gaps_since(self, since: datetime) -> list[Row]:
        """Watched sources that had gaps since then: url, number, how many of them are filled; and the last one."""
        return self.rows(
            f"""SELECT url, count(*) AS number, sum(filled) AS mended,
                max(before) AS before, after, backfill_id, state, filled
            FROM ({GAPS} WHERE gaps.found_at >= ? AND active) GROUP BY source_id ORDER BY number DESC, url""",  # noqa: S608 - our own words
            [stamp(since)],
        )

    def backfill_brought(self, id_: int) -> tuple[int, int]:
        """Its pages, asked for by it alone, that hold an article; and those that are neither had nor gone."""
        row = self.rows(
            """SELECT count(*) FILTER (WHERE entries.walk_id = walks.id AND entries.state = 'done') AS brought,
            count(DISTINCT entry_id) FILTER (WHERE entries.state NOT IN ('done', 'gone')) AS missing
            FROM walks CROSS JOIN finds ON finds.walk_id = walks.id CROSS JOIN entries ON entries.id = entry_id
            WHERE backfill_id = ?""",
            [id_],
        )[0]
        return row["brought"], row["missing"]


def _own_first(kind: str | None) -> Sequence[str]:
    """What announces the source's news tells most of its yesterday."""
    return [way for way in WAYS if way == kind] + [way for way in WAYS if way != kind]
