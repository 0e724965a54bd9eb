"""A web archive as a way into the past: its list of the site's captures, page after page. Knows no network."""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from urllib.parse import quote, urlencode, urlsplit

from collector.ways.cdx import FIELDS
from collector.ways.nouns import Leaf, Moves, Notes, Span, Step, Target

ROWS = 10_000  # of one answer: each costs the archive seconds, however short it is
# Before the span: an address that was captured then was published before it, and need not be asked for.
EARLIER = timedelta(days=7)
LATER = timedelta(days=7)  # an article with a date in its address is often captured some days after it
KNOWN = {"web.archive.org": "Internet Archive"}
_ENCODED = re.compile(r"[\w.~%+*!'-]+", re.ASCII)


def begin(target: Target, span: Span) -> Moves:
    """The first page of its list."""
    return Moves(steps=(_step(target, span, None),), form=_form(target))


def follow(step: Step, leaf: Leaf, notes: Notes, target: Target, span: Span) -> Moves:
    """The next page, where the answer names one by a resume key."""
    if leaf.why:
        return Moves(over=True, reached=False, why=_why(leaf, target))
    if leaf.cursor is not None and leaf.cursor == step.place.get("key"):
        return Moves(over=True, reached=False, why=f"the list of captures does not get past {leaf.cursor!r}")
    seen = bool(notes.get("seen")) or leaf.announced > 0
    if leaf.cursor is not None:
        return Moves(steps=(_step(target, span, leaf.cursor),), notes={"seen": seen})
    if not seen:
        return Moves(over=True, reached=False, why=f"{_form(target)} holds no page of {target.site} from then")
    return Moves(over=True, reached=True)


def _step(target: Target, span: Span, key: str | None) -> Step:
    """`filter` before `collapse`: of each address the first good capture. A resume key comes encoded, as it is sent."""
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
        ("limit", str(ROWS)),
        ("showResumeKey", "true"),
    ]
    url = f"{target.archive.rstrip('/')}/cdx/search/cdx?{urlencode(query)}"
    if key is not None:
        url += f"&resumeKey={key if _ENCODED.fullmatch(key) else quote(key, safe='')}"
    return Step(url=url, reads="captures", place=_place(key))


def _place(key: str | None) -> Mapping[str, str]:
    return {} if key is None else {"key": key}


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
    if "robots.txt" in leaf.why:
        host = urlsplit(target.archive).hostname
        return f"{said}; if it lets you ask all the same, say `robots: false` for {host} under `sites` in config.yaml"
    if leaf.status in (401, 403, 451):
        return f"{said}; sites may be kept from view there at their owner's wish"
    return said
