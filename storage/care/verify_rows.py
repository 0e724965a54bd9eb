"""Is every row as it was written, and does each lead to another? Seals, references, the index of the search.

It only reads, in one snapshot: whoever writes meanwhile is not waited for, and not noticed.
"""

import sqlite3
from collections.abc import Iterator

from storage.archive import Archive
from storage.care.verify_report import Advance, Fault, Report
from storage.schema.seals import KEYS, SCHEMA, SHAPES, digests, key

PLACE = "archive.db"
FTS = "title, text, content='checked_text', content_rowid='id', tokenize='unicode61 remove_diacritics 2'"
SHADOWS = ("data", "idx", "docsize")  # https://sqlite.org/fts5.html#fts5_data_structures


def row_faults(archive: Archive, report: Report, advance: Advance) -> Iterator[Fault]:
    """Faults of all rows; `report` counts them. advance: called with each table's share of the file."""
    share = archive.path.stat().st_size // (len(KEYS) + 1)
    yield from _unlike(archive, SCHEMA, f"({SHAPES})", "+its.name, +its.type", report)
    for table in KEYS:
        yield from _unlike(archive, table, table, key(table, "+its."), report)
        advance(share)
    for row in archive.rows("PRAGMA foreign_key_check"):
        yield Fault(place=PLACE, said=f"{row['table']} {row['rowid']}: leads to no row of {row['parent']}")
    yield from search_faults(archive.db.conn)
    advance(share)


def _unlike(archive: Archive, table: str, rows: str, its: str, report: Report) -> Iterator[Fault]:
    """Rows that are not as their seal says, rows without a seal, seals without a row. its: the columns of their key."""
    found = f"""SELECT {its}, seals.name IS NOT NULL, seals.digest, its.* FROM {rows} AS its
        LEFT JOIN seals ON (seals.name, seals.a, seals.b) = ('{table}', {its})"""  # noqa: S608 - our own words
    for (a, b, sealed, wanted), digest in digests(archive.db.conn, found, 4):
        report.counts["rows"] += 1
        if sealed and wanted is None:
            report.counts["unsealed"] += 1
        elif sealed and wanted != digest:
            yield Fault(place=PLACE, said=f"{table} {_named(a, b)}: is not as it was written", row=(table, a, b))
        elif not sealed and table != SCHEMA:  # somebody may have added an index
            yield Fault(place=PLACE, said=f"{table} {_named(a, b)}: was written by nobody", row=(table, a, b))
    lost = f"""SELECT a, b FROM seals WHERE name = ? AND NOT EXISTS (
        SELECT 1 FROM {rows} AS its WHERE ({its.replace("+", "")}) = (seals.a, seals.b))"""  # noqa: S608 - our own words
    for row in archive.rows(lost, [table]):
        yield Fault(place=PLACE, said=f"{table} {_named(row['a'], row['b'])}: is lost", row=(table, row["a"], row["b"]))


def _named(a: object, b: object) -> str:
    return f"{a} {b}".strip()


def search_faults(connection: sqlite3.Connection) -> Iterator[Fault]:
    """FTS5's own check writes, and would hold the archive for as long as it takes: a copy of the index is checked."""
    try:
        connection.execute("CREATE TEMP VIEW checked_text AS SELECT * FROM main.articles_text")
        connection.execute(f"CREATE VIRTUAL TABLE temp.checked USING fts5({FTS})")
        for shadow in SHADOWS:
            connection.execute(f"DELETE FROM temp.checked_{shadow}")  # noqa: S608 - our own words
            connection.execute(f"INSERT INTO temp.checked_{shadow} SELECT * FROM main.articles_fts_{shadow}")  # noqa: S608 - our own words
        connection.execute("INSERT INTO temp.checked (checked, rank) VALUES ('integrity-check', 1)")
        yield from _lost_words(connection)
    except sqlite3.DatabaseError as error:
        yield Fault(place=PLACE, said=f"the index of the search does not fit the texts: {error}", mend="search")
    finally:
        connection.execute("DROP TABLE IF EXISTS temp.checked")
        connection.execute("DROP VIEW IF EXISTS temp.checked_text")


def _lost_words(connection: sqlite3.Connection) -> Iterator[Fault]:
    """What that check does not look at: settings, and whether each word is found from the root of the index."""
    wanted = set(map(tuple, connection.execute("SELECT * FROM temp.checked_config")))
    if not wanted <= set(map(tuple, connection.execute("SELECT * FROM main.articles_fts_config"))):
        yield Fault(place=PLACE, said="the settings of the search are not ours", mend="search")
    connection.execute("CREATE VIRTUAL TABLE temp.words USING fts5vocab(temp, checked, row)")
    try:
        lost = connection.execute(
            """SELECT count(*) FROM temp.words AS known
            WHERE NOT EXISTS (SELECT 1 FROM temp.words WHERE term = known.term AND cnt = known.cnt)"""
        ).fetchone()[0]
    finally:
        connection.execute("DROP TABLE temp.words")
    if lost:
        yield Fault(place=PLACE, said=f"{lost} words of the search are not found from its root", mend="search")
