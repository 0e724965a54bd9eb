"""What pages tell of a site: its articles, what was read from them, walls, failures, copies. Reads only.

Where content must be read it is that of the newest articles alone. Knows not which hosts a site has: it is told.
"""

from collections.abc import Iterable
from datetime import date, datetime

from storage.archive.base import Base, Row, stamp
from storage.archive.health import PAGES
from storage.records import to_json

MOST_WALLS = 2_000  # of a site, that are counted by reason
LATELY = 1_000  # newest articles of a site, of which edits and copies are told
# as the index entries_unhad has it, word for word
UNHAD = "state IN ('gone', 'failed', 'refused', 'empty')"
HOSTS = "host IN (SELECT value FROM json_each(?1))"
READ = (
    *("title", "text", "authors", "published", "published_precision", "modified", "source", "section", "tags"),
    *("captions", "language", "lead", "image", "extractor", "rule_revision", "created_at"),
)
_NEWEST = "SELECT {0} FROM articles WHERE site = ?1 ORDER BY first_seen DESC LIMIT ?2"


class Sites(Base):
    """Sites: counted, looked into."""

    def articles_by_site(self) -> dict[str, int]:
        """Site -> articles, of all that have any."""
        rows = self.rows("SELECT site, count(*) AS number FROM articles WHERE site > '' GROUP BY site")
        return {row["site"]: row["number"] for row in rows}

    def walls_by_host(self, since: datetime) -> dict[str, int]:
        """Host -> answers from then on that were walls."""
        rows = self.rows(
            """SELECT host, count(*) AS number FROM captures
            WHERE kind = 'wall' AND fetched_at >= ? AND host > '' GROUP BY host""",
            [stamp(since)],
        )
        return {row["host"]: row["number"] for row in rows}

    def site_span(self, site: str) -> Row:
        """number of articles, and when the first and the last of them were first seen; these are None without any."""
        return self.rows(
            """SELECT (SELECT count(*) FROM articles WHERE site = ?1) AS number,
                (SELECT min(first_seen) FROM articles WHERE site = ?1) AS first,
                (SELECT max(first_seen) FROM articles WHERE site = ?1) AS last""",
            [site],
        )[0]

    def site_days(self, site: str, since: date) -> dict[str, int]:
        """ISO day -> articles first seen on it, from `since` on."""
        rows = self.rows(
            """SELECT substr(first_seen, 1, 10) AS day, count(*) AS number FROM articles
            WHERE site = ? AND first_seen >= ? GROUP BY day""",
            [site, since.isoformat()],
        )
        return {row["day"]: row["number"] for row in rows}

    def site_newest(self, site: str, limit: int) -> list[Row]:
        """Articles that were first seen last: id, title, published, first_seen, state."""
        return self.rows(_NEWEST.format("id, title, published, first_seen, state"), [site, limit])

    def site_readings(self, site: str, limit: int) -> list[Row]:
        """Columns of the current versions of its newest articles, newest first; `id` and `story` are the article's."""
        named = ", ".join(f"versions.{name}" for name in READ)
        return self.rows(
            f"""SELECT mine.id, mine.story, {named} FROM (
                {_NEWEST.format("id, coalesce(story_id, id) AS story, version_id, first_seen")}
            ) AS mine CROSS JOIN versions ON versions.id = version_id ORDER BY mine.first_seen DESC""",  # noqa: S608 - our own words
            [site, limit],
        )

    def site_gone(self, site: str, limit: int) -> list[Row]:
        """Articles that are no longer on the site, the last first: id, title, gone_at."""
        return self.rows(
            """SELECT id, title, gone_at FROM articles WHERE state = 'gone' AND +site = ?
            ORDER BY gone_at DESC LIMIT ?""",
            [site, limit],
        )

    def site_changes(self, site: str) -> list[Row]:
        """Of its newest articles, how many later versions there are: changed_by, edits (JSON), number."""
        return self.rows(
            f"""SELECT changed_by, edits, count(*) AS number FROM ({_NEWEST.format("id")}) AS mine
            CROSS JOIN versions ON article_id = mine.id AND versions.number > 1 GROUP BY changed_by, edits""",  # noqa: S608 - our own words
            [site, LATELY],
        )

    def site_copies(self, site: str, limit: int) -> list[Row]:
        """With which other sites its newest articles share text: site; had, given: how many of them were there first,
        or later; last: the id of the newest of them."""
        return self.rows(
            f"""WITH mine AS MATERIALIZED ({_NEWEST.format("id")}),
            pairs(id, other_id, later) AS (
                SELECT id, other_id, 1 FROM mine CROSS JOIN story_links ON article_id = id
                UNION ALL SELECT id, article_id, 0 FROM mine CROSS JOIN story_links ON other_id = id
            )
            SELECT site, count(DISTINCT iif(later, pairs.id, NULL)) AS had,
                count(DISTINCT iif(later, NULL, pairs.id)) AS given, max(pairs.id) AS last
            FROM pairs CROSS JOIN articles ON articles.id = pairs.other_id WHERE site <> ?1
            GROUP BY site ORDER BY had + given DESC, site LIMIT ?3""",  # noqa: S608 - our own words
            [site, LATELY, limit],
        )

    def visits_of(self, hosts: Iterable[str], since: datetime) -> dict[str, int]:
        """Kind -> answers for pages of these hosts from then on."""
        rows = self.rows(
            f"""SELECT coalesce(kind, 'unread') AS name, count(*) AS number FROM captures
            WHERE {PAGES} AND {HOSTS} AND fetched_at >= ?2 GROUP BY name""",  # noqa: S608 - our own words
            [to_json([*hosts]), stamp(since)],
        )
        return {row["name"]: row["number"] for row in rows}

    def walls_of(self, hosts: Iterable[str], since: datetime) -> list[Row]:
        """The newest walls of these hosts, newest first: id, url, fetched_at, reason, status."""
        return self.rows(
            f"""SELECT id, url, fetched_at, coalesce(reason, 'wall') AS reason, status FROM captures
            WHERE kind = 'wall' AND {HOSTS} AND fetched_at >= ?2 ORDER BY fetched_at DESC LIMIT {MOST_WALLS}""",  # noqa: S608 - our own words
            [to_json([*hosts]), stamp(since)],
        )

    def unhad_of(self, hosts: Iterable[str]) -> dict[str, int]:
        """State -> pages of these hosts that were not had, or not read: gone, failed, refused, empty."""
        rows = self.rows(
            f"SELECT state, count(*) AS number FROM entries WHERE {UNHAD} AND {HOSTS} GROUP BY state",  # noqa: S608 - our own words
            [to_json([*hosts])],
        )
        return {row["state"]: row["number"] for row in rows}

    def newest_unhad(self, hosts: Iterable[str], state: str, limit: int) -> list[Row]:
        """The newest of them: id, url, last_error, found_at, attempts, capture_id."""
        return self.rows(
            f"""SELECT id, url, last_error, found_at, attempts, capture_id FROM entries
            WHERE {UNHAD} AND {HOSTS} AND state = ?2 ORDER BY found_at DESC LIMIT ?3""",  # noqa: S608 - our own words
            [to_json([*hosts]), state, limit],
        )

    def rules_of(self, revisions: Iterable[str]) -> list[Row]:
        """Rules that are kept: revision, name, text, kept_at, the newest first."""
        return self.rows(
            """SELECT revision, name, text, kept_at FROM rules WHERE revision IN (SELECT value FROM json_each(?))
            ORDER BY kept_at DESC""",
            [to_json([*revisions])],
        )

    def is_site(self, site: str) -> bool:
        """Is anything known of it?"""
        known = """SELECT 1 FROM sources WHERE site = ?1 UNION ALL SELECT 1 FROM backfills WHERE site = ?1
            UNION ALL SELECT 1 FROM articles WHERE site = ?1 LIMIT 1"""
        return self.value(known, [site]) is not None
