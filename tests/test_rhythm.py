"""When a source is polled: what it publishes, wishes, and how it fails; the clock and the dice are arguments."""

import math
import random
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collector import policy
from collector.policy.rhythm import FIRST_INTERVAL, JITTER, LEAST_RATE, TYPICAL

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)  # a Sunday
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
BOUNDS = (120.0, 2700.0)
PACE = 840.0


def polled(rate: float | None, new: int, hours: float | None = 0.25) -> policy.Rhythm:
    return policy.rhythm(rate, new=new, hours=hours, every=None, bounds=BOUNDS, pace=PACE)


def steady(new: int, hours: float) -> policy.Rhythm:
    """What is left after many polls alike."""
    found = policy.Rhythm(None, 900)
    for _ in range(200):
        found = polled(found.rate, new, hours)
    return found


def test_the_first_document_tells_no_rate() -> None:
    """All its entries are new, however old they are."""
    assert polled(None, 50, None) == (None, FIRST_INTERVAL)


@pytest.mark.parametrize(("new", "hours", "seconds"), [(1, 1, PACE), (8, 1, 420), (1, 8, 1680), (1, 240, 2700)])
def test_an_interval_goes_with_one_over_the_cube_root_of_the_rate(new: int, hours: float, seconds: float) -> None:
    """Eight times as much news: twice as often; within the bounds."""
    assert steady(new, hours).interval == pytest.approx(seconds, rel=0.01)


def test_it_moves_both_ways() -> None:
    """News makes it shorter at once, silence longer by and by, and never longer than the bound."""
    quiet = steady(1, 24)
    after_news = polled(quiet.rate, 20)
    assert after_news.interval < quiet.interval / 2
    waits = [found.interval for found in _silence(after_news, 200)]
    assert waits == sorted(waits)
    assert waits[-1] == BOUNDS[1]


def _silence(found: policy.Rhythm, polls: int) -> list[policy.Rhythm]:
    after = []
    for _ in range(polls):
        found = polled(found.rate, 0, found.interval / 3600)
        after.append(found)
    return after


@given(st.lists(st.floats(0, 200), max_size=60), st.floats(300, 2400))
def test_the_pace_makes_as_many_polls_as_wanted(rates: list[float], every: float) -> None:
    """All together, those that are reckoned with besides among them, as often as if each was asked every so often."""
    found = policy.pace(rates, every, BOUNDS)
    polls = [
        1 / policy.rhythm(rate, new=0, hours=None, every=None, bounds=BOUNDS, pace=found).interval
        for rate in (*rates, *TYPICAL)
    ]
    assert sum(polls) <= len(polls) / every * 1.001 or found == pytest.approx(1.0)
    assert sum(polls) >= len(polls) / every * 0.98 or found >= BOUNDS[1] * math.cbrt(max(*rates, *TYPICAL)) * 0.99


def test_more_news_elsewhere_leaves_less_for_a_source() -> None:
    """And a web of quiet sources is asked closely, as nobody else needs it."""
    assert policy.pace([3.0] * 50, 960, BOUNDS) > policy.pace([], 960, BOUNDS) > policy.pace([0.02] * 50, 960, BOUNDS)
    assert policy.pace([LEAST_RATE / 2] * 5, 960, BOUNDS) > 0


def test_every_is_taken_at_its_word() -> None:
    """Outside the bounds, too; the rate is still learnt."""
    found = policy.rhythm(1.0, new=3, hours=1, every=5.0, bounds=BOUNDS, pace=PACE)
    assert found.interval == 5.0
    assert found.rate is not None and found.rate > 1.0


@given(
    st.one_of(st.none(), st.floats(0, 1e6)),
    st.integers(0, 10**6),
    st.one_of(st.none(), st.floats(-1e3, 1e5)),
)
def test_it_keeps_within_its_bounds(rate: float | None, new: int, hours: float | None) -> None:
    """Whatever the clock and the document say."""
    found = polled(rate, new, hours)
    assert BOUNDS[0] <= found.interval <= BOUNDS[1]
    assert found.rate is None or (found.rate >= 0 and math.isfinite(found.rate))


