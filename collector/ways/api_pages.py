"""One answer of an API that a site rule describes -> a leaf. Knows no network, clock or archive."""

from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise
from typing import Any

from collector.extract.rule_api import Api
from collector.sources import json_items
from collector.sources.entries import merged
from collector.sources.json_items import Answer, Told
from collector.ways import api_rule, days
from collector.ways.api_rule import Sites
from collector.ways.nouns import Leaf, Notes, Span

MOST_SEEN = 500  # keys that one request names


def read(
    body: bytes, url: str, fetched_at: datetime, span: Span, site: str, place: Notes, sites: Sites | None = None
) -> Leaf:
    """
    What it announces, without what the page before it told. `sites`: site rules by host. Raises SourceError.

    cursor: {"came": items on it, "sorted": are they in the rule's order?, "more": what it says of that or None, "next":
    the next cursor or None, "past": the same without overlap, "seen": keys of items that come again behind `next`}.
    """
    api = api_rule.described(place, sites)
    answer = json_items.read(body, api, url, fetched_at)
    known = set(place.get("seen", ()))
    fresh = merged(told.entry for told in answer.items if told.key not in known)
    said = {"came": len(answer.items), "sorted": _sorted(answer, api), "more": _more(answer, api)}
    total = answer.said(api.total) or ""
    return days.leaf_of(
        fresh,
        span,
        site,
        form=f"API of {place['rule']}",
        total=int(total) if total.isdecimal() else None,
        cursor={**said, **_onward(answer, api)},
    )


def _sorted(answer: Answer, api: Api) -> bool:
    told = (one.entry.published or one.entry.updated for one in answer.items)
    moments = [days.moment_of(moment) for moment in told if moment is not None]
    return all(one <= two if api.rising else one >= two for one, two in pairwise(moments))


def _more(answer: Answer, api: Api) -> bool | None:
    said = answer.said(api.more)
    return None if said is None else said.lower() not in ("false", "0", "no")


def _onward(answer: Answer, api: Api) -> dict[str, Any]:
    if api.cursor.by in ("token", "link"):
        return {"next": answer.said(api.cursor.path)}
    marks = [one.mark for one in answer.items if one.mark]
    if api.cursor.by != "last" or not marks:
        return {"next": None}
    following = api_rule.back(marks[-1], api)
    return {"next": following, "past": marks[-1], "seen": _seen(answer.items, marks[-1], api)}


def _seen(items: Sequence[Told], last: str, api: Api) -> list[str]:
    """Keys of the items whose time is that of the last one, or so near that the overlap tells them again."""
    end = api_rule.second(last)

    def again(mark: str | None) -> bool:
        moment = api_rule.second(mark) if mark else None
        return mark == last or (moment is not None and end is not None and abs(moment - end) <= api.cursor.overlap)

    return [one.key for one in items if again(one.mark)][-MOST_SEEN:]
