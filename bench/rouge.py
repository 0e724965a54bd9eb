"""ROUGE-LSum (Lin 2004, section 3.2) as the package rouge_score computes it, without stemming. Knows no corpus."""

import re
from collections import Counter
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

_WORD = re.compile(r"[a-z0-9]+")
# fundus-evaluation asks NLTK's punkt for sentences; on its stored outputs this costs .03 points, and no model.
_SENTENCE = re.compile(r"(?<=[.!?])[\"”’')\]]*\s+(?=[\"“‘'(\[]*[A-Z0-9])")

Sentence = tuple[str, ...]


class Rouge(NamedTuple):
    precision: float
    recall: float
    f1: float


def lsum(truth: str, text: str) -> Rouge:
    """Each sentence of the truth against all of the text: the union of the longest common subsequences."""
    wanted, read = _sentences(truth), _sentences(text)
    all_wanted, all_read = sum(map(len, wanted)), sum(map(len, read))
    if not all_wanted or not all_read:
        return Rouge(0.0, 0.0, 0.0)
    left = Counter(chain.from_iterable(wanted)) & Counter(chain.from_iterable(read))
    distinct = set(read)
    hits = 0
    for sentence in wanted:
        for at in sorted(_covered(sentence, distinct)):
            if left[sentence[at]] > 0:
                left[sentence[at]] -= 1
                hits += 1
    precision, recall = hits / all_read, hits / all_wanted
    return Rouge(precision, recall, 2 * precision * recall / (precision + recall) if hits else 0.0)


def _sentences(text: str) -> list[Sentence]:
    return [tuple(_WORD.findall(one.lower())) for one in _SENTENCE.split(text) if one and one.strip()]


def _covered(sentence: Sentence, others: set[Sentence]) -> set[int]:
    """Positions in the sentence that some other one has in the same order."""
    covered: set[int] = set()
    for other in [sentence] if sentence in others else others:
        covered |= _common(sentence, other)
        if len(covered) == len(sentence):
            break
    return covered


@lru_cache(maxsize=200_000)
def _common(one: Sentence, other: Sentence) -> frozenset[int]:
    """Positions in `one` of a longest common subsequence; among several the one that rouge_score takes."""
    if one == other:
        return frozenset(range(len(one)))
    if set(one).isdisjoint(other):
        return frozenset()
    rows = [[0] * (len(other) + 1)]
    for word in one:
        above, row = rows[-1], [0]
        for at, wanted in enumerate(other):
            row.append(above[at] + 1 if word == wanted else max(above[at + 1], row[-1]))
        rows.append(row)
    return frozenset(_way_back(one, other, rows))


def _way_back(one: Sentence, other: Sentence, rows: list[list[int]]) -> set[int]:
    i, j, found = len(one), len(other), set[int]()
    while i and j:
        if one[i - 1] == other[j - 1]:
            i, j = i - 1, j - 1
            found.add(i)
        elif rows[i][j - 1] > rows[i - 1][j]:
            j -= 1
        else:
            i -= 1
    return found
