"""What exports ask of the archive: the articles of a selection as they are known, or as they were at a moment.

One read transaction holds a whole export, so that all of it is of one state; nothing waits for it.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from storage.archive.base import Base, Row
from storage.archive.choosing import choose
from storage.archive.known import Known
from storage.archive.selection import WHOLE, Selection
from storage.archive.stories_then import StoriesThen
from storage.archive.telling import Told


@dataclass(frozen=True, slots=True)
class Selected:
    """What a selection found; to be used within its `with` block."""

    known: Known
    stories: StoriesThen

    def told(self, article_id: int) -> Told:
        """All that exports tell of one of them."""
        row = self.known.row(article_id)
        return Told(
            row=row,
            announced_by=self.known.announced_by(article_id),
            pages=self.known.pages(row["capture_id"]),
            story=self.stories.first(article_id),
        )


class Corpus(Base):
    """Selections of articles, for those who write them out."""

    @contextmanager
    def selected(self, selection: Selection = WHOLE) -> Iterator[Selected]:
        """The articles of the selection, found anew. One at a time.

        Of a past moment: whatever began to be written before it is waited for. Where the archive can only be read
        that cannot be, and who asks leaves it a moment. Raises ArchiveError.
        """
        if selection.as_of is not None:
            self._wait_for_writers()
        connection = self.db.conn
        connection.execute("BEGIN")
        try:
            known = Known(self, selection.as_of)
            stories = StoriesThen(self, known)
            choose(self, known, stories, selection)
            yield Selected(known, stories)
        finally:
            connection.rollback()  # what was made in `temp` goes with it

    def _wait_for_writers(self) -> None:
        try:
            with self.transaction():
                pass
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_READONLY:  # the low byte of an extended code
                raise

    def corpus(self, selection: Selection = WHOLE) -> Iterator[Row]:
        """The articles of a selection, oldest first, each as `Known.row` tells it."""
        with self.selected(selection) as found:
            for head in found.known.heads():
                yield found.known.row(head["article_id"])

    def sources_named(self, name: str) -> list[str]:
        """The addresses of the sources with this address or title."""
        rows = self.rows("SELECT url FROM sources WHERE url = ? OR title = ? ORDER BY url = ? DESC, url", [name] * 3)
        return [row["url"] for row in rows]

    def mark(self) -> list[object]:
        """Something that is another when any article, or its current version, may be another.

        A version that comes has a greater id than all others, or another time than the one that had this id; one that
        goes is in `withdrawn`, or has left a tombstone.
        """
        last = self.row("SELECT id, created_at FROM versions ORDER BY id DESC LIMIT 1") or {}
        counts = self.rows(
            """SELECT (SELECT count(*) FROM versions), (SELECT coalesce(max(id), 0) FROM withdrawn),
            (SELECT count(*) FROM tombstones), (SELECT max(taken_at) FROM tombstones)"""
        )[0]
        return [*last.values(), *counts.values()]

    def has_left(self, url: str, capture_sha256: str) -> bool:
        """Has a text that was exported left the selection, a wall's, or one that was taken down?

        Not what this archive knows nothing of: another one's, exported into the same folder.
        """
        return bool(
            self.value(
                """SELECT EXISTS (SELECT 1 FROM articles WHERE url = ?1)
                OR EXISTS (SELECT 1 FROM tombstones WHERE url = ?1)
                OR EXISTS (SELECT 1 FROM captures WHERE sha256 = ?2 AND kind = 'wall') OR EXISTS (
                    SELECT 1 FROM captures JOIN withdrawn ON capture_id = captures.id
                    WHERE sha256 = ?2 AND json_extract(article, '$.url') = ?1
                )""",
                [url, capture_sha256],
            )
        )
