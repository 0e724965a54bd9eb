"""What counts as a trouble: silence against a source's own rhythm, hosts that block, rules that read no more."""

import random
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collector.policy import health

START = datetime(2026, 3, 2, 6, tzinfo=UTC)  # a Monday morning
SECOND, MINUTE, HOUR, DAY = (timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1), timedelta(days=1))


def every(step: timedelta, times: int, start: datetime = START) -> list[datetime]:
    """Arrivals like those of a machine."""
    return [start + step * number for number in range(times)]


def weeks(number: int) -> list[datetime]:
    """A newsroom that publishes each hour from 6 to 20, on five days."""
    days = [START + DAY * day for day in range(number * 7) if day % 7 < 5]
    return [day + HOUR * hour for day in days for hour in range(14)]


@pytest.mark.parametrize(
    ("known", "after", "interval", "is_silent"),
    [
        ([], DAY, 60, False),
        (every(HOUR, 4), 90 * DAY, 60, False),  # four arrivals are no rhythm
        (every(10 * SECOND, 12), 30 * SECOND, 5, False),
        (every(10 * SECOND, 12), 60 * SECOND, 5, True),  # a web of tests falls silent within a minute
        (every(10 * SECOND, 5), 60 * SECOND, 5, False),  # few arrivals: it takes longer
        (every(10 * SECOND, 5), 75 * SECOND, 5, True),
        (every(10 * SECOND, 12), 60 * SECOND, 30, False),  # it was asked twice since: no proof
        (every(HOUR, 15), 7 * HOUR, 900, False),  # the first evening is none, by any look at the day alone
        (every(HOUR, 15), 12 * HOUR, 900, True),
        (weeks(2), 63 * HOUR, 900, False),  # the weekend that follows is as long as the one before
        (weeks(2), 110 * HOUR, 900, False),  # a holiday on Monday
        (weeks(2), 6 * DAY, 900, True),
        (weeks(8), 6 * DAY, 900, True),
        ([*every(20 * DAY, 3, START - 80 * DAY), *weeks(2)], 6 * DAY, 900, True),  # what is long ago counts no more
    ],
)
def test_silence(known: list[datetime], after: timedelta, interval: float, is_silent: bool) -> None:
    """Silent is what was quiet for longer than twice its own longest pause, and longer while little is known of it."""
    until = known[-1] + after if known else START
    assert (health.silent(known, until, interval) is not None) == is_silent


def test_silence_tells_the_pause_it_was_measured_by() -> None:
    """So that a person can judge it."""
    assert health.silent(every(HOUR, 30), START + 100 * DAY, 60) == HOUR


def test_dates_that_the_first_document_tells() -> None:
    """They stand in for the time before, where there are enough, none is to come, and the rhythm seen agrees."""
    told, seen = every(HOUR, 10, START - 12 * HOUR), every(MINUTE, 10)
    assert health.arrivals([START], told) == told
    assert health.arrivals([START], told[:4]) == [START]
    assert health.arrivals([START], [*told, START + DAY]) == told
    assert health.arrivals([], told) == []
    assert health.arrivals(seen[:6], told) == [*told, *seen[1:6]]  # a burst says nothing of the night
    assert health.arrivals(seen, told) == seen  # stories each minute: hours ago was another life


@given(st.lists(st.floats(1, 1e6), min_size=1, max_size=60), st.floats(1, 1e7), st.floats(1, 1e4))
def test_silence_only_grows(pauses: list[float], after: float, interval: float) -> None:
    """Who was silent is silent a second later, who arrived again is not; a look at the newest alone misses none."""
    known = [START]
    for pause in pauses:
        known.append(known[-1] + timedelta(seconds=pause))
    until = known[-1] + timedelta(seconds=after)
    if health.silent(known, until, interval) is not None:
        assert all(health.may_be_silent(known[-number:], until) for number in range(1, len(known) + 1))
        assert health.silent(known, until + SECOND, interval) is not None
        assert health.silent([*known, until], until, interval) is None


def newsroom(dice: random.Random, days: int) -> Iterator[datetime]:
    """Stories of a newsroom with its nights and weekends, by chance, from before it is watched."""
    an_hour, night, weekend = 10 ** dice.uniform(-0.5, 0.8), dice.choice([0, 0.05, 0.3]), dice.choice([0.05, 0.4, 1])
    then = START - 60 * DAY
    while (then := then + timedelta(hours=dice.expovariate(an_hour))) < START + days * DAY:
        awake = (1 if 6 <= then.hour < 22 else night) * (1 if then.weekday() < 5 else weekend)
        if dice.random() < awake:
            yield then


def polled(stories: Sequence[datetime], began: datetime, days: int, interval: timedelta) -> Iterator[float]:
    """Polls that called it silent, in days, of a source that never was."""
    told = [each for each in stories if each <= began][-30:]
    found, next_story = [began], len([each for each in stories if each <= began])
    now = began
    while (now := now + interval) < began + days * DAY:
        before = next_story
        while next_story < len(stories) and stories[next_story] <= now:
            next_story += 1
        if next_story > before:
            found.append(now)
        elif now - found[-1] > 3 * interval and health.may_be_silent(found[-40:], now):
            lately = [each for each in found if each > found[-1] - 36 * DAY]
            known = health.arrivals(lately, told if lately[0] == began else [])
            if health.silent(known, now, interval.total_seconds()):
                yield interval / DAY


@pytest.mark.parametrize("seed", range(10))
def test_no_newsroom_is_called_silent_that_is_not(seed: int) -> None:
    """From the first evening on, through nights and weekends: of six weeks less than half a day."""
    dice = random.Random(seed)
    stories = list(newsroom(dice, 42))
    false = sum(polled(stories, START + timedelta(hours=dice.uniform(0, 100)), 36, HOUR))
    assert false < 0.5


@pytest.mark.slow
def test_a_year_of_newsrooms() -> None:
    """Of ten newsrooms that never were silent, hardly a day is called so."""
    false = 0.0
    for seed in range(100, 110):
        dice = random.Random(seed)
        false += sum(polled(list(newsroom(dice, 370)), START + timedelta(hours=dice.uniform(0, 100)), 360, HOUR))
    assert false < 3


@pytest.mark.parametrize(
    ("turned_away", "visits", "is_blocked"), [(2, 2, False), (3, 3, True), (9, 20, False), (10, 20, True)]
)
def test_blocked(turned_away: int, visits: int, is_blocked: bool) -> None:
    """Three at least, and half of the last visits."""
    assert health.blocked(turned_away, visits) == is_blocked


@pytest.mark.parametrize(
    ("kind", "status", "is_away"),
    [("article", 200, False), ("wall", 200, True), ("error", 403, True), ("gone", 404, False), ("error", 500, False)],
)
def test_turned_away(kind: str, status: int, is_away: bool) -> None:
    """Walls and refusals, not what is missing or sick."""
    assert health.turned_away(kind, status) == is_away


@pytest.mark.parametrize(
    ("pages", "missed"),
    [
        ("", None),
        ("....", None),  # never read by a rule
        ("xxxxxxxx", None),
        ("..xxxxxxxx", None),  # two pages may be of another kind
        ("...xxxxxxxx", 3),
        ("...xx", None),  # too little is known of before
        ("....xxx", 4),
        ("...x.x.x.x.x.", None),  # a rule that leaves every second page alone
        ("..........x.x.x.x.x.", 10),
    ],
)
def test_missed(pages: str, missed: int | None) -> None:
    """A row of pages that the rule did not read (.) is a redesign when those before (x) speak against chance."""
    assert health.missed([page == "x" for page in pages]) == missed
