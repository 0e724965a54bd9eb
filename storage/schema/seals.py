"""A digest of every row, kept beside it: SQLite notices a page that makes no sense, never a letter that was changed.

Triggers in plain SQL mark what was written, whoever writes; what is marked is sealed before the transaction ends.
What can be made anew from sealed rows has no seal: the index of the search, the hashes of sketches.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from hashlib import blake2b
from typing import Any

# Each table that is sealed -> its primary key.
KEYS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("sources", "entries", "captures", "articles", "versions", "memories"), ("id",)),
    **dict.fromkeys(("gaps", "walls", "alarms", "pulse", "runs", "withdrawn", "unlinked", "imports"), ("id",)),
    "entry_sources": ("entry_id", "source_id"),
    "source_days": ("source_id", "day"),
    "hosts": ("origin",),
    "rules": ("revision",),
    "import_faults": ("import_id", "place"),
    "sketches": ("article_id",),
    "story_links": ("article_id", "other_id"),
    "story_parts": ("article_id", "other_id"),
    "tombstones": ("key",),
    **dict.fromkeys(("backfills", "walks", "steps"), ("id",)),
    "finds": ("entry_id", "walk_id"),
    "walk_days": ("walk_id", "day"),
    "_sqlite_migrations": ("id",),
}
SCHEMA = "sqlite_schema"  # its rows are sealed, too, by their names: at the end of each migration
BATCH = 500  # rows

SEALS = """
CREATE TABLE seals (
    name TEXT NOT NULL,           -- of the table
    a NOT NULL,                   -- the row's primary key
    b NOT NULL,                   -- its second column, '' where it has one alone
    digest INTEGER,               -- 64 bits over the row; NULL: written and not sealed yet
    PRIMARY KEY (name, a, b)
) WITHOUT ROWID;
CREATE INDEX seals_open ON seals(name) WHERE digest IS NULL;
"""
FOLLOW = """
CREATE TRIGGER seal_{table}_new AFTER INSERT ON {table} BEGIN
    INSERT INTO seals (name, a, b) VALUES ('{table}', {new}) ON CONFLICT DO UPDATE SET digest = NULL;
END;
CREATE TRIGGER seal_{table}_moved AFTER UPDATE OF {columns} ON {table} WHEN ({old}) IS NOT ({new}) BEGIN
    DELETE FROM seals WHERE (name, a, b) = ('{table}', {alone});
END;
CREATE TRIGGER seal_{table}_changed AFTER UPDATE ON {table} BEGIN
    INSERT INTO seals (name, a, b) VALUES ('{table}', {new}) ON CONFLICT DO UPDATE SET digest = NULL;
END;
CREATE TRIGGER seal_{table}_gone AFTER DELETE ON {table} BEGIN
    DELETE FROM seals WHERE (name, a, b) = ('{table}', {alone});
END;
INSERT INTO seals (name, a, b) SELECT '{table}', {plain} FROM {table};
"""


def follow(*tables: str) -> str:
    """The SQL by which seals follow what is written into these tables. What stands in them is marked."""
    return "".join(
        FOLLOW.format(
            table=table,
            columns=", ".join(KEYS[table]),
            new=key(table, "new."),
            old=key(table, "old."),
            alone=key(table, "+old."),
            plain=key(table),
        )
        for table in tables
    )


def key(table: str, prefix: str = "") -> str:
    """The columns `a` and `b` of a row's seal, in SQL.

    Where it is to be looked up, `prefix` has a `+`: a number's affinity would keep SQLite from using the primary key.
    """
    one, *two = KEYS[table]
    return f"{prefix}{one}, " + (f"{prefix}{two[0]}" if two else "''")


def seal(connection: sqlite3.Connection) -> None:
    """Seal every row that was written since. To be called within the transaction that wrote."""
    for (name,) in connection.execute("SELECT DISTINCT name FROM seals WHERE digest IS NULL").fetchall():
        sql = f"""SELECT seals.a, seals.b, {name}.* FROM seals INDEXED BY seals_open
            CROSS JOIN {name} ON ({key(name, f"{name}.")}) = (seals.a, seals.b)
            WHERE seals.name = '{name}' AND digest IS NULL LIMIT {BATCH}"""  # noqa: S608 - our own words
        while rows := [(digest, name, *head) for head, digest in digests(connection, sql, 2)]:
            connection.executemany("UPDATE seals SET digest = ? WHERE (name, a, b) = (?, ?, ?)", rows)


def seal_schema(connection: sqlite3.Connection) -> None:
    """Seal the tables, views, indexes and triggers as they are now."""
    connection.execute("DELETE FROM seals WHERE name = ?", [SCHEMA])
    rows = [(SCHEMA, *head, digest) for head, digest in digests(connection, f"SELECT name, type, * FROM ({SHAPES})", 2)]  # noqa: S608 - our own words
    connection.executemany("INSERT INTO seals VALUES (?, ?, ?, ?)", rows)


# Not those that SQLite may make at any time (ANALYZE).
SHAPES = "SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE name NOT GLOB 'sqlite_stat*'"


def digests(connection: sqlite3.Connection, sql: str, heads: int) -> Iterator[tuple[tuple[Any, ...], int]]:
    """The first columns of each row that a query finds, as many as `heads`, and the digest of the others.

    A column that holds NULL does not count, so that tables may gain columns. Text is taken byte for byte, as it is in
    the file: what is no UTF-8 any more must be told, and must not stop a daemon. Until the end, every other query of
    the connection gives text so, too.
    """
    with _bytes(connection) as cursor:
        cursor.execute(sql)
        names = [column[0].encode() for column in cursor.description[heads:]]
        for row in cursor:
            yield tuple(map(_plain, row[:heads])), _digest(names, row[heads:])


@contextmanager
def _bytes(connection: sqlite3.Connection) -> Iterator[sqlite3.Cursor]:
    """A cursor that gives text as bytearray, blobs as bytes, rows as tuples."""
    factory, connection.text_factory = connection.text_factory, bytearray
    cursor = connection.cursor()
    cursor.row_factory = None
    try:
        yield cursor
    finally:
        cursor.close()
        connection.text_factory = factory


def _digest(names: Sequence[bytes], values: Sequence[Any]) -> int:
    parts = []
    for name, value in zip(names, values, strict=True):
        if value is not None:
            data = value if isinstance(value, bytes | bytearray) else repr(value).encode()
            parts += [b"%s %s %d " % (name, type(value).__name__.encode(), len(data)), data]
    return int.from_bytes(blake2b(b"".join(parts), digest_size=8).digest(), signed=True)


def _plain(value: Any) -> Any:
    return value.decode(errors="replace") if isinstance(value, bytearray) else value
