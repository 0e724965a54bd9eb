"""What an archive knew at one moment, article by article: made beside it in temporary tables, for one connection.

An article is as old as the earliest capture that a version of it was read from. Nothing here depends on what
came after the moment; what was taken down is not known at any.
"""

from collections.abc import Iterator
from datetime import datetime

from storage.archive.base import Base, Row, stamp

NOW = "now"  # sorts behind every time
READ = (
    *("title", "text", "kinds", "places", "authors", "published", "published_raw", "published_precision", "modified"),
    *("source", "section", "tags", "captions", "language", "lead", "image", "paywalled", "text_sha256"),
    *("extractor", "rule_revision", "memory_revision", "reason"),
)
SHAPE = """
CREATE TEMP VIEW known_versions AS
    SELECT article_id, number, created_at, capture_id, id AS version_id, NULL AS withdrawn_id
    FROM versions WHERE created_at <= '{then}'
    UNION ALL
    SELECT article_id, json_extract(version, '$.number'), created_at, capture_id, version_id, id
    FROM withdrawn WHERE created_at <= '{then}' AND '{then}' < withdrawn_at;
CREATE TEMP TABLE known (
    article_id INTEGER PRIMARY KEY,
    version_id INTEGER NOT NULL,               -- the current one then
    withdrawn_id INTEGER,                      -- its row in `withdrawn`, where it was taken back since
    number INTEGER NOT NULL,                   -- its rank among those known then, from 1
    read_at TEXT NOT NULL,                     -- when the archive came to know it
    capture_id INTEGER NOT NULL,
    greatest INTEGER NOT NULL,
    first_seen TEXT,
    chosen INTEGER NOT NULL DEFAULT 1          -- is it of the selection?
);
INSERT INTO known (article_id, version_id, withdrawn_id, number, read_at, capture_id, greatest)
    SELECT article_id, version_id, withdrawn_id, count(*), created_at, capture_id, max(number)
    FROM known_versions GROUP BY article_id;
UPDATE known SET first_seen = (SELECT min(fetched_at) FROM captures WHERE id IN (
    SELECT capture_id FROM versions WHERE article_id = known.article_id AND created_at <= '{then}'
    UNION ALL SELECT capture_id FROM withdrawn
    WHERE article_id = known.article_id AND created_at <= '{then}' AND '{then}' < withdrawn_at
));
CREATE TEMP VIEW addressed AS
    SELECT known.*, iif(withdrawn_id IS NULL, articles.url, json_extract(article, '$.url')) AS url,
        iif(withdrawn_id IS NULL, articles.key, json_extract(article, '$.key')) AS key,
        iif(withdrawn_id IS NULL, articles.site, json_extract(article, '$.site')) AS site,
        iif(withdrawn_id IS NULL, {published}, json_extract(version, '$.published')) AS published,
        iif(withdrawn_id IS NULL, (SELECT published_precision FROM versions WHERE id = known.version_id),
            json_extract(version, '$.published_precision')) AS published_precision,
        iif(withdrawn_id IS NULL, (SELECT language FROM versions WHERE id = known.version_id),
            json_extract(version, '$.language')) AS language
    FROM known LEFT JOIN articles ON articles.id = known.article_id LEFT JOIN withdrawn ON withdrawn.id = withdrawn_id;
CREATE TEMP VIEW known_links AS                -- both ways; later: the one that had it later
    SELECT article_id AS id, other_id AS other, 1 AS later FROM story_links WHERE linked_at <= '{then}'
    UNION ALL SELECT other_id, article_id, 0 FROM story_links WHERE linked_at <= '{then}'
    UNION ALL SELECT article_id, other_id, 1 FROM unlinked WHERE linked_at <= '{then}' AND '{then}' < unlinked_at
    UNION ALL SELECT other_id, article_id, 0 FROM unlinked WHERE linked_at <= '{then}' AND '{then}' < unlinked_at;
CREATE TEMP TABLE told (article_id INTEGER PRIMARY KEY, first_id INTEGER NOT NULL);  -- stories that were asked for
"""
PUBLISHED = "(SELECT published FROM versions WHERE id = known.version_id)"  # behind the text: slow to read
ANNOUNCED = """SELECT sources.url FROM {versions} JOIN captures ON captures.id = capture_id
    JOIN entry_sources USING (entry_id) JOIN sources ON sources.id = entry_sources.source_id
    WHERE article_id = ? AND entry_sources.found_at <= ?
    UNION SELECT sources.url FROM {versions} JOIN captures ON captures.id = capture_id
    JOIN sources ON sources.id = source_id WHERE article_id = ? ORDER BY 1"""
