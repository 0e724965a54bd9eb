"""
What is a trouble, from values alone: a source that has fallen silent, a host that blocks us, a rule that reads no more.

No hour and no number of stories is written down here as normal: each is measured by what it did itself.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise

WEEK, MEMORY = timedelta(days=7), timedelta(days=35)  # four weekends and a holiday
FEWEST_ARRIVALS = 5  # less is no rhythm
PATIENCE, DOUBT = 2.0, 20.0  # times the longest pause: always, and shared among the pauses that are known
UNSEEN = 0.5  # of the time that a source was known, while that is less than a week
POLLS = 3  # without news, at least

OWN_RHYTHM, OTHER_RHYTHM = 8, 20.0  # arrivals that we saw ourselves, against which told dates must hold; how far off

FEWEST_BLOCKED, BLOCKED_SHARE = 3, 0.5
BLOCKING = {401, 403, 407, 429, 451, 503}

FEWEST_MISSES, BY_CHANCE = 3, 0.003

# A broken teaser or two on each page is the site's own, and no charset.
MANY_LOST, FEWEST_LOSSES, LOSSES_SHARE = 10, 3, 0.2


def arrivals(found: Sequence[datetime], told: Sequence[datetime]) -> list[datetime]:
    """When a source announced something new, oldest first. `found`: by us, oldest first, from the first document on.

    told: when the entries of the first document say that they were published: they stand in for what came before we
    watched, unless there are too few, or they tell of quite another rhythm than the one that was seen since.
    """
    before = sorted({each for each in told if each <= found[0]}) if found else []
    own = found[1:]
    if len(before) < FEWEST_ARRIVALS:
        return list(found)
    if len(own) >= OWN_RHYTHM and sorted(_pauses(before))[len(before) // 2 - 1] > OTHER_RHYTHM * max(_pauses(own)):
        return list(found)
    return [*before, *own]


def silent(known: Sequence[datetime], until: datetime, interval: float) -> timedelta | None:
    """The longest usual pause of a source that was silent for longer than its rhythm explains; else None.

    known: its `arrivals`. until: its last good poll, as what was not watched is no silence. interval: seconds a poll.
    The longest pause of its last 35 days counts twice, and more while few are known. Before a week was seen its nights
    and its weekend may be still to come: then it must also be silent for half as long as it was known.
    """
    if not known:
        return None
    last = known[-1]
    lately = [each for each in known if each >= last - MEMORY]
    if len(lately) < FEWEST_ARRIVALS:
        return None
    pauses = _pauses(lately)
    longest = max(pauses)
    patience = longest * (PATIENCE + DOUBT / len(pauses))
    seen = last - lately[0]
    needed = max(patience, timedelta(seconds=POLLS * interval), seen * UNSEEN if seen < WEEK else longest)
    return longest if until - last > needed else None


def may_be_silent(newest: Sequence[datetime], until: datetime) -> bool:
    """Is it worth reading all arrivals? `newest`: the last of them, among which one pause half as long decides."""
    return not newest or until - newest[-1] > PATIENCE * max(_pauses(newest), default=timedelta())


def blocked(turned_away: int, visits: int) -> bool:
    """Is it no accident that so many of the last visits of a host were turned away?"""
    return turned_away >= max(FEWEST_BLOCKED, BLOCKED_SHARE * visits)


def turned_away(kind: str | None, status: int) -> bool:
    """Is this answer for a page one that a blocked visitor gets?"""
    return kind == "wall" or status in BLOCKING


def garbled(pages: int, visits: int) -> bool:
    """Is it the charset that so many of a host's last pages held `MANY_LOST` characters which could not be read?"""
    return pages >= max(FEWEST_LOSSES, LOSSES_SHARE * visits)


def missed(by_rule: Sequence[bool]) -> int | None:
    """How many of a host's newest pages its rule did not read, when that is no accident; else None.

    by_rule: of each page, newest first, whether the site rule read it. Rules leave some pages to the generic extractor
    (Laplace's rule of succession tells how many); a row of misses that chance does not explain is a redesign.
    """
    misses = next((number for number, read in enumerate(by_rule) if read), len(by_rule))
    before = by_rule[misses:]
    if misses < FEWEST_MISSES or len(before) < FEWEST_MISSES:
        return None
    left = 1 - (sum(before) + 1) / (len(before) + 2)
    return misses if left**misses <= BY_CHANCE else None


def _pauses(moments: Sequence[datetime]) -> list[timedelta]:
    return [later - earlier for earlier, later in pairwise(moments)]
