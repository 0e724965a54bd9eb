"""Polls alone, from values: the rhythm of `collector.policy` over the same newsrooms, without network or archive.

A year of fifty sources takes seconds, so that rhythms can be compared and tuned; nothing is ever ill here.
"""

import heapq
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from random import Random

from bench.year.accounts import Figures
from bench.year.hosts import Host
from bench.year.newsrooms import BEGIN, DAY, HOUR
from collector import policy
from collector.config import Config

CONFIG = Config(sources=())


@dataclass
class Known:
    """What is known of one source. `seen`: how many of its stories."""

    host: Host
    seen: int
    last: float | None = None
    rate: float | None = None


def polls(hosts: Sequence[Host], days: float, every: float | None) -> Figures:
    """Delays are those from a story's publication to the poll that finds it."""
    figures, dice = Figures(), Random(len(hosts))
    known = [Known(host, host.newsroom.published(host.newsroom.opens)) for host in hosts]
    due = [(each.host.newsroom.opens, number) for number, each in enumerate(known)]
    heapq.heapify(due)
    pace, again = 0.0, 0.0
    while due and due[0][0] < days * DAY:
        at, number = heapq.heappop(due)
        if at >= again:
            rates = [each.rate for each in known if each.rate is not None]
            pace, again = policy.pace(rates, CONFIG.poll_every, CONFIG.poll_between), at + HOUR
        interval = _poll(figures, known[number], at, every, pace)
        manners = known[number].host.manners
        wishes = policy.Wishes(manners.ttl, 0.0 if every else manners.max_age, manners.skip_hours)
        then = policy.next_poll(BEGIN + timedelta(seconds=at), interval, wishes, dice=dice.random())
        heapq.heappush(due, ((then - BEGIN).total_seconds(), number))
    return figures


def _poll(figures: Figures, source: Known, at: float, every: float | None, pace: float) -> float:
    """One poll; seconds until the next one."""
    newsroom = source.host.newsroom
    published = newsroom.published(at)
    first = max(source.seen, published - newsroom.window)
    figures.requests["polls"] += 1
    figures.losses += first - source.seen
    figures.delays += [at - newsroom.times[number] for number in range(first, published)]
    hours = None if source.last is None else (at - source.last) / HOUR
    found = policy.rhythm(
        source.rate, new=published - first, hours=hours, every=every, bounds=CONFIG.poll_between, pace=pace
    )
    source.seen, source.last, source.rate = published, at, found.rate
    return found.interval
