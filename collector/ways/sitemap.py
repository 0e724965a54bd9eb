"""
Sitemaps as a way into the past: which to ask for, and when they go back far enough. Knows no bytes.

begin     the source that was named, what robots.txt names, else the usual addresses, one after the other
follow    an index -> its parts that can hold the span (`sitemap_parts`); a part -> perhaps the one behind it

A site's sitemaps reach the first day when something older was seen or passed over, or when all parts are asked for that
can hold the span; but only when they brought something. News sitemaps and those that show less than the span, by their
own dates, do not, nor does a way of which a part is lost: another way is asked for what they lack.
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from collector import urls
from collector.ways.days import utc_day
from collector.ways.nouns import Leaf, Moves, Notes, Part, Span, Step, Target
from collector.ways.sitemap_hunt import Hunt
from collector.ways.sitemap_parts import NEWS_LASTS, choose, goes_on

GUESSES = ("/sitemap.xml", "/sitemap_index.xml")  # a sitemap that stands elsewhere is named by robots.txt
DEEPEST = 4  # indexes in indexes
_MANY = 100  # addresses without any date that are taken for a site's articles; fewer may be its imprint and contacts


@dataclass(frozen=True, slots=True, kw_only=True)
class _State:
    """What the walk remembers. roots: sitemaps it began with that may still be one. queues: as in `Choice`.

    news: put aside until the site's newest date is known. found: addresses of the span.
    """

    roots: int = 0
    news: list[str] = field(default_factory=list)
    queues: dict[str, list[str]] = field(default_factory=dict)
    hunts: list[dict[str, Any]] = field(default_factory=list)
    found: int = 0
    older: bool = False  # something before the span was seen or passed over
    whole: bool = False  # all that can hold the span is asked for
    short: bool = False  # a document shows less than the span
    lost: int = 0

    @property
    def reached(self) -> bool | None:
        if self.lost:
            return False
        if self.found and (self.older or self.whole):
            return True
        return False if self.short else None


def begin(target: Target, span: Span) -> Moves:
    """The sitemaps that are known, else the first guess."""
    roots = tuple(dict.fromkeys(target.sitemaps))
    if not roots:
        return Moves(steps=_guess(target, 0))
    choice = choose((Part(url=url) for url in roots), span, None)
    ask = tuple(url for url in roots if url == target.source or url in choice.ask)
    state = _State(roots=len(ask), news=[url for url in choice.news if url not in ask])
    return Moves(steps=_steps(ask, 0, free=True), notes=asdict(state))


def follow(step: Step, leaf: Leaf, notes: Notes, target: Target, span: Span) -> Moves:
    """What comes after a sitemap, or after none: a part that is lost is gone on without, and said."""
    state = _State(**notes)
    if leaf.why and not (leaf.form and step.place["depth"]):
        return _without(step, leaf, state, target, span)
    state, news = _with_news(state, step, leaf, span)
    if leaf.parts:
        return _parted(step, leaf, state, news, target, span)
    state, queued = _onward(_told(state, step, leaf, span), step, leaf, span)
    steps = _steps((*news, *queued), step.place["depth"], free=step.place["free"])
    return Moves(steps=steps, notes=asdict(state), reached=state.reached, form="" if step.place["depth"] else leaf.form)


def _steps(addresses: Iterable[str], depth: int, *, free: bool) -> tuple[Step, ...]:
    """free: may its parts stand on other sites? They may where the site itself named the index."""
    place = {"depth": depth, "free": free}
    return tuple(Step(url=url, reads="sitemap", place=place) for url in addresses)


def _guess(target: Target, number: int) -> tuple[Step, ...]:
    """One of the usual addresses that were not named."""
    known = [url for path in GUESSES if (url := _at(target.base, path)) not in target.sitemaps]
    place = {"depth": 0, "free": False, "guess": number}
    return tuple(Step(url=url, reads="sitemap", place=place) for url in known[number : number + 1])


def _at(base: str, path: str) -> str:
    return urls.origin_of(base) + path


def _without(step: Step, leaf: Leaf, state: _State, target: Target, span: Span) -> Moves:
    """There is no such sitemap: the next guess, the part behind it, or the news that were put aside."""
    if step.place["depth"]:
        state, queued = _onward(replace(state, lost=state.lost + 1), step, leaf, span)
        steps = _steps(queued, step.place["depth"], free=step.place["free"])
        return Moves(steps=steps, notes=asdict(state), reached=state.reached, why=f"{step.url}: {leaf.why}")
    state = replace(state, roots=max(state.roots - 1, 0))
    if state.roots or state.found or state.older or state.whole:
        return Moves(notes=asdict(state), why=f"{step.url}: {leaf.why}")
    if state.news:
        steps = _steps(tuple(state.news), 0, free=True)
        return Moves(steps=steps, notes=asdict(replace(state, roots=len(steps), news=[])))
    steps = _guess(target, step.place.get("guess", -1) + 1)
    return Moves(steps=steps, notes=asdict(state), why="" if steps else f"no sitemap: {leaf.why}")


def _with_news(state: _State, step: Step, leaf: Leaf, span: Span) -> tuple[_State, tuple[str, ...]]:
    """The news sitemaps that were put aside, once the site's newest date tells that they may hold the span's end."""
    if not state.news or step.place["depth"] or leaf.newest is None or span.ends <= leaf.newest - NEWS_LASTS:
        return state, ()
    return replace(state, news=[]), tuple(state.news)


def _parted(step: Step, leaf: Leaf, state: _State, news: tuple[str, ...], target: Target, span: Span) -> Moves:
    depth, free = step.place["depth"] + 1, step.place["free"]
    if depth > DEEPEST:
        lost = replace(state, lost=state.lost + 1)
        return Moves(notes=asdict(lost), reached=False, why=f"{step.url}: indexes in indexes, {DEEPEST} deep")
    allowed = [part for part in leaf.parts if free or urls.site_of(part.url) == target.site]
    choice = choose((part for part in allowed if part.url != step.url), span, leaf.newest)
    hunts = [Hunt(parts=parts, seen={}) for parts in choice.hunts]
    ask = (*choice.ask, *(url for hunt in hunts for url in hunt.ahead(span)))
    state = replace(
        state,
        queues={**state.queues, **choice.queues},
        hunts=[*state.hunts, *(asdict(hunt) for hunt in hunts)],
        older=state.older or choice.older,
        whole=True,
    )
    steps = (*_steps(news, 0, free=free), *_steps(ask, depth, free=free))
    return Moves(steps=steps, notes=asdict(state), reached=state.reached, form=f"an index: {choice.form}")


def _onward(state: _State, step: Step, leaf: Leaf, span: Span) -> tuple[_State, tuple[str, ...]]:
    """The parts that waited for what this one tells. Behind one that was lost, nothing is known: the next is tried."""
    queues, ask = dict(state.queues), list[str]()
    rest = queues.pop(step.url, [])
    if rest and (leaf.why or goes_on(leaf, span)):
        ask.append(rest[0])
        queues |= {rest[0]: rest[1:]} if rest[1:] else {}
    hunts: list[Hunt] = []
    for hunt in (Hunt(**values) for values in state.hunts):
        told, wanted = hunt, tuple[str, ...]()
        if step.url in hunt.parts:
            told = hunt.saw(step.url, leaf, span)
            ask += (wanted := told.ahead(span))
        if told is hunt or not told.ended(wanted):
            hunts.append(told)
    return replace(state, queues=queues, hunts=[asdict(hunt) for hunt in hunts]), tuple(ask)


def _told(state: _State, step: Step, leaf: Leaf, span: Span) -> _State:
    """What its addresses tell of how far the way goes back."""
    within = leaf.holds("within") + leaf.holds("undated")
    older = leaf.oldest is not None and utc_day(leaf.oldest) <= span.since
    dated = (leaf.holds("within") + leaf.holds("outside")) * 2 >= leaf.announced
    short = leaf.form == "news" or (dated and leaf.oldest is not None)
    alone = not step.place["depth"]
    return replace(
        state,
        found=state.found + (0 if alone and leaf.oldest is None and leaf.announced < _MANY else within),
        older=state.older or older,
        whole=state.whole or (alone and not short),
        short=state.short or (alone and short and not older),
    )
