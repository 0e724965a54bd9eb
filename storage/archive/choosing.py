"""The selection made: of what an archive knew, what is wanted. One statement a filter; knows not what becomes of it."""

from collections.abc import Iterator, Sequence

from storage.archive.base import Base
from storage.archive.fulltext import understood
from storage.archive.known import NOW, Known
from storage.archive.selection import Selection
from storage.archive.stories_then import StoriesThen
from storage.records import to_json

DAY = "substr(coalesce(published, first_seen) || '-01-01', 1, 10)"  # 2025 -> 2025-01-01
OF_SOURCES = """SELECT article_id FROM known_versions JOIN captures ON captures.id = capture_id
    LEFT JOIN entry_sources USING (entry_id)
    WHERE captures.source_id IN wanted OR entry_sources.source_id IN wanted AND entry_sources.found_at <= ?"""


def choose(base: Base, known: Known, stories: StoriesThen, selection: Selection) -> None:
    """Leave chosen what the selection wants."""
    for where, values in _of_rows(selection):
        _keep(base, f"SELECT article_id FROM addressed WHERE {where}", values)  # noqa: S608 - our own words
    if selection.sources:
        base.write("CREATE TEMP TABLE wanted (id INTEGER PRIMARY KEY)")
        named = "SELECT id FROM sources WHERE url IN (SELECT value FROM json_each(?))"
        base.write(
            f"INSERT OR IGNORE INTO wanted SELECT id FROM sources WHERE id IN ({named}) OR parent_id IN ({named})",  # noqa: S608 - our own words
            [to_json(selection.sources)] * 2,
        )
        _keep(base, OF_SOURCES, [known.then])
    if selection.search is not None:
        _search(base, known, selection.search)
    if selection.one_a_story:
        stories.thin()


def _of_rows(selection: Selection) -> Iterator[tuple[str, Sequence[object]]]:
    """The filters that an article answers by itself."""
    if selection.sites:
        yield "site IN (SELECT value FROM json_each(?))", [to_json(selection.sites)]
    if selection.since:
        yield f"{DAY} >= ?", [selection.since.isoformat()]
    if selection.until:
        yield f"{DAY} <= ?", [selection.until.isoformat()]
    if selection.languages:
        spoken = "(language = value COLLATE NOCASE OR language LIKE value || '-%')"
        yield f"EXISTS (SELECT 1 FROM json_each(?) WHERE {spoken})", [to_json(selection.languages)]  # noqa: S608 - our own words


def _search(base: Base, known: Known, query: str) -> None:
    """By the index of the archive; of another moment by one that is made of the texts known then."""
    index = "articles_fts"
    if known.then != NOW:
        index = "texts_then"
        base.write(
            "CREATE VIRTUAL TABLE temp.texts_then USING fts5"
            "(title, text, content='', tokenize='unicode61 remove_diacritics 2')"
        )
        for head in known.heads():
            row = known.row(head["article_id"])
            base.write(
                "INSERT INTO texts_then (rowid, title, text) VALUES (?, ?, ?)",
                [head["article_id"], row["title"], row["text"]],
            )
    sql = f"SELECT rowid FROM {index} WHERE {index} MATCH ?"  # noqa: S608 - our own words
    _keep(base, sql, [understood(query).expression])


def _keep(base: Base, ids: str, values: Sequence[object]) -> None:
    base.write(f"UPDATE known SET chosen = 0 WHERE chosen AND article_id NOT IN ({ids})", values)  # noqa: S608 - our own words
