"""What changed from version to version, and by whom: `versions.changed_by` and `versions.edits`.

The to-do list is a query: versions with an earlier one beside them that nobody has explained. Knows not how to.
"""

from collections.abc import Sequence

from storage.archive.base import Row
from storage.archive.rereading import Rereading
from storage.recipes import Change
from storage.records import to_json

_NEAR = 10  # articles of the site: before it, after it, and the newest
_EARLIER = """(SELECT max(number) FROM versions earlier
    WHERE earlier.article_id = versions.article_id AND earlier.number < versions.number)"""


class Changes(Rereading):
    """To be explained, explained."""

    def unexplained(self, most: int) -> list[int]:
        """Ids of versions of which nobody has told who changed what, the newest first."""
        rows = self.rows(
            f"""SELECT id FROM versions WHERE number > 1 AND changed_by IS NULL AND {_EARLIER} IS NOT NULL
            ORDER BY id DESC LIMIT ?""",  # noqa: S608 - our own words
            [most],
        )
        return [row["id"] for row in rows]

    def change(self, version_id: int) -> Change | None:
        """How this version came after the one before it; None where it is gone, or is the first."""
        rows = self.rows(
            """SELECT versions.* FROM versions JOIN versions new ON new.id = ? AND new.article_id = versions.article_id
            WHERE versions.number <= new.number ORDER BY versions.number DESC LIMIT 3""",
            [version_id],
        )
        if len(rows) < 2:
            return None
        old_recipe, new_recipe = self.recipes([rows[1]["id"], rows[0]["id"]])
        return Change(
            before=rows[2] if len(rows) > 2 else None,
            old=rows[1],
            new=rows[0],
            old_recipe=old_recipe,
            new_recipe=new_recipe,
            others=self._others(rows[0]["article_id"]),
        )

    def _others(self, article_id: int) -> list[tuple[str, str]]:
        """Current versions of articles of the same site, found by an index."""
        near = "SELECT id FROM articles WHERE site = (SELECT site FROM articles WHERE id = ?)"
        rows = self.rows(
            f"""SELECT versions.title, versions.text FROM articles JOIN versions ON versions.id = version_id
            WHERE articles.id IN (
                SELECT * FROM ({near} AND id < ? ORDER BY id DESC LIMIT {_NEAR})
                UNION SELECT * FROM ({near} AND id > ? ORDER BY id LIMIT {_NEAR})
                UNION SELECT * FROM ({near} AND id <> ? ORDER BY id DESC LIMIT {_NEAR})
            )""",  # noqa: S608 - our own words
            [article_id] * 6,
        )
        return [(row["title"], row["text"]) for row in rows]

    def history(self, article_id: int) -> list[Row]:
        """Every version of an article, first to last, with when its page was fetched and why its bytes are gone."""
        return self.rows(
            """SELECT versions.*, fetched_at, body_gone FROM versions JOIN captures ON captures.id = capture_id
            WHERE article_id = ? ORDER BY number""",
            [article_id],
        )

    def explain(self, change: Change, changed_by: str, edits: Sequence[str] = ()) -> bool:
        """Who changed what. False, and nothing is written, where the time line has changed meanwhile."""
        number = self.write(
            f"""UPDATE versions SET changed_by = ?, edits = ? WHERE id = ? AND (
                SELECT id FROM versions before WHERE before.article_id = versions.article_id
                AND before.number = {_EARLIER}
            ) = ?""",  # noqa: S608 - our own words
            [changed_by, to_json(edits) if edits else None, change.new["id"], change.old["id"]],
        )
        return number > 0

    def explain_flicker(self, change: Change, changed_by: str) -> None:
        """What only the later version shows: the earlier one differed from both of its neighbours."""
        with self.transaction():
            if self.explain(change, changed_by):
                self.write(
                    "UPDATE versions SET changed_by = ?, edits = NULL WHERE id = ?", [changed_by, change.old["id"]]
                )
