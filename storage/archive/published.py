"""What a copy for the public holds of a selection: articles as they are known, all their versions, what is about them.

Within the `with` block of the selection. Nothing of how the archive is kept: no queues, no headers, no bodies.
"""

from collections.abc import Iterator, Sequence

from storage.archive.base import Base, Row
from storage.archive.corpus import Selected
from storage.records import to_json

CURRENT = (  # fields of a reading
    *("title", "lead", "text", "authors", "published", "published_precision", "published_raw", "modified"),
    *("source", "section", "tags", "captions", "language", "image", "paywalled"),
)
WRITTEN = (*CURRENT, "text_sha256", "extractor", "rule_revision", "reason", "changed_by", "edits")
_FIELDS = ", ".join(
    f"iif(withdrawn_id IS NULL, versions.{name}, json_extract(withdrawn.version, '$.{name}')) AS {name}"
    for name in WRITTEN
)
VERSIONS = f"""SELECT known_versions.version_id AS id, known_versions.article_id, known_versions.number,
        known_versions.created_at AS read_at, fetched_at AS captured_at, final_url AS captured_from, memento,
        captures.sha256 AS capture_sha256, status, captures.source_id IS NOT NULL AS of_source, {_FIELDS}
    FROM known_versions JOIN captures ON captures.id = known_versions.capture_id
    LEFT JOIN versions ON withdrawn_id IS NULL AND versions.id = known_versions.version_id
    LEFT JOIN withdrawn ON withdrawn.id = withdrawn_id
    WHERE known_versions.article_id = ? ORDER BY known_versions.number"""  # noqa: S608 - our own words
# A source that carries the whole piece is its page, too.
ANNOUNCEMENTS = """SELECT ?1 AS article_id, source_id, min(at) AS announced_at FROM (
        SELECT entry_sources.source_id, entry_sources.found_at AS at
        FROM known_versions JOIN captures ON captures.id = capture_id JOIN entry_sources USING (entry_id)
        WHERE article_id = ?1 AND entry_sources.found_at <= ?2
        UNION ALL SELECT captures.source_id, fetched_at
        FROM known_versions JOIN captures ON captures.id = capture_id
        WHERE article_id = ?1 AND captures.source_id IS NOT NULL
    ) GROUP BY source_id ORDER BY source_id"""
LINKS = """SELECT known_links.id AS article_id, known_links.other AS other_id, share, other_share
    FROM known_links JOIN known ON known.article_id = known_links.other AND chosen
    LEFT JOIN story_links ON (story_links.article_id, story_links.other_id) = (known_links.id, known_links.other)
    WHERE known_links.id = ? AND later GROUP BY known_links.other ORDER BY known_links.other"""


class Published:
    """Of one selection."""

    def __init__(self, base: Base, found: Selected) -> None:
        self._base, self._found, self._then = base, found, found.known.then

    def __len__(self) -> int:
        return len(self._found.known)

    def articles(self) -> Iterator[Row]:
        """Oldest first, each as `Known.row` has it; and `state` (current, gone), `gone_at`, `last_seen` (None where it
        was seen again after the moment that is asked for) and `story_id`, the number of its story's first article."""
        for head in self._found.known.heads():
            id_ = head["article_id"]
            row = self._found.known.row(id_)
            yield row | self._fate(id_) | {"story_id": self._found.stories.first_id(id_)}

    def _fate(self, article_id: int) -> Row:
        rows = self._base.rows(
            """SELECT iif(last_seen <= ?2, last_seen, NULL) AS last_seen, iif(gone_at <= ?2, gone_at, NULL) AS gone_at,
                iif(state = 'gone' AND coalesce(gone_at, '') <= ?2, 'gone', 'current') AS state
            FROM articles WHERE id = ?1""",
            [article_id, self._then],
        )
        return rows[0] if rows else {"last_seen": None, "gone_at": None, "state": "current"}

    def versions(self, article_id: int) -> list[Row]:
        """All that were known, first to last: WRITTEN, id, article_id, number, read_at, and of the page that it was
        read from captured_at, captured_from, memento, capture_sha256, status, of_source (is it a source's document?).
        """
        return self._base.rows(VERSIONS, [article_id])

    def announcements(self, article_id: int) -> list[Row]:
        """Rows of article_id, source_id, announced_at."""
        return self._base.rows(ANNOUNCEMENTS, [article_id, self._then])

    def links(self, article_id: int) -> list[Row]:
        """Articles of the selection that had its text before: rows of article_id, other_id, share, other_share."""
        return self._base.rows(LINKS, [article_id])

    def sources(self, ids: Sequence[int]) -> list[Row]:
        """Rows of id, url, kind, site, title."""
        return self._base.rows(
            "SELECT id, url, kind, site, title FROM sources WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id",
            [to_json(list(ids))],
        )
