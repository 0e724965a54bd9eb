"""queries.yaml -> queries worth having, ready to be run."""

from functools import cache
from pathlib import Path
from typing import Any

from datasette.utils import parse_metadata

from storage.datasette.databases import archive_in

FILE = Path(__file__).with_name("queries.yaml")

# By the newest answer, not by the clock: an archive of the past has a last week, too.
_SINCE = """coalesce(nullif(:since, ''), strftime('%Y-%m-%dT%H:%M:%S+00:00',
    (SELECT max(fetched_at) FROM captures), '-{} days'))"""
_SPANS = {"$WEEK": _SINCE.format(7), "$MONTH": _SINCE.format(30)}


def canned(datasette: Any, database: str) -> dict[str, Any]:
    """Name -> sql, title, description, hide_sql; none for what is no archive. Datasette writes into them: copies."""
    return {name: dict(query) for name, query in _queries().items()} if database == archive_in(datasette) else {}


@cache
def _queries() -> dict[str, dict[str, Any]]:
    said = parse_metadata(FILE.read_text("utf-8"))
    edits = {name: query | {"sql": said["edits_sql"]} for name, query in said["edits"].items()}
    return {name: _query(query) for name, query in (edits | said["queries"]).items()}


def _query(said: dict[str, str]) -> dict[str, Any]:
    sql = said["sql"].strip()
    for name, words in {**_SPANS, "$KIND": said.get("kind", "")}.items():
        sql = sql.replace(name, words)
    return {"title": said["title"], "description": said["description"], "sql": sql, "hide_sql": True}
