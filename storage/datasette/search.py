"""The page of search: the form, how to ask, what was found."""

from typing import Any

from markupsafe import Markup, escape

from storage.archive.base import Row
from storage.archive.searching import MOST_LISTED, MOST_WEIGHED, Matches
from storage.datasette.answers import Page
from storage.datasette.reading import Reading
from storage.datasette.search_query import LAST_PAGE, LONGEST, ON_A_PAGE, Asked, asked

MARKS = "\ue000", "\ue001"  # private characters: `excerpted` takes them out of the texts themselves


def search(reading: Reading, request: Any) -> Page:
    """Status 400 where the form was not understood: what is wrong stands beside it."""
    what = asked(request)
    context: dict[str, Any] = {
        "asked": what,
        "fields": what.fields,
        "longest": LONGEST,
        "sites": reading.archive.sites_read(),
        "languages": reading.archive.languages_read(),
        "weighed": MOST_WEIGHED,
        "listed": MOST_LISTED,
    }
    if what.anything and not what.wrong:
        context |= _found(reading, what)
    return Page(template="search.html", context=context, status=400 if what.wrong else 200)


def _found(reading: Reading, what: Asked) -> Row:
    matches = reading.archive.matches(what.search)
    rows = reading.archive.excerpted(on_page(matches, what.page), what.search.query, MARKS)
    pages = -(-len(matches.ids) // ON_A_PAGE)
    return {
        "matches": matches,
        "results": [
            row | {"marked_title": marked(row["marked_title"]), "snippet": marked(row["snippet"])} for row in rows
        ],
        "first": (what.page - 1) * ON_A_PAGE + 1,
        "pages": pages,
        "next": what.page + 1 if what.page < pages else None,
        "at_the_end": matches.more and what.page == LAST_PAGE,
    }


def on_page(matches: Matches, page: int) -> list[int]:
    """From 1."""
    return matches.ids[(page - 1) * ON_A_PAGE : page * ON_A_PAGE]


def marked(text: str) -> Markup:
    """What stands between `MARKS` as <mark>, whatever else the text holds."""
    begin, end = MARKS
    pieces = text.split(begin)
    found = [escape(pieces[0])]
    for piece in pieces[1:]:
        inside, _, after = piece.partition(end)
        found.append(Markup("<mark>{}</mark>{}").format(inside, after))
    return Markup("").join(found)
