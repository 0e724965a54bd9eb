"""What two clocks say of each other, from values alone: was the wall clock set, can it be right at all?

A pair is (wall, boottime) in seconds, read together: time.time() and time.clock_gettime(time.CLOCK_BOOTTIME), which
counts the sleep of the machine too, and which nobody sets.
"""

from datetime import UTC, datetime

RELEASED = datetime(2026, 1, 1, tzinfo=UTC)  # no true clock shows an earlier time than this version's
SLACK = 1.0  # seconds: two clocks are not read at once
SLEW = 0.001  # NTP mends small errors by running the clock up to half of this faster or slower

Pair = tuple[float, float]


def jump(before: Pair, after: Pair) -> float:
    """Seconds by which the wall clock was set between two readings; 0 for a sleep of the machine."""
    passed = after[1] - before[1]
    moved = after[0] - before[0] - passed
    return moved if abs(moved) > SLACK + SLEW * passed else 0.0


def certainly_wrong(now: datetime) -> bool:
    """A machine without a battery starts in 1970 or at its image's date, until it is told the time."""
    return now < RELEASED
