"""
Is one text a copy of the other, or of a part of it? By values alone.

A text is the set of its word triples, each a number (Broder 1997, On the resemblance and containment of documents).
Of a copy that was cut, retitled, edited or put into a longer piece, most triples stand in the other text; two reports
of one event hardly share a tenth. What they share are quotations, which are anyone's: without these it must be a
copy, too.
"""

import re
from collections.abc import Sequence
from functools import cached_property, lru_cache
from hashlib import blake2b
from heapq import nsmallest

from collector.policy.changes.tokens import words

ENOUGH = 0.45  # of one text's triples stand in the other: three words of a hundred changed cost nine triples
_SHORT, _ENOUGH_OF_SHORT = 60, 0.8  # triples: so few may be a formula with other names in it
_FEWEST = 12  # triples that are shared; less may be a set phrase
_OWN = 0.25  # of a text outside of quotations: with less it is an interview or a speech, and all of it counts
_KEPT, _ONE_OF, _MOST_KEPT = 24, 16, 256  # numbers in a sketch: so many, more of a long text, but no more
_MASK = (1 << 48) - 1
_SIGNS = "\u0e00"  # from here on a letter may be a word: Thai, Burmese, kana, Han
_QUOTED = re.compile(
    r"""“[^”\n]*”? | „[^“”\n]*[“”]? | «[^»\n]*»? | »[^«\n]*«? | 「[^」\n]*」? | 『[^』\n]*』? | "[^"\n]*"?
    | (?<!\w)['‘](?=\w)[^\n]*?['’](?!\w)""",
    re.VERBOSE,
)


class Triples:
    """The word triples of a text, each a number of 48 bits."""

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def all(self) -> frozenset[int]:
        return _numbers(self._text)

    @cached_property
    def own(self) -> frozenset[int]:
        """Those outside of quotations, where these leave enough of the text."""
        own = frozenset[int]().union(*map(_numbers, _QUOTED.split(self._text)))
        return own if len(own) >= max(_OWN * len(self.all), _FEWEST) else self.all


def sketch(text: Triples) -> tuple[int, ...]:
    """The smallest numbers of a text, in order: by them, texts that may share triples with it are found."""
    most = min(max(_KEPT, len(text.all) // _ONE_OF), _MOST_KEPT)
    return tuple(nsmallest(most, text.all))


def shares(one: Triples, other: Triples) -> tuple[float, float] | None:
    """How much of each text stands in the other, 0 to 1; None if neither is a copy of the other or of a part of it."""
    common = len(one.all & other.all)
    if common < _FEWEST or not (_is_copy(one, other, common) or _is_copy(other, one, common)):
        return None
    return round(common / len(one.all), 4), round(common / len(other.all), 4)


def _is_copy(one: Triples, other: Triples, common: int) -> bool:
    """Was this text taken from the other?"""
    enough = ENOUGH if len(one.all) >= _SHORT else _ENOUGH_OF_SHORT
    return common >= enough * len(one.all) and len(one.own & other.all) >= enough * len(one.own)


def _numbers(text: str) -> frozenset[int]:
    told = words(text.replace("’", "'"))
    found = [_number(word) for word in told]
    if sum(len(word) == 1 and word >= _SIGNS for word in told) > len(told) / 2:
        found = _threes(found)  # three signs that follow each other are a word: a triple is five signs
    return frozenset(_threes(found))


def _threes(numbers: Sequence[int]) -> list[int]:
    """Each with the two that follow it, as one number."""
    return [(a * 3 + b * 5 + c * 7) & _MASK for a, b, c in zip(numbers, numbers[1:], numbers[2:], strict=False)]


@lru_cache(maxsize=1 << 15)
def _number(word: str) -> int:
    return int.from_bytes(blake2b(word.encode("utf-8", "replace"), digest_size=8).digest(), "big")
