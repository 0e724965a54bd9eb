"""A request -> who may see it -> the page's function, in a thread of Datasette's -> a response.

A page reads in one transaction, so that all of it is of one moment, by a connection that cannot write, and within
Datasette's time limit for one query.
"""

import sqlite3
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from datasette.utils import sqlite_timelimit
from datasette.utils.asgi import Request, Response
from datasette.views.index import IndexView

from collector.log_secrets import Secrets
from storage.archive import Archive
from storage.datasette.answers import HTML, Answer, Document, Elsewhere, Missing, Page, Unclear
from storage.datasette.databases import archive_in
from storage.datasette.look import links
from storage.datasette.reading import Reading

Respond = Callable[[Any, Any, Any], Awaitable[Any]]

# Of our pages: nothing is loaded from elsewhere, and no script runs that is not a file of Datasette's or ours.
HEADERS = {
    "content-security-policy": "default-src 'none'; style-src 'self'; img-src 'self' data:; script-src 'self';"
    " connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'self'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
}


@dataclass(frozen=True, slots=True)
class Route:
    """pattern: of the path; what it names is in `request.url_vars`. table: who may not see it may not see the page."""

    pattern: str
    answer: Callable[[Reading, Request], Answer]
    table: str = "articles"


def open_to(route: Route) -> Respond:
    """The view that Datasette calls for a route."""

    async def respond(request: Any, send: Any, datasette: Any) -> Any:
        name = archive_in(datasette)
        if name is None:
            return await _without_archive(request, send, datasette)
        allowed = [("view-table", (name, route.table)), ("view-database", name), "view-instance"]
        await datasette.ensure_permissions(request.actor, allowed)
        answer = await _answer(datasette, name, route, request)
        return await _response(datasette, request, answer)

    return respond


async def trouble(datasette: Any, request: Any, status: int, title: str, words: str) -> Any:
    """A response that says what went wrong."""
    return await _response(datasette, request, _trouble(status, title, words))


async def _without_archive(request: Any, send: Any, datasette: Any) -> Any:
    if request.path.rstrip("/") == datasette.urls.instance().rstrip("/"):
        request.scope["url_route"]["kwargs"].setdefault("format", None)  # as Datasette's own route has it
        return await IndexView.as_view(datasette)(request, send)
    return _plain(404, "none of the databases here is an archive of newskeep")


def _plain(status: int, words: str) -> Any:
    return Response.text(words, status=status)


async def _answer(datasette: Any, name: str, route: Route, request: Any) -> Answer:
    database = datasette.databases[name]
    try:
        found: Answer = await database.execute_fn(partial(_read, datasette, database, route, request))
    except Missing as error:
        return _trouble(404, "Not in the archive", str(error))
    except Unclear as error:
        return _trouble(400, "That cannot be asked", str(error))
    except sqlite3.OperationalError as error:
        if error.args != ("interrupted",):
            raise
        limit = datasette.setting("sql_time_limit_ms") / 1000
        return _trouble(503, "This takes too long", f"The archive was read for {limit:g} s, which is the limit here.")
    return found


def _trouble(status: int, title: str, words: str) -> Page:
    return Page(template="trouble.html", context={"title": title, "words": words}, status=status)


def _read(datasette: Any, database: Any, route: Route, request: Any, connection: Any) -> Answer:
    reading = Reading(
        archive=Archive.on(connection, Path(database.path)),
        database=database.name,
        now=now(datasette),
        hide=Secrets().hide,
        link=links(datasette),
        absolute=partial(datasette.absolute_url, request),
    )
    connection.execute("BEGIN")
    try:
        with sqlite_timelimit(connection, datasette.setting("sql_time_limit_ms")):
            return route.answer(reading, request)
    finally:
        connection.rollback()
        reading.close()


def now(datasette: Any) -> datetime:
    """The moment that pages are of: `now` of the plugin's configuration, to look at an archive of the past; or this."""
    said = (datasette.plugin_config("newskeep") or {}).get("now")
    return datetime.fromisoformat(said) if said else datetime.now(UTC)


async def _response(datasette: Any, request: Any, answer: Answer) -> Any:
    if isinstance(answer, Elsewhere):
        return Response.redirect(answer.url)
    headers = dict(HEADERS)
    if isinstance(answer, Document):
        headers |= answer.headers
        if answer.filename:
            headers["content-disposition"] = f'attachment; filename="{answer.filename}"'
        return Response(answer.body, headers=headers, content_type=answer.content_type)
    context = {**answer.context, "status": answer.status}
    html = await datasette.render_template(f"newskeep/{answer.template}", context, request=request)
    return Response(html, status=answer.status, headers=headers, content_type=HTML)
