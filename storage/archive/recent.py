"""The newest changes of all articles: who made them, of which kind. Page by page, by the index versions_changed."""

from dataclasses import dataclass

from storage.archive.base import Base, Row
from storage.records import to_json

EVERYBODY = ("publisher", "rule", "template", "capture", None)  # as `versions.changed_by`; None: not told
_OF_ONE = """SELECT id, created_at FROM versions INDEXED BY versions_changed
    WHERE number > 1 AND created_at > '' AND changed_by IS ?{by}
    AND (?1 IS NULL OR created_at <= ?1 AND (created_at < ?1 OR id < ?2))
    AND (?3 IS NULL OR edits LIKE ?3)
    AND (?4 IS NULL OR article_id IN (SELECT id FROM articles WHERE site = ?4))
    ORDER BY created_at DESC, id DESC LIMIT ?5"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """Which changes are wanted. kind: of `edits.EDITS`; None: all. before: created_at and id of the one they follow."""

    by: tuple[str | None, ...] = EVERYBODY
    kind: str | None = None
    site: str | None = None
    before: tuple[str, int] | None = None


class Recent(Base):
    """Changes, newest first."""

    def changed(self, wanted: Changed, most: int) -> list[Row]:
        """Rows of id (the version's), article_id, site, seen_at, number, old_number, title, old_title, characters,
        old_characters, reason, changed_by, edits. old_number: None where nothing stands before it any more.
        """
        each = " UNION ALL ".join(
            f"SELECT * FROM ({_OF_ONE.format(by=6 + place)})"  # noqa: S608 - our own words
            for place in range(len(wanted.by))
        )
        seen_at, id_ = wanted.before or (None, None)
        return self.rows(
            f"""SELECT new.id, new.article_id, site, new.created_at AS seen_at, new.number, old.number AS old_number,
                new.title, old.title AS old_title, length(new.text) AS characters, length(old.text) AS old_characters,
                new.reason, new.changed_by, new.edits
            FROM (SELECT id FROM ({each}) ORDER BY created_at DESC, id DESC LIMIT ?5) AS found
            CROSS JOIN versions new ON new.id = found.id CROSS JOIN articles ON articles.id = new.article_id
            LEFT JOIN versions old ON old.article_id = new.article_id AND old.number = (
                SELECT max(number) FROM versions WHERE article_id = new.article_id AND number < new.number
            ) ORDER BY new.created_at DESC, new.id DESC""",  # noqa: S608 - our own words
            [seen_at, id_, wanted.kind and f"%{to_json(wanted.kind)}%", wanted.site, most, *wanted.by],
        )
