"""A database of one's own, on disk and without a name: for what an export must remember and memory cannot hold."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager


@contextmanager
def scratch(*shapes: str) -> Iterator[sqlite3.Connection]:
    """Gone at the end, also when the program is killed. Raises sqlite3.Error when the temporary disk is full."""
    with closing(sqlite3.connect("", isolation_level=None)) as connection:
        connection.row_factory = sqlite3.Row
        connection.execute("PRAGMA journal_mode = OFF")
        connection.execute("PRAGMA synchronous = OFF")
        for shape in shapes:
            connection.execute(shape)
        connection.execute("BEGIN")  # one for all, and never committed
        yield connection
