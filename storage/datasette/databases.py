"""Which of the databases that Datasette serves is an archive of newskeep, and how it is opened."""

import sqlite3
import sys
from contextlib import closing
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from sqlite_utils import Database

from storage.datasette.at_rest import ArchiveFile, connect, state
from storage.schema import migrations

NEEDED = {"articles", "versions", "captures", "entries", "sources"}

_archives: WeakKeyDictionary[Any, str | None] = WeakKeyDictionary()


async def prepare(datasette: Any) -> None:
    """To be called once, before the first request. One that was named as immutable is left to Datasette."""
    _archives[datasette] = None
    databases = dict(datasette.databases)
    for name, database in databases.items():
        if database.path and _is_archive(Path(database.path)):
            if database.is_mutable:
                databases[name] = _as_archive(datasette, database)
            _archives[datasette] = _archives[datasette] or name
    datasette.databases = databases


def archive_in(datasette: Any) -> str | None:
    """The name of the first archive; None where there is none."""
    return _archives.get(datasette)


def _as_archive(datasette: Any, database: Any) -> ArchiveFile:
    archive = ArchiveFile(datasette, database.path)
    archive.name, archive.route = database.name, database.route
    return archive


def _is_archive(path: Path) -> bool:
    """An archive whose pages can be shown. Of what cannot be read at all Datasette tells itself."""
    try:
        with closing(connect(path, state(path))) as connection:
            found = {name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
            if not found >= NEEDED:
                return False
            if not migrations.pending(Database(connection)):
                return True
    except (sqlite3.DatabaseError, FileNotFoundError):
        return False
    sys.stderr.write(
        f"{path}: made by an older newskeep; run `newskeep fetch` or `newskeep run` once to see its pages\n"
    )
    return False