PAGE = "id, url, final_url, fetched_at, status, headers, content_type, sha256, size"


class Known:
    """The articles known then; those of the selection are chosen. Belongs to one read transaction of its maker."""

    def __init__(self, base: Base, as_of: datetime | None) -> None:
        self._base, self.then = base, stamp(as_of) or NOW
        self._run(SHAPE.format(then=self.then, published=PUBLISHED if as_of else "articles.published"))
        if base.value("SELECT 1 FROM tombstones LIMIT 1"):
            base.write(
                """DELETE FROM known WHERE article_id IN
                (SELECT article_id FROM addressed WHERE key IN (SELECT key FROM tombstones))"""
            )

    def _run(self, script: str) -> None:
        """One by one: `executescript` would commit first."""
        for statement in script.split(";\n"):
            if statement.strip():
                self._base.write(statement)

    def __len__(self) -> int:
        return int(self._base.value("SELECT count(*) FROM known WHERE chosen"))

    def heads(self) -> Iterator[Row]:
        """What tells the chosen articles and their current versions apart, oldest article first, without the words.

        Rows of article_id, url, version_id, read_at (when the archive came to know it), capture_sha256.
        """
        yield from map(
            dict,
            self._base.db.conn.execute(
                """SELECT article_id, addressed.url, version_id, read_at, sha256 AS capture_sha256
                FROM addressed JOIN captures ON captures.id = capture_id WHERE chosen ORDER BY article_id"""
            ),
        )

    def newest(self, limit: int) -> list[int]:
        """The chosen articles that were first seen last, newest first."""
        sql = "SELECT article_id FROM known WHERE chosen ORDER BY first_seen DESC, article_id DESC LIMIT ?"
        return [row["article_id"] for row in self._base.rows(sql, [limit])]

    def row(self, article_id: int) -> Row:
        """One article as it was read then: the columns of its version with its rank as `number`, url, site,
        first_seen, and of its capture capture_url, fetched_at and capture_sha256."""
        known = self._base.rows(
            """SELECT addressed.*, sha256 AS capture_sha256, captures.url AS capture_url, fetched_at
            FROM addressed JOIN captures ON captures.id = capture_id WHERE article_id = ?""",
            [article_id],
        )[0]
        return known | self._base.rows(*self._reading(known))[0]

    def _reading(self, known: Row) -> tuple[str, list[int]]:
        if known["withdrawn_id"] is None:
            return f"SELECT {', '.join(READ)} FROM versions WHERE id = ?", [known["version_id"]]  # noqa: S608 - our own words
        fields = ", ".join(f"json_extract(version, '$.{name}') AS {name}" for name in READ)
        return f"SELECT {fields} FROM withdrawn WHERE id = ?", [known["withdrawn_id"]]  # noqa: S608 - our own words

    def pages(self, capture_id: int) -> list[Row]:
        """A capture, and those of the later pages of its article: rows of `captures`, without what may change."""
        return pages_of(self._base, capture_id)

    def announced_by(self, article_id: int) -> list[str]:
        """Addresses of the sources that had announced a page it was read from."""
        found = self._base.rows(ANNOUNCED.format(versions="known_versions"), [article_id, self.then, article_id])
        return [row["url"] for row in found]

    def gather(self) -> int:
        """Find the captures from which any known version of the chosen articles was read, later pages too. How many."""
        self._base.write("CREATE TEMP TABLE IF NOT EXISTS needed (id INTEGER PRIMARY KEY)")
        self._base.write(
            """INSERT OR IGNORE INTO needed SELECT capture_id FROM known_versions
            WHERE article_id IN (SELECT article_id FROM known WHERE chosen)"""
        )
        self._base.write(
            "INSERT OR IGNORE INTO needed SELECT captures.id FROM needed JOIN captures ON first_page_id = needed.id"
        )
        return int(self._base.value("SELECT count(*) FROM needed"))

    def captures(self) -> Iterator[Row]:
        """What was gathered, by its ids: rows as `pages` has them."""
        sql = f"SELECT {PAGE} FROM needed JOIN captures USING (id) ORDER BY id"  # noqa: S608 - our own words
        yield from map(dict, self._base.db.conn.execute(sql))


def pages_of(base: Base, capture_id: int) -> list[Row]:
    """As `Known.pages`."""
    return base.rows(
        f"SELECT {PAGE} FROM captures WHERE id = ? OR first_page_id = ? ORDER BY first_page_id IS NOT NULL, id",  # noqa: S608 - our own words
        [capture_id, capture_id],
    )
