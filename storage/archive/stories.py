"""Stories: articles whose texts are copies of each other, or of parts of each other. Found one article at a time.

Knows not what makes a text a copy: it gives the few that may be one, and is told.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from storage.archive.base import Row
from storage.archive.links import IN, Links, Shares
from storage.archive.sketches import Sketch
from storage.records import to_json

PLAUSIBLE = 0.2  # share of a text, as two sketches tell it, from which the texts themselves are compared
OF_A_STORY, MOST_COMPARED = 2, 8  # texts; the first of each story, and those that are linked already, come on top
MOST_LINKED = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Unrelated:
    """An article whose story has not been told from the text that it has now."""

    article_id: int
    version_id: int
    url: str
    text: str
    text_sha256: str


class Stories(Links):
    """Stories: looked for, told, forgotten."""

    def unrelated(self, most: int) -> list[Unrelated]:
        """Articles that are new, or whose current version is, newest first."""
        rows = self.rows(
            """SELECT articles.id AS article_id, version_id, url, text, text_sha256
            FROM articles JOIN versions ON versions.id = version_id
            WHERE related = 0 AND version_id IS NOT NULL ORDER BY articles.id DESC LIMIT ?""",
            [most],
        )
        return [Unrelated(**row) for row in rows]

    def compared(self, article_id: int, sketch: Sketch) -> dict[int, str]:
        """The texts that this one is to be compared with, by article: bounded, however many are like it."""
        linked = [row["other_id"] for row in self.links(article_id)][:MOST_LINKED]
        wanted = {*self._likeliest(article_id, sketch), *linked}
        rows = self.rows(
            f"SELECT articles.id, text FROM articles JOIN versions ON versions.id = version_id WHERE articles.id {IN}",  # noqa: S608 - our own words
            [to_json(sorted(wanted))],
        )
        return {row["id"]: row["text"] for row in rows}

    def _likeliest(self, article_id: int, sketch: Sketch) -> set[int]:
        """Of each story the two that are most like it and the first, so that one that is everywhere hides no other."""
        alike = [id_ for id_ in self.alike(sketch, PLAUSIBLE) if id_ != article_id]
        rows = self.rows(f"SELECT id, coalesce(story_id, id) AS story FROM articles WHERE id {IN}", [to_json(alike)])  # noqa: S608 - our own words
        story_of = {row["id"]: row["story"] for row in rows}
        best, met = [], Counter[int]()
        for id_ in alike:
            met[story_of[id_]] += 1
            if met[story_of[id_]] <= OF_A_STORY:
                best.append(id_)
        best = best[:MOST_COMPARED]
        return {*best, *(story_of[id_] for id_ in best)} - {article_id}

    def relate(self, article: Unrelated, sketch: Sketch, shares: Mapping[int, Shares | None], now: datetime) -> None:
        """Keep the sketch of the article's text, and what it shares with those it was compared with; None: nothing.

        Nothing is done where the article has another version by now. May be repeated.
        """
        id_ = article.article_id
        with self.transaction():
            if not self.write(
                "UPDATE articles SET related = 1 WHERE id = ? AND version_id = ?", [id_, article.version_id]
            ):
                return
            self.keep_sketch(id_, article.text_sha256, sketch)
            before, had = {row["other_id"]: row for row in self.links(id_)}, self.had_at([id_, *shares])
            changed = []
            for other_id, share in shares.items():
                later = (had[id_], id_) > (had[other_id], other_id)
                if not _stands(before.get(other_id), share, later=later):
                    changed.append(other_id)
                    self.unlink(id_, other_id, now)
                    if share is not None:
                        self.link(id_, other_id, share, now)
            self.tell_anew(id_, changed, now, arrived=not before)

    def leave_unrelated(self, article: Unrelated) -> None:
        """Its text cannot be read: it is not tried again before it has another one."""
        self.write(
            "UPDATE articles SET related = 1 WHERE id = ? AND version_id = ?", [article.article_id, article.version_id]
        )

    def forget_sketch(self, article_id: int, now: datetime | None = None) -> None:
        """The text of the article is no longer known. `now`: its links held until then; None: they are erased.

        To be called before the article goes. One that stays is related anew, if it has a version.
        """
        with self.transaction():
            others = {row["other_id"] for row in self.links(article_id)}
            for other_id in others:
                self.unlink(article_id, other_id, now)
            self.drop_sketch(article_id)
            self.write("UPDATE articles SET related = 0 WHERE id = ?", [article_id])
            if now is not None:
                self.tell_anew(article_id, others, now, arrived=False)
            else:
                self.write("DELETE FROM unlinked WHERE article_id = ? OR other_id = ?", [article_id, article_id])
                self.divide({article_id, *others})

    def story_of(self, article_id: int) -> list[Row]:
        """The articles of a story, in the order in which they had it; none for an article that stands alone.

        Rows of id, url, site, title, published, first_seen; `compared_with`: the first article of the story, or where
        the two were not found to be alike, the most like it; `share`: how much of this text stands in that one, 0 to
        1; `other_share`: of that one in this. The three are None for the first.
        """
        rows = self.rows(
            """SELECT id, url, site, title, published, first_seen, story_id FROM articles
            WHERE story_id = (SELECT story_id FROM articles WHERE id = ?)""",
            [article_id],
        )
        had = self.had_at([row["id"] for row in rows])
        rows.sort(key=lambda row: (had[row["id"]], row["id"]))
        return [row | self._nearest(row["id"], row.pop("story_id")) for row in rows]

    def _nearest(self, article_id: int, first_id: int) -> Row:
        links = [] if article_id == first_id else [row for row in self.links(article_id) if row["story"]]
        if not links:
            return dict.fromkeys(("compared_with", "share", "other_share"))
        best = max(links, key=lambda row: (row["other_id"] == first_id, row["share"] + row["other_share"]))
        return {"compared_with": best["other_id"], "share": best["share"], "other_share": best["other_share"]}


def _stands(link: Row | None, share: Shares | None, *, later: bool) -> bool:
    """Does a link, or its absence, say already what was found?"""
    if link is None or share is None:
        return link is None and share is None
    told = (link["share"], link["other_share"]) == share
    return told and (not link["story"] or bool(link["later"]) == later)
