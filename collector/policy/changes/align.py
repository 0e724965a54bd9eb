"""Paragraphs of two texts -> which of the one became which of the other. Knows no words but as values to compare."""

from bisect import bisect
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import pairwise

Words = tuple[str, ...]  # of one paragraph
Row = tuple[int | None, int | None]  # numbers of a paragraph and of what became of it; None: it came, or went

_ALIKE = 0.25  # of all pairs of neighbouring words in two paragraphs: those of others share a twentieth


def align(old: Sequence[str], new: Sequence[str], words: Callable[[str], Words]) -> list[Row]:
    """Every paragraph of both texts once, in an order that is both texts'. What was moved went and came.

    words: of a paragraph; asked for those alone that do not stand in both.
    """
    rows: list[Row] = []
    for what, i, i_end, j, j_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            rows += zip(range(i, i_end), range(j, j_end), strict=True)
        else:
            pairs = _pairs([words(each) for each in old[i:i_end]], [words(each) for each in new[j:j_end]])
            rows += _block([(i + k, j + m) for k, m in pairs], range(i, i_end), range(j, j_end))
    return rows


def _block(pairs: list[tuple[int, int]], old: range, new: range) -> Iterator[Row]:
    """The pairs, and between them the others: first what went, then what came."""
    i, j = old.start, new.start
    for pair in pairs:
        yield from ((number, None) for number in range(i, pair[0]))
        yield from ((None, number) for number in range(j, pair[1]))
        yield pair
        i, j = pair[0] + 1, pair[1] + 1
    yield from ((number, None) for number in range(i, old.stop))
    yield from ((None, number) for number in range(j, new.stop))


def _pairs(old: Sequence[Words], new: Sequence[Words]) -> list[tuple[int, int]]:
    """The most alike first, and whatever crosses none of those."""
    taken: list[tuple[int, int]] = []
    for _, k, m in sorted(_likeness(old, new), reverse=True):
        place = bisect(taken, (k, m))
        before = taken[place - 1] if place else (-1, -1)
        after = taken[place] if place < len(taken) else (len(old), len(new))
        if before[0] < k < after[0] and before[1] < m < after[1]:
            taken.insert(place, (k, m))
    return taken


def _likeness(old: Sequence[Words], new: Sequence[Words]) -> Iterator[tuple[float, int, int]]:
    """How much two paragraphs share, with their numbers, where it is enough; those that share nothing cost nothing."""
    held: defaultdict[Words, list[int]] = defaultdict(list)
    sizes = [len(neighbours) for neighbours in map(_neighbours, old)]
    for k, paragraph in enumerate(old):
        for pair in _neighbours(paragraph):
            held[pair].append(k)
    for m, paragraph in enumerate(new):
        neighbours = _neighbours(paragraph)
        for k, common in Counter(k for pair in neighbours for k in held.get(pair, ())).items():
            share = 2 * common / (sizes[k] + len(neighbours))
            if share >= _ALIKE:
                yield share, k, m


def _neighbours(words: Words) -> frozenset[Words]:
    """Each two words that follow each other; a single word by itself."""
    return frozenset(pairwise(words)) or frozenset([words])
