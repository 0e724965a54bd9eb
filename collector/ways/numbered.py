"""
The walk over numbered pages, newest first: which one is asked for next. Knows neither addresses nor what a page is.

search    page 1 lies after the span: its dates tell where the span may begin. Each page that is read tells it better,
          until the first one of the span is known
walk      from that page on, until one goes back to before the span, or there are no more

Pages that were read in the search are not asked for again. New stories push the old ones down meanwhile: in a walk that
shows some of them twice, but what is pushed onto a page that was read before the one above it is lost. The page behind
tells, for it then begins with what this one ended with, and the walk goes back and asks for both `AGAIN`.

One page out of order, the first aside (stories are pinned there), asks for more care: the walk begins two pages sooner
and ends with three pages in a row that lie before the span. With more than one, all pages are walked, from the first.
"""

from dataclasses import dataclass, replace
from itertools import count

from collector.ways.nouns import Leaf, Notes, Span
from collector.ways.numbered_aim import aim
from collector.ways.numbered_state import Seen, State

MOST = 5_000  # pages of one walk: where there are more, it is going in a circle
AGAIN, STILL = "#again", "#still"  # are never sent; they make another step of the same page
_ROW = 3  # pages in a row that lie before the span, or could not be had: it is the end
_GONE = frozenset({200, 400, 404, 410})  # 200: an empty one, or another document in its place


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """What comes after a page. `page`: the number to ask for, None when it is over. `mark`: goes behind its address.

    notes: plain values for JSON, to be given back with the leaf of that page. reached, why: as in Moves.
    """

    notes: Notes
    page: int | None = None
    mark: str = ""
    reached: bool | None = None
    why: str = ""


def begin(first: int = 1) -> Turn:
    """The newest page, whose number is 1 or 0."""
    return _ask(State(first=first, page=first), first)


def follow(notes: Notes, leaf: Leaf, span: Span) -> Turn:
    """What comes after the page that was asked for last. `leaf.pages`: how many there are; `leaf.next`: a next link.

    Both may be missing. `reached` is None where the pages end before they go back to the span's begin, with a full one:
    there may be more than they show.
    """
    state = State.load(notes)
    if not leaf.announced:
        return _nothing(state, leaf, span)
    page = Seen.of(state.page, leaf)
    if state.passed is not None and state.walked and page.pushed_onto(state.walked):
        return _again(state, state.passed)
    twin = state.twin(page)
    if twin is not None and (state.walking or page.number > twin.number + 1):
        return _repeated(state, page, twin, span)
    state = state.with_page(page, leaf)
    return _strode(replace(state, passed=None), page, span) if state.walking else _searched(state, page, span)


def _ask(state: State, page: int, mark: str | None = None) -> Turn:
    if state.asked >= MOST:
        return _over(state, None, f"more than {MOST:,} pages")
    tried = state.tried if state.walking else (*state.tried, page)
    notes = replace(state, page=page, asked=state.asked + 1, tried=tried).dump()
    return Turn(page=page, mark=state.mark if mark is None else mark, notes=notes)


def _again(state: State, page: int) -> Turn:
    """From there on, whatever was read before."""
    return _ask(replace(state, seen=(), tried=(), walked=None, passed=None, before=0, mark=AGAIN), page)


def _over(state: State, reached: bool | None, why: str = "") -> Turn:
    return Turn(notes=state.dump(), reached=reached, why=why)


def _nothing(state: State, leaf: Leaf, span: Span) -> Turn:
    """No page, or one that could not be had: then the next one may be."""
    why = leaf.why or "a page without an entry"
    if state.page == state.first and not state.mark:
        return _over(state, None, why)
    if leaf.status in _GONE:
        return _without(state.ending(state.page), span)
    if state.lost + 1 == _ROW:
        return _over(state, None, why)
    state = replace(state, lost=state.lost + 1)
    if state.walking:
        return _onward(state, state.page + 1, span)
    return _ask(state, next(number for number in count(state.page) if number not in state.tried))


