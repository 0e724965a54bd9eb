"""What people and other parts ask of the archive. Reads only."""

from collections import Counter

from storage.archive.base import Base, Row
from storage.archive.due import TODO
from storage.archive.finds import PAST
from storage.archive.health import OVER

ODD = "(kind IS NULL OR kind NOT IN ('article', 'source'))"  # as the index captures_odd has it, word for word


class Questions(Base):
    """Counts, troubles, the newest, the versions of an article."""

    def counts(self) -> dict[str, dict[str, int]]:
        """How many of each: sources by health, entries by state, captures by kind, articles, versions by reason.

        A moment on a year's archive: what is common is counted whole, and only what is rare by its kind.
        """
        return {
            "sources": self._count("sources", "CASE WHEN last_error IS NULL THEN 'ok' ELSE 'failing' END", "active"),
            "entries": self._rest("done", "entries", "state", TODO, PAST, OVER),
            "captures": self._rest("read", "captures", "coalesce(kind, 'unread')", ODD),
            "articles": self._totals("articles"),
            "versions": self._totals("versions"),
        }

    def _rest(self, common: str, table: str, by: str, *rare: str) -> dict[str, int]:
        """What is `rare` is in indexes of its own; all others are of the `common` kind."""
        found: Counter[str] = Counter()
        for where in rare:
            found.update(self._count(table, by, where))
        rest = self._all(table) - found.total()
        return dict(sorted({**found, common: rest}.items())) if rest else dict(found)

    def _all(self, table: str) -> int:
        """Nothing ever leaves `entries` and `captures`: the last number is how many there are."""
        return int(self.value(f"SELECT coalesce(max(id), 0) FROM {table}"))  # noqa: S608 - our own words

    def _totals(self, what: str) -> dict[str, int]:
        rows = self.rows("SELECT kind, n FROM totals WHERE what = ? ORDER BY kind", [what])
        return {row["kind"]: row["n"] for row in rows}

    def _count(self, table: str, by: str, where: str) -> dict[str, int]:
        sql = f"SELECT {by} AS name, count(*) AS n FROM {table} WHERE {where} GROUP BY 1 ORDER BY 1"  # noqa: S608 - our own words
        return {row["name"]: row["n"] for row in self.rows(sql)}

    def troubles(self, limit: int = 20) -> list[Row]:
        """What failed and is not mended: sources, then entries, first those that are tried again."""
        sources = self.rows(
            """SELECT 'source' AS what, url, failures AS tries, last_error, failing_since AS since FROM sources
            WHERE last_error IS NOT NULL AND active ORDER BY failing_since DESC LIMIT ?""",
            [limit],
        )
        return (sources + self._entries(TODO, "next_visit", limit) + self._entries(OVER, "found_at DESC", limit))[
            :limit
        ]

    def _entries(self, where: str, order: str, limit: int) -> list[Row]:
        columns = "'entry ' || state AS what, url, attempts AS tries, last_error, found_at AS since"
        return [
            row
            for state in ("new", "refused", "empty", "failed", "gone")
            for row in self.rows(
                f"""SELECT {columns} FROM entries WHERE {where} AND state = ? AND last_error IS NOT NULL
                ORDER BY {order} LIMIT ?""",  # noqa: S608 - our own words
                [state, limit],
            )
        ]

    def newest(self, limit: int = 10) -> list[Row]:
        """The articles that came in last."""
        return self.rows(
            """SELECT articles.id, versions.title, articles.site, versions.source, versions.published, articles.url,
                articles.first_seen
            FROM articles JOIN versions ON versions.id = articles.version_id ORDER BY articles.id DESC LIMIT ?""",
            [limit],
        )

    def edited(self, limit: int = 10) -> list[Row]:
        """The last edits, newest first."""
        return self.rows("SELECT * FROM edits LIMIT ?", [limit])

    def versions_of(self, article_id: int) -> list[Row]:
        """Every version of one article, first to last."""
        return self.rows("SELECT * FROM versions WHERE article_id = ? ORDER BY number", [article_id])
