"""Which of the databases that Datasette serves is an archive of newskeep."""

from typing import Any
from weakref import WeakKeyDictionary

NEEDED = {"articles", "versions", "captures", "entries", "sources"}

_archives: WeakKeyDictionary[Any, str | None] = WeakKeyDictionary()


async def prepare(datasette: Any) -> None:
    """To be called once, before the first request."""
    _archives[datasette] = None
    for name, database in datasette.databases.items():
        if database.path and set(await database.table_names()) >= NEEDED:
            _archives[datasette] = name
            return


def archive_in(datasette: Any) -> str | None:
    """The name of the first archive; None where there is none."""
    return _archives.get(datasette)
