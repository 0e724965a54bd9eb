"""The stories of what an archive knew at one moment: links as they stood then, followed to both sides."""

from storage.archive.base import Base
from storage.archive.known import Known
from storage.archive.links import stood_at
from storage.records import to_json

MEMBERS = """SELECT article_id, published, published_precision, first_seen FROM addressed
    WHERE article_id IN (SELECT value FROM json_each(?)) AND chosen >= ?"""


class StoriesThen:
    """Asked article by article; a story that was followed once is remembered, on disk."""

    def __init__(self, base: Base, known: Known) -> None:
        self._base, self._known = base, known

    def first(self, article_id: int) -> str | None:
        """The address of the first article of its story; None for one that stands alone."""
        first_id = self.first_id(article_id)
        found: str | None = self._base.value("SELECT url FROM addressed WHERE article_id = ?", [first_id])
        return found

    def first_id(self, article_id: int) -> int | None:
        """Its number."""
        sql = "SELECT first_id FROM told WHERE article_id = ?"
        found: int | None = self._base.value(sql, [article_id])
        if found is None and len(members := self._members(article_id)) > 1:
            self._tell(members)
            found = self._base.value(sql, [article_id])
        return found

    def thin(self) -> None:
        """Of the chosen articles of each story leave the first."""
        at: int | None = -1
        while (at := self._next(at)) is not None:
            members = self._members(at)
            first, listed = self._first(members, chosen=True), to_json(sorted(members))
            self._base.write(
                "UPDATE known SET chosen = 0 WHERE article_id <> ? AND article_id IN (SELECT value FROM json_each(?))",
                [first, listed],
            )

    def _next(self, after: int | None) -> int | None:
        """The next chosen article that has anything in common with another."""
        found: int | None = self._base.value(
            """SELECT article_id FROM known WHERE article_id > ? AND chosen
            AND EXISTS (SELECT 1 FROM known_links WHERE id = article_id) ORDER BY article_id LIMIT 1""",
            [after],
        )
        return found

    def _tell(self, members: set[int]) -> None:
        first, listed = self._first(members, chosen=False), to_json(sorted(members))
        self._base.write("INSERT INTO told SELECT value, ? FROM json_each(?)", [first, listed])

    def _first(self, members: set[int], *, chosen: bool) -> int:
        rows = self._base.rows(MEMBERS, [to_json(sorted(members)), chosen])
        first: int = min(rows, key=lambda row: (stood_at(row), row["article_id"]))["article_id"]
        return first

    def _members(self, article_id: int) -> set[int]:
        members, ahead = {article_id}, [article_id]
        while ahead:
            sql = "SELECT other FROM known_links JOIN known ON article_id = other WHERE id = ?"
            new = {row["other"] for row in self._base.rows(sql, [ahead.pop()])} - members
            members |= new
            ahead.extend(new)
        return members
