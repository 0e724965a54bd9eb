"""What all pages share: filters and links for the templates, which base template is used."""

from typing import Any

from storage.datasette import words
from storage.datasette.databases import archive_in
from storage.datasette.links import Links
from storage.datasette.mending import mended


def prepare(env: Any, datasette: Any) -> None:
    """Filters for templates: functions of `words`, and what mends Datasette's own pages."""
    env.filters.update(words.FILTERS, mended=mended)


def variables(datasette: Any) -> dict[str, Any]:
    """For every template, Datasette's too: `link`; `newskeep`, the archive's name; None where there is no archive."""
    name = archive_in(datasette)
    return {"newskeep": name, "link": name and links(datasette)}


def links(datasette: Any) -> Links:
    """Raises LookupError where there is no archive."""
    name = archive_in(datasette)
    if name is None:
        raise LookupError("no archive is served here")
    return Links(datasette.urls, name)
