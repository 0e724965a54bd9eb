"""The same search for programs: JSON by pages, CSV of all that is listed, an Atom feed of what comes in."""

from dataclasses import replace
from io import BytesIO
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from storage.archive.base import Row
from storage.archive.searching import Matches
from storage.datasette.answers import JSON, Document, Unclear
from storage.datasette.reading import Reading
from storage.datasette.search import on_page
from storage.datasette.search_query import ON_A_PAGE, Asked, asked
from storage.export import atom, table
from storage.export.record import record
from storage.records import to_json

COLUMNS = (
    *("id", "title", "site", "url", "published", "first_seen", "language", "versions", "state", "story_id"),
    *("lead", "page"),
)


def search_form(reading: Reading, request: Any) -> Document:
    """`form` of the path: json, csv, atom. Raises Unclear with all that is wrong."""
    what = asked(request)
    if what.wrong:
        raise Unclear(" ".join(what.wrong.values()))
    return _FORMS[request.url_vars["form"]](reading, what)


def _json(reading: Reading, what: Asked) -> Document:
    """Of the snippets, matches stand in [ and ]."""
    matches = reading.archive.matches(what.search)
    rows = reading.archive.excerpted(on_page(matches, what.page), what.search.query, ("[", "]"))
    answer = {
        "asked": what.fields,
        "understood": what.search.query and what.search.query.expression,
        "as_written": what.search.query is None or what.search.query.as_written,
        "order": matches.order,
        "count": len(matches.ids),
        "more": matches.more,
        "page": what.page,
        "next": _next(reading, what, matches),
        "results": [_result(reading, row) | {"snippet": row["snippet"]} for row in rows],
    }
    return Document(body=to_json(answer).encode() + b"\n", content_type=JSON)


def _next(reading: Reading, what: Asked, matches: Matches) -> str | None:
    if what.page * ON_A_PAGE >= len(matches.ids):
        return None
    return reading.absolute(reading.link.search("json", **what.fields, page=what.page + 1))


def _result(reading: Reading, row: Row) -> Row:
    page = reading.absolute(reading.link.article(row["id"]))
    return {name: page if name == "page" else row[name] for name in COLUMNS}


def _csv(reading: Reading, what: Asked) -> Document:
    file, ids = BytesIO(), reading.archive.matches(what.search).ids
    rows = [_result(reading, row) for row in reading.archive.hits(ids)]
    table.write(rows, file, spreadsheet=True, columns=COLUMNS)
    return Document(body=file.getvalue(), content_type="text/csv; charset=utf-8", filename="newskeep-search.csv")


def _atom(reading: Reading, what: Asked) -> Document:
    """What came in last, whatever the order: a feed is for what is new. Its id depends on nothing but what is asked."""
    fields = {name: value for name, value in what.fields.items() if name != "sort"}
    ids = reading.archive.matches(replace(what.search, order="arrived"), ON_A_PAGE).ids
    told = [each for each in map(reading.archive.told, ids) if each is not None]
    title = "Newskeep: " + (", ".join(fields.values()) or "what comes in")
    links = {
        "self": reading.absolute(reading.link.search("atom", **fields)),
        "alternate": reading.absolute(reading.link.search(**fields)),
    }
    id_ = uuid5(NAMESPACE_URL, f"newskeep:search:{to_json(fields)}").urn
    body = atom.feed([record(each, reading.hide) for each in told], id_, title, links)
    return Document(body=body, content_type="application/atom+xml; charset=utf-8")


_FORMS = {"json": _json, "csv": _csv, "atom": _atom}
