"""How far ahead any rule of ours can set a time: what stands further ahead was set by a clock that was wrong."""

from datetime import timedelta
from typing import NamedTuple

from collector.policy.rhythm import JITTER, LONGEST_WISH
from collector.policy.tries import TRIES

DAY = timedelta(days=1)
SKIPPED = 8 * DAY  # hours and days that a source wishes to be left alone, at most
CLOSED = DAY  # a Retry-After is obeyed for no longer


class Longest(NamedTuple):
    """From now until the next poll, the next try of a page, the next look, the end of a host's peace."""

    poll: timedelta
    visit: timedelta
    look: timedelta
    closed: timedelta


def longest(*, every: float, oldest: float) -> Longest:
    """`every`: the longest interval between two polls, `oldest`: the last age at which an article is looked at; s."""
    poll = timedelta(seconds=max(every, LONGEST_WISH) * (1 + JITTER)) + SKIPPED
    visit = max(wait for waits in TRIES.values() for wait in waits)
    return Longest(poll, visit + DAY, timedelta(seconds=oldest) + DAY, CLOSED + timedelta(hours=1))
