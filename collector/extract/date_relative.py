"""Times told from the moment of reading: `3 hours ago`, `yesterday`. Knows no clock: `now` is an argument."""

import re
from datetime import UTC, date, datetime, timedelta

from storage.records import Precision

_UNITS: dict[str, Precision] = {
    "second": "second", "sec": "second", "s": "second", "minute": "minute", "min": "minute", "m": "minute",
    "hour": "hour", "hr": "hour", "h": "hour", "day": "day", "d": "day", "week": "day", "wk": "day", "w": "day",
    "month": "month", "mo": "month", "year": "year", "yr": "year", "y": "year",
}  # fmt: skip
_UNIT = "|".join(sorted(_UNITS, key=len, reverse=True))
_ONE = rf"(?:(?<!\d)\d{{1,4}}\s*|(?:an?|one)\s+)(?:{_UNIT})s?\b"
# No word boundary before the number: pages glue it to what stands before, as in `time3 hours ago`.
_AGO = re.compile(rf"((?:{_ONE}[.,]?\s*(?:and\s+)?){{1,3}})ago\b", re.IGNORECASE)
_PART = re.compile(rf"(\d{{1,4}}\s*|(?:an?|one)\s+)({_UNIT})s?\b", re.IGNORECASE)
_NOW = re.compile(r"(?:just |right )?now|(?:an? |a few |few )?(?:moments?|seconds?) ago", re.IGNORECASE)
_NAMED_DAYS = {"today": 0, "yesterday": 1}


def read_ago(text: str, now: datetime) -> tuple[date | datetime, Precision] | None:
    """`2 days ago` -> that day in UTC; `3 hours ago` -> that hour, aware UTC; the smallest unit gives the precision."""
    now = now.astimezone(UTC)
    if _NOW.fullmatch(text):
        return now.replace(second=0, microsecond=0), "minute"
    if (found := _AGO.search(text)) is None:
        return None
    parts = [(_number(count), unit.lower()) for count, unit in _PART.findall(found[1])]
    moment = now
    for count, unit in parts:
        moment = _before(moment, count, unit)
    return _cut(moment, _UNITS[parts[-1][1]])


def read_named_day(text: str, now: datetime) -> date | None:
    """`today` and `yesterday`, alone: inside other words they may be a name (USA Today)."""
    days = _NAMED_DAYS.get(text.lower())
    return None if days is None else (now.astimezone(UTC) - timedelta(days=days)).date()


def _number(word: str) -> int:
    return int(word) if word[0].isdecimal() else 1


def _before(moment: datetime, count: int, unit: str) -> datetime:
    """`count` units earlier. Raises OverflowError or ValueError before the year 1."""
    if unit in ("week", "wk", "w"):
        return moment - timedelta(weeks=count)
    match _UNITS[unit]:
        case "year":
            return _months_before(moment, 12 * count)
        case "month":
            return _months_before(moment, count)
        case precision:
            return moment - timedelta(**{f"{precision}s": count})


def _months_before(moment: datetime, count: int) -> datetime:
    """The first day of a month: of `a month ago` nobody knows the day."""
    year, month = divmod(moment.year * 12 + moment.month - 1 - count, 12)
    return moment.replace(year=year, month=month + 1, day=1)


def _cut(moment: datetime, precision: Precision) -> tuple[date | datetime, Precision]:
    match precision:
        case "second":
            return moment.replace(microsecond=0), precision
        case "minute":
            return moment.replace(second=0, microsecond=0), precision
        case "hour":
            return moment.replace(minute=0, second=0, microsecond=0), precision
        case "year":
            return date(moment.year, 1, 1), precision
        case _:
            return moment.date(), precision
