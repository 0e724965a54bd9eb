"""What is needed to read a version's bytes again: its captures, its rule, its memory. Knows not how to read them."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from storage.archive.base import Base, Row, stamp
from storage.recipes import Page, Recipe, bare_revision
from storage.records import to_json


class Rereading(Base):
    """Recipes, and the rules and memories that they name."""

    def recipe(self, version_id: int) -> Recipe:
        """Raises LookupError when there is no such version."""
        found = self.recipes([version_id])
        if not found:
            raise LookupError(f"there is no version {version_id}")
        return found[0]

    def recipes(self, version_ids: Sequence[int]) -> list[Recipe]:
        """Those of these versions, in their order."""
        rows = self.rows(
            """SELECT versions.id AS version_id, article_id, articles.key, articles.url, capture_id, extractor,
                rule_revision, memory_revision, found_on IS NOT NULL AS found,
                coalesce(sources.kind, steps.reads) AS source_kind
            FROM json_each(?) JOIN versions ON versions.id = value JOIN articles ON articles.id = article_id
            JOIN captures ON captures.id = capture_id LEFT JOIN sources ON sources.id = captures.source_id
            LEFT JOIN steps ON steps.id = captures.step_id
            ORDER BY json_each.key""",
            [to_json(list(version_ids))],
        )
        return self._with_pages(rows)

    def _with_pages(self, rows: Sequence[Row]) -> list[Recipe]:
        pages = self._pages({row["capture_id"] for row in rows})
        return [_recipe(row, pages[row["capture_id"]]) for row in rows]

    def _pages(self, capture_ids: Iterable[int]) -> dict[int, list[Page]]:
        """By the id of the first page: it, and those on which its article goes on."""
        ids = to_json(list(capture_ids))
        rows = self.rows(
            """SELECT id AS first, * FROM captures WHERE id IN (SELECT value FROM json_each(?))
            UNION ALL SELECT first_page_id, * FROM captures
            WHERE first_page_id IN (SELECT value FROM json_each(?)) AND kind = 'article' ORDER BY id""",
            [ids, ids],
        )
        pages: dict[int, list[Page]] = {}
        for row in rows:
            pages.setdefault(row["first"], []).append(_page(row))
        return pages

    def keep_rule(self, revision: str, name: str, text: str, now: datetime) -> None:
        """The file of a site rule, as it was when a version was read with it first."""
        self.write(
            "INSERT INTO rules (revision, name, text, kept_at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
            [revision, name, text, stamp(now)],
        )

    def rule_text(self, revision: str) -> tuple[str, str] | None:
        """Name and text of the site rule of a `versions.rule_revision`; None where it was not kept, or is none's."""
        row = self.row("SELECT name, text FROM rules WHERE revision = ?", [bare_revision(revision)])
        return None if row is None else (row["name"], row["text"])

    def profile(self, memory_revision: str) -> str | None:
        """JSON of the profile that a version was read with; None for none."""
        return self.value(  # type: ignore[no-any-return]  # text or NULL by the schema
            "SELECT profile FROM memories WHERE revision = ? LIMIT 1", [memory_revision]
        )


def _recipe(row: Row, pages: Sequence[Page]) -> Recipe:
    values = {name: value for name, value in row.items() if name not in ("capture_id", "found")}
    return Recipe(**values, found=bool(row["found"]), pages=tuple(pages))


def _page(row: Row) -> Page:
    names = ("url", "final_url", "content_type", "sha256")
    return Page(
        capture_id=row["id"],
        fetched_at=datetime.fromisoformat(row["fetched_at"]),
        charset=row["charset"] if row["charset_by"] == "host" else None,
        **{name: row[name] for name in names},
    )
