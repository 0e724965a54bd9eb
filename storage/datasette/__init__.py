"""The archive in Datasette: our pages beside its own. The entry point; each hook says where its work is done.

A page is a plain function of what can be read (`reading.Reading`) and the request: routes -> door -> it -> template.
"""

from typing import Any

from datasette import hookimpl

from storage.datasette import cells, databases, described, door, functions, look, queries, troubles
from storage.datasette.routes import ROUTES


@hookimpl
async def startup(datasette: Any) -> None:
    await databases.prepare(datasette)


@hookimpl
def register_routes() -> list[tuple[str, Any]]:
    return [(route.pattern, door.open_to(route)) for route in ROUTES]


@hookimpl
def prepare_connection(conn: Any, database: str, datasette: Any) -> None:
    served = datasette.databases.get(database)  # for `/-/versions` Datasette makes a `_memory` that it does not serve
    functions.add(conn, served and served.path)


@hookimpl
def prepare_jinja2_environment(env: Any, datasette: Any) -> None:
    look.prepare(env, datasette)


@hookimpl
def extra_template_vars(datasette: Any) -> dict[str, Any]:
    return look.variables(datasette)


@hookimpl
async def handle_exception(datasette: Any, request: Any, exception: Exception) -> Any:
    return await troubles.answer(datasette, request, exception)


@hookimpl
def get_metadata(datasette: Any, key: str | None) -> dict[str, Any]:
    return described.metadata(datasette, key)


@hookimpl
def canned_queries(datasette: Any, database: str) -> dict[str, Any]:
    return queries.canned(datasette, database)


@hookimpl
def render_cell(row: Any, value: Any, column: str, table: str | None, database: str, datasette: Any) -> Any:
    return cells.render(value, column, table, database, datasette, row)
