"""A day in figures or English words, its time and its zone, read out of a short label. Knows no clock."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Literal

from collector.extract.date_words import MONTH, MONTHS, zone_named, zone_offset
from storage.records import Precision

Order = Literal["dmy", "mdy", "ymd", "us"]  # us: month first where slashes stand, day first elsewhere
Clock = tuple[timedelta, Precision]  # time since midnight

_CLOCK = re.compile(
    r"(?<![\d:.+-])(?P<hour>\d{1,2})"
    r"(?:(?::|\s?h\s?|\s?hour\s?)(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d+)?)?(?![\d:])"
    r"(?:\s*(?P<half>[ap])\.?m\b\.?)?"
    r"|(?:\.(?P<minute2>\d{2}))?\s*(?P<half2>[ap])\.?m\b\.?"
    r"|\.(?P<minute3>\d{2})(?=\s(?:GMT|BST|CES?T|E[DS]T)\b))",  # 10.30 BST: without a zone it is any number
    re.IGNORECASE | re.ASCII,
)
_ZONE = re.compile(
    r"\s*\(?(?P<name>(?:[A-Z]{1,5}|[А-Я]{3})(?![^\W\d_]))?\s?(?P<offset>[+-]\d{1,2}(?::?\d{2})?(?![\d.:/-]))?",
    re.IGNORECASE,
)
_COMPACT = re.compile(
    r"(?<!\d)([12]\d{3})-?([01]\d)-?([0-3]\d)(?:T|(?=\d{6}(?!\d)))([0-2]\d)(?::?([0-5]\d)(?::?(\d\d))?)?(?!\d)",
    re.ASCII,
)

_TH = r"(?:st|nd|rd|th)?"
_GAP = r"[\s,./-]{0,3}"
# Two figures are a year only at the end: "12 May 10 comments" names no year.
_DAY_FORMS = tuple(
    re.compile(form, re.IGNORECASE | re.ASCII)
    for form in (
        r"(?<!\d)(?P<y>\d{4})(?P<sign>[-/.])(?P<m>\d{1,2})(?P=sign)(?P<d>\d{1,2})(?!\d)",
        r"(?<![\d.:/-])(?P<a>\d{1,2})(?P<sign>[-/.])(?P<b>\d{1,2})(?P=sign)(?P<c>\d{4}|\d{2})(?![\d/-])",
        rf"(?<!\d)(?P<d>\d{{1,2}}){_TH}{_GAP}(?:of\s)?(?P<m>{MONTH})(?![a-z]){_GAP}['’]?(?P<y>\d{{4}}|\d{{2}}(?=\s*$))(?!\d)",
        rf"(?<![a-z])(?P<m>{MONTH})[\s./-]{{1,3}}(?P<d>\d{{1,2}}){_TH}[\s,./-]{{1,9}}(?P<y>\d{{4}})(?!\d)",
        rf"(?<!\d)(?P<y>\d{{4}})[\s,./-]{{1,3}}(?P<m>{MONTH})[\s,./-]{{1,3}}(?P<d>\d{{1,2}})(?!\d)",
    )
)
_DAY_ALONE = re.compile(r"([12]\d{3})([01]\d)([0-3]\d)", re.ASCII)
_MONTH_ALONE = re.compile(rf"(?P<m>{MONTH})\.?,?\s+(?P<y>\d{{4}})", re.IGNORECASE | re.ASCII)
_ISO_MONTH_ALONE = re.compile(r"(?P<y>\d{4})-(?P<m>\d{2})", re.ASCII)
_YEAR_ALONE = re.compile(r"[12]\d{3}", re.ASCII)  # the coarsest form of W3C-DTF


@dataclass(frozen=True, slots=True)
class Reading:
    """What stands there, not yet placed on earth: `value` is naive, `zone` None when none was written."""

    value: date | datetime
    precision: Precision
    zone: tzinfo | None = None


def read_absolute(text: str, order: Order | None) -> Reading | None:
    """The leftmost day in `text` with the first time of day, wherever they stand. ValueError for 31 June and 25:14."""
    clock, zone, rest = read_clock(text)
    found = [match for form in _DAY_FORMS if (match := form.search(rest))]
    if not found:
        return None
    day = _day(min(found, key=re.Match.start), order)
    return joined(day, clock, zone)


def joined(day: date, clock: Clock | None, zone: tzinfo | None) -> Reading:
    """A day and its time. 24:00 is the next midnight (ISO 8601:2004, 4.2.3)."""
    if clock is None:
        return Reading(day, "day")
    since_midnight, precision = clock
    return Reading(datetime.combine(day, time()) + since_midnight, precision, zone)


def read_sparse(text: str) -> Reading | None:
    """`20250823`, `August 2025`, `2025-08`, `2025`: believed only when nothing else stands there."""
    if found := _DAY_ALONE.fullmatch(text):
        return Reading(date(int(found[1]), int(found[2]), int(found[3])), "day")
    if found := _MONTH_ALONE.fullmatch(text) or _ISO_MONTH_ALONE.fullmatch(text):
        return Reading(date(int(found["y"]), _month(found["m"]), 1), "month")
    return Reading(date(int(text), 1, 1), "year") if _YEAR_ALONE.fullmatch(text) else None


def read_clock(text: str) -> tuple[Clock | None, tzinfo | None, str]:
    """The first time of day, the zone right after it, and `text` without both (asctime puts them inside the date)."""
    text = _COMPACT.sub(lambda m: f"{m[1]}-{m[2]}-{m[3]} {m[4]}:{m[5] or '00'}:{m[6] or '00'}", text)
    if (found := _CLOCK.search(text)) is None:
        return None, None, text
    minute = found["minute"] or found["minute2"] or found["minute3"]
    second = int(found["second"] or 0)
    hour = _hour(int(found["hour"]), found["half"] or found["half2"])
    if hour > 24 or int(minute or 0) > 59 or second > 60 or (hour == 24 and (int(minute or 0) or second)):
        raise ValueError(text)
    # Machines write `:00` for a minute they know; a leap second is told as the one before it.
    precision: Precision = "second" if second else "minute" if minute else "hour"
    zone, end = _zone(text, found.end())
    since_midnight = timedelta(hours=hour, minutes=int(minute or 0), seconds=min(second, 59))
    return (since_midnight, precision), zone, f"{text[: found.start()]} {text[end:]}"


def _hour(hour: int, half: str | None) -> int:
    """Of 24. Some write 16:30 PM: from 13 on the letters say nothing."""
    if half is None or hour > 12:
        return hour
    return hour % 12 + (12 if half in "pP" else 0)


def _zone(text: str, start: int) -> tuple[tzinfo | None, int]:
    """The zone at `start`, and where it ends. `GMT+0200` is east of Greenwich, whatever POSIX says."""
    found = _ZONE.match(text, start)
    if found is None:
        return None, start
    named = zone_named(found["name"]) if found["name"] else None
    if found["offset"] and (named or not found["name"]) and (offset := zone_offset(found["offset"])):
        return offset, found.end()
    return (named, found.end("name")) if named else (None, start)


def _day(match: re.Match[str], order: Order | None) -> date:
    parts = match.groupdict()
    if "a" in parts:
        return _by_order(parts["a"], parts["b"], parts["c"], parts["sign"], order)
    return date(_year(parts["y"]), _month(parts["m"]), int(parts["d"]))


def _by_order(first: str, second: str, third: str, sign: str, order: Order | None) -> date:
    """03-04-2025 by `order`, the other way round where that cannot be. A year of two figures needs an order."""
    if len(third) == 2 and order is None:
        raise ValueError(third)
    if len(third) == 2 and order == "ymd":
        return date(_year(first), int(second), int(third))
    day, month = int(first), int(second)
    if order == "mdy" or (order == "us" and sign == "/"):
        day, month = month, day
    if month > 12 >= day:
        day, month = month, day
    return date(_year(third), month, day)


def _month(word: str) -> int:
    return int(word) if word.isdecimal() else MONTHS[word.lower()]


def _year(figures: str) -> int:
    """Of two figures 00 to 49 are this century (RFC 5322, 4.3)."""
    year = int(figures)
    return year if len(figures) == 4 else year + (2000 if year < 50 else 1900)
