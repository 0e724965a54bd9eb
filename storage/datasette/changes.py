"""The page of changes: what publishers edited, and what changed for other reasons, newest first."""

import re
from typing import Any

from collector.policy.changes.words import worddiff
from storage.archive.base import Row
from storage.archive.recent import EVERYBODY, Changed
from storage.datasette.answers import Page, Unclear
from storage.datasette.change_words import BY, KINDS, SAID, SAID_BY, changed
from storage.datasette.differences import shown
from storage.datasette.reading import Reading

ON_A_PAGE = 40
NOBODY, ALL = "unknown", "all"
_PLACE = re.compile(r"(\d{4}-[0-9T:.+-]{10,40}) (\d{1,18})")  # created_at and id of the last that was shown


def changes(reading: Reading, request: Any) -> Page:
    """`by`, `kind`, `site` and `before` of the query. Raises Unclear."""
    asked = {name: request.args.get(name) or "" for name in ("by", "kind", "site")}
    asked["by"] = asked["by"] or "publisher"
    before = request.args.get("before") or ""
    found = reading.archive.changed(_wanted(asked, before), ON_A_PAGE + 1)
    on_page, more = found[:ON_A_PAGE], len(found) > ON_A_PAGE
    context = {
        "asked": asked,
        "rows": [_told(row) for row in on_page if row["old_number"] is not None],
        "later": bool(before),
        "next": f"{on_page[-1]['seen_at']} {on_page[-1]['id']}" if more else None,
        "sites": reading.archive.sites_read(),
        "who": [("publisher", BY["publisher"]), *((key or NOBODY, BY[key]) for key in EVERYBODY[1:]), (ALL, "anybody")],
        "kinds": KINDS,
        "said": SAID,
        "said_by": [(BY[key], SAID_BY[key]) for key in EVERYBODY],
    }
    return Page(template="changes.html", context=context)


def _wanted(asked: Row, before: str) -> Changed:
    by = {**{key or NOBODY: (key,) for key in EVERYBODY}, ALL: EVERYBODY}
    place = _PLACE.fullmatch(before)
    if asked["by"] not in by:
        raise Unclear(f"“by” is one of {', '.join(by)}.")
    if asked["kind"] and asked["kind"] not in KINDS:
        raise Unclear(f"“kind” is one of {', '.join(KINDS)}.")
    if before and not place:
        raise Unclear("“before” is what the link to older changes says.")
    return Changed(
        by=by[asked["by"]],
        kind=asked["kind"] or None,
        site=asked["site"] or None,
        before=(place[1], int(place[2])) if place else None,
    )


def _told(row: Row) -> Row:
    return changed(row, first=False) | {
        "words": shown(worddiff(row["old_title"], row["title"])),
        "gained": row["characters"] - row["old_characters"],
    }
