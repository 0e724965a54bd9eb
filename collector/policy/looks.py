"""When an article is looked at again: by its age."""

from collections.abc import Sequence
from datetime import datetime, timedelta

SOONEST_AGAIN, LATEST_AGAIN = timedelta(minutes=5), timedelta(days=1)  # after a look that failed
PATIENCE = 1.5  # times the last age: how old an article may be for such a look


def next_look(first_seen: datetime, now: datetime, ages: Sequence[float]) -> datetime | None:
    """The first age, in seconds since it was first seen, that an article has not reached yet; None after the last."""
    age = (now - first_seen).total_seconds()
    return next((first_seen + timedelta(seconds=each) for each in sorted(ages) if each > age), None)


def look_after_failure(first_seen: datetime, now: datetime, ages: Sequence[float]) -> datetime | None:
    """A look that brought no answer is made again after half the article's age; None when it is too old for any."""
    age = now - first_seen
    again = now + min(max(age / 2, SOONEST_AGAIN), LATEST_AGAIN)
    planned = next_look(first_seen, now, ages)
    if planned is not None:
        return min(again, planned)
    return again if ages and age.total_seconds() < PATIENCE * max(ages) else None
