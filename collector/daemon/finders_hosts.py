"""Looks for what needs attention at the hosts whose pages are asked for. The archive and a time -> Attention."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from collector.daemon.attention_words import Attention, clock
from collector.policy import health
from storage.archive import Archive
from storage.archive.base import Row

LATELY, VISITS = timedelta(days=3), 20  # of a host: the last of these days, and so many of them
AT_FIRST, READINGS = 12, 80  # pages whose readers are asked for: many were looked at again and had not changed
MOST_PAGES = 1000  # of a host that are counted
LONG_PEACE = timedelta(hours=1)  # a host that is closed for less has asked us to slow down, no more
LATER = re.compile(r"answered (429|503)")  # nothing else is kept of an answer that says: later


def hosts(archive: Archive, now: datetime) -> Iterator[Attention]:
    """Hosts that turn us away, and hosts whose rule no longer reads their pages."""
    later: dict[str, Counter[str]] = {}
    for row in archive.waiting_errors(now):
        if met := LATER.search(row["last_error"]):
            later.setdefault(row["host"], Counter())[met[1]] += 1
    for host in sorted({*archive.page_hosts(), *later}):
        yield from _blocking(archive, host, later.get(host, Counter()), now)
        yield from _broken(archive, host)


def _blocking(archive: Archive, host: str, later: Counter[str], now: datetime) -> Iterator[Attention]:
    visits = archive.last_visits(host, now - LATELY, VISITS)
    met = Counter(_said(visit) for visit in visits if health.turned_away(visit["kind"], visit["status"])) + later
    count, of = met.total(), len(visits) + later.total()
    if health.blocked(count, of):
        said = ", ".join(f"{number} × {what}" for what, number in met.most_common())
        text = f"{host} turned us away at {count} of the last {of} visits: {said}"
        yield Attention(kind="host-blocking", key=f"blocking {host}", text=text, subject=host)


def _said(visit: Row) -> str:
    return "a wall" if visit["kind"] == "wall" else str(visit["status"])


def _broken(archive: Archive, host: str) -> Iterator[Attention]:
    if any(_by_rule(archive.last_readers(host, AT_FIRST))[: health.FEWEST_MISSES]):
        return  # as nearly always
    pages = archive.last_readers(host, READINGS)
    if (misses := health.missed(_by_rule(pages))) is not None:
        text = f"the rule of {host} read none of its last {misses} pages, as it did those before"
        since = datetime.fromisoformat(pages[misses - 1]["fetched_at"])
        yield Attention(kind="rule-broken", key=f"rule {host}", text=text, since=since, subject=host)


def _by_rule(pages: list[Row]) -> list[bool]:
    return [page["extractor"].startswith("site:") for page in pages]


def garbled(archive: Archive, now: datetime) -> Iterator[Attention]:
    """Hosts whose pages hold many characters that could not be read."""
    for row in archive.pages_with_losses(now - LATELY, health.MANY_LOST):
        host, visits = row["host"], len(archive.last_visits(row["host"], now - LATELY, MOST_PAGES))
        if health.garbled(row["pages"], visits):
            lost = f"{row['characters']:,} characters could not be read"
            text = f"{host}: {lost} on {row['pages']} of its last {visits} pages, the last one as {row['charset']}"
            yield Attention(kind="garbled", key=f"garbled {host}", text=text, subject=host)


def closed(archive: Archive, now: datetime) -> Iterator[Attention]:
    """Hosts that asked for a long peace."""
    for row in archive.closed_hosts(now + LONG_PEACE):
        host, until = urlsplit(row["origin"]).netloc, datetime.fromisoformat(row["closed_until"])
        text = f"{host} asked to be left alone until {clock(until)}: {row['closed_reason']}"
        yield Attention(kind="host-closed", key=f"closed {host}", text=text, subject=host)
