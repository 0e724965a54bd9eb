"""Polls alone, from values: the rhythm of `collector.policy` over the same newsrooms, without network or archive.

A year of fifty sources takes seconds, so that rhythms can be compared and tuned; nothing is ever ill here.
"""

from collections.abc import Sequence
from datetime import timedelta
from random import Random

from bench.year.accounts import Figures
from bench.year.hosts import Host
from bench.year.newsrooms import BEGIN, DAY
from collector import policy
from collector.config import Config


def polls(hosts: Sequence[Host], days: float, every: float | None) -> Figures:
    """Delays are those from a story's publication to the poll that finds it."""
    figures = Figures()
    for host in hosts:
        _poll(figures, host, days * DAY, every)
    return figures


def _poll(figures: Figures, host: Host, end: float, every: float | None) -> None:
    newsroom, bounds, dice = host.newsroom, Config(sources=()).poll_between, Random(host.newsroom.number)
    wishes = policy.Wishes(host.manners.ttl, 0.0 if every else host.manners.max_age, host.manners.skip_hours)
    at, last, known, rate = newsroom.opens, None, newsroom.published(newsroom.opens), None
    while at < end:
        published = newsroom.published(at)
        first = max(known, published - newsroom.window)
        figures.requests["polls"] += 1
        figures.losses += first - known
        figures.delays += [at - newsroom.times[number] for number in range(first, published)]
        found = policy.rhythm(
            rate,
            new=published - first,
            hours=None if last is None else (at - last) / 3600,
            every=every,
            bounds=bounds,
        )
        due = policy.next_poll(BEGIN + timedelta(seconds=at), found.interval, wishes, dice=dice.random())
        at, last, known, rate = (due - BEGIN).total_seconds(), at, published, found.rate
