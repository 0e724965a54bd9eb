"""
Many numbered parts of which nothing says when they were filled -> those that hold the span, by reading a few.

The first and the last tell which way they run and how fast, then a guess by these dates, until one is of the span; from
there to both sides, part by part, of which all are wanted. A part holds what lies between its oldest date and that of
the next one: oldest dates alone count, for edits make the others young. Where the dates show no order, all are read.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from collector.ways.nouns import Leaf, Span
from collector.ways.sitemap_parts import FILLS, goes_on

_GUESSES = 6  # by the dates; then what is left is halved


@dataclass(frozen=True, slots=True, kw_only=True)
class Hunt:
    """Plain values for JSON. seen: address -> the oldest moment in it, in seconds, and does it end behind the span?"""

    parts: list[str]
    seen: dict[str, Any]

    def saw(self, url: str, leaf: Leaf, span: Span) -> "Hunt":
        oldest = leaf.oldest.timestamp() if leaf.oldest else None
        return Hunt(parts=self.parts, seen=self.seen | {url: [oldest, not goes_on(leaf, span)]})

    def ended(self, asked: tuple[str, ...]) -> bool:
        """Is nothing left to find out, when these are asked for?"""
        return not asked or len(asked) == sum(url not in self.seen for url in self.parts)

    def ahead(self, span: Span) -> tuple[str, ...]:
        """The parts to ask for next, some of them for the second time; none when it is over."""
        ends = [url for url in (self.parts[0], self.parts[-1]) if url not in self.seen]
        dates = [self.seen[url][0] for url in self.parts if url in self.seen]
        if ends and None not in dates:
            return tuple(ends[:1])
        if not _ordered(dates, len(self.parts)):
            return tuple(url for url in self.parts if url not in self.seen)
        parts = self.parts if dates[0] <= dates[-1] else self.parts[::-1]
        return tuple(parts[number] for number in self._next(parts, span))

    def _next(self, parts: list[str], span: Span) -> list[int]:
        begins, ends = span.begins.timestamp(), span.ends.timestamp()
        known = {number: self.seen[url] for number, url in enumerate(parts) if url in self.seen}
        low = max((n for n, (oldest, _) in known.items() if oldest <= begins), default=0)
        beyond = [n if oldest >= ends else n + 1 for n, (oldest, over) in known.items() if over or oldest >= ends]
        high = min((n for n in beyond if n > low or known[0][0] >= ends), default=len(parts))
        unseen = [n for n in range(low, high) if n not in known]
        hits = [n for n in range(low, high) if n in known and known[n][0] > begins]
        if not unseen:
            return []
        if hits:
            holes = [n for n in unseen if hits[0] < n < hits[-1]]
            return holes + [n for n in (hits[0] - 1, hits[-1] + 1) if n in unseen]
        middle = ((begins + ends) / 2 - known[low][0]) / (known[high][0] - known[low][0])
        share = middle if len(known) < _GUESSES else 0.5
        return [min(max(low + int(share * (high - low)), low + 1), high - 1)]


def _ordered(dates: Sequence[float | None], number: int) -> bool:
    """Do they rise or fall, and over such a time that each part was filled?"""
    told = [date for date in dates if date is not None]
    if len(told) < len(dates) or not told:
        return False
    wide = max(told) - min(told) >= (FILLS * (number - 1)) / timedelta(seconds=1)
    return wide and sorted(told) in (told, told[::-1])
