"""
The parts of a sitemap index -> those that can hold the span, and in which order. Knows no documents.

kind      sections, tags, pictures, people … and the news of the last days are passed over where there are others
name      the days that it tells, by the clock of the index: only those that meet the span
lastmod   nothing in a part is younger: one before the span cannot hold it
number    where lastmods follow the numbers, each part was filled and closed: it begins where the one before ends. Those
          are asked for that come after the last one too old, up to the first that was written after the span, which may
          hold the end of it. What comes behind is asked for one by one, as long as none begins after the span.
          Where there are many, and lastmods say nothing, a few are read to find the others (`sitemap_hunt`).
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise

from collector.ways import sitemap_names
from collector.ways.days import utc_day
from collector.ways.nouns import Leaf, Part, Span

NEWS_LASTS = timedelta(days=3)
_NEWS_PARTS = 5  # of one make; each holds a thousand
FILLS = timedelta(hours=12)  # what it takes at least, on the mean; sections that are all busy are written at once
_LEAST = 3  # parts that show an order
_MANY = 6  # parts that are cheaper to search than to read


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What to make of an index. ask: the parts to ask for now. older: were some too old? form: for people.

    hunts: numbered parts among which those of the span have to be found.
    queues: part -> those behind it, asked for only if it does not tell that they begin after the span. news: passed
    over because they hold the last days alone.
    """

    ask: tuple[str, ...] = ()
    queues: dict[str, list[str]] = field(default_factory=dict)
    hunts: tuple[list[str], ...] = ()
    older: bool = False
    news: tuple[str, ...] = ()
    form: str = ""


def choose(parts: Iterable[Part], span: Span, newest: datetime | None) -> Choice:
    """newest: of all that the index tells, the nearest to its now."""
    known = list({part.url: part for part in parts}.values())
    known = [part for part in known if not sitemap_names.of_others(part.url)] or known
    named = sitemap_names.days(part.url for part in known)
    known, news = _without_news(known, named, newest)
    recent = newest is not None and span.ends > newest - NEWS_LASTS
    ahead = newest.utcoffset() if newest else None
    found = [_dated([part for part in known if part.url in named], named, span, ahead or timedelta())]
    found += [_alike(parts, span) for parts in _makes(part for part in known if part.url not in named)]
    return Choice(
        ask=tuple(url for one in found for url in one.ask) + (news if recent else ()),
        queues={at: rest for one in found for at, rest in one.queues.items()},
        hunts=tuple(parts for one in found for parts in one.hunts),
        older=any(one.older for one in found),
        news=() if recent else news,
        form=", ".join(dict.fromkeys(one.form for one in found if one.form)),
    )


def goes_on(leaf: Leaf, span: Span) -> bool:
    """May the part behind this one begin in the span? Not when this one already holds what came after."""
    until = span.until.isoformat()
    if leaf.oldest is None or leaf.oldest >= span.ends:
        return False
    if any(day > until and said == "outside" for day, said in leaf.days):
        return False
    return leaf.counts.get("later", 0) * 2 < leaf.announced


def _without_news(
    parts: list[Part], named: dict[str, sitemap_names.Days], newest: datetime | None
) -> tuple[list[Part], tuple[str, ...]]:
    """Apart from the others, where there are others: what is called news, and is not an archive of it."""
    undated = _makes(part for part in parts if part.url not in named and sitemap_names.of_news(part.url))
    news = {part.url for make in undated if _is_of_days(make, newest) for part in make}
    others = [part for part in parts if part.url not in news]
    return (others, tuple(sorted(news))) if others else (parts, ())


def _is_of_days(make: list[Part], newest: datetime | None) -> bool:
    """One part, or a few that were all written in the last days."""
    updates = [part.updated for part in make if part.updated is not None]
    if newest is None or not updates:
        return len(make) == 1
    return len(make) <= _NEWS_PARTS and min(updates) >= newest - NEWS_LASTS


def _makes(parts: Iterable[Part]) -> list[list[Part]]:
    makes: dict[str, list[Part]] = defaultdict(list)
    for part in parts:
        makes[sitemap_names.make(part.url)].append(part)
    return list(makes.values())


def _old(part: Part, span: Span) -> bool:
    return part.updated is not None and utc_day(part.updated) < span.since


def _dated(parts: list[Part], named: dict[str, sitemap_names.Days], span: Span, ahead: timedelta) -> Choice:
    """ahead: how far the clock is ahead of UTC by which the site names its parts, as far as its lastmods tell."""
    begins, ends = span.begins + ahead, span.ends + ahead
    since, until = begins.date(), (ends - timedelta(microseconds=1)).date()
    meets = [part for part in parts if named[part.url][0] <= until and since <= named[part.url][1]]
    ask = tuple(part.url for part in meets if not _old(part, span))
    older = len(ask) < len(meets) or any(named[part.url][1] < since for part in parts)
    return Choice(ask=ask, older=older, form="parts dated by their names" if parts else "")


def _alike(parts: list[Part], span: Span) -> Choice:
    """Parts of one make that no name dates."""
    if len(parts) >= _MANY and (numbered := _by_number(parts)) and not _told_apart(parts):
        return Choice(hunts=([part.url for part in numbered],), form="numbered parts")
    ordered = _in_order(parts)
    if ordered is None:
        ask = tuple(part.url for part in parts if not _old(part, span))
        return Choice(ask=ask, older=len(ask) < len(parts), form="parts")
    first = max((n + 1 for n, part in enumerate(ordered) if _old(part, span)), default=0)
    last = max((n for n, part in enumerate(ordered) if utc_day(_updated(part)) <= span.until), default=-1) + 1
    ask = tuple(part.url for part in ordered[first : last + 1])
    behind = [part.url for part in ordered[last + 1 :]]
    queues = {ask[-1]: behind} if ask and behind else {}
    return Choice(ask=ask, queues=queues, older=first > 0, form="numbered parts")


def _in_order(parts: list[Part]) -> list[Part] | None:
    """By age, the oldest first, where their lastmods follow their numbers; else None."""
    ordered = _by_number(parts)
    if len(ordered) < _LEAST or not _told_apart(ordered):
        return None
    times = [_updated(part) for part in ordered]
    pairs = list(pairwise(times))
    rising, falling = sum(one < two for one, two in pairs), sum(one > two for one, two in pairs)
    if min(rising, falling) * 5 > len(pairs):
        return None
    return ordered if rising > falling else ordered[::-1]


def _by_number(parts: list[Part]) -> list[Part]:
    """None where they have no numbers."""
    if not all(sitemap_names.numbers(part.url) for part in parts):
        return []
    return sorted(parts, key=lambda part: [int(number) for number in sitemap_names.numbers(part.url)])


def _told_apart(parts: list[Part]) -> bool:
    """Has each a lastmod, and are these as far apart as if each part was filled?"""
    times = [part.updated for part in parts if part.updated is not None]
    return len(times) == len(parts) and max(times) - min(times) >= FILLS * (len(times) - 1)


def _updated(part: Part) -> datetime:
    assert part.updated is not None
    return part.updated
