"""How full fields are, what recurs in texts, what read them: from values."""

from typing import Any

import pytest

from storage.archive.base import Row
from storage.datasette.fields import Fill, fill_rates, readers, suspects, usual_length

FULL = {
    "title": "Herons",
    "published": "2026-03-01",
    "published_precision": "minute",
    "modified": "2026-03-01",
    "authors": '["Ada Holm"]',
    "section": "Marsh",
    "tags": '["birds"]',
    "lead": "A lead.",
    "captions": '[{"text":"x"}]',
    "image": "https://e.test/i.png",
    "language": "en",
    "source": "The One",
}


def reading(id_: int = 1, text: str = "One.\n\nTwo.", extractor: str = "generic", **columns: Any) -> Row:
    about = {"id": id_, "story": id_, "text": text, "extractor": extractor, "rule_revision": "r1"}
    return {**FULL, **about, "created_at": f"2026-03-01T12:00:{id_ % 60:02}+00:00", **columns}


def fill(now: list[Row], before: list[Row], name: str) -> Fill:
    return next(each for each in fill_rates(now, before) if each.name == name)


@pytest.mark.parametrize(
    ("columns", "empty"),
    [
        ({}, set()),
        ({"authors": "[]", "tags": "[]", "captions": "[]"}, {"authors", "tags", "captions"}),
        ({"published": None, "published_precision": None}, {"date", "time of day"}),
        ({"published_precision": "day"}, {"time of day"}),
        ({"lead": "", "language": None, "source": ""}, {"lead", "language", "name of the paper"}),
    ],
)
def test_what_is_filled(columns: dict[str, Any], empty: set[str]) -> None:
    """A field that holds nothing is empty, however nothing is written."""
    assert {each.name for each in fill_rates([reading(**columns)], []) if each.now == 0} == empty


@pytest.mark.parametrize(
    ("now", "before", "dropped"),
    [
        (17, 20, True),  # of twenty readings each
        (18, 20, False),
        (20, 10, False),
        (0, 0, False),
    ],
)
def test_a_drop(now: int, before: int, dropped: bool) -> None:
    """A field that 15 of a hundred articles lost stands out."""
    rows = [[reading(n, lead="A lead." if n < number else None) for n in range(20)] for number in (now, before)]
    found = fill(rows[0], rows[1], "lead")
    assert (found.now, found.before, found.dropped) == (now / 20, before / 20, dropped)


def test_few_readings_tell_no_drop() -> None:
    """Of a handful of articles a share says nothing."""
    assert not fill([reading(lead=None)] * 19, [reading()] * 100, "lead").dropped


def test_by_extractor() -> None:
    """What one of them leaves empty does not hide in the share of all."""
    rows = [reading(1), reading(2), reading(3, extractor="site:one.test", authors="[]")]
    assert fill(rows, [], "authors").by == {"generic": 1.0, "site:one.test": 0.0}
    assert fill_rates([], []) == []


@pytest.mark.parametrize(
    ("stories", "suspected"),
    [
        ((1, 2, 3), True),
        ((1, 2), False),
        ((1, 1, 2), False),  # a story and its copy count once
        ((1, 1, 2, 3), True),
    ],
)
def test_suspects(stories: tuple[int, ...], suspected: bool) -> None:
    """A paragraph of three stories, however it is spaced and capitalised; told as it stands in the newest."""
    texts = ("Follow  us.", "FOLLOW us.", "follow us.", "Follow us.")
    rows = [
        reading(n, f"Own words {n}.\n\n{text}\n\n***", story=story)
        for n, (story, text) in enumerate(zip(stories, texts, strict=False), 1)
    ]
    found = suspects(rows, ())
    told = [(each.text, each.articles, each.example, each.remembered) for each in found]
    assert told == ([("Follow  us.", len(stories), 1, False)] if suspected else [])


def test_within_one_article_it_counts_once() -> None:
    """A refrain is nobody's furniture."""
    assert suspects([reading(1, "\n\n".join(["Row, row, row."] * 5))], ()) == []


def test_readers() -> None:
    """Each revision with the span of what it read, the latest first."""
    rows = [reading(3, rule_revision="r2"), reading(2), reading(1)]
    told = [(each.revision, each.articles, each.since[-8:-6], each.until[-8:-6]) for each in readers(rows)]
    assert told == [("r2", 1, "03", "03"), ("r1", 2, "01", "02")]


def test_usual_length() -> None:
    """Half of the texts are shorter."""
    assert usual_length([reading(text="x" * size) for size in (10, 30, 500)]) == 30
    assert usual_length([]) is None
