"""
A web archive as a way into the past: its list of the site's captures, page after page. Knows no network.

begin | rows after rows, by resume keys, each answer as long as it may be
      | no answer in time: the list in blocks | how many there are | each of them

The Internet Archive looks through all that it has of a site, also where few of its captures are of the days in
question, and gives up over a large site (internetarchive/wayback#285, #93). A block is never too much for it.
"""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from collector.ways.cdx import FIELDS
from collector.ways.nouns import Leaf, Moves, Notes, Span, Step, Target

ROWS = 10_000  # of one answer: each costs the archive seconds, however short it is
BLOCK = 10  # of the index, 3,000 captures each, are looked through for one answer
# Before the span: an address that was captured then was published before it, and need not be asked for.
EARLIER = timedelta(days=7)
LATER = timedelta(days=7)  # an article with a date in its address is often captured some days after it
KNOWN = {"web.archive.org": "Internet Archive"}
_ENCODED = re.compile(r"[\w.~%+*!'-]+", re.ASCII)
_ROBOTS = "robots.txt"


def begin(target: Target, span: Span) -> Moves:
    """The first rows of its list."""
    return Moves(steps=(_rows(target, span, None),), form=_form(target))


def follow(step: Step, leaf: Leaf, notes: Notes, target: Target, span: Span) -> Moves:
    """More rows, where the answer names a resume key. `notes`: what was seen, the blocks that are left and lost."""
    if "block" in step.place:
        return _after_block(leaf, notes, target)
    if "blocks" in step.place:
        return _after_count(leaf, notes, target, span)
    if leaf.why:
        late = _ROBOTS not in leaf.why and (leaf.status == 0 or leaf.status >= 500)
        return Moves(steps=(_count(target, span),)) if late else _none(leaf, target)
    return _after_rows(step, leaf, notes, target, span)


def _after_rows(step: Step, leaf: Leaf, notes: Notes, target: Target, span: Span) -> Moves:
    seen = bool(notes.get("seen")) or leaf.announced > 0
    if leaf.cursor is None:
        return _end(target, seen=seen)
    if leaf.cursor == step.place.get("key"):
        return Moves(over=True, reached=False, why=f"the list of captures does not get past {leaf.cursor!r}")
    return Moves(steps=(_rows(target, span, leaf.cursor),), notes={"seen": seen})


def _after_count(leaf: Leaf, notes: Notes, target: Target, span: Span) -> Moves:
    if leaf.why:
        return _none(leaf, target)
    steps = tuple(_block(target, span, number) for number in range(leaf.pages or 0))
    return Moves(steps=steps, notes={**notes, "left": len(steps)}) if steps else _end(target, seen=False)


def _after_block(leaf: Leaf, notes: Notes, target: Target) -> Moves:
    """Blocks come in any order."""
    left, lost = notes.get("left", 1) - 1, notes.get("lost", 0) + bool(leaf.why)
    seen = bool(notes.get("seen")) or leaf.announced > 0
    if left > 0:
        return Moves(notes={"seen": seen, "left": left, "lost": lost})
    return _end(target, seen=seen, lost=lost)


def _end(target: Target, *, seen: bool, lost: int = 0) -> Moves:
    why = "" if seen else f"{_form(target)} holds no page of {target.site} from then"
    if lost:
        why = f"blocks of the list of captures that could not be had: {lost}"
    return Moves(over=True, reached=seen and not lost, why=why)


def _none(leaf: Leaf, target: Target) -> Moves:
    return Moves(over=True, reached=False, why=_why(leaf, target))


def _rows(target: Target, span: Span, key: str | None) -> Step:
    """A resume key comes encoded, as it is to be sent."""
    url = _url(target, span, {"limit": ROWS, "showResumeKey": "true"})
    if key is None:
        return Step(url=url, reads="captures")
    sent = key if _ENCODED.fullmatch(key) else quote(key, safe="")
    return Step(url=f"{url}&resumeKey={sent}", reads="captures", place={"key": key})


def _count(target: Target, span: Span) -> Step:
    url = _url(target, span, {"pageSize": BLOCK, "showNumPages": "true"})
    return Step(url=url, reads="captures", place={"blocks": True})


def _block(target: Target, span: Span, number: int) -> Step:
    url = _url(target, span, {"pageSize": BLOCK, "page": number})
    return Step(url=url, reads="captures", place={"block": number})


def _url(target: Target, span: Span, more: Mapping[str, Any]) -> str:
    """`filter` comes before `collapse`: of each address the first good capture."""
    query = [
        ("url", target.site),
        ("matchType", "domain"),
        ("output", "json"),
        ("fl", ",".join(FIELDS)),
        ("filter", "statuscode:200"),
        ("filter", "mimetype:text/html"),
        ("collapse", "urlkey"),
        ("from", _day(span.since, -EARLIER)),
        ("to", _day(span.until, LATER)),
        *more.items(),
    ]
    return f"{target.archive.rstrip('/')}/cdx/search/cdx?{urlencode(query)}"


def _day(day: date, away: timedelta) -> str:
    """Some days away, as far as the calendar goes."""
    try:
        return (day + away).isoformat().replace("-", "")
    except OverflowError:
        return day.isoformat().replace("-", "")


def _form(target: Target) -> str:
    host = urlsplit(target.archive).netloc
    return KNOWN.get(host, f"web archive at {host}")


def _why(leaf: Leaf, target: Target) -> str:
    said = f"{_form(target)} gave no list of captures: {leaf.why}"
    if f"{_ROBOTS} disallows" in leaf.why:
        host = urlsplit(target.archive).hostname
        return f"{said}; if it lets you ask all the same, say `robots: false` for {host} under `sites` in config.yaml"
    if leaf.status in (401, 403, 451):
        return f"{said}; sites may be kept from view there at their owner's wish"
    return said
