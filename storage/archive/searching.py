"""Which articles a search finds, and in which order: by words, site, date of publication, language, story.

Bounded on an archive of any size: what is weighed, and what is listed. See `fulltext` for what a query may say.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from storage.archive.base import Base, Row
from storage.archive.fulltext import Query, excerpts, understood
from storage.records import to_json

Order = Literal["rank", "newest", "oldest", "arrived"]

MOST_WEIGHED = 1_000  # matches: to weigh all of a common word takes longer the more there are, and says little of each
MOST_LISTED = 1_000  # articles
WORDS = 30  # of an excerpt

# As the index articles_dated has it, word for word. `published` may be a day, a month or a year alone: text order is
# time order but for the hours of another time zone.
DATED = "coalesce({0}.published, {0}.first_seen)"
# A story goes by the number of its first article. The others: as they came in.
FORMER = """({0}.story_id IS NULL OR NOT EXISTS (
    SELECT 1 FROM articles AS former WHERE former.story_id = {0}.story_id
    AND (former.id <> former.story_id, former.first_seen, former.id) < ({0}.id <> {0}.story_id, {0}.first_seen, {0}.id)
    AND {1}))"""
# No `+`: the index would be read instead of the order in which articles are wanted, and a thousand are enough.
MATCHED = "+{0}.id IN (SELECT rowid FROM articles_fts WHERE articles_fts MATCH ?)"
SPOKEN = "+{0}.version_id IN (SELECT id FROM versions WHERE language IN (SELECT value FROM json_each(?)))"
DISTINCT = """WITH RECURSIVE each(value) AS (
    SELECT min({1}) FROM {0} UNION ALL
    SELECT (SELECT min({1}) FROM {0} WHERE {1} > value) FROM each WHERE value IS NOT NULL
) SELECT value FROM each WHERE value IS NOT NULL"""

Conditions = list[tuple[str, list[object]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """What is looked for; all articles without any of it.

    since, until: as `Selection` has them. language: `en` means en-GB, too. one_a_story: of those found, the first of
    each story. order: `rank`, the best match first; `newest`, `oldest` by date of publication; `arrived`, last come
    first.
    """

    query: Query | None = None
    site: str | None = None
    since: date | None = None
    until: date | None = None
    language: str | None = None
    one_a_story: bool = False
    order: Order = "rank"


@dataclass(frozen=True, slots=True)
class Matches:
    """ids: of articles, in `order`, which may be another than was asked for. more: there are, and are not listed."""

    ids: list[int]
    order: Order
    more: bool


class Searching(Base):
    """Searches: which articles, what is shown of each."""

    def search(self, query: str, *, limit: int = 20, site: str | None = None) -> list[Row]:
        """Current articles that match a query, with a snippet: best first, or of very many those that came in last."""
        search = Search(query=understood(query), site=site)
        ids = self.matches(search, limit).ids
        rows = self.excerpted(ids, search.query, ("[", "]"))
        return [{name: row[name] for name in ("id", "title", "url", "site", "published", "snippet")} for row in rows]

    def matches(self, search: Search, most: int = MOST_LISTED) -> Matches:
        """Best first where that is asked for, of very many those that came in last; without words, the newest."""
        order = search.order
        if order == "rank" and search.query is None:
            order = "newest"
        elif order == "rank" and self._match_many(search.query):
            order = "arrived"
        tables, by = _by(order, search.query)
        conditions = self._conditions("articles", search, indexed=tables != "articles")
        if search.one_a_story:
            former, values = _joined(self._conditions("former", search, indexed=False))
            conditions.append((FORMER.format("articles", former), values))
        where, values = _joined(conditions)
        sql = f"SELECT articles.id FROM {tables} WHERE {where} ORDER BY {by} LIMIT ?"  # noqa: S608 - our own words
        ids = [row["id"] for row in self.rows(sql, [*values, most + 1])]
        return Matches(ids[:most], order, more=len(ids) > most)

    def _match_many(self, query: Query | None) -> bool:
        last = "SELECT rowid FROM articles_fts WHERE articles_fts MATCH ? ORDER BY rowid DESC LIMIT 1 OFFSET ?"
        return query is not None and self.value(last, [query.expression, MOST_WEIGHED]) is not None

    def _conditions(self, table: str, search: Search, *, indexed: bool) -> Conditions:
        """indexed: the index of words is what is read, and articles are looked up by it."""
        dated, found = DATED.format(table), [(f"+{table}.version_id IS NOT NULL", list[object]())]
        if search.query is not None:
            matched = "articles_fts MATCH ?" if indexed else MATCHED.format(table)
            found.append((matched, [search.query.expression]))
        if search.site is not None:
            found.append((f"+{table}.site = ?", [search.site]))
        if search.since is not None:
            found.append((f"{dated} >= ?", [_earliest(search.since)]))
        if search.until is not None:
            found.append((f"{dated} <= ?", [f"{search.until.isoformat()}~"]))  # behind every time of that day
        if search.language is not None:
            found.append((SPOKEN.format(table), [to_json(self._kinds_of(search.language))]))
        return found

    def _kinds_of(self, language: str) -> list[str]:
        asked = language.lower()
        return [each for each in self.languages_read() if each.lower() == asked or each.lower().startswith(f"{asked}-")]

    def languages_read(self) -> list[str]:
        """Of all versions."""
        return [row["value"] for row in self.rows(DISTINCT.format("versions", "language"))]

    def sites_read(self) -> list[str]:
        """Of all articles."""
        return [row["value"] for row in self.rows(DISTINCT.format("articles", "site"))]

    def hits(self, ids: Sequence[int]) -> list[Row]:
        """What a list shows of these articles, in this order.

        Rows of id, url, site, title, published, first_seen, language, lead, state, story_id and versions, how many
        there are.
        """
        rows = self.rows(
            """SELECT articles.id, articles.url, articles.site, versions.title, articles.published, articles.first_seen,
                versions.language, versions.lead, articles.state, articles.story_id,
                (SELECT count(*) FROM versions AS each WHERE each.article_id = articles.id) AS versions
            FROM articles JOIN versions ON versions.id = version_id
            WHERE articles.id IN (SELECT value FROM json_each(?))""",
            [to_json(ids)],
        )
        return _in_order(rows, ids)

    def excerpted(self, ids: Sequence[int], query: Query | None, marks: tuple[str, str]) -> list[Row]:
        """`hits`, with marked_title, and snippet: the words around the matches, or the first of the text."""
        rows = self.hits(ids)
        texts = {
            row["id"]: (row["title"], row["text"])
            for row in self.rows(
                """SELECT articles.id, versions.title, text FROM articles JOIN versions ON versions.id = version_id
                WHERE articles.id IN (SELECT value FROM json_each(?))""",
                [to_json(ids)],
            )
        }
        found = excerpts(query, texts, marks, WORDS) if query else {}
        for row in rows:
            excerpt = found.get(row["id"])
            row["marked_title"] = excerpt.title if excerpt else row["title"]
            row["snippet"] = excerpt.words if excerpt else _beginning(texts[row["id"]][1])
        return rows


def _by(order: Order, query: Query | None) -> tuple[str, str]:
    """Tables, and the order in which they are read."""
    words = "articles_fts CROSS JOIN articles ON articles.id = articles_fts.rowid"
    dated = DATED.format("articles")
    if order == "rank":
        return words, "articles_fts.rank, articles.id"
    if order == "arrived":
        return (words, "articles_fts.rowid DESC") if query else ("articles", "articles.id DESC")
    way = "DESC" if order == "newest" else "ASC"
    return "articles", f"{dated} {way}, articles.id {way}"


def _joined(conditions: Conditions) -> tuple[str, list[object]]:
    return " AND ".join(sql for sql, _ in conditions), [value for _, values in conditions for value in values]


def _earliest(day: date) -> str:
    """The first text that can tell of a day: a month counts as its first day, and a year."""
    return day.isoformat().removesuffix("-01").removesuffix("-01")


def _in_order(rows: Collection[Row], ids: Sequence[int]) -> list[Row]:
    by_id = {row["id"]: row for row in rows}
    return [by_id[id_] for id_ in ids if id_ in by_id]


def _beginning(text: str) -> str:
    words = text.split(maxsplit=WORDS)
    return " ".join(words[:WORDS]) + (" …" if len(words) > WORDS else "")
