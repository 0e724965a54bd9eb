"""
Is one text a copy of the other, or of a part of it? By values alone.

A text is the set of its word triples, each a number (Broder 1997, On the resemblance and containment of documents).
Of a copy that was cut, retitled, edited or put into a longer piece, most triples stand in the other text; two reports
of one event hardly share a tenth. What they share are quotations, which are anyone's: without these it must be a
copy, too.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from functools import cached_property, lru_cache
from hashlib import blake2b
from heapq import nsmallest

from collector.policy.changes.tokens import words

Shares = tuple[float, float]

ENOUGH = 0.45  # of one text's triples stand in the other: three words of a hundred changed cost nine triples
_SHORT, _LONG, _ENOUGH_OF_SHORT = 40, 80, 0.8  # triples: a few may be a formula with other names in it
_FEWEST = 12  # triples that are shared; less may be a set phrase
_UNLIKE, _NOTHING = 3, 0.05  # texts with less than this of each other: what stands in all of them is furniture
_MOST = 0.6  # of both texts
_OWN = 0.1  # of a text outside of quotations: with less it is a speech, and all of it counts
_KEPT, _ONE_OF, _MOST_KEPT = 24, 12, 400  # numbers in a sketch: so many, more of a long text, but no more
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


def related(text: Triples, others: Mapping[int, Triples]) -> dict[int, Shares | None]:
    """How much of a text stands in each of the others, and of that one in it, 0 to 1; None where neither is a copy.

    Words that stand in many unlike texts make no copy, unless they are most of both.
    """
    furniture = _furniture(text, others.values())
    found = {key: shares(text, other) for key, other in others.items()}
    return {
        key: share if share and (min(share) >= _MOST or _is_any_copy(text, others[key], furniture)) else None
        for key, share in found.items()
    }


def shares(one: Triples, other: Triples) -> Shares | None:
    """Of two texts, as if there were no others."""
    if not _is_any_copy(one, other):
        return None
    common = len(one.all & other.all)
    return round(common / len(one.all), 4), round(common / len(other.all), 4)


def _is_any_copy(one: Triples, other: Triples, furniture: Set[int] = frozenset()) -> bool:
    """Is one of them taken from the other?"""
    common = (one.all & other.all) - furniture
    return len(common) >= _FEWEST and any(_is_copy(text, common, furniture) for text in (one, other))


def _is_copy(text: Triples, common: Set[int], furniture: Set[int]) -> bool:
    words, own = text.all - furniture, text.own - furniture
    enough = _enough(len(words))
    return len(common) >= enough * len(words) and len(own & common) >= enough * len(own)


def _enough(size: int) -> float:
    """The share of a text of so many triples that makes a copy: the more of it, the shorter it is."""
    shortness = min(max((_LONG - size) / (_LONG - _SHORT), 0), 1)
    return ENOUGH + (_ENOUGH_OF_SHORT - ENOUGH) * shortness


def _furniture(text: Triples, others: Iterable[Triples]) -> Set[int]:
    """What of a text stands in three others that are unlike but for it: words that a site puts below everything."""
    unlike: list[tuple[Set[int], Set[int]]] = []
    for other in others:
        shared, rest = other.all & text.all, other.all - text.all
        telling = len(shared) >= _FEWEST and len(rest) >= len(other.all) / 2
        if telling and all(len(rest & known) < _NOTHING * min(len(rest), len(known)) for _, known in unlike):
            unlike.append((shared, rest))
    met = Counter(number for shared, _ in unlike for number in shared)
    return {number for number, times in met.items() if times >= _UNLIKE}


def _numbers(text: str) -> frozenset[int]:
    told = words(text.replace("’", "'"))
    found = [_number(word) for word in told]
    if max(told, default="") >= _SIGNS and sum(len(word) == 1 and word >= _SIGNS for word in told) > len(told) / 2:
        found = _threes(found)  # three signs that follow each other are a word: a triple is five signs
    return frozenset(_threes(found))


def _threes(numbers: Sequence[int]) -> list[int]:
    """Each with the two that follow it, as one number."""
    return [(a * 3 + b * 5 + c * 7) & _MASK for a, b, c in zip(numbers, numbers[1:], numbers[2:], strict=False)]


@lru_cache(maxsize=1 << 15)
def _number(word: str) -> int:
    return int.from_bytes(blake2b(word.encode("utf-8", "replace"), digest_size=8).digest(), "big")
