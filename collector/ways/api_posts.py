"""
The walk through WordPress' own API: its posts of some days, the oldest first, by numbered pages. Knows no network.

One request tells that there is one, and how many pages hold the days. `after` and `before` are told in UTC, both are
excluded. WordPress before 5.3 (of 2019) takes them for the clock on the site's wall: where that clock is not UTC's, and
no post was seen of the hours that such a server leaves out, they are asked for by that clock, which all read alike.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from collector.ways.nouns import Leaf, Moves, Notes, Span, Step, Target

FIELDS = "date,date_gmt,modified_gmt,link,guid,title,content,excerpt"
LARGEST, LEAST = 100, 5  # posts of a page: WordPress gives a hundred at most, and some sites fewer
_SECOND = timedelta(seconds=1)
_ROUND = 10  # a first page of so many, or of a multiple of it, may be what a site gives at most


def begin(target: Target, span: Span) -> Moves:
    """The first page. Where a feed is asked for by `?feed=`, the site has plain permalinks, and its API has, too."""
    base = target.base.rstrip("/")
    plain = any("feed" in parse_qs(urlsplit(feed).query) for feed in target.feeds)
    root = f"{base}/?rest_route=/wp/v2/posts&" if plain else f"{base}/wp-json/wp/v2/posts?"
    place = {"root": root, "after": _utc(span.begins - _SECOND), "before": _utc(span.ends)}
    return Moves(steps=(_step({**place, "page": 1, "size": LARGEST}),))


def follow(step: Step, leaf: Leaf, notes: Notes, target: Target, span: Span) -> Moves:
    """The next page, smaller ones, the hours that an old server left out, or the end."""
    if leaf.why:
        return _failed(step.place, leaf, notes)
    known = _known(leaf, notes)
    if _goes_on(step.place, leaf):
        size = step.place["size"]
        full = step.place.get("full") or (leaf.cursor["came"] if leaf.pages is None else size)
        return Moves(steps=(_step({**step.place, "page": step.place["page"] + 1, "full": full}),), notes=known)
    if hours := tuple(_left_out(step.place, known, span)):
        return Moves(steps=hours, notes=known)
    return Moves(
        notes=known, reached=bool(known["found"]), why="" if known["found"] else "it has no posts of these days"
    )


def _step(place: dict[str, Any]) -> Step:
    asked = {name: place[name] for name in ("after", "before", "page")}
    query = {**asked, "per_page": place["size"], "orderby": "date", "order": "asc", "_fields": FIELDS}
    return Step(url=place["root"] + urlencode(query, safe=":,"), reads="posts", place=place)


def _utc(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def _failed(place: Notes, leaf: Leaf, notes: Notes) -> Moves:
    """Smaller pages where the size is refused, or too much for the server or for us; else it ends here."""
    page, size = place["page"], place["size"]
    if "rest_post_invalid_page_number" in leaf.why:
        return Moves(reached=bool(notes.get("found")))
    refused = leaf.status == 400 and "rest_invalid_param" in leaf.why and page == 1
    heavy = leaf.status >= 500 or leaf.why.endswith(" bytes")  # more than we take of one document
    aligned = page == 1 or size % 2 == 0  # page 7 of a hundred begins where page 13 of fifty does
    if (refused and size // 2 >= LEAST) or (heavy and aligned and size > LARGEST // 4):
        smaller = {**place, "page": 2 * page - 1, "size": size // 2}
        return Moves(steps=(_step({name: value for name, value in smaller.items() if name != "full"}),))
    return Moves(reached=False, why=f"no posts of WordPress: {leaf.why}" if page == 1 else leaf.why)


def _known(leaf: Leaf, notes: Notes) -> dict[str, Any]:
    """What all pages told so far. Times in seconds since 1970."""
    clock = [*leaf.cursor["clock"], *notes.get("clock", ())]
    times = [moment.timestamp() for moment in (leaf.oldest, leaf.newest) if moment] + list(notes.get("times", ()))
    return {
        "found": notes.get("found", 0) + leaf.announced,
        "clock": [min(clock), max(clock)] if clock else [],
        "times": [min(times), max(times)] if times else [],
        "now": leaf.cursor["now"],
    }


def _goes_on(place: Notes, leaf: Leaf) -> bool:
    """By the number of pages; where a server does not tell it, until one is shorter than the first."""
    came: int = leaf.cursor["came"]
    if leaf.pages is not None:
        return came > 0 and leaf.pages > place["page"]
    capped = place["page"] == 1 and came > 0 and came % _ROUND == 0
    return capped or came >= (place.get("full") or place["size"])


def _left_out(place: Notes, known: Notes, span: Span) -> Iterator[Step]:
    """What a server that takes UTC for its own clock leaves out: hours at one end of the span, told by that clock."""
    if place.get("wall") or not known["clock"] or not known["times"]:
        return
    behind, ahead = (timedelta(seconds=seconds) for seconds in known["clock"])
    oldest, newest = known["times"]
    hidden: list[tuple[datetime, datetime]] = []
    if behind < timedelta() and oldest >= (span.begins - behind).timestamp():
        hidden.append((span.begins + behind, span.begins))
    if ahead > timedelta() and newest < (last := (span.ends - ahead).timestamp()) and last < known["now"]:
        hidden.append((span.ends, span.ends + ahead))
    for after, before in hidden:
        wall = {"after": _wall(after - _SECOND), "before": _wall(before), "wall": True}
        yield _step({"root": place["root"], "size": place["size"], **wall, "page": 1})


def _wall(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%S")
