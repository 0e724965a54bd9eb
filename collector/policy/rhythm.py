"""
When a source is polled next: from what it publishes, what it wishes, and how it fails.

For a given number of polls, the mean square of the lateness of all stories is least when the interval of each source
goes with one over the cube root of its rate: interval = pace / rate ** (1/3). (Minimise the sum of rate x interval ** 2
/ 3 under a fixed sum of 1 / interval.) The pace makes all sources together be asked as often as config.yaml wants.
"""

import math
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

HOUR, DAY = timedelta(hours=1), timedelta(days=1)

FIRST_INTERVAL = 900.0  # seconds, of a source that is not known yet
FIRST_RATE, LEAST_RATE = 0.5, 1e-6  # new entries an hour: of one that was polled once, and of one that is silent
MEMORY = 24.0  # hours after which an observation of the rate weighs a third: days and nights do not move it
# Rates that every pace reckons with besides: few sources, or sources all alike, still have a rhythm of their own each.
TYPICAL = (2.0, 0.5, 0.1, 0.02)
JITTER = 0.05  # of an interval, on top of it: sources that begin together drift apart

LONGEST_WISH = 86_400.0  # seconds; a ttl beyond a day is taken as a day
LONGEST_FRESH = 3_600.0  # a max-age is often a default of the server's, not a wish

OFFLINE_AGAIN = timedelta(minutes=1)  # while our own line is down
# How much a failure weighs: what the server says of the address counts whole, its bad health less, silence least.
WEIGHTS: Mapping[str, float] = {"gone": 1.0, "missing": 1.0, "denied": 1.0, "robots": 1.0, "unreadable": 0.5}
SICK, SILENT = 0.5, 0.25
LONGEST_WAIT = {True: timedelta(minutes=45), False: DAY}  # by whether it may pass by itself: stories would go unseen


class Rhythm(NamedTuple):
    """What a source's polls have shown. `rate`: new entries an hour, None while unknown; `interval`: seconds."""

    rate: float | None
    interval: float


class Wishes(NamedTuple):
    """How a source asks to be left alone: seconds (ttl, Cache-Control), hours of the day (UTC), days (0: Monday)."""

    ttl: float = 0.0
    fresh: float = 0.0
    skip_hours: tuple[int, ...] = ()
    skip_days: tuple[int, ...] = ()


NO_WISHES = Wishes()


def pace(rates: Sequence[float], every: float, bounds: tuple[float, float]) -> float:
    """Seconds between two polls of a source with one new entry an hour.

    With it, sources of these rates are polled as often in all, within `bounds`, as if each was every `every` seconds.
    """
    roots = [_root(rate) for rate in (*rates, *TYPICAL)]
    wanted, low, high = len(roots) / every, 1.0, bounds[1] * max(roots)
    for _ in range(30):  # bisection, until far below a second
        middle = (low + high) / 2
        polls = sum(1 / _within(middle / root, bounds) for root in roots)
        low, high = (middle, high) if polls > wanted else (low, middle)
    return high


def rhythm(
    rate: float | None,
    *,
    new: int,
    hours: float | None,
    every: float | None,
    bounds: tuple[float, float],
    pace: float,
) -> Rhythm:
    """After a poll that found `new` entries, `hours` after the last one that went well (None: the first).

    every: seconds that config.yaml asks for; else the interval goes by `pace` and keeps within `bounds`.
    """
    rate = _rate(rate, new, hours)
    if every is not None:
        return Rhythm(rate, every)
    wanted = FIRST_INTERVAL if rate is None else pace / _root(rate)
    return Rhythm(rate, _within(wanted, bounds))


def _rate(rate: float | None, new: int, hours: float | None) -> float | None:
    """An exponential mean over time (weight of the past: exp(-hours / MEMORY)); the first document tells no rate."""
    if hours is None or hours < 1e-6:
        return rate
    kept = math.exp(-hours / MEMORY)
    return (FIRST_RATE if rate is None else rate) * kept + new / hours * (1 - kept)


def next_poll(now: datetime, interval: float, wishes: Wishes = NO_WISHES, *, dice: float = 0.0) -> datetime:
    """After a poll that went well. `dice`: evenly from 0 to 1, for the jitter."""
    wait = max(interval, min(wishes.ttl, LONGEST_WISH), min(wishes.fresh, LONGEST_FRESH)) * (1 + JITTER * dice)
    return _awake(now + timedelta(seconds=wait), wishes)


def next_poll_after_failure(
    now: datetime, interval: float, failures: float, wishes: Wishes = NO_WISHES, *, passing: bool
) -> datetime:
    """`failures`: the sum of the weights of all failures in a row, this one among them.

    One interval longer for each whole failure, 45 minutes at most for what may pass by itself, a day for what will not,
    and never sooner than the interval: no source is given up.
    """
    wait = timedelta(seconds=interval)
    return _awake(now + max(wait, min(wait * (1 + failures), LONGEST_WAIT[passing])), wishes)


def weight(trouble: str, *, answered: bool) -> float:
    """How much a failed poll weighs. `trouble`: of `policy.trouble_of_status`, or "unreadable"; `answered`: at all."""
    return WEIGHTS.get(trouble) or (SICK if answered else SILENT)


def _awake(at: datetime, wishes: Wishes) -> datetime:
    """The first full hour, from `at` on, that the source does not ask to skip; `at` itself when it skips all."""
    then = at.astimezone(UTC)
    for _ in range(8 * 24):
        if then.hour not in wishes.skip_hours and then.weekday() not in wishes.skip_days:
            return then
        then = then.replace(minute=0, second=0, microsecond=0) + HOUR
    return at


def _root(rate: float) -> float:
    return math.cbrt(max(rate, LEAST_RATE))


def _within(seconds: float, bounds: tuple[float, float]) -> float:
    return min(max(seconds, bounds[0]), bounds[1])
