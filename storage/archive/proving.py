"""From a line of an exported manifest back to the bytes: of which version it tells, which dates its sources told."""

from collections.abc import Mapping

from storage.archive.rereading import Rereading
from storage.recipes import Recipe

COLUMNS = "version_id, article_id, key, ever.url, capture_id, extractor, rule_revision, memory_revision, found"
# A version that was taken back since is in `withdrawn`, under the number that it had. ?1: version, ?2: article.
EVER = """SELECT versions.id AS version_id, article_id, articles.key, articles.url, capture_id, extractor,
    rule_revision, memory_revision, found_on IS NOT NULL AS found, created_at
FROM versions JOIN articles ON articles.id = article_id WHERE versions.id = ?1
UNION ALL SELECT version_id, article_id, json_extract(article, '$.key'), json_extract(article, '$.url'), capture_id,
    json_extract(version, '$.extractor'), json_extract(version, '$.rule_revision'),
    json_extract(version, '$.memory_revision'), json_extract(article, '$.found_on') IS NOT NULL, created_at
FROM withdrawn WHERE version_id = ?1"""
DATES = """SELECT published FROM versions WHERE article_id = ?1
UNION SELECT json_extract(version, '$.published') FROM withdrawn WHERE article_id = ?1
UNION SELECT published FROM entries WHERE id IN (
    SELECT entry_id FROM articles WHERE id = ?1 UNION SELECT entry_id FROM captures WHERE id = ?2
)"""


class Proving(Rereading):
    """Lines of manifests: the recipe of each, and its dates."""

    def recipe_of(self, line: Mapping[str, object]) -> Recipe | None:
        """How the text of this line came about; None where no version of the archive is the one it tells of."""
        rows = self.rows(
            f"""SELECT {COLUMNS}, coalesce(sources.kind, steps.reads) AS source_kind
            FROM ({EVER}) AS ever
            JOIN captures ON captures.id = capture_id LEFT JOIN sources ON sources.id = captures.source_id
            LEFT JOIN steps ON steps.id = captures.step_id
            WHERE ever.url = ?2 AND captures.sha256 = ?3 AND ?4 IN (created_at, '') LIMIT 1""",  # noqa: S608 - our own words
            [line.get("version_id"), line.get("url"), line.get("capture_sha256"), line.get("read_at", "")],
        )
        return self._with_pages(rows)[0] if rows else None

    def dates_told(self, recipe: Recipe) -> set[str]:
        """Every date that a source or another version gave: a page that says less exactly, or nothing, keeps it."""
        rows = self.rows(DATES, [recipe.article_id, recipe.pages[0].capture_id])
        return {row["published"] for row in rows if row["published"] is not None}
