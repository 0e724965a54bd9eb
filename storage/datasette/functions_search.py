"""SQL functions for searches of one's own: a query made safe, and the words around what it finds in any text."""

import sqlite3
from typing import Any

from storage.archive.fulltext import excerpts, understood
from storage.datasette.function import Described

MARKS = "[", "]"
DESCRIBED = (
    Described(
        name="fts_query",
        signature="fts_query(text)",
        says="What somebody wrote, as a query that FTS5 can read: as it is where that can be, else its words. Never an"
        " error: of NULL, and of what holds no word, a query that matches nothing.",
        example="select articles.id, articles.title, articles.published from articles_fts\n"
        "join articles on articles.id = articles_fts.rowid\n"
        "where articles_fts match fts_query('don''t (panic') order by articles_fts.rowid desc limit 20",
    ),
    Described(
        name="excerpt",
        signature="excerpt(text, query, words)",
        says="The words around the first match of a query in a text, at most 64, with matches between [ and ]; NULL"
        " where nothing matches. For texts that the index of articles does not hold, such as old versions.",
        example="select article_id, number, created_at, excerpt(text, 'said OR says', 12) as excerpt\n"
        "from versions where number > 1 order by created_at desc limit 20",
    ),
)


def add(connection: sqlite3.Connection) -> None:
    """To a connection."""
    connection.create_function("fts_query", 1, _fts_query)
    connection.create_function("excerpt", 3, _excerpt)


def _fts_query(text: Any) -> str:
    return understood("" if text is None else _text(text)).expression


def _excerpt(text: Any, query: Any, words: Any) -> str | None:
    if text is None or query is None:
        return None
    most = words if isinstance(words, int) else 0
    found = excerpts(understood(_text(query)), {1: ("", _text(text))}, MARKS, most)
    return found[1].words if found else None


def _text(value: Any) -> str:
    """Of any value of SQLite."""
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
