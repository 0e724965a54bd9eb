"""All that an export tells of one article, as the archive knows it now: by plain queries, which any reader may ask.

`corpus` tells the same of many, and of other moments.
"""

from dataclasses import dataclass

from storage.archive.base import Base, Row
from storage.archive.known import ANNOUNCED, NOW, READ, pages_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """row: as `Known.row` has it. announced_by: addresses of sources. pages: of its capture, as `Known.pages`.

    story: the address of the first article of its story; None for one that stands alone.
    """

    row: Row
    announced_by: list[str]
    pages: list[Row]
    story: str | None


class Telling(Base):
    """Articles one by one."""

    def told(self, article_id: int, number: int | None = None) -> Told | None:
        """As its current version has it, or the one with this `versions.number`. None where there is no such thing,
        or it was taken down.
        """
        row = self._told_row(article_id, number)
        if row is None:
            return None
        sources = self.rows(ANNOUNCED.format(versions="versions"), [article_id, NOW, article_id])
        return Told(
            row=row,
            announced_by=[source["url"] for source in sources],
            pages=pages_of(self, row["capture_id"]),
            story=self.value(
                "SELECT url FROM articles WHERE id = (SELECT story_id FROM articles WHERE id = ?)",
                [article_id],
            ),
        )

    def _told_row(self, article_id: int, number: int | None) -> Row | None:
        """`number`: its rank among the versions that are there, from 1."""
        read = ", ".join(f"versions.{name}" for name in READ)
        return self.row(
            f"""SELECT articles.id AS article_id, versions.id AS version_id, versions.created_at AS read_at, capture_id,
                articles.url, articles.key, articles.site, {read}, sha256 AS capture_sha256,
                captures.url AS capture_url, captures.fetched_at,
                (SELECT count(*) FROM versions before
                    WHERE before.article_id = articles.id AND before.number <= versions.number) AS number,
                (SELECT min(fetched_at) FROM captures WHERE id IN
                    (SELECT capture_id FROM versions WHERE article_id = articles.id)) AS first_seen
            FROM articles JOIN versions ON versions.article_id = articles.id JOIN captures ON captures.id = capture_id
            WHERE articles.id = ? AND coalesce(versions.number = ?, versions.id = version_id)
            AND NOT EXISTS (SELECT 1 FROM tombstones WHERE tombstones.key = articles.key)""",  # noqa: S608 - our own words
            [article_id, number],
        )
