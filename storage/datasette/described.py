"""metadata.yaml -> what Datasette says of tables and columns, under the name that the archive has there."""

from functools import cache
from pathlib import Path
from typing import Any

from datasette.utils import parse_metadata

from storage.datasette.databases import archive_in

FILE = Path(__file__).with_name("metadata.yaml")


def metadata(datasette: Any, key: str | None) -> dict[str, Any]:
    """As in `metadata.yaml`; nothing where there is no archive. key: what Datasette asks for, None for all.

    Datasette writes what users say into what it is given, so it is given a copy each time. It asks for single keys
    hundreds of times for some pages, to find who may see what: of tables it is told then what it wants, their facets.
    """
    name = archive_in(datasette)
    return {"databases": {name: _copy(_archive(key in (None, "databases")))}} if name else {}


@cache
def _archive(whole: bool) -> dict[str, Any]:
    found: dict[str, Any] = parse_metadata(FILE.read_text("utf-8"))["databases"]["archive"]
    if whole:
        return found
    facets = {name: {"facets": table["facets"]} for name, table in found["tables"].items() if "facets" in table}
    return found | {"tables": facets}


def _copy(mapping: dict[str, Any]) -> dict[str, Any]:
    """Datasette asks many times a page, and `deepcopy` takes a millisecond."""
    return {key: _copy(value) if isinstance(value, dict) else value for key, value in mapping.items()}
