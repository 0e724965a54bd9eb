"""Cells of Datasette's own tables that say more than their value: links to our pages, changes, lists.

By the names of columns, so that the results of anybody's SQL are shown so, too. Every value is hostile.
"""

import json
import re
from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from storage.datasette.databases import archive_in
from storage.datasette.differences import markup
from storage.datasette.links import Links
from storage.datasette.look import links

# What a column's numbers are: the table they are of, the method of `Links` that knows the page.
_POINTERS = {
    **dict.fromkeys(("article_id", "other_id", "story_id"), ("articles", "article")),
    **dict.fromkeys(("capture_id", "first_page_id", "announced_in"), ("captures", "capture")),
    **dict.fromkeys(("source_id", "parent_id"), ("sources", "source")),
}
_OWN = {"articles": "article", "latest_articles": "article", "captures": "capture", "sources": "source"}
_SITES = {"site", "first_site", "other_site"}
_TITLES = {"title", "title_after"}
_DIFFERENCES, _EXCERPTS = ("diff", "changes", "word_diff"), ("snippet", "excerpt")
_LISTS = {
    *("authors", "tags", "kinds", "captions", "edits", "places", "headers"),
    *("skip_hours", "skip_days", "look_again", "via", "bodies"),
}
_ADDRESS = re.compile(r"https?://[^\s\x00-\x1f]+")
_EXCERPT = re.compile(r"\[([^\[\]]*)\]")  # as our searches mark what they found
_LONGEST = 80  # characters of an address that are shown
_LINK = Markup('<a href="{}">{}</a>')
_OUT = Markup('<a href="{}" rel="noopener noreferrer">{}</a>')


def render(value: Any, column: str, table: str | None, database: str, datasette: Any, row: Any = None) -> Markup | None:
    """Markup for a cell; None where Datasette shows it as it is, or the database is no archive."""
    return shown(value, column, table, row, links(datasette)) if database == archive_in(datasette) else None


def shown(value: Any, column: str, table: str | None, row: Any, link: Links) -> Markup | None:
    """value: as SQLite has it; where Datasette has put a label to a foreign key, {"value", "label"}.

    table: None for the result of SQL. row: its other columns, by name.
    """
    if isinstance(value, dict):
        return _labelled(link, column, value)
    if isinstance(value, int):
        return _number(link, value, column, table, row)
    if isinstance(value, str) and value:
        return _leading(link, value, column, table, row) or _read(value, column)
    return None


def _labelled(link: Links, column: str, value: Mapping[str, Any]) -> Markup | None:
    """The label leads to our page, the number to Datasette's row."""
    if column not in _POINTERS or not isinstance(value["value"], int):
        return None
    table, page = _POINTERS[column]
    number, label = value["value"], value["label"]
    words = _shortened(str(label or "-"))
    return _LINK.format(getattr(link, page)(number), words) + Markup(" <small>{}</small>").format(
        _LINK.format(link.row(table, number), number)
    )


def _number(link: Links, value: int, column: str, table: str | None, row: Any) -> Markup | None:
    if column in _POINTERS:
        return _LINK.format(getattr(link, _POINTERS[column][1])(value), value)
    if column == "id" and table in _OWN:
        return _LINK.format(getattr(link, _OWN[table])(value), value)
    if column == "number" and (article_id := _article(table, row)):
        return _LINK.format(link.article(article_id, version=value), value)
    return None


def _leading(link: Links, value: str, column: str, table: str | None, row: Any) -> Markup | None:
    """Words that lead to a page."""
    if column in _TITLES and (article_id := _article(table, row)):
        return _LINK.format(link.article(article_id), value)
    if column in _SITES:
        return _LINK.format(link.site(value), value)
    return _OUT.format(value, _shortened(value)) if _ADDRESS.fullmatch(value) else None


def _read(value: str, column: str) -> Markup | None:
    """Words with a meaning that is written in signs."""
    if column.startswith(_DIFFERENCES):
        return markup(value)
    if column.startswith(_EXCERPTS):
        return Markup(_EXCERPT.sub(r"<mark>\1</mark>", str(Markup.escape(value))))  # noqa: S704 - escaped
    return _listed(value) if column in _LISTS and value.startswith("[") else None


def _article(table: str | None, row: Any) -> int | None:
    """Whose title, or number of a version, this row has."""
    names = row.keys() if row is not None else ()
    name = "id" if table in ("articles", "latest_articles") else "article_id"
    if name not in names and "id" not in names:  # an article has its story beside its id
        name = "story_id"
    found = row[name] if name in names else None
    found = found["value"] if isinstance(found, dict) else found
    return found if isinstance(found, int) else None


def _listed(value: str) -> Markup | None:
    """What each of the archive's JSON lists holds, for people; None for what is none."""
    try:
        found = json.loads(value)
    except (ValueError, RecursionError):
        return None
    if not isinstance(found, list):
        return None
    lines = any(isinstance(each, list | dict) for each in found)
    return Markup.escape(("\n" if lines else ", ").join(filter(None, map(_item, found))) or "–")


def _item(each: Any) -> str:
    if isinstance(each, dict):  # a caption
        credit = each.get("credit")
        return f"{each.get('text') or ''} ({credit})" if credit else str(each.get("text") or "")
    if isinstance(each, list):  # a header
        return ": ".join(map(str, each))
    return str(each)


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
