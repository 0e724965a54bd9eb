"""The tables `story_links`, `story_parts` and `unlinked`: which articles share their text, and what that makes a story.

A story is what links connect, and goes by the number of its first article: the one that is known to have stood there
earliest. A piece that holds articles which have nothing in common, a round-up, is no copy of any of them: its links
with them are `story_parts`, and connect nothing. A link that holds no longer is kept in `unlinked`.
"""

from collections.abc import Collection
from datetime import datetime

from storage.archive.base import Row, stamp
from storage.archive.sketches import Sketches
from storage.records import to_json

Shares = tuple[float, float]  # how much of each of two texts stands in the other, 0 to 1

HALF = 0.5  # of a text
NOTHING = 0.05  # of a text, as sketches tell it: a set phrase or two
EXACT = ("second", "minute")  # precisions of a time of day
IN = "IN (SELECT value FROM json_each(?))"
MEMBERS = """WITH RECURSIVE members(id) AS (
    SELECT ? UNION
    SELECT other_id FROM members JOIN story_links ON article_id = id UNION
    SELECT article_id FROM members JOIN story_links ON other_id = id
) SELECT id FROM members"""


class Links(Sketches):
    """Links: set, ended; stories: told anew from them."""

    def links(self, article_id: int) -> list[Row]:
        """All of an article, as it sees them. Rows of other_id; share: of its own text that stands in the other's;
        other_share; later: had it its text later; story: is it one story with the other, or has one parts in common.
        """
        return self.rows(
            """SELECT other_id, share, other_share, 1 AS later, 1 AS story FROM story_links WHERE article_id = ?1
            UNION ALL SELECT article_id, other_share, share, 0, 1 FROM story_links WHERE other_id = ?1
            UNION ALL SELECT other_id, share, other_share, 0, 0 FROM story_parts WHERE article_id = ?1
            UNION ALL SELECT article_id, other_share, share, 1, 0 FROM story_parts WHERE other_id = ?1
            ORDER BY other_id""",
            [article_id],
        )

    def link(self, article_id: int, other_id: int, shares: Shares, now: datetime) -> None:
        """Two articles share their text. The row names the one that had it later first."""
        self.unlink(article_id, other_id, now)
        had = self.had_at([article_id, other_id])
        later = (had[article_id], article_id) > (had[other_id], other_id)
        self._add_link("story_links", article_id, other_id, shares, now, turned=not later)

    def unlink(self, article_id: int, other_id: int, now: datetime | None) -> None:
        """They share it no longer; what held until `now` is kept. None: it is forgotten."""
        pair = "(article_id, other_id) IN (VALUES (?1, ?2), (?2, ?1))"
        if now is not None:
            self.write(
                f"""INSERT INTO unlinked (article_id, other_id, linked_at, unlinked_at)
                SELECT article_id, other_id, linked_at, ?3 FROM story_links WHERE {pair}""",  # noqa: S608 - our own words
                [article_id, other_id, stamp(now)],
            )
        for table in ("story_links", "story_parts"):
            self.write(f"DELETE FROM {table} WHERE {pair}", [article_id, other_id])  # noqa: S608 - our own words

    def tell_anew(self, article_id: int, changed: Collection[int], now: datetime, *, arrived: bool) -> None:
        """What becomes of stories now that the links of an article with these have changed.

        arrived: it had none before; then stories can only have grown together, and no others have to be looked at.
        """
        moved = {id_ for each in (article_id, *changed) for id_ in self._judge(each, now)}
        if arrived and not moved:
            self._unite({article_id, *changed})
        else:
            self.divide({article_id, *changed, *moved})

    def divide(self, ids: set[int]) -> None:
        """The stories of these articles, as their links connect them now."""
        left = set(ids)
        while left:
            members = [row["id"] for row in self.rows(MEMBERS, [left.pop()])]
            left -= set(members)
            first = self._first(members) if len(members) > 1 else None
            self.write(
                f"UPDATE articles SET story_id = ? WHERE id {IN} AND story_id IS NOT ?",  # noqa: S608 - our own words
                [first, to_json(members), first],
            )

    def _unite(self, ids: set[int]) -> None:
        if len(ids) == 1:
            return
        found = self.rows(f"SELECT DISTINCT story_id AS id FROM articles WHERE id {IN} AND story_id > 0", [_json(ids)])  # noqa: S608 - our own words
        stories = {row["id"] for row in found}
        first = self._first(ids | stories)
        self.write(
            f"UPDATE articles SET story_id = ? WHERE (id {IN} OR story_id {IN}) AND story_id IS NOT ?",  # noqa: S608 - our own words
            [first, _json(ids), _json(stories), first],
        )

    def _first(self, ids: Collection[int]) -> int:
        had = self.had_at(ids)
        return min(had, key=lambda id_: (had[id_], id_))

    def had_at(self, ids: Collection[int]) -> dict[int, datetime]:
        """From when on each article is known to have stood there: the time that it tells itself, where that is exact
        to the minute, or when it was first seen, whichever is earlier.
        """
        rows = self.rows(
            f"""SELECT articles.id, first_seen, versions.published, published_precision
            FROM articles LEFT JOIN versions ON versions.id = version_id WHERE articles.id {IN}""",  # noqa: S608 - our own words
            [_json(ids)],
        )
        return {row["id"]: stood_at(row) for row in rows}

    def _judge(self, article_id: int, now: datetime) -> set[int]:
        """Is it a round-up? What it holds becomes its parts, or of its story again. Returns those that moved.

        It is one where two of those that it holds have nothing in common; one that makes up half of it is its copy.
        """
        held = [row for row in self.links(article_id) if row["other_share"] >= HALF]
        small = [row for row in held if row["share"] < HALF]
        if not small or (len(held) == 1 and small[0]["story"]):
            return set()
        sketches = self.sketches_of([row["other_id"] for row in held])
        longest = sketches[max(small, key=lambda row: sketches[row["other_id"]].size)["other_id"]]
        is_roundup = any(longest.share(other) < NOTHING for other in sketches.values())
        moved = [row for row in small if bool(row["story"]) == is_roundup]
        for row in moved:
            shares = (row["share"], row["other_share"])
            if is_roundup:
                self.unlink(article_id, row["other_id"], now)
                self._add_link("story_parts", article_id, row["other_id"], shares, now)
            else:
                self.link(article_id, row["other_id"], shares, now)
        return {row["other_id"] for row in moved}

    def _add_link(
        self, table: str, article_id: int, other_id: int, shares: Shares, now: datetime, *, turned: bool = False
    ) -> None:
        values = [other_id, article_id, *reversed(shares)] if turned else [article_id, other_id, *shares]
        self.write(
            f"INSERT INTO {table} (article_id, other_id, share, other_share, linked_at) VALUES (?, ?, ?, ?, ?)",  # noqa: S608 - our own words
            [*values, stamp(now)],
        )


def stood_at(row: Row) -> datetime:
    """Since when one article is known to have stood there, from first_seen, published, published_precision."""
    seen = datetime.fromisoformat(row["first_seen"])
    if row["published_precision"] not in EXACT:
        return seen
    said = datetime.fromisoformat(row["published"])
    return min(seen, said) if said.tzinfo else seen


def _json(ids: Collection[int]) -> str:
    return to_json(sorted(ids))
