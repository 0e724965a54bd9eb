"""SQL functions for those who write SQL: each is described in `/-/functions` with an example.

Whatever is wrong with a value, a row or a file makes NULL: one bad capture must not end a query over many.
"""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

from collector.policy.changes.words import excerpt, marked, worddiff
from storage.datasette import functions_search
from storage.datasette.capture_read import text_of
from storage.datasette.function import Described
from storage.raw import Raw
from storage.raw.errors import MissingBody, RawFolderGone

DESCRIBED = (
    Described(
        name="raw_html",
        signature="raw_html(capture_id)",
        says="The bytes of a capture as text, decoded as they were when it was read: to look for what a page held that"
        " the text does not. NULL where they are not kept, and for a capture that is not there.",
        example="select id, url, fetched_at, instr(raw_html(id), '<iframe') > 0 as has_a_frame\nfrom captures"
        " where kind = 'article' order by id desc limit 20",
    ),
    Described(
        name="word_diff",
        signature="word_diff(version_a, version_b)",
        says="What changed in title and text from one version to another, with words around it: [-removed-]{+added+}."
        " The arguments are ids of versions. A third argument, 1, asks for the whole text. NULL for a version that is"
        " not there, '' where nothing changed.",
        example="select articles.title, new.created_at, word_diff(old.id, new.id) as word_diff\nfrom versions as new"
        "\njoin versions as old on old.article_id = new.article_id and old.number = new.number - 1"
        "\njoin articles on articles.id = new.article_id"
        "\nwhere new.number > 1 and new.changed_by = 'publisher' order by new.created_at desc limit 20",
    ),
    *functions_search.DESCRIBED,
)
_AROUND = 40  # characters that stand around a change
Ask = Callable[[str, list[Any]], Any]


def add(connection: sqlite3.Connection, path: str | Path | None) -> None:
    """To a connection. path: of its file; None for one in memory, which is no archive."""
    functions_search.add(connection)
    if path is None:
        return

    def row(sql: str, values: list[Any]) -> Any:
        """The first, as a tuple; None where there is none, or no such table."""
        try:
            with closing(connection.cursor()) as cursor:
                cursor.row_factory = None
                return cursor.execute(sql, values).fetchone()
        except sqlite3.Error:
            return None

    def word_diff(old: Any, new: Any, whole: Any = 0) -> str | None:
        sql = "SELECT title, text FROM versions WHERE id = ?"
        sides = row(sql, [old]), row(sql, [new])
        return _differences(*sides, whole=bool(whole)) if all(sides) else None

    connection.create_function("raw_html", 1, _RawHtml(row, Path(path).parent / "raw"))
    connection.create_function("word_diff", 2, word_diff)
    connection.create_function("word_diff", 3, word_diff)


class _RawHtml:
    """Keeps the files of raw/ open as long as its connection: to open them for each row takes most of the time."""

    def __init__(self, row: Ask, folder: Path) -> None:
        self._row, self._folder = row, folder
        self._raw: Raw | None = None

    def __call__(self, capture_id: Any) -> str | None:
        found = self._row(
            "SELECT sha256, fetched_at, charset, content_type FROM captures WHERE id = ? AND body_gone IS NULL",
            [capture_id],
        )
        if found is None:
            return None
        sha256, fetched_at, charset, content_type = found
        try:
            body = self._bodies().get(sha256, datetime.fromisoformat(fetched_at))
        except (MissingBody, RawFolderGone, sqlite3.Error, OSError):
            return None
        return text_of({"charset": charset, "content_type": content_type}, body)

    def _bodies(self) -> Raw:
        self._raw = self._raw or Raw(self._folder, readonly=True)
        return self._raw

    def __del__(self) -> None:
        """SQLite lets go of a function when its connection is closed."""
        if self._raw is not None:
            self._raw.close()


def _differences(old: tuple[str, str], new: tuple[str, str], *, whole: bool) -> str:
    """Of titles and of texts, a blank line between the two."""
    found = [worddiff(*sides) for sides in zip(old, new, strict=True)]
    if whole:
        return "\n\n".join(map(marked, found))
    return "\n\n".join(filter(None, (marked(excerpt(pieces, around=_AROUND)) for pieces in found)))
