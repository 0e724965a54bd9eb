"""What a reading of a page is worth beside the truth: text, title, day, authors. Knows no extractor.

Text is compared by its runs of four words, as scrapinghub/article-extraction-benchmark does (evaluate.py): precision is
averaged over the pages with output, recall over all, and F1 is of these two means. Where the truth says that some
paragraphs may be missing, the choice of them that suits the reading best counts (dobbersc/fundus-evaluation).
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from statistics import fmean
from typing import NamedTuple

from bench.gold import Gold
from bench.rouge import Rouge, lsum
from collector.casebook import truth as texts
from collector.casebook.truth import variants

_WORD = re.compile(r"\w+")
# Letters of scripts without blanks count as words; but in the Zyte corpus, where its authors had it so.
_BY_BLANKS = frozenset({"zyte"})
_WITH_ROUGE = frozenset({"fundus_eval"})
_QUOTES = str.maketrans("‘’‚‛“”„‟«»–—‑", '\'\'\'\'""""""---')
_MINUTE = timedelta(minutes=1)
runs = texts.runs  # counted as `newskeep sites test` counts them


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What an extractor read on a page. `text`: a paragraph a line, without the title; `published`: ISO 8601."""

    text: str = ""
    title: str | None = None
    published: str | None = None
    authors: tuple[str, ...] = ()


class Match(NamedTuple):
    """How many runs of words stand in both texts, in the reading only, in the truth only."""

    hit: float
    surplus: float
    missed: float

    @property
    def precision(self) -> float:
        return 1.0 if self.surplus == self.missed == 0 else _share(self.hit, self.surplus)

    @property
    def recall(self) -> float:
        return 1.0 if self.surplus == self.missed == 0 else _share(self.hit, self.missed)

    @property
    def f1(self) -> float:
        return harmonic(self.precision, self.recall)


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """One page. `fields`: exact or not, for those of title, date and authors whose truth is known.

    `snippets`: where only those are known: right ones found, wrong ones found, right ones missed.
    """

    match: Match | None = None
    untitled: Match | None = None  # without the lines that only repeat the title
    rouge: Rouge | None = None
    snippets: tuple[int, int, int] | None = None
    fields: Mapping[str, bool] = field(default_factory=dict)


def score(gold: Gold, reading: Reading) -> Score:
    """All that can be said of one reading."""
    if gold.present:
        return Score(snippets=_snippets(gold, reading.text))
    return Score(
        match=match_page(gold, reading.text),
        untitled=match_page(gold, _untitled(gold, reading)),
        rouge=_rouge(gold, reading.text) if gold.corpus in _WITH_ROUGE else None,
        fields=_exact(gold, reading),
    )


def match_page(gold: Gold, text: str) -> Match:
    """The text beside the truth, at the choice of optional paragraphs that suits it best."""
    return _closest(gold, text)[0]


def closest(gold: Gold, text: str) -> list[str]:
    """The truth's paragraphs at that choice."""
    return _closest(gold, text)[1]


def match(truth: str, text: str, *, unspaced: bool = True) -> Match:
    """Two texts. `unspaced`: letters of scripts without blanks count as words."""
    return _match(runs(truth, unspaced=unspaced), runs(text, unspaced=unspaced))


def means(matches: Iterable[Match]) -> tuple[float, float, float]:
    """Precision, recall and F1 of a corpus."""
    every = list(matches)
    precisions = [one.precision for one in every if one.hit + one.surplus > 0]
    recalls = [one.recall for one in every if one.hit + one.missed > 0]
    precision, recall = fmean(precisions or [0.0]), fmean(recalls or [0.0])
    return precision, recall, harmonic(precision, recall)


def snippet_means(counts: Sequence[tuple[int, int, int]]) -> tuple[float, float, float]:
    """Precision, recall and F1 over the snippets of a corpus together."""
    right, wrong, missed = (sum(each) for each in zip(*counts, strict=True))
    precision, recall = _share(right, wrong), _share(right, missed)
    return precision, recall, harmonic(precision, recall)


def harmonic(one: float, other: float) -> float:
    return 2 * one * other / (one + other) if one + other else 0.0


def tidy(text: str | None) -> str:
    """One line, with the letters' compatible forms unified (NFKC)."""
    return " ".join(unicodedata.normalize("NFKC", text or "").split())


def loose(text: str | None) -> str:
    """Letters and digits only."""
    return "".join(_WORD.findall(tidy(text).casefold()))


def same_title(truth: str, read: str | None) -> bool:
    """Equal but for spacing and the style of quotes and dashes."""
    return tidy(truth).translate(_QUOTES) == tidy(read).translate(_QUOTES)


def same_day(truth: str, read: str | None) -> bool:
    """The same minute, or the same calendar day in the truth's zone or in UTC."""
    want, got = _moment(truth), _moment(read)
    if want is None or got is None:
        return False
    days = {want.date()} | ({want.astimezone(UTC).date()} if want.tzinfo else set())
    if want.tzinfo and got.tzinfo:
        return abs(want - got) < _MINUTE or bool(days & {got.date(), got.astimezone(want.tzinfo).date()})
    return got.date() in days


def same_authors(truth: Iterable[str], read: Iterable[str]) -> bool:
    """The same set of names."""
    return set(map(loose, truth)) - {""} == set(map(loose, read)) - {""}


def _closest(gold: Gold, text: str) -> tuple[Match, list[str]]:
    unspaced = gold.corpus not in _BY_BLANKS
    read = runs(text, unspaced=unspaced)
    matched = (
        (_match(runs("\n".join(one), unspaced=unspaced), read), one) for one in variants(gold.paragraphs, gold.optional)
    )
    return max(matched, key=lambda pair: pair[0].f1)


def _match(truth: Counter[tuple[str, ...]], read: Counter[tuple[str, ...]]) -> Match:
    hit = (truth & read).total()
    return Match(hit, read.total() - hit, truth.total() - hit)


def _share(hit: float, other: float) -> float:
    return hit / (hit + other) if hit + other else 0.0


def _untitled(gold: Gold, reading: Reading) -> str:
    titles = {loose(gold.title), loose(reading.title)} - {""}
    return "\n".join(line for line in reading.text.split("\n") if loose(line) not in titles)


def _rouge(gold: Gold, text: str) -> Rouge:
    lines = "\n\n".join(filter(None, (" ".join(line.split()) for line in text.split("\n"))))
    return max(
        (lsum("\n\n".join(one), lines) for one in variants(gold.paragraphs, gold.optional)), key=lambda rouge: rouge.f1
    )


def _snippets(gold: Gold, text: str) -> tuple[int, int, int]:
    flat = tidy(text)
    right, wrong = (sum(tidy(one) in flat for one in each) for each in (gold.present, gold.absent))
    return right, wrong, len(gold.present) - right


def _exact(gold: Gold, reading: Reading) -> dict[str, bool]:
    exact = {}
    if gold.title:
        exact["title"] = same_title(gold.title, reading.title)
    if gold.published:
        exact["date"] = same_day(gold.published, reading.published)
    if gold.authors:
        exact["authors"] = same_authors(gold.authors, reading.authors)
    return exact


def _moment(text: str | None) -> datetime | None:
    """A day that is known to be one is its midnight, without a zone."""
    for part in (text or "", (text or "")[:10]):
        try:
            return datetime.fromisoformat(part.strip())
        except ValueError:
            continue
    return None
