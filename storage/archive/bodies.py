"""Which bodies the rows of `captures` still want, and which they do not. Knows no file of raw/.

A body is one for all captures of its month that name it: it goes when none of them wants it any more.
"""

from collections.abc import Collection, Mapping
from datetime import datetime

from storage.archive.base import Base, Row, moment, stamp
from storage.archive.tombstones import TAKEN_DOWN
from storage.records import to_json

PRUNED = "pruned"

# What a capture is kept as, walls or sources for example; NULL: for good. A later page goes by its first one. The first
# version of an article stays readable from its bytes, and the current one; what broke a worker is to be read yet.
WHAT = """
    CASE WHEN kind IS NULL OR (kind = 'error' AND status BETWEEN 200 AND 299) THEN NULL
    WHEN EXISTS (
        SELECT 1 FROM versions JOIN articles ON articles.id = article_id
        WHERE versions.capture_id = coalesce(first_page_id, captures.id) AND (
            versions.id = articles.version_id
            OR number = (SELECT min(number) FROM versions AS others WHERE others.article_id = articles.id)
        )
    ) THEN NULL
    WHEN EXISTS (SELECT 1 FROM versions WHERE capture_id = coalesce(first_page_id, captures.id))
        OR EXISTS (SELECT 1 FROM withdrawn WHERE capture_id = coalesce(first_page_id, captures.id)) THEN 'superseded'
    WHEN source_id IS NOT NULL THEN CASE WHEN id <> (
        SELECT max(id) FROM captures AS others WHERE others.source_id = captures.source_id) THEN 'sources' END
    WHEN kind = 'wall' THEN 'walls'
    WHEN kind IN ('gone', 'error') THEN 'errors'
    WHEN kind IN ('empty', 'listing') THEN 'empty'
    WHEN kind = 'article' THEN 'unchanged' END"""


class Bodies(Base):
    """Bodies: wanted, given up."""

    def newest_capture(self) -> datetime | None:
        """When the last capture was made, in whatever order they came in."""
        return moment(self.value("SELECT max(fetched_at) FROM captures"))

    def months_of(self, digests: Collection[str]) -> dict[str, list[str]]:
        """Month -> those of the bodies that its captures name."""
        rows = self.rows(
            """SELECT DISTINCT substr(fetched_at, 1, 7) AS month, sha256 FROM captures
            WHERE sha256 IN (SELECT value FROM json_each(?)) ORDER BY 1, 2""",
            [to_json(list(digests))],
        )
        found: dict[str, list[str]] = {}
        for row in rows:
            found.setdefault(row["month"], []).append(row["sha256"])
        return found

    def named(self, month: str) -> dict[str, bool]:
        """The bodies that captures of a month name, and whether one of them still wants it."""
        rows = self.rows(
            """SELECT sha256, max(body_gone IS NULL OR body_gone NOT IN (?, ?)) AS wanted FROM captures
            WHERE fetched_at BETWEEN ? AND ? GROUP BY 1""",
            [PRUNED, TAKEN_DOWN, *_within(month)],
        )
        return {row["sha256"]: bool(row["wanted"]) for row in rows}

    def unwanted(self, month: str, digests: Collection[str]) -> list[str]:
        """Those of the bodies that no capture of the month wants."""
        rows = self.rows(
            """SELECT value FROM json_each(?) WHERE NOT EXISTS (
                SELECT 1 FROM captures INDEXED BY captures_sha256 WHERE sha256 = value AND fetched_at BETWEEN ? AND ?
                AND (body_gone IS NULL OR body_gone NOT IN (?, ?)))""",
            [to_json(list(digests)), *_within(month), PRUNED, TAKEN_DOWN],
        )
        return [row["value"] for row in rows]

    def prunable(self, month: str, before: Mapping[str, datetime], among: Collection[str] | None = None) -> list[Row]:
        """Captures of a month whose bodies may go: id, sha256, host, what. All that share a body may, or none.

        before: what is kept no longer -> when it must have been captured. among: SHA-256 of those that are looked at.
        """
        if not before:
            return []
        clauses = " ".join("WHEN ? THEN fetched_at < ?" for _ in before)
        times = [value for what, moment in before.items() for value in (what, stamp(moment))]
        chosen = "" if among is None else "AND sha256 IN (SELECT value FROM json_each(?))"
        return self.rows(
            f"""WITH those AS (
                SELECT id, sha256, coalesce(host, '') AS host, fetched_at, {WHAT} AS what
                FROM captures WHERE fetched_at BETWEEN ? AND ? AND body_gone IS NULL {chosen}
            ), judged AS (SELECT *, coalesce(CASE what {clauses} END, 0) AS goes FROM those)
            SELECT id, sha256, host, what FROM judged
            WHERE sha256 NOT IN (SELECT sha256 FROM judged WHERE NOT goes) ORDER BY id""",  # noqa: S608 - our own words
            [*_within(month), *([] if among is None else [to_json(list(among))]), *times],
        )

    def give_up(self, captures: Collection[int], why: str, now: datetime) -> None:
        """Their bodies are wanted no longer. The rows stay."""
        self.write(
            """UPDATE captures SET body_gone = ?, body_gone_at = ?
            WHERE id IN (SELECT value FROM json_each(?)) AND body_gone IS NULL""",
            [why, stamp(now), to_json(list(captures))],
        )


def _within(month: str) -> tuple[str, str]:
    """The first and the last stamp that a month can have, as text."""
    return month, f"{month}~"
