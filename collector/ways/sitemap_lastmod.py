"""
When was a page published of which a sitemap tells only when it was last written (`lastmod`)? Knows no files.

A page is never published after its lastmod, but it may have been long before: an edit, a new layout, a move to another
machine makes it new. What a lastmod after the span means shows in how those of the whole document behave, which a
first reading learns (`Learner`) and a second goes by (`dated`):

- Half of them or more in one hour (on one day, where no times are told): a machine wrote them. They say nothing.
- They rise or fall with the order of the document: it lists by publication, and neighbours date a page. A page was
  published no later than those that follow it in time; the third earliest lastmod of the next 32 stands for these, so
  that two that stand out of order change nothing. What was written later than that was edited: it is of the span if
  its neighbours are. What was not is dated by its own lastmod. One before the span among neighbours of it is wrong.
- They are spread and in no order, or too few to tell. Few are asked for. Of many, each was written after the span,
  and that is all that is known: they are passed over, and counted as `later`, apart from what lies outside.

Order is told by pairs of neighbours, and of those 32 apart, because hours of editing blur what minutes part. Pages that
were edited rise and fall alike, and leave the sum to the others; it must be beyond three deviations of chance.
"""

from collections import Counter, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from math import sqrt
from typing import Generic, Literal, TypeVar

from collector.ways.nouns import Span
from storage.records import Moment

Order = Literal["rising", "falling"]
Said = Literal["open", "before", "after", "later"]

REACH = 32  # neighbours that are looked at on either side
FEW = 10  # pages too few for any habit
_STRAY = 3  # the third of a kind counts: two may be out of order
_BUCKETS = 64
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Habit:
    """How the lastmods of a document behave. `machine`: the hour or day in which half of them were written."""

    few: bool = False
    machine: str | None = None
    order: Order | None = None


class Learner:
    """Learns the habit of a document, from its lastmods in their order; its memory is bounded."""

    def __init__(self) -> None:
        self._number = 0
        self._buckets: Counter[str] = Counter()
        self._past: deque[datetime] = deque(maxlen=REACH)
        self._near, self._far = _Pairs(), _Pairs()

    def add(self, moment: Moment, at: datetime) -> None:
        """at: its begin."""
        self._number += 1
        self._count(bucket(moment))
        if self._past:
            self._near.add(self._past[-1], at)
        if len(self._past) == REACH:
            self._far.add(self._past[0], at)
        self._past.append(at)

    def _count(self, one: str) -> None:
        """The most frequent ones, of any number (Misra and Gries 1982): a count is too low by a 65th at most."""
        self._buckets[one] += 1
        if len(self._buckets) > _BUCKETS:
            self._buckets = Counter({key: number - 1 for key, number in self._buckets.items() if number > 1})

    def habit(self) -> Habit:
        """What is known after the last."""
        most = self._buckets.most_common(1)
        return Habit(
            few=self._number < FEW,
            machine=most[0][0] if most and most[0][1] + self._number / _BUCKETS >= self._number / 2 else None,
            order=self._near.order() or self._far.order(),
        )


class _Pairs:
    """How many pairs rise and how many fall."""

    def __init__(self) -> None:
        self._rising = self._falling = 0

    def add(self, one: datetime, two: datetime) -> None:
        self._rising += one < two
        self._falling += one > two

    def order(self) -> Order | None:
        number = self._rising + self._falling
        if abs(self._rising - self._falling) < max(0.4 * number, 3 * sqrt(number), 1):
            return None
        return "rising" if self._rising > self._falling else "falling"


def bucket(moment: Moment) -> str:
    """The hour in which, or the day on which it lies."""
    return moment.iso()[: len("2025-03-14T09")]


@dataclass(frozen=True, slots=True)
class Dated(Generic[_T]):
    """Something of a document. `at`: when it was last written, where that means something; `asks`: what it means."""

    what: _T
    at: datetime | None
    asks: bool


def dated(items: Iterable[Dated[_T]], habit: Habit, span: Span) -> Iterator[tuple[_T, Said]]:
    """Each in its order, with where it lies: `open` is what may be of the span, and what does not ask.

    `before` and `after` are what neighbours say, `later` that it was written after the span and nothing else is known.
    """
    source = iter(items)
    past: deque[datetime] = deque(maxlen=REACH)
    ahead: deque[Dated[_T]] = deque(islice(source, REACH))
    while ahead:
        one = ahead.popleft()
        ahead.extend(islice(source, 1))
        said: Said = "open"
        if one.asks and one.at is not None:
            said = _said(one.at, past, ahead, habit, span)
        yield one.what, said
        if one.at is not None:
            past.append(one.at)


def _said(at: datetime, past: deque[datetime], ahead: Iterable[Dated[_T]], habit: Habit, span: Span) -> Said:
    if habit.few or habit.order is None:
        return "before" if at < span.begins else "open" if at < span.ends or habit.few else "later"
    before = reversed(past)  # the nearest first
    behind = (other.at for other in ahead if other.at is not None)
    older, younger = (before, behind) if habit.order == "rising" else (behind, before)
    if at < span.begins:
        return "open" if _is_stray(older, span) else "before"
    return _placed(at, list(older), list(younger), span)


def _is_stray(older: Iterable[datetime], span: Span) -> bool:
    """Was it, or so its lastmod says, written before all that it follows, which are of the span? Then that is wrong."""
    known: list[datetime] = []
    early = 0
    for one in older:
        known.append(one)
        early += one < span.begins
        if early == _STRAY:  # most often the three nearest
            return False
    return len(known) >= FEW and sorted(known)[_STRAY - 1] < span.ends


def _placed(at: datetime, older: list[datetime], younger: list[datetime], span: Span) -> Said:
    """By the neighbours in time: it was published no later than the younger, no sooner than those older unedited."""
    top = _no_later_than(younger)
    if at < span.ends and (top is None or top >= span.begins):
        return "open"
    floor = next((one for n, one in enumerate(older) if not _edited(one, [*older[:n][::-1], at, *younger])), None)
    if floor is not None and floor < span.begins and top is not None and top < span.begins:
        return "before"
    edited = top is not None and top < at
    if at < span.ends or (top is not None and top < span.ends) or (edited and floor is not None and floor < span.ends):
        return "open"
    return "after"


def _edited(at: datetime, younger: list[datetime]) -> bool:
    top = _no_later_than(younger[:REACH])
    return top is not None and top < at


def _no_later_than(younger: list[datetime]) -> datetime | None:
    """What a page that stands before these was published no later than."""
    return max(sorted(younger)[:_STRAY], default=None)
