"""Which of many pages, the newest first, may hold a moment, by the dates of those that were read. Pure arithmetic."""

from math import floor

from collector.ways.nouns import Span
from collector.ways.numbered_state import Seen

_TRUSTED = 4  # probes by the dates alone; then what is left must shrink by half with each, else it is halved
_FARTHEST = 1_000  # times as far as was seen: one page tells the pace of a site badly


def aim(front: Seen, above: Seen, low: Seen, high: Seen | None, top: int | None, span: Span, tries: int) -> int:
    """The page to read next in the search for the one on which the span begins: behind `low`, which lies after it.

    front: the first page. above: the one read nearest above `low`. high: the nearest one that does not lie after the
    span. top: its number, or the least that is no page, or None where that is not known; the answer is less than it.
    tries: pages read so far that hold none of it.
    """
    seen = low.number - front.number + 1
    guess = low.number + 1 + floor(min(_depth(low, high, span) * _pace(above, low, high), _FARTHEST * seen))
    if top is None:
        return guess
    if high is None and guess >= top:
        return low.number + max(1, (top - low.number) // (4 if low.number == front.number else 2))
    if (top - low.number) << max(tries - _TRUSTED, 0) > top - front.number:
        return (low.number + top) // 2
    return min(guess, top - 1)


def _depth(low: Seen, high: Seen | None, span: Span) -> float:
    """Seconds from `low` down to where to look: a little into the span, for what is found there is wanted anyhow."""
    assert low.oldest is not None
    ends = span.ends.timestamp()
    errs = [low.oldest - ends, *([ends - high.newest] if high and high.newest is not None else [])]
    return low.oldest - ends + min(min(errs) / 10, (ends - span.begins.timestamp()) / 4)


def _pace(above: Seen, low: Seen, high: Seen | None) -> float:
    """Pages a second: between the two around what is looked for where both are known, else where it was seen last."""
    assert low.oldest is not None
    if high is not None and high.newest is not None:
        return (high.number - 1 - low.number) / max(low.oldest - high.newest, 1)
    newest = low.oldest if above.newest is None else above.newest
    return (low.number - above.number + 1) / max(newest - low.oldest, 1)
