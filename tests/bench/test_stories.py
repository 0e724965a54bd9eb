"""The bench of stories: what it makes of pages is what it says, and it finds what it made."""

import random
from pathlib import Path

import pytest

from bench import gold, stories, stories_scale
from bench.stories_set import copies, others, pages

PAGES = Path(__file__).parents[3] / "shared" / "pages"
needs_pages = pytest.mark.skipif(not PAGES.exists(), reason="no folder of real pages beside the repository")


def made_up(number: int) -> str:
    """A page of its own words, with a quotation."""
    words = [f"w{number}x{place % 190}" for place in range(200)]
    return "\n\n".join([" ".join(words[:90]), f"“{' '.join(words[90:120])}”", " ".join(words[120:])])


def test_what_is_made() -> None:
    """Each kind of copy holds words of its pages, as many as it says, and every piece tells what it is from."""
    texts = [made_up(number) for number in range(8)]
    found = list(copies(texts, random.Random(1)))
    kinds = {piece.kind for piece in found}
    assert {"retitled", "first 30%", "15% edited", "round-up of 5", "agency's lines", "brief of 40 words"} <= kinds
    for piece in found:
        assert piece.copy
        assert all(f"w{number}x" in piece.text for number in piece.pages)
    lengths = {piece.kind: len(piece.text.split()) for piece in found}
    assert (lengths["first 30%"], lengths["brief of 40 words"], lengths["round-up of 5"]) == (60, 40, 1000)
    assert all(len(piece.pages) == 1 and not piece.copy for piece in others(texts, random.Random(1)))


def test_a_small_set() -> None:
    """All that was made is found, and nothing else is."""
    rows = stories.measured([made_up(number) for number in range(5)], each=4)
    told = {row["kind"]: row for row in rows}
    assert (told["all"]["recall"], told["all"]["precision"]) == ("1.000", "1.000")
    assert told["pages as they are"]["pieces"] == 5


def test_a_small_archive() -> None:
    """Among articles that are numbers alone, every copy of a text is found."""
    row = stories_scale.measured(300, probes=3)
    assert (row["articles"], row["copies found"]) == ("300", 1.0)


@needs_pages
@pytest.mark.slow
def test_real_pages() -> None:
    """Copies of real pages are found, and what only looks like one is not."""
    rows = {row["kind"]: row for row in stories.measured(pages(gold.load([PAGES])), each=15)}
    assert min(float(rows["all"][figure]) for figure in ("recall", "precision")) >= 0.98
    assert rows["pages as they are"]["links"] == 0
    assert {kind: row for kind, row in rows.items() if row["recall"] != "-" and float(row["recall"]) < 0.93} == {}
