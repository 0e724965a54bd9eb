"""
Feeds of Blogger: they are asked for by date, so that nothing but the span comes.

`max-results` is capped, and the cap has moved: 500, 150, 100, less where stories are long. So what came is counted.
"""

from collections.abc import Sequence
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from collector.ways.feed_turns import End
from collector.ways.nouns import Leaf, Span, Step

FORM = "Blogger"
_PATH = "/feeds/posts/"
_MOST = (500, 100, 25)  # stories of one answer: fewer where so many cannot be had


def is_one(url: str) -> bool:
    return _PATH in urlsplit(url).path


def begin(feed: str, span: Span, rest: Sequence[str] = ()) -> Step:
    """The first answer: the newest stories of the span. `rest`: where the feed may be if it is not there."""
    place = {"as": "blogger", "form": FORM, "feed": feed, "rest": list(rest)}
    return _step({**place, "start": 1, "most": _MOST[0], "linked": False}, span)


def follow(step: Step, leaf: Leaf, span: Span) -> Step | End:
    """The next stories, if there are more; fewer at a time, where an answer could not be read."""
    place = dict(step.place)
    if leaf.why:
        fewer = next((most for most in _MOST if most < place["most"]), None)
        if fewer is None or leaf.status in (400, 401, 403, 404, 410):
            return End(reached=False, form=FORM, why=leaf.why)
        return _step({**place, "most": fewer}, span)
    start = place["start"] + leaf.announced
    more = leaf.next is not None or (not place["linked"] and leaf.total is not None and start <= leaf.total)
    if not leaf.announced or not more:
        return End(reached=True, form=FORM)
    start = max(start, _start_in(leaf.next))
    return _step({**place, "rest": [], "start": start, "linked": leaf.next is not None}, span)


def _step(place: dict[str, Any], span: Span) -> Step:
    """published-min is included, published-max is not."""
    asked = {
        "redirect": "false",  # not by way of FeedBurner, which knows nothing of dates
        "published-min": f"{span.begins:%Y-%m-%dT%H:%M:%SZ}",
        "published-max": f"{span.ends:%Y-%m-%dT%H:%M:%SZ}",
        "max-results": place["most"],
        "start-index": place["start"],
    }
    url = urlsplit(place["feed"])._replace(query=urlencode(asked, safe=":"), fragment="").geturl()
    return Step(url=url, reads="feed", place=place)


def _start_in(url: str | None) -> int:
    """Where its own next link begins: stories that may not be shown are counted there."""
    said = parse_qs(urlsplit(url or "").query).get("start-index", ["0"])[0]
    return int(said) if said.isascii() and said.isdigit() else 0
