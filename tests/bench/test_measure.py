"""The measures of bench: facts about each, and the same figures as the judges' own harness where that is at hand."""

import random
import sys
from collections.abc import Iterator
from importlib import util
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from bench import gold, measure
from bench.gold import Gold
from bench.measure import Match, Reading
from bench.rouge import lsum

PAGES = Path(__file__).parent.parent.parent.parent / "shared" / "pages"
PARAGRAPHS = ("one two three four five", "six seven eight nine ten")


def page(**known: Any) -> Gold:
    return Gold(**{"id": "x", "corpus": "c", "url": "https://e.example/", "path": Path(), **known})


@pytest.mark.parametrize(
    ("truth", "text", "precision", "recall"),
    [
        ("a b c d e", "a b c d e", 1.0, 1.0),
        ("a b c d e", "a b c d e f g", 0.5, 1.0),
        ("a b c d e f g", "a b c d e", 1.0, 0.5),
        ("one two", "one two", 1.0, 1.0),
        ("one two three four five", "", 0.0, 0.0),
        ("", "", 1.0, 1.0),
    ],
)
def test_runs_of_four_words(truth: str, text: str, precision: float, recall: float) -> None:
    """What is too much lowers precision, what is missed recall; a text of fewer words is one run."""
    match = measure.match(truth, text)
    assert (match.precision, match.recall) == pytest.approx((precision, recall))


def test_scripts_without_blanks() -> None:
    """Each of their letters is a word."""
    assert measure.runs("東京都に住む").total() == 3
    assert measure.runs("東京都に住む", unspaced=False).total() == 1


def test_optional_paragraphs() -> None:
    """They may be missing or there."""
    known = page(paragraphs=PARAGRAPHS, optional=frozenset({1}))
    for text in (PARAGRAPHS[0], "\n".join(PARAGRAPHS)):
        assert measure.match_page(known, text).f1 == 1.0


def test_means() -> None:
    """A page without output counts for recall only."""
    assert measure.means([Match(3, 0, 0), Match(0, 0, 5)]) == pytest.approx((1.0, 0.5, 2 / 3))
    assert measure.means([]) == (0.0, 0.0, 0.0)


def test_snippets() -> None:
    """Where the whole text is not known, strings that must and must not be in it are looked for."""
    known = page(present=("a b", "c d"), absent=("x", "y"))
    assert measure.score(known, Reading(text="a  b and x")).snippets == (1, 1, 1)
    assert measure.snippet_means([(1, 1, 1)]) == (0.5, 0.5, 0.5)


def test_rouge_counts_a_word_once() -> None:
    """However often the text says it."""
    assert lsum("The cat sat. The dog ran.", "The cat sat.")[:2] == (1.0, 0.5)
    assert lsum("the cat", "the cat the cat the cat").precision == pytest.approx(1 / 3)


@pytest.mark.parametrize(
    ("read", "same"),
    [("It’s  “on”", True), ("It's on", False), ('It\'s "on" - Site', False), (None, False)],
)
def test_titles(read: str | None, same: bool) -> None:
    """Spacing and the style of quotes do not matter."""
    assert measure.same_title('It\'s "on"', read) is same


@pytest.mark.parametrize(
    ("read", "same"),
    [
        ("2024-03-01T23:30:00+01:00", True),
        ("2024-03-01T22:30:00Z", True),
        ("2024-03-02T07:30:00+09:00", True),  # the same instant
        ("2024-03-01", True),
        ("2024-03-02", False),
        ("2024-03-01 at noon", True),
        ("soon", False),
        (None, False),
    ],
)
def test_days(read: str | None, same: bool) -> None:
    """A calendar day in the truth's zone or in UTC, or the same instant."""
    assert measure.same_day("2024-03-01 23:30:00+01:00", read) is same


def test_authors() -> None:
    """A set of names; letters in capitals and dots do not matter."""
    assert measure.same_authors(["Ann B. Bee", "Cy Dee"], ["CY DEE", "Ann B Bee"])
    assert not measure.same_authors(["Ann Bee"], ["Ann Bee", "Cy Dee"])


@pytest.fixture(scope="module")
def harness() -> Iterator[ModuleType]:
    spec = util.spec_from_file_location("harness", PAGES / "bench.py")
    assert spec is not None and spec.loader is not None
    module = sys.modules["harness"] = util.module_from_spec(spec)  # its dataclasses look themselves up there
    spec.loader.exec_module(module)
    yield module
    del sys.modules["harness"]


@pytest.mark.slow
@pytest.mark.skipif(not PAGES.exists(), reason="no page collections at ../shared/pages")
def test_the_same_figures_as_the_harness(harness: ModuleType) -> None:
    """Readings with too much and too little, of a sample of all corpora: every figure is that of `bench.py` there."""
    theirs = {one.key: one for one in harness.load_pages([PAGES])}
    ours = gold.load([PAGES])
    assert {one.key for one in ours} == set(theirs)
    chance = random.Random(1)
    for known in ours[::5]:
        reading = mangled(known, chance.choice(ours), chance)
        answer = vars_of(reading)
        compare(harness, harness.score_page(theirs[known.key], answer), measure.score(known, reading))


def mangled(known: Gold, other: Gold, chance: random.Random) -> Reading:
    """The truth, some of it left out, with something of another page."""
    lines = [one for one in known.paragraphs or known.present if chance.random() < 0.8]
    lines += [known.title or "", *other.paragraphs[: chance.randrange(3)]]
    title, day = known.title or "", known.published or ""
    return Reading(
        text="\n".join(lines) if chance.random() < 0.9 else "",
        title=chance.choice([title, None, f"{title} - Site", title.replace("'", "’").replace(" ", "  ")]),
        published=chance.choice([day, None, "soon", day[:10], day[:16], "2024-03-02T10:00:00+09:00"]),
        authors=chance.choice([known.authors, (), tuple(map(str.upper, known.authors)), ("X", *known.authors)]),
    )


def vars_of(reading: Reading) -> dict[str, Any]:
    authors = list(reading.authors)
    return {"text": reading.text, "title": reading.title, "published": reading.published, "authors": authors}


def compare(harness: ModuleType, theirs: dict[str, Any], ours: measure.Score) -> None:
    assert ours.snippets == (theirs["snippets"][:3] if "snippets" in theirs else None)
    assert ours.fields == {name: bool(theirs[name]) for name in ("title", "date", "authors") if name in theirs}
    assert (ours.rouge is None) == ("rouge" not in theirs)
    if ours.rouge is not None:
        assert tuple(ours.rouge) == pytest.approx(theirs["rouge"])
    for name, match in (("match", ours.match), ("match_untitled", ours.untitled)):
        if match is not None:
            shares = theirs[name]
            assert match.precision == pytest.approx(harness.precision_of(shares))
            assert match.recall == pytest.approx(harness.recall_of(shares))
