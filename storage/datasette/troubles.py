"""What Datasette itself cannot answer, in our frame: a page that is not there, SQL that is wrong, a fault of a program.

Datasette's own answer, which is made all the same, writes the trace of a fault to stderr.
"""

from http import HTTPStatus
from typing import Any

from datasette.utils.asgi import Base400
from datasette.views.base import DatasetteError
from markupsafe import Markup

from storage.datasette import door
from storage.datasette.databases import archive_in

TITLES = {400: "That cannot be asked", 404: "There is no such page", 500: "This went wrong"}


async def answer(datasette: Any, request: Any, exception: Exception) -> Any:
    """A response; None where Datasette's own is right: for programs, and where no archive is served."""
    if archive_in(datasette) is None or request.path.endswith(".json"):
        return None
    status, title, words = _told(exception)
    return await door.trouble(datasette, request, status, title or TITLES.get(status, HTTPStatus(status).phrase), words)


def _told(exception: Exception) -> tuple[int, str | None, str]:
    """A message of Datasette's that is HTML was escaped by it where it holds what was asked."""
    if isinstance(exception, DatasetteError):
        message = exception.message
        return exception.status, exception.title, Markup(message) if exception.message_is_html else str(message)  # noqa: S704
    if isinstance(exception, Base400):
        said = str(exception.args[0]) if exception.args else ""
        return exception.status, None, "" if said == str(exception.status) else said
    return 500, None, f"{type(exception).__name__}: {exception}"
