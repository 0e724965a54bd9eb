"""The page of an article: its words as a version has them, and where each of them comes from."""

import json
from typing import Any

from storage.archive.base import Row
from storage.datasette.answers import Page
from storage.datasette.asked import Shown, shown
from storage.datasette.change_words import changed
from storage.datasette.prose import blocks, language, web
from storage.datasette.reading import Reading
from storage.recipes import bare_revision

CAPTURES, OTHERS = 20, 20  # that are shown at most
_LISTS = ("authors", "tags", "captions")


def article(reading: Reading, request: Any) -> Page:
    """Raises Missing, Unclear."""
    what = shown(reading, request)
    row = what.told.row
    context = {
        "row": row | {name: json.loads(row[name]) for name in _LISTS},
        "lang": language(row["language"]),
        "blocks": blocks(row["text"], row["kinds"]),
        "lead": _lead(row),
        "canonical": web(row["url"]),
        "standing": what.standing,
        "version": what.version,
        "current": what.current,
        **_past(reading, what),
        **_others(reading, row["article_id"]),
        **_origin(reading, what),
    }
    return Page(template="article.html", context=context)


def _lead(row: Row) -> str | None:
    """The summary above the text, where it is not its beginning."""
    lead: str | None = row["lead"]
    return None if lead is None or row["text"].startswith(lead.rstrip("….")) else lead


def _past(reading: Reading, what: Shown) -> Row:
    """Its versions, the last first; each knows the number of the one before."""
    numbers = [None, *(row["number"] for row in what.time_line)]
    told = [
        changed(row, first=before is None) | {"before": before}
        for row, before in zip(what.time_line, numbers, strict=False)
    ]
    return {"versions": told[::-1], "withdrawn": reading.archive.withdrawn_from(what.standing["id"])}


def _others(reading: Reading, article_id: int) -> Row:
    """The articles that share its text."""
    story = reading.archive.story_of(article_id)
    holds, held_in = reading.archive.parts(article_id)
    return {
        "story": story[:OTHERS],
        "story_size": len(story),
        "holds": holds[:OTHERS],
        "held_in": held_in[:OTHERS],
    }


def _origin(reading: Reading, what: Shown) -> Row:
    """Who announced it, which captures there are, and what read the one that its text is from."""
    archive, row = reading.archive, what.told.row
    announced = [
        each | {"source_url": reading.hide(each["source_url"])} for each in archive.announcements(what.standing["id"])
    ]
    captures = archive.captures_of(what.standing["id"], CAPTURES + 1)
    return {
        "announced": announced,
        "captures": captures[:CAPTURES],
        "more_captures": len(captures) > CAPTURES,
        "pages": what.told.pages,
        "rule": _rule(reading, row),
    }


def _rule(reading: Reading, row: Row) -> Row | None:
    """Name and key of the site rule that read it, where its text is kept."""
    found = reading.archive.rule_text(row["rule_revision"])
    return found and {"name": found[0], "revision": bare_revision(row["rule_revision"])}
