"""
A feed's document -> the next one of the same feed, further into the past; or the end.

complete    it holds all there is (RFC 5005, 2)
archived    prev-archive leads from one document to the one before (RFC 5005, 4), and there is no other way to it
paged       rel=next (RFC 5005, 3; `next_url` of a JSON Feed): by number where its address has one, else link by link
numbered    WordPress `?paged=N`, Drupal `?page=N`
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from collector.ways import numbered
from collector.ways.listing_address import Numbering, numbering
from collector.ways.nouns import Leaf, Span, Step

ALONE = "feed, its last entries only"
_FURTHER = 2  # documents in a row before the span, where their order is not to be trusted
_MOST = 5_000  # documents of one chain


@dataclass(frozen=True, slots=True, kw_only=True)
class End:
    """A feed has told all that is wanted, or all it can. Fields as in Moves."""

    reached: bool | None
    form: str
    why: str = ""


def begin(step: Step, leaf: Leaf, span: Span) -> Step | End:
    """After a feed as it is watched."""
    if leaf.form == "complete":
        return End(reached=True, form="RFC 5005, complete")
    if leaf.falling and _goes_back(leaf, span):
        return End(reached=True, form="feed")
    further = _linked(step, leaf, span) or _made_by(step, leaf, span)
    return further or End(reached=_goes_back(leaf, span), form=ALONE)


def along(step: Step, leaf: Leaf, span: Span) -> Step | End:
    """After a document to which a link led."""
    if leaf.why:
        return End(reached=False, form=step.place["form"], why=leaf.why)
    return _chained(step.place, step, leaf, span)


def turned(step: Step, leaf: Leaf, span: Span) -> Step | End:
    """After a numbered page. One that is the first again tells that there are no pages."""
    place = step.place
    again = leaf.first is not None and [leaf.first, leaf.last] == place["front"]
    if place["number"] > 1 and (again or (place["number"] == 2 and leaf.why)):
        return End(reached=False, form=ALONE, why="it has no pages")
    return _asked(numbered.follow(place["notes"], leaf, span), place)


def _linked(step: Step, leaf: Leaf, span: Span) -> Step | End | None:
    """As its links say that it goes on."""
    if "prev-archive" in leaf.links:
        return _chained({"as": "chain", "rel": "prev-archive", "form": "RFC 5005"}, step, leaf, span)
    if leaf.next is None:
        return None
    if made := numbering(leaf.next, leaf.links.get("last", ())):
        return _numbered(made, "RFC 5005, numbered pages", step, leaf, span)
    return _chained({"as": "chain", "rel": "next", "form": "RFC 5005, pages"}, step, leaf, span)


def _made_by(step: Step, leaf: Leaf, span: Span) -> Step | End | None:
    """As is the custom of what made it."""
    if leaf.form == "drupal":
        return _numbered(_by("page", 1, step.url), "Drupal ?page=N", step, leaf, span)
    if "wordpress" not in leaf.form:
        return None
    if leaf.form != "wordpress":
        leaf = replace(leaf, falling=False)  # makes the second page the next one: it tells whether there are any
    return _numbered(_by("paged", 2, step.url), "WordPress ?paged=N", step, leaf, span)


def _goes_back(leaf: Leaf, span: Span) -> bool:
    return leaf.oldest is not None and leaf.oldest < span.begins


def _chained(place: Mapping[str, Any], step: Step, leaf: Leaf, span: Span) -> Step | End:
    """The document before this one, until one goes back far enough. Inside, an archive's order may be any."""
    above = place.get("oldest")
    below = above is not None and leaf.newest is not None and leaf.newest.timestamp() <= above
    before = place.get("before", 0) + 1 if leaf.newest is not None and leaf.newest < span.begins else 0
    if before == _FURTHER or (_goes_back(leaf, span) and (leaf.falling or below)):
        return End(reached=True, form=place["form"])
    following = next((one for one in leaf.links.get(place["rel"], ()) if one != step.url), None)
    if following is None:
        whole = place["rel"] == "prev-archive" or _goes_back(leaf, span)
        return End(reached=True if whole else None, form=place["form"])
    read = place.get("read", 0) + 1
    if read > _MOST:
        return End(reached=None, form=place["form"], why=f"more than {_MOST:,} documents")
    oldest = leaf.oldest.timestamp() if leaf.oldest else above
    return Step(url=following, reads="feed", place={**place, "oldest": oldest, "before": before, "read": read})


def _by(parameter: str, second: int, url: str) -> Numbering:
    """Pages by a parameter of the feed's own address."""
    parts = urlsplit(url)
    kept = [(name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True) if name != parameter]
    head = parts._replace(query=urlencode([*kept, (parameter, "")]), fragment="").geturl()
    return Numbering(head=head, tail="", second=second, stride=1)


def _numbered(made: Numbering, form: str, step: Step, leaf: Leaf, span: Span) -> Step | End:
    front = [leaf.first, leaf.last]
    place = {"as": "numbered", "feed": step.url, "numbering": made.dump(), "form": form, "front": front}
    return _asked(numbered.follow(numbered.begin().notes, leaf, span), place)


def _asked(turn: numbered.Turn, place: Mapping[str, Any]) -> Step | End:
    if turn.page is None:
        return End(reached=turn.reached, form=place["form"], why=turn.why)
    url = place["feed"] if turn.page == 1 else Numbering(**place["numbering"]).url(turn.page)
    return Step(url=url + turn.mark, reads="feed", place={**place, "number": turn.page, "notes": turn.notes})
