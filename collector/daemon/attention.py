"""
What needs attention, worst first: archive and time -> Attention. One list and one wording, for `status` and alarms.

Many of one kind are one: a storm that hits two hundred sources is a single trouble, and probably our own.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import groupby

from collector.daemon import finders, finders_hosts
from collector.daemon.attention_words import ADVICE, Attention, Kind, clock, span
from storage.archive import Archive
from storage.archive.base import Row

__all__ = ["ADVICE", "Attention", "Kind", "attention", "clock", "span", "together"]

MANY = 5  # of one kind are told one by one
NAMED = 3  # of more
OUR_OWN = 0.8  # of all sources that fail at once: it is not theirs

PLURAL: dict[Kind, str] = {
    "source-failing": "sources fail",
    "source-silent": "sources are silent for longer than their own rhythm",
    "host-blocking": "hosts turn us away",
    "host-closed": "hosts asked to be left alone",
    "rule-broken": "site rules read their pages no more",
    "garbled": "hosts have pages with many unreadable characters",
    "gap": "sources were polled too rarely",
}


def attention(archive: Archive, now: datetime) -> list[Attention]:
    """All of it, many of one kind as one. Reads only; a moment on a year's archive."""
    sources = archive.sources_watched(now)
    order = list(ADVICE)
    return together(sorted(_found(archive, sources, now), key=lambda each: order.index(each.kind)), len(sources))


def together(found: Iterable[Attention], sources: int) -> list[Attention]:
    """Many of one kind, which stand side by side, as one that covers them. `sources`: how many are watched."""
    return [
        each for kind, group in groupby(found, lambda one: one.kind) for each in _together(kind, list(group), sources)
    ]


def _found(archive: Archive, sources: list[Row], now: datetime) -> Iterator[Attention]:
    about_us = list(finders.daemon(archive, now))
    yield from about_us
    if not any(each.kind == "offline" for each in about_us):  # while our own line is down no source is blamed
        yield from finders.failing(sources, now)
    yield from finders.clocks(archive, now)
    yield from finders.silent(archive, sources, now)
    yield from finders_hosts.hosts(archive, now)
    yield from finders_hosts.closed(archive, now)
    yield from finders_hosts.garbled(archive, now)
    yield from finders.gaps(archive, now)
    yield from finders.given_up(archive, now)


def _together(kind: Kind, group: list[Attention], sources: int) -> Iterator[Attention]:
    if len(group) <= MANY or kind not in PLURAL:
        yield from group
        return
    of = f" of {sources:,}" if kind.startswith("source-") else ""
    named = ", ".join(each.subject for each in group[:NAMED])
    text = f"{len(group):,}{of} {PLURAL[kind]}: {named} and {len(group) - NAMED:,} more"
    if kind == "source-failing" and len(group) >= OUR_OWN * sources:
        text = f"{text}. So many at once: it is probably our own line"
    yield Attention(
        kind=kind,
        key=f"many {kind}",
        text=text,
        since=min((each.since for each in group if each.since), default=None),
        covers=tuple(each.key for each in group),
        tell=any(each.tell for each in group),
    )