def _repeated(state: State, page: Seen, twin: Seen, span: Span) -> Turn:
    """The page beside one may show the same because of many new stories; one farther off does so beyond the end."""
    if page.number == twin.number + 1:
        return _onward(replace(state, doubt=page.number), page.number + 1, span)
    if state.doubt is not None:
        return _without(state.ending(state.doubt), span)
    if twin != state.front:
        return _without(state.ending(twin.number + 1), span)
    fronts = (one.number for one in state.seen if one != twin and one.same(page))
    return _without(state.ending(min(fronts, default=page.number)), span)


def _without(state: State, span: Span) -> Turn:
    """There is no such page: the walk is over, the search has one bound more."""
    return _onward(state, state.page, span) if state.walking else _decided(state, span)


def _searched(state: State, page: Seen, span: Span) -> Turn:
    state = replace(state, seen=(*state.seen, page))
    if len(state.seen) == 1 and not page.falling and state.top != page.number + 1:
        return _ask(
            state, page.number + 1
        )  # which tells whether stories are pinned on the first, or none have an order
    return _decided(state, span)


def _decided(state: State, span: Span) -> Turn:
    """The next probe, or the walk, when it is known from where."""
    ends = span.ends.timestamp()
    after = [one for one in state.seen if one.after(ends) and (one.falling or one != state.front)]
    low = max(after, key=lambda one: one.number, default=None)
    if low is None or state.untidy > 1:
        return _set_out(state, state.first, span)
    behind = sorted((one for one in state.seen if one.number > low.number), key=lambda one: one.number)
    high = behind[0] if behind else None
    top = high.number if high else state.top
    if high and high.newest is None:
        return _set_out(state, low.number + 1, span)
    if high and not high.before(ends):
        return _set_out(state, high.number, span)
    if top == low.number + 1:
        return _set_out(state, top, span)
    if high and any(high.same(one) for one in state.seen if one is not high):
        high = None  # the last page, as it is answered beyond the end: nobody knows what its number is
    assert state.front is not None
    missed = [one for one in state.seen if one.after(ends) or one.before(span.begins.timestamp())]
    above = max((one for one in after if one.number < low.number), key=lambda one: one.number, default=state.front)
    probe = aim(state.front, above, low, high, top, span, len(missed))
    return _set_out(state, low.number + 1, span) if probe in state.tried else _ask(state, probe)


def _set_out(state: State, page: int, span: Span) -> Turn:
    """The walk begins with this page, somewhat sooner where the order is not to be trusted."""
    page = max(state.first, page - 2) if state.untidy else page
    return _onward(replace(state, walking=True), page, span)


def _onward(state: State, number: int, span: Span) -> Turn:
    """The walk asks for this page, if it is one; of one that was read in the search it knows what it says."""
    if state.end is not None and number >= state.end:
        return _ended(state, span) if state.passed is None else _again(state, state.passed)
    read = next((one for one in state.seen if one.number == number), None)
    if read is None:
        # what the search could not have, the walk cannot have either
        return _onward(state, number + 1, span) if number in state.tried else _ask(replace(state, fresh=True), number)
    if state.passed is None and not state.in_turn(read):
        state = replace(state, passed=number)
    return _strode(state, read, span)


def _strode(state: State, page: Seen, span: Span) -> Turn:
    """Does this one go back to before the span? Pages that rise are no sign of that."""
    begins = span.begins.timestamp()
    rising = state.walked is not None and page.newer(state.walked)
    state = replace(state, before=state.before + 1 if page.before(begins) and not rising else 0, walked=page)
    back = page.falling and not state.untidy and page.oldest is not None and page.oldest < begins
    if not back and state.before < _ROW:
        return _onward(state, page.number + 1, span)
    if state.passed is None:
        return _over(state, True)
    behind = page.number + 1  # which tells whether the last one was pushed onto
    return _ask(state, behind, STILL if behind in state.tried else None)


def _ended(state: State, span: Span) -> Turn:
    last = state.walked or max(state.seen, key=lambda one: one.number, default=state.front)
    assert last is not None
    if state.is_short(last) or (last.oldest is not None and last.oldest < span.begins.timestamp()):
        return _over(state, True)
    return _over(state, None, "the pages end before they go back to the first day")
