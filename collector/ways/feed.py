"""
Feeds as a way into the past: which to ask for, and how each goes on. Pure.

begin    the feed that was named, else those that are watched, and where these do not go back far enough, or there are
         none, the one that the front page names; without any, the usual places, one after the other
follow   Blogger, by date: feed_blogger      all others, document by document: feed_turns

Where each feed stands is in the `place` of its one open step; the notes only tell how many feeds are not at their end.
"""

from collections.abc import Sequence
from dataclasses import replace

from collector import urls
from collector.ways import feed_blogger, feed_turns
from collector.ways.feed_turns import End
from collector.ways.nouns import Leaf, Moves, Notes, Span, Step, Target

_PLACES = ("/feed", "/rss", "/rss.xml")  # without a word of its front page a site has its feed at one of these, or none


def begin(target: Target, span: Span) -> Moves:
    """One step a feed; without any, the front page."""
    feeds = (target.source,) if target.source in target.feeds else target.feeds
    if not feeds:
        return Moves(steps=(_page(target),), notes=_notes(1))
    steps = tuple({step.url: step for step in (_first([feed], span) for feed in feeds)}.values())
    return Moves(steps=steps, notes=_notes(len(steps)))


def follow(step: Step, leaf: Leaf, notes: Notes, target: Target, span: Span) -> Moves:
    """The next document of the same feed, or another candidate; with the last feed's end the walk is over."""
    if step.place["as"] == "page":
        return _named(leaf, notes, target, span)
    after = _READERS[step.place["as"]](step, leaf, span)
    if isinstance(after, Step):
        return Moves(steps=(after,), form=after.place["form"])
    if after.why and (rest := step.place.get("rest")):
        return Moves(steps=(_first(rest, span, step.place.get("made", "")),))
    moves = _ended(notes, after)
    if moves.over and moves.reached is False and target.feeds and target.source is None and not notes.get("page"):
        return replace(
            moves, steps=(_page(target),), notes={**(moves.notes or {}), "open": 1, "page": True}, over=False
        )
    return moves


def _page(target: Target) -> Step:
    return Step(url=target.base, reads="page", place={"as": "page"})


def _named(leaf: Leaf, notes: Notes, target: Target, span: Span) -> Moves:
    """The feed that the front page names beside those that are watched; where none is known at all, a usual place."""
    found = [url for url in leaf.links.get("feed", ()) if url not in target.feeds]
    if not found and not target.feeds and not leaf.links.get("api"):  # WordPress names its feeds, if it has any
        found = [urls.origin_of(target.base) + path for path in _PLACES]
    if not found:
        return Moves(over=True, reached=False, form=", ".join(notes["forms"]), why=notes["why"])
    return Moves(steps=(_first(found, span, leaf.form),), notes={**notes, "reached": True})


def _first(candidates: Sequence[str], span: Span, made: str = "") -> Step:
    """The first document of a feed. rest: where it may be if it is not there. made: by what, as the front page says."""
    url, *rest = candidates
    if feed_blogger.is_one(url):
        return feed_blogger.begin(url, span, rest)
    return Step(url=url, reads="feed", place={"as": "feed", "rest": rest, "made": made})


def _begun(step: Step, leaf: Leaf, span: Span) -> Step | End:
    """After the first document of a feed."""
    if leaf.why:
        return End(reached=False, form="", why=leaf.why)
    if leaf.form in ("", "perhaps wordpress") and step.place.get("made"):
        leaf = replace(leaf, form=step.place["made"])
    after = feed_turns.begin(step, leaf, span)
    if leaf.form == "blogger" and not (isinstance(after, End) and after.reached):
        return feed_blogger.begin(step.url, span)
    return after


def _by_date(step: Step, leaf: Leaf, span: Span) -> Step | End:
    """After an answer of what by its address is Blogger; what is not has not heard what it was asked."""
    return (
        _begun(step, leaf, span) if not leaf.why and leaf.form != "blogger" else feed_blogger.follow(step, leaf, span)
    )


_READERS = {"feed": _begun, "blogger": _by_date, "chain": feed_turns.along, "numbered": feed_turns.turned}


def _notes(feeds: int, reached: bool | None = True, form: str = "", why: str = "") -> Notes:
    return {"open": feeds, "reached": reached, "forms": [form] if form else [], "why": why}


def _ended(notes: Notes, end: End) -> Moves:
    """One feed less. The way reaches back to the first day when all of its feeds do."""
    forms = [*notes["forms"], *([end.form] if end.form and end.form not in notes["forms"] else [])]
    reached = notes["reached"] and end.reached
    kept = {**notes, "open": notes["open"] - 1, "reached": reached, "forms": forms, "why": end.why or notes["why"]}
    over = kept["open"] == 0
    return Moves(
        notes=kept, over=over, form=", ".join(forms), why=kept["why"] if over else "", reached=reached if over else None
    )
