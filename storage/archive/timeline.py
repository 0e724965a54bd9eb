"""The time line of an article: its versions in order, what was withdrawn from it, what came in from before.

`versions.number` orders the versions of an article; the greatest is the current one. Numbers may have gaps.
A version is never deleted here but moved to `withdrawn`, so that what an archive knew at any time can be told.
"""

from collections.abc import Collection
from datetime import datetime

from storage.archive.base import Row, stamp
from storage.archive.stories import Stories
from storage.records import to_json


class TimeLine(Stories):
    """Versions in their order."""

    def withdraw(self, article_id: int, ids: Collection[int], *, why: str, now: datetime) -> None:
        """These versions of an article were none after all. The greatest of the others is current; without one it goes.

        The article points elsewhere before they go, so that the full-text index can follow it.
        """
        article = self.rows("SELECT * FROM articles WHERE id = ?", [article_id])[0]
        versions = self.rows("SELECT * FROM versions WHERE article_id = ? ORDER BY number DESC", [article_id])
        left = next((row for row in versions if row["id"] not in ids), None)
        self._point_to(article_id, left)
        for row in (row for row in versions if row["id"] in ids):
            self._set_aside(row, article, why, now)
        if left is None:
            self.forget_sketch(article_id, now)
            self.write("DELETE FROM articles WHERE id = ?", [article_id])

    def _point_to(self, article_id: int, version: Row | None) -> None:
        if version is None:
            self.write("UPDATE articles SET version_id = NULL WHERE id = ?", [article_id])
        else:
            self.write(
                "UPDATE articles SET version_id = ?, title = ?, published = ? WHERE id = ?",
                [version["id"], version["title"], version["published"], article_id],
            )

    def _set_aside(self, version: Row, article: Row, why: str, now: datetime) -> None:
        self.write(
            """INSERT INTO withdrawn (version_id, article_id, capture_id, run_id, created_at, withdrawn_at, why,
            version, article) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)""",
            [
                *(version["id"], version["article_id"], version["capture_id"], version["run_id"]),
                *(version["created_at"], stamp(now), why, to_json(version), to_json(article)),
            ],
        )
        self.write("DELETE FROM versions WHERE id = ?", [version["id"]])

    def is_past(self, article_id: int, at: datetime) -> bool:
        """Was the article seen, as its current version has it, after `at`?"""
        seen = self.value("SELECT last_seen FROM articles WHERE id = ?", [article_id])
        return seen is not None and datetime.fromisoformat(seen) > at

    def neighbours(self, article_id: int, at: datetime) -> tuple[Row | None, Row | None]:
        """Of a time in an article's past: the last version whose capture is not later, and the first of a later one."""
        rows = self.rows(
            """SELECT versions.*, fetched_at FROM versions JOIN captures ON captures.id = capture_id
            WHERE article_id = ? ORDER BY number""",
            [article_id],
        )
        later = (place for place, row in enumerate(rows) if datetime.fromisoformat(row["fetched_at"]) > at)
        place = next(later, len(rows))
        return (rows[place - 1] if place else None), (rows[place] if place < len(rows) else None)

    def say_again(self, article_id: int, at: datetime, now: datetime) -> None:
        """Something stood between two sights of the current version: it is one more version, of the later capture."""
        version = self.rows(
            "SELECT versions.* FROM articles JOIN versions ON versions.id = version_id WHERE articles.id = ?",
            [article_id],
        )[0]
        later = self.value(
            """SELECT captures.id FROM articles JOIN captures ON captures.entry_id = articles.entry_id
            WHERE articles.id = ? AND kind = 'article' AND first_page_id IS NULL AND fetched_at > ?
            ORDER BY fetched_at LIMIT 1""",
            [article_id, stamp(at)],
        )
        row = version | {
            "id": None,
            "number": version["number"] + 2,
            "capture_id": later or version["capture_id"],
            "reason": "edited",
            "created_at": stamp(now),
            **dict.fromkeys(("run_id", "changed_by", "edits")),
        }
        self._point_to(article_id, row | {"id": self.insert_version(row)})

    def insert_version(self, version: Row) -> int:
        """Columns of `versions`; returns the id."""
        names, marks = ", ".join(version), ", ".join("?" * len(version))
        sql = f"INSERT INTO versions ({names}) VALUES ({marks}) RETURNING id"  # noqa: S608 - our own words
        return int(self.value(sql, [*version.values()]))

    def make_room(self, article_id: int, number: int) -> int:
        """The number, free for a version: those from it on move up by one, what was withdrawn too.

        Who changed what in the version behind it has to be told anew.
        """
        self.write(
            "UPDATE versions SET number = -number - 1 WHERE article_id = ? AND number >= ?", [article_id, number]
        )
        self.write("UPDATE versions SET number = -number WHERE article_id = ? AND number < 0", [article_id])
        self.write(
            """UPDATE withdrawn SET version = json_set(version, '$.number', json_extract(version, '$.number') + 1)
            WHERE article_id = ? AND json_extract(version, '$.number') >= ?""",
            [article_id, number],
        )
        self.explain_anew(article_id, number)
        return number

    def explain_anew(self, article_id: int, number: int) -> None:
        """Another one stands now before the first version behind `number`: who changed what has to be told anew."""
        self.write(
            """UPDATE versions SET changed_by = NULL, edits = NULL WHERE reason <> 're-extracted' AND id = (
                SELECT id FROM versions WHERE article_id = ? AND number > ? ORDER BY number LIMIT 1
            )""",
            [article_id, number],
        )
