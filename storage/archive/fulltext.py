"""A query as people write it -> an expression that FTS5 reads; the words around what it matches. Knows no archive.

FTS5 itself is asked, over a table in memory that splits words as `articles_fts` does.
"""

import re
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass

from storage.columns import storable

SEEN = "CREATE VIRTUAL TABLE seen USING fts5(title, text, tokenize='unicode61 remove_diacritics 2')"
NOTHING = '""'  # FTS5 reads it, and it matches no text
MOST_WORDS = 64  # of an excerpt: more FTS5 does not give

OPERATORS = ("AND", "OR", "NOT")
_PART = re.compile(r'"[^"]*"\*?|[()]|[^\s()"]+')
_COLUMN = re.compile(r"((?:title|text):)?(.*)", re.DOTALL)
_BARE = re.compile(r"\w+\*?")  # what FTS5 takes without quotation marks
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")  # it reads a query no further than to a NUL


@dataclass(frozen=True, slots=True)
class Query:
    """expression: FTS5 reads it. as_written: it is what was asked for; else the words of that were taken."""

    expression: str
    as_written: bool


def understood(text: str) -> Query:
    """A query as FTS5 reads it: as it is, else with its odd words quoted, else without brackets, else word by
    word. Never fails."""
    clean = _CONTROL.sub(" ", storable(text)).strip()
    with closing(_memory()) as memory:
        if _is_readable(memory, clean):
            return Query(clean, as_written=True)
        expression = next(each for each in _otherwise(clean) if _is_readable(memory, each))
    return Query(expression, as_written=False)


def _otherwise(text: str) -> Iterator[str]:
    parts = _PART.findall(text)
    yield " ".join(filter(None, map(_quoted, parts)))
    parts = [part for part in parts if part not in "()"]
    yield " ".join(filter(None, map(_quoted, parts)))
    words = (part for part in parts if part not in OPERATORS)
    yield " ".join(filter(None, (_phrase(_COLUMN.fullmatch(word)[2]) for word in words)))  # type: ignore[index]  # it matches all
    yield NOTHING


def _quoted(part: str) -> str:
    """A part with its meaning: `title:don't*` -> `title:"don't"*`; "" for one without a letter or digit."""
    if part in (*OPERATORS, "(", ")"):
        return part
    column, word = _COLUMN.fullmatch(part).groups("")  # type: ignore[union-attr]  # it matches all
    if _BARE.fullmatch(word):
        return part
    phrase = _phrase(word)
    return phrase and column + phrase


def _phrase(word: str) -> str:
    star = "*" if word.endswith("*") else ""
    bare = word.removesuffix("*").strip('"')
    return f'"{bare}"{star}' if re.search(r"\w", bare) else ""


def _memory() -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.execute(SEEN)
    return connection


def _is_readable(memory: sqlite3.Connection, expression: str) -> bool:
    if expression.startswith("*"):  # FTS5 has queries of its own that begin so
        return False
    try:
        memory.execute("SELECT 1 FROM seen WHERE seen MATCH ?", [expression]).fetchone()
    except sqlite3.OperationalError:
        return False
    return True


@dataclass(frozen=True, slots=True)
class Excerpt:
    """The title of a text, and the words around the first matches in it; both with the matches between marks."""

    title: str
    words: str


def excerpts(
    query: Query, texts: Mapping[int, tuple[str, str]], marks: tuple[str, str], words: int
) -> dict[int, Excerpt]:
    """Of those texts that the query matches, by their keys. texts: title and text. words: at most, about; 1 to 64.

    What stands for a mark is taken out of the texts where it is one private character: a mark is a mark then.
    """
    secret = {ord(mark): None for mark in marks if len(mark) == 1 and "\ue000" <= mark <= "\uf8ff"}
    rows = [(key, *(storable(each).translate(secret) for each in text)) for key, text in texts.items()]
    with closing(_memory()) as memory:
        memory.execute("BEGIN")
        memory.executemany("INSERT INTO seen (rowid, title, text) VALUES (?, ?, ?)", rows)
        found = memory.execute(
            "SELECT rowid, highlight(seen, 0, ?1, ?2), snippet(seen, 1, ?1, ?2, '…', ?3) FROM seen WHERE seen MATCH ?4",
            [*marks, max(1, min(words, MOST_WORDS)), query.expression],
        ).fetchall()
    return {key: Excerpt(title, part) for key, title, part in found}
