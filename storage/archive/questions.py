"""What people and other parts ask of the archive. Reads only."""

import sqlite3
from collections.abc import Iterator

from storage.archive.base import Base, Row


class Questions(Base):
    """Counts, search, the current text of every article, the versions of one."""

    def counts(self) -> dict[str, dict[str, int]]:
        """How many of each: sources by health, entries by state, captures by kind, articles, versions by reason."""
        return {
            "sources": self._count("sources", "CASE WHEN last_error IS NULL THEN 'ok' ELSE 'failing' END", "active"),
            "entries": self._count("entries", "state"),
            "captures": self._count("captures", "coalesce(kind, 'unread')"),
            "articles": self._count("articles", "state"),
            "versions": self._count("versions", "reason"),
        }

    def _count(self, table: str, by: str, where: str = "1") -> dict[str, int]:
        sql = f"SELECT {by} AS name, count(*) AS n FROM {table} WHERE {where} GROUP BY 1 ORDER BY 1"  # noqa: S608 - our own words
        return {row["name"]: row["n"] for row in self.rows(sql)}

    def troubles(self, limit: int = 20) -> list[Row]:
        """What failed last and is not mended: sources first, then entries."""
        return self.rows("SELECT * FROM troubles ORDER BY what <> 'source', since DESC LIMIT ?", [limit])

    def bytes_kept(self) -> Row:
        """Bodies as captured: their number and their size before compression."""
        return self.row("SELECT count(*) AS captures, coalesce(sum(size), 0) AS bytes FROM captures") or {}

    def newest(self, limit: int = 10) -> list[Row]:
        """The articles that came in last."""
        return self.rows(
            """SELECT id, title, site, source, published, url, first_seen FROM latest_articles
            ORDER BY first_seen DESC, id DESC LIMIT ?""",
            [limit],
        )

    def search(self, query: str, *, limit: int = 20, site: str | None = None) -> list[Row]:
        """Current articles that match an FTS5 query, best first, with a snippet.

        A query that FTS5 cannot read (an apostrophe, a stray bracket) is taken word by word.
        """
        try:
            return self._search(query, limit, site)
        except sqlite3.OperationalError:
            words = " ".join('"' + word.replace('"', '""') + '"' for word in query.split())
            return self._search(words, limit, site) if words else []

    def _search(self, query: str, limit: int, site: str | None) -> list[Row]:
        return self.rows(
            """SELECT articles.id, articles.title, articles.url, articles.site, articles.published,
                snippet(articles_fts, 1, '[', ']', '…', 18) AS snippet
            FROM articles_fts JOIN articles ON articles.id = articles_fts.rowid
            WHERE articles_fts MATCH ? AND (? IS NULL OR articles.site = ?)
            ORDER BY rank LIMIT ?""",
            [query, site, site, limit],
        )

    def corpus(self) -> Iterator[Row]:
        """The current version of every article, oldest article first, with what a manifest needs."""
        cursor = self.db.conn.execute(
            """SELECT articles.id, articles.url, versions.id AS version_id, versions.title, versions.text,
                versions.kinds, versions.published,
                versions.published_precision, versions.source, versions.rule_revision,
                versions.extractor, captures.sha256 AS capture_sha256, articles.first_seen, articles.found_on
            FROM articles JOIN versions ON versions.id = articles.version_id
            JOIN captures ON captures.id = versions.capture_id ORDER BY articles.id"""
        )
        for row in cursor:
            yield dict(row)

    def edited(self, limit: int = 10) -> list[Row]:
        """The last edits, newest first."""
        return self.rows("SELECT * FROM edits LIMIT ?", [limit])

    def versions_of(self, article_id: int) -> list[Row]:
        """Every version of one article, first to last."""
        return self.rows("SELECT * FROM versions WHERE article_id = ? ORDER BY number", [article_id])
