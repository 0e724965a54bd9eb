"""metadata.yaml -> what Datasette says of tables and columns, under the name that the archive has there."""

from functools import cache
from pathlib import Path
from typing import Any

from datasette.utils import parse_metadata

from storage.datasette.databases import archive_in

FILE = Path(__file__).with_name("metadata.yaml")


def metadata(datasette: Any) -> dict[str, Any]:
    """As in `metadata.yaml`; nothing where there is no archive. Datasette writes what users say into what it is given,
    so it is given a copy each time."""
    name = archive_in(datasette)
    return {"databases": {name: _copy(_archive())}} if name else {}


@cache
def _archive() -> dict[str, Any]:
    found: dict[str, Any] = parse_metadata(FILE.read_text("utf-8"))["databases"]["archive"]
    return found


def _copy(value: Any) -> Any:
    """Of its mappings alone: Datasette calls for it many times a page, and `deepcopy` takes a millisecond."""
    return {key: _copy(each) for key, each in value.items()} if isinstance(value, dict) else value