@pytest.mark.parametrize(
    ("wishes", "wait"),
    [
        (policy.Wishes(), 15 * MINUTE),
        (policy.Wishes(ttl=3600), HOUR),
        (policy.Wishes(ttl=60), 15 * MINUTE),
        (policy.Wishes(ttl=1e9), DAY),
        (policy.Wishes(fresh=1800), 30 * MINUTE),
        (policy.Wishes(fresh=31_536_000), HOUR),
        (policy.Wishes(skip_hours=(12, 13)), 2 * HOUR),
        (policy.Wishes(skip_hours=(11, 13)), 15 * MINUTE),
        (policy.Wishes(skip_days=(6,)), 12 * HOUR),
        (policy.Wishes(skip_hours=(0, 1), skip_days=(6,)), 14 * HOUR),
        (policy.Wishes(skip_hours=tuple(range(24))), 15 * MINUTE),
    ],
)
def test_wishes_of_a_source(wishes: policy.Wishes, wait: timedelta) -> None:
    """ttl for a day at most, max-age for an hour, skipHours and skipDays to the next hour that is not skipped."""
    assert policy.next_poll(NOW, 900, wishes) == NOW + wait


def test_jitter_only_makes_it_later() -> None:
    """Sources that begin together drift apart, and none is asked sooner than it should be."""
    assert policy.next_poll(NOW, 900, dice=0.0) == NOW + 15 * MINUTE
    assert policy.next_poll(NOW, 900, dice=1.0) == NOW + 15 * MINUTE * (1 + JITTER)


@pytest.mark.parametrize(
    ("failures", "passing", "wait"),
    [
        (0.25, True, 18.75 * MINUTE),
        (1.0, True, 30 * MINUTE),
        (100.0, True, 45 * MINUTE),
        (1.0, False, 30 * MINUTE),
        (3.0, False, HOUR),
        (1000.0, False, DAY),
    ],
)
def test_failures_back_off(failures: float, passing: bool, wait: timedelta) -> None:
    """An interval longer for each whole failure: 45 minutes at most for what may pass, a day for what may not."""
    assert policy.next_poll_after_failure(NOW, 900, failures, passing=passing) == NOW + wait


def test_a_source_that_failed_is_not_asked_when_it_wishes_to_sleep() -> None:
    """skipHours hold for the next try, too."""
    wishes = policy.Wishes(skip_hours=(12, 13))
    assert policy.next_poll_after_failure(NOW, 900, 1.0, wishes, passing=True) == NOW + 2 * HOUR


def test_a_rare_source_is_not_asked_sooner_for_failing() -> None:
    """`every: 7d` stays a week."""
    assert policy.next_poll_after_failure(NOW, 7 * 86_400, 5, passing=True) == NOW + 7 * DAY


@pytest.mark.parametrize(
    ("trouble", "answered", "weight"),
    [("missing", True, 1), ("gone", True, 1), ("denied", True, 1), ("passing", True, 0.5), ("passing", False, 0.25)],
)
def test_a_404_weighs_more_than_a_time_out(trouble: str, answered: bool, weight: float) -> None:
    """What a server says of an address counts whole, that it is sick less, that it is silent least."""
    assert policy.weight(trouble, answered=answered) == weight


def test_an_adaptive_rhythm_beats_a_fixed_one() -> None:
    """Ten sources of very different rates for a fortnight: fewer polls than every 15 minutes, and news sooner."""
    dice = random.Random(7)
    rates = [4.0, 2.0, 1.0, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.01]
    pace = policy.pace(rates, 960, BOUNDS)
    polls, fixed_polls, delays, fixed = 0, 0, [], []
    for rate in rates:
        news = _poisson(dice, rate, 14 * 24)
        seen, asked = _watch(news, None, pace)
        again, asked_again = _watch(news, 0.25, pace)
        delays += seen
        fixed += again
        polls, fixed_polls = polls + asked, fixed_polls + asked_again
    assert polls < 0.98 * fixed_polls
    assert sum(delays) < 0.8 * sum(fixed)


def _poisson(dice: random.Random, rate: float, hours: float) -> list[float]:
    times, at = [], dice.expovariate(rate)
    while at < hours:
        times.append(at)
        at += dice.expovariate(rate)
    return times


def _watch(news: list[float], every: float | None, pace: float) -> tuple[list[float], int]:
    """Hours until each was seen, and how often was asked."""
    at, last, polls, found = 0.0, None, 0, policy.Rhythm(None, 900)
    delays: list[float] = []
    left = list(news)
    while at < 14 * 24:
        new = [each for each in left if each <= at]
        left = left[len(new) :]
        delays += [at - each for each in new]
        hours = None if last is None else at - last
        found = policy.rhythm(found.rate, new=len(new), hours=hours, every=None, bounds=BOUNDS, pace=pace)
        last, polls, at = at, polls + 1, at + (every or found.interval / 3600)
    return delays, polls
