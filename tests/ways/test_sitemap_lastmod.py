"""What a lastmod tells of the day of publication, by how those of the whole document behave."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collector.ways.nouns import Span
from collector.ways.sitemap_lastmod import Dated, Learner, dated
from storage.records import Moment

SPAN = Span(since=date(2025, 3, 1), until=date(2025, 3, 31))
BEGIN = datetime(2024, 12, 1, tzinfo=UTC)
DAYS = [BEGIN + timedelta(hours=8 * n) for n in range(600)]  # of publication: 200 days, of which 31 are the span
LATE = datetime(2025, 8, 30, tzinfo=UTC)
WITHIN = {n for n, at in enumerate(DAYS) if SPAN.begins <= at < SPAN.ends}
CHANCE = Random(6)
EDITED = {n: at + timedelta(days=CHANCE.uniform(20, 90)) for n, at in enumerate(DAYS) if CHANCE.random() < 0.2}


def placed(lastmods: Sequence[datetime], *, days_only: bool = False) -> list[str]:
    """What is said of each, in their order."""
    learner = Learner()
    for at in lastmods:
        learner.add(_moment(at, days_only), at)
    habit = learner.habit()
    items = [
        Dated(
            what=n,
            at=at if habit.machine is None or not _moment(at, days_only).iso().startswith(habit.machine) else None,
            asks=True,
        )
        for n, at in enumerate(lastmods)
    ]
    return [said for _, said in dated(items, habit, SPAN)]


def _moment(at: datetime, days_only: bool) -> Moment:
    return Moment(value=at.date() if days_only else at, raw="", precision="day" if days_only else "second")


def opened(said: Sequence[str]) -> set[int]:
    return {n for n, word in enumerate(said) if word == "open"}


@pytest.mark.parametrize("falling", [False, True])
def test_in_order(falling: bool) -> None:
    """Where lastmods follow the order, what was written after the span is outside, and later is no word for it."""
    said = placed(DAYS[::-1] if falling else DAYS)
    assert opened(said[::-1] if falling else said) == WITHIN
    assert set(said) == {"open", "before", "after"}


@pytest.mark.parametrize("falling", [False, True])
def test_edited_among_neighbours(falling: bool) -> None:
    """One page in five was edited weeks later: those of the span are asked for, and few that are not."""
    lastmods = [EDITED.get(n, at) for n, at in enumerate(DAYS)]
    said = placed(lastmods[::-1] if falling else lastmods)
    found = opened(said[::-1] if falling else said)
    assert found >= WITHIN
    assert len(found - WITHIN) <= 5


def test_strays() -> None:
    """Pages that stand in the wrong place, or lie, change nothing for the others; those of the span are asked for."""
    lastmods = [*DAYS]
    lastmods[300], lastmods[500], lastmods[150] = BEGIN, BEGIN, LATE
    said = placed(lastmods)
    assert opened(said) - {150} == WITHIN


@pytest.mark.parametrize(
    ("lastmods", "days_only"),
    [
        ([LATE] * 100, False),
        ([LATE] * 100, True),
        ([LATE + timedelta(seconds=n) for n in range(1000)], False),  # as fast as a machine writes
        ([LATE if n % 10 else LATE - timedelta(days=n) for n in range(100)], True),
    ],
    ids=["one moment", "one day", "one pass", "nearly all"],
)
def test_a_machine_wrote_them(lastmods: list[datetime], days_only: bool) -> None:
    """What was written by a machine, all at once, says nothing of publication."""
    said = placed(lastmods, days_only=days_only)
    assert all(word == "open" for word, at in zip(said, lastmods, strict=True) if at >= LATE)


def test_spread_without_order() -> None:
    """Lastmods without an order: what was written after the span is `later`, and nothing else is known of it."""
    lastmods = DAYS.copy()
    Random(1).shuffle(lastmods)
    assert placed(lastmods) == [
        "before" if at < SPAN.begins else "open" if at < SPAN.ends else "later" for at in lastmods
    ]


def test_few() -> None:
    """A handful tells no habit, and costs little: they are asked for."""
    assert placed([LATE, BEGIN, LATE - timedelta(days=3)]) == ["open", "before", "open"]


@given(st.lists(st.integers(-3000, 3000), max_size=80), st.booleans())
def test_what_is_never_said(hours: list[int], days_only: bool) -> None:
    """Whatever the others are: nothing written before the span's end lies after it; of a few it is never said."""
    lastmods = [SPAN.begins + timedelta(hours=hour) for hour in hours]
    said = placed(lastmods, days_only=days_only)
    assert len(said) == len(lastmods)
    assert all(word in ("open", "before") for word, at in zip(said, lastmods, strict=True) if at < SPAN.ends)
    assert {"after", "later"}.isdisjoint(said) or len(said) >= 10
