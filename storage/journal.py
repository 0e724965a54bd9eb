"""Write-ahead logging, begun beside others. Knows no table."""

import sqlite3
import time

from storage.trouble import is_held

MOMENT = 0.01  # seconds between two tries


def write_ahead(connection: sqlite3.Connection, patience: float) -> None:
    """Let the file be written through a -wal (https://sqlite.org/wal.html), from now on and by everyone.

    A new file is changed over under a lock that SQLite never waits for, since two that wait for each other would wait
    for ever: whoever comes second is told at once that it is locked. So it is tried again here, for `patience`
    seconds. Raises sqlite3.Error.
    """
    until = time.monotonic() + patience
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if not is_held(error) or time.monotonic() > until:
                raise
        time.sleep(MOMENT)
