"""Which articles a person means: by id, by address, by words of the title. Reads only."""

from storage.archive.base import Base, Row
from storage.columns import storable

MOST = 20
COLUMNS = "articles.id, articles.url, articles.site, articles.title, articles.published"


class Naming(Base):
    """Articles by what they are called."""

    def articles_named(self, key: str, words: str) -> list[Row]:
        """id, url, site, title, published of the articles meant, at most twenty. One alone: it is the one.

        key: what `urls.identity` makes of the words; the address under which it was announced, or fetched, will do.
        """
        words = storable(words.strip())
        if words.isdecimal() and len(words) < 19:
            return self.rows(f"SELECT {COLUMNS} FROM articles WHERE id = ?", [int(words)])  # noqa: S608 - our own words
        by_address = self.rows(
            f"""SELECT {COLUMNS} FROM articles WHERE key = ? UNION
            SELECT {COLUMNS} FROM entries JOIN articles ON articles.entry_id = entries.id
            WHERE entries.key = ? OR entries.url = ? LIMIT ?""",  # noqa: S608 - our own words
            [key, key, words, MOST],
        )
        return by_address or self._titled(words)

    def _titled(self, words: str) -> list[Row]:
        """Those whose title is just this; where there is none, those whose title has all of these words."""
        exact = self.rows(f"SELECT {COLUMNS} FROM articles WHERE title = ? LIMIT ?", [words, MOST])  # noqa: S608 - our own words
        phrase = " ".join('"' + word.replace('"', '""') + '"' for word in words.split())
        if exact or not phrase:
            return exact
        return self.rows(
            f"""SELECT {COLUMNS} FROM articles_fts JOIN articles ON articles.id = articles_fts.rowid
            WHERE articles_fts MATCH ? ORDER BY rank LIMIT ?""",  # noqa: S608 - our own words
            [f"title: ({phrase})", MOST],
        )
