"""metadata.yaml: what Datasette says of tables and columns."""

import sqlite3
from pathlib import Path
from typing import Any

from datasette.app import Datasette
from datasette.utils import parse_metadata
from markupsafe import escape

from storage.datasette.described import FILE
from tests.pages.conftest import Get, serving
from tests.storage.shelf import FEEDS

TABLES: dict[str, Any] = parse_metadata(FILE.read_text("utf-8"))["databases"]["archive"]["tables"]
GROUPS = parse_metadata(FILE.read_text("utf-8"))["databases"]["archive"]["plugins"]["newskeep"]["groups"]
OWN = "name NOT GLOB 'sqlite_*'"  # SQLite's own may come at any time


def schema(archive: Path) -> dict[str, list[str]]:
    connection = sqlite3.connect(archive)
    try:
        names = connection.execute(f"SELECT name FROM sqlite_schema WHERE type IN ('table', 'view') AND {OWN}")
        return {
            name: [column for (column,) in connection.execute("SELECT name FROM pragma_table_info(?)", [name])]
            for (name,) in names.fetchall()
        }
    finally:
        connection.close()


def test_everything_is_described(archive: Path) -> None:
    """Every table, view and column of the archive has its words, and nothing has that is not there."""
    found = schema(archive)
    assert set(TABLES) == set(found)
    assert {name: set(table["columns"]) for name, table in TABLES.items()} == {
        name: set(columns) for name, columns in found.items()
    }
    assert all(table["description"] and all(table["columns"].values()) for table in TABLES.values())


def test_columns_that_are_named_are_there(archive: Path) -> None:
    """Facets, labels and sort orders name columns of their table."""
    for name, columns in schema(archive).items():
        table = TABLES[name]
        named = [*table.get("facets", ()), *table.get("sortable_columns", ())]
        named += [table[key] for key in ("label_column", "sort_desc", "fts_pk") if key in table]
        assert set(named) <= set(columns), name


def test_groups_hold_each_table_once() -> None:
    """On the page of the archive each table that is not hidden stands in one group."""
    grouped = [table for group in GROUPS for table in group["tables"]]
    assert sorted(grouped) == sorted(name for name, table in TABLES.items() if not table.get("hidden"))


def test_what_is_pointed_at_has_a_label(archive: Path) -> None:
    """A number that points at another table is shown with words."""
    connection = sqlite3.connect(archive)
    try:
        pointed = {
            row[0]
            for name in schema(archive)
            for row in connection.execute('SELECT "table" FROM pragma_foreign_key_list(?)', [name])
        }
    finally:
        connection.close()
    unlabelled = {name for name in pointed if "label_column" not in TABLES[name]}
    assert unlabelled == {"gaps"}  # two times are its only words


async def test_under_the_archives_name(archive: Path, tmp_path: Path) -> None:
    """A file of another name is described, too; what a user says goes before, and stays out of the next Datasette."""
    copy = tmp_path / "harbour.db"
    copy.write_bytes(archive.read_bytes())
    said = {"databases": {"harbour": {"tables": {"articles": {"description": "Ours", "size": 7}}}}}
    async with serving(copy, metadata=said) as datasette:
        articles = datasette.table_metadata("harbour", "articles")
        assert (articles["description"], articles["size"]) == ("Ours", 7)
        assert articles["columns"] == TABLES["articles"]["columns"]
    async with serving(archive) as datasette:
        assert datasette.table_metadata("archive", "articles") == TABLES["articles"]


async def test_who_may_see_a_table(archive: Path) -> None:
    """What a user says of that holds."""
    said = {"databases": {"archive": {"tables": {"captures": {"allow": False}}}}}
    async with serving(archive, metadata=said) as datasette:
        assert (await datasette.client.get("/archive/captures")).status_code == 403
        assert (await datasette.client.get("/archive/articles")).status_code == 200
        assert "/archive/captures" not in (await datasette.client.get("/archive")).text


async def test_by_itself(archive: Path) -> None:
    """The file serves Datasette as it is."""
    datasette = Datasette([str(archive)], metadata=parse_metadata(FILE.read_text("utf-8")))
    try:
        await datasette.invoke_startup()
        response = await datasette.client.get("/archive/captures.json?_size=1")
        assert response.status_code == 200
    finally:
        for database in datasette.databases.values():
            database.close()


async def test_every_table_opens(get: Get) -> None:
    """With its facets, its order, its descriptions, and with a search where there is one."""
    for name, table in TABLES.items():
        search = "_search=harbour" if "fts_table" in table else ""
        response = await get(f"/archive/{name}?_nosuggest=1&{search}")
        assert response.status_code == 200
        assert "timed out" not in response.text
        assert all(str(escape(words)) in response.text for words in table["columns"].values())


async def test_facets(get: Get) -> None:
    """How many of each, without being asked for."""
    page = (await get("/archive/captures?_nosuggest=1")).text
    assert [f'id="facet-{name}"' in page for name in TABLES["captures"]["facets"]] == [True, True, True]


async def test_labels(get: Get) -> None:
    """A foreign key says what it points at."""
    response = await get("/archive/versions?_size=3")
    assert "one.test/harbour" in response.text
    assert FEEDS[0] in (await get("/archive/source_days")).text
