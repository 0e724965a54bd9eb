"""
The walk through an API that a site rule describes: one series of pages for each value of `each`. Knows no network.

by number      numbered pages without the days asked for in their requests: searched, then walked (see `numbered`)
by a cursor    from the end of the span (or its begin, where the oldest come first) until a page lies beyond the other
               end, the API says that there is no more, or it gives less than a page

A series that fails ends alone. What an API gives nothing of behind a full page of a number may be hidden by a limit of
its own: such a walk does not count as one that goes back to the first day.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urljoin

from collector import urls
from collector.errors import SourceError
from collector.extract.rule import Rule
from collector.extract.rule_api import Api
from collector.ways import api_rule, numbered
from collector.ways.api_pages import MOST_SEEN
from collector.ways.api_rule import Sites
from collector.ways.nouns import Leaf, Moves, Notes, Span, Step, Target

MOST = 20_000  # pages of one series: where there are more, it is going in a circle
FAR_SHORTER = 0.75  # of a page is none: some servers leave out a hidden item or two after they have counted


@dataclass(frozen=True, slots=True)
class _End:
    """Of a series. `reached`: as in Moves."""

    reached: bool
    why: str = ""


def begin(rule: Rule, host: str, target: Target, span: Span) -> Moves:
    """The first page of each series."""
    places = [place for number, api in enumerate(rule.api) for place in _places(api, number, host, span)]
    try:
        steps = tuple(api_rule.request(rule.api[place["api"]], place, target.base, span) for place in places)
    except SourceError as e:
        return Moves(why=str(e))
    return Moves(steps=steps, notes={"open": len(steps), "reached": True, "why": ""}, form=f"API of {rule.name}")


def follow(step: Step, leaf: Leaf, notes: Notes, target: Target, span: Span, sites: Sites | None = None) -> Moves:
    """The next page of a series, or its end."""
    try:
        api = api_rule.described(step.place, sites)
        onward = _numbered(api, step, leaf, span) if "turn" in step.place else _after(api, step, leaf, span)
        if not isinstance(onward, _End):
            place, mark = onward
            return Moves(steps=(api_rule.request(api, place, target.base, span, mark),))
    except SourceError as e:
        onward = _End(False, str(e))
    return _ended(onward, step.place, notes)


def _places(api: Api, number: int, host: str, span: Span) -> Iterator[dict[str, Any]]:
    whole: dict[str, Any] = {"rule": host, "api": number, "cursor": api_rule.begin(api, span), "page": 0}
    if api.cursor.by in ("page", "offset") and not (api.rising or api.says("since") or api.says("until")):
        first = api.cursor.first if api.cursor.by == "page" else 0
        whole["turn"] = numbered.begin(first).notes
    for each in api.each or ("",):
        yield {**whole, "each": each} if each else dict(whole)


def _ended(end: _End, place: Notes, notes: Notes) -> Moves:
    """Of a series; of the walk, when it was the last one."""
    why = f"{place['each']}: {end.why}" if end.why and "each" in place else end.why
    said = {
        "open": notes["open"] - 1,
        "reached": notes["reached"] and end.reached,
        "why": "; ".join(filter(None, (notes["why"], why)))[:500],
    }
    return Moves(notes=said, reached=None if said["open"] else said["reached"], why=said["why"])


def _numbered(api: Api, step: Step, leaf: Leaf, span: Span) -> tuple[dict[str, Any], str] | _End:
    turn = numbered.follow(step.place["turn"], _counted(api, step, leaf), span)
    if turn.page is None:
        return _End(bool(turn.reached), turn.why)
    place = {**step.place, "turn": turn.notes, "page": turn.page}
    if api.cursor.by == "page":
        return {**place, "cursor": str(turn.page)}, turn.mark
    stride = step.place.get("stride") or min(filter(None, (api.page_size, (leaf.cursor or {}).get("came"))))
    return {**place, "cursor": str(api.cursor.first + turn.page * stride), "stride": stride}, turn.mark


def _counted(api: Api, step: Step, leaf: Leaf) -> Leaf:
    """With the number of pages, where the API tells how many items there are, or that this page is the last one."""
    cursor = leaf.cursor or {}
    came = step.place.get("stride") or cursor.get("came")
    if cursor.get("more") is False:
        return replace(leaf, pages=step.place["turn"]["page"] + 1 - step.place["turn"]["first"])
    return replace(leaf, pages=-(-leaf.total // came)) if leaf.total is not None and came else leaf


def _after(api: Api, step: Step, leaf: Leaf, span: Span) -> tuple[dict[str, Any], str] | _End:
    """By a cursor, or by the numbers of pages that hold nothing but the days asked for."""
    place = step.place
    if leaf.why:
        return _End(False, leaf.why)
    if (end := _over(api, place, leaf, span)) is not None:
        return end
    following = _next(api, place, leaf)
    if following is None or place["page"] >= MOST:
        return _End(False, "its cursor does not move on" if following is None else f"more than {MOST:,} pages")
    if api.cursor.by == "link" and not urls.same_site(urljoin(step.url, following), step.url):
        return _End(False, f"it goes on at another site: {following}")
    came = leaf.cursor["came"]
    again = place.get("seen", []) if following == place["cursor"] else []
    said = {"size": max(came, place.get("size", 0)), "got": place.get("got", 0) + came, "ends": [leaf.first, leaf.last]}
    seen = [*again, *leaf.cursor.get("seen", ())][-MOST_SEEN:]
    return {**place, **said, "cursor": following, "page": place["page"] + 1, "seen": seen}, ""


def _over(api: Api, place: Notes, leaf: Leaf, span: Span) -> _End | None:
    """Is this page the last one of its series?"""
    told, by_number = leaf.cursor, api.cursor.by in ("page", "offset")
    if not told["came"]:
        hidden = by_number and place["page"] > 0
        return _End(not hidden, "nothing comes behind a full page" if hidden else "")
    if leaf.first is not None and [leaf.first, leaf.last] == place.get("ends"):
        return _End(False, "it gives the same page again")
    said_so = told["more"] is False or (api.cursor.by in ("token", "link") and not told["next"])
    had_all = by_number and leaf.total is not None and place.get("got", 0) + told["came"] >= leaf.total
    left_out = len(place.get("seen", ())) if api.says("seen") else 0
    short = told["came"] + left_out < FAR_SHORTER * place.get("size", 0)
    return _End(True) if said_so or had_all or short or _beyond(api, leaf, span) else None


def _beyond(api: Api, leaf: Leaf, span: Span) -> bool:
    """Does the page go on behind the other end of the span? One out of order has to lie there as a whole."""
    if leaf.oldest is None or leaf.newest is None:
        return False
    if api.rising:
        return (leaf.newest if leaf.cursor["sorted"] else leaf.oldest) >= span.ends
    return (leaf.oldest if leaf.cursor["sorted"] else leaf.newest) < span.begins


def _next(api: Api, place: Notes, leaf: Leaf) -> str | None:
    """The cursor that follows; None when it would lead nowhere new."""
    cursor, told = str(place["cursor"]), leaf.cursor
    match api.cursor.by:
        case "page":
            return str(int(cursor) + 1)
        case "offset":
            return str(int(cursor) + told["came"])
        case "token" | "link":
            return told["next"] if told["next"] != cursor else None
    if told["next"] and _forward(api, cursor, told["next"]):
        return str(told["next"])
    if api.says("seen") and leaf.announced:  # a page of one second: the rest of it comes when these are left out
        return cursor
    return told["past"] if told["next"] and _forward(api, cursor, told["past"]) else None


def _forward(api: Api, cursor: str, mark: str) -> bool:
    """Is it further on the way? An API that takes no notice of its cursor would lead back to the start."""
    one, two = api_rule.second(cursor), api_rule.second(mark)
    if one is None or two is None:
        return mark != cursor
    return two > one if api.rising else two < one
