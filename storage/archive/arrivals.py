"""What came in, was edited and was no article, counted by days: from indexes alone, however many there are.

A day is one of UTC; `until` is the first day that no longer counts.
"""

import json
from collections import Counter
from datetime import date

from storage.archive.base import Base, Row

# Spans of ?3 days each from ?1 on, the last begins before ?2.
_SPANS = """WITH RECURSIVE spans(since, until) AS (
    SELECT ?1, date(?1, '+' || ?3 || ' days') UNION ALL
    SELECT until, date(until, '+' || ?3 || ' days') FROM spans WHERE until < ?2
)"""
# One step in the index a site; the last is NULL, as the site of an article may be.
_SITES = """sites(site) AS (
    SELECT min(site) FROM articles UNION ALL
    SELECT (SELECT min(site) FROM articles WHERE site > sites.site) FROM sites WHERE sites.site IS NOT NULL
)"""
_PUBLISHERS = "number > 1 AND created_at > '' AND changed_by = 'publisher'"  # as the index versions_changed has it


class Arrivals(Base):
    """Counts by spans of days; one day's news and edits."""

    def arrived(self, since: date, until: date, step: int = 1) -> list[Row]:
        """New articles by site: day, site, number. day: the first of `step` days; spans without any are left out."""
        found = self.rows(
            f"""{_SPANS}, {_SITES} SELECT since AS day, site, (
                SELECT count(*) FROM articles WHERE articles.site IS sites.site
                AND first_seen >= since AND first_seen < until
            ) AS number FROM sites CROSS JOIN spans""",  # noqa: S608 - our own words
            [since.isoformat(), until.isoformat(), step],
        )
        return [row for row in found if row["number"]]

    def publisher_edits(self, since: date, until: date, step: int = 1) -> list[Row]:
        """What publishers edited: day, number; the first of `step` days."""
        return self._spans(f"versions WHERE {_PUBLISHERS} AND created_at", since, until, step)

    def walls_met(self, since: date, until: date, step: int = 1) -> list[Row]:
        """Captures that were walls: day, number; the first of `step` days."""
        return self._spans("captures WHERE kind = 'wall' AND fetched_at", since, until, step)

    def _spans(self, of: str, since: date, until: date, step: int) -> list[Row]:
        """of: a table, a condition, and the column of its time."""
        return self.rows(
            f"""{_SPANS} SELECT since AS day, (
                SELECT count(*) FROM {of} BETWEEN since AND until
            ) AS number FROM spans""",  # noqa: S608 - our own words; no moment is written as a day alone
            [since.isoformat(), until.isoformat(), step],
        )

    def first_arrival(self) -> date | None:
        """The day of the oldest article; None while there is none."""
        first = self.value("SELECT min(first_seen) FROM articles")
        return first and date.fromisoformat(first[:10])

    def last_arrival(self, until: date) -> date | None:
        """The day of the newest article that came before; None while there is none."""
        last = self.value("SELECT max(first_seen) FROM articles WHERE first_seen < ?", [until.isoformat()])
        return last and date.fromisoformat(last[:10])

    def arrived_from(self, since: date, until: date) -> dict[int | None, int]:
        """New articles by the source that announced them; parts count for their index.

        One that several announced counts for each. None: those that no source announced.
        """
        rows = self.rows(
            """SELECT coalesce(parent_id, sources.id) AS source, count(DISTINCT articles.id) AS number
            FROM articles LEFT JOIN entry_sources ON entry_sources.entry_id = articles.entry_id
            LEFT JOIN sources ON sources.id = source_id
            WHERE first_seen >= ? AND first_seen < ? GROUP BY 1""",
            [since.isoformat(), until.isoformat()],
        )
        return {row["source"]: row["number"] for row in rows}

    def newest_of(self, since: date, until: date, limit: int) -> list[Row]:
        """The articles of these days that came in last: id, title, site, published, first_seen."""
        return self.rows(
            """SELECT id, title, site, published, first_seen FROM articles WHERE first_seen >= ? AND first_seen < ?
            ORDER BY first_seen DESC LIMIT ?""",
            [since.isoformat(), until.isoformat(), limit],
        )

    def last_publisher_edits(self, until: date, limit: int) -> list[Row]:
        """Newest first: article_id, site, old, new (numbers of versions), title_before, title, edits, seen_at."""
        rows = self.rows(
            f"""SELECT found.article_id, site, old.number AS old, found.number AS new, old.title AS title_before,
                new.title, found.edits, found.created_at AS seen_at
            FROM (
                SELECT id, article_id, number, edits, created_at FROM versions
                WHERE {_PUBLISHERS} AND created_at < ? ORDER BY created_at DESC LIMIT ?
            ) AS found CROSS JOIN versions new ON new.id = found.id
            CROSS JOIN versions old ON old.article_id = found.article_id AND old.number = (
                SELECT max(number) FROM versions WHERE article_id = found.article_id AND number < found.number
            ) CROSS JOIN articles ON articles.id = found.article_id ORDER BY seen_at DESC""",  # noqa: S608 - our own words
            [until.isoformat(), limit],
        )
        return [row | {"edits": json.loads(row["edits"] or "[]")} for row in rows]

    def kinds_of_edits(self, since: date, until: date) -> Counter[str]:
        """How many of the publishers' edits of these days are of each kind; one may be of several."""
        rows = self.rows(
            f"""SELECT edits, count(*) AS number FROM versions
            WHERE {_PUBLISHERS} AND created_at >= ? AND created_at < ? GROUP BY edits""",  # noqa: S608 - our own words
            [since.isoformat(), until.isoformat()],
        )
        found: Counter[str] = Counter()
        for row in rows:
            for kind in json.loads(row["edits"] or "[]"):
                found[kind] += row["number"]
        return found
