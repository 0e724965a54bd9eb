"""
A date as a site wrote it -> Moment. Knows no clock: `now`, the time of the fetch, is an argument.

raw -> the rule's own format
     | epoch seconds or milliseconds
     | a day in figures or English words, in a short label, with its time and zone
     | `3 hours ago`, `yesterday`                                  against `now`
     | the last two again, translated from the page's language; where it is unknown, a whole date from any
     -> placed in a zone -> refused where it lies in the future

dateparser lends its dictionaries only (`Locale.translate`). Its reading of a date is not asked for: it fills what is
missing from today's clock, takes `12`, `May` and `last week` for dates and reads 09.07.2025 month first; dateutil turns
`GMT+0200` round, ignores EDT and makes `45 mins ago` the year 2045.
"""

import re
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Any, Literal
from zoneinfo import ZoneInfo

from collector.extract.date_absolute import Order, Reading, joined, read_absolute, read_clock, read_sparse
from collector.extract.date_relative import read_ago, read_named_day
from collector.extract.date_words import MONTH, at_fixed_offset, zone_named
from storage.records import Moment

LONGEST = 200  # letters; a longer text is prose or junk, and no pattern is tried on it
YEARS = range(1900, 2101)  # `now` narrows the upper end to itself
DRIFT = timedelta(minutes=5)  # servers' clocks go wrong: a story may be stamped a little after it was fetched
EASTERNMOST = timedelta(hours=14)  # days begin in Kiritimati, at UTC+14

_EPOCH = re.compile(r"([1-9]\d{9})(?:\d{3}|\.\d{1,9})?", re.ASCII)
_WHOLE_DATE = re.compile(r"(?=\D*\d)(?=.*?(?<!\d)\d{1,2}(?!\d))(?=.*(?<!\d)[12]\d{3}(?!\d))(?=.*[^\W\d_]).{8,50}")
# By how much is written in them; the first that knows all the words is taken.
_LANGUAGES = (
    "es pt fr de it ru id nl pl tr uk ro el ar fa vi cs hu sv da fi th ja ko zh he hi bg sr sk hr sl et lt lv ca"
)
_NAME = re.compile(rf"(?:{MONTH}|mon|tue(?:s)?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?")
_LABEL = re.compile(
    r"(?:(?:first|last|originally|published|posted|updated|modified|created|added|date|time|on|at)\b[\s:|,.·-]*)+",
    re.IGNORECASE,
)


def parse(
    raw: str,
    *,
    now: datetime | None = None,
    language: str | None = None,
    zone: str | None = None,
    order: Literal["dmy", "mdy", "ymd"] | None = None,
    format: str | None = None,
) -> Moment | None:
    """
    The moment that `raw` names; None for junk, half a date, or a time later than `now` + 5 minutes.

    `now`: aware time of the fetch; without it nothing relative is read and nothing is too late. `language`: of the
    page (`pt-BR`); without it, of other languages than English only a day with its year is read. `zone`: IANA name,
    the clock of times written without a zone (else UTC). `order`: of 03-04-2025 (else day first; en-US: month first
    where slashes stand). `format`: for strptime, tried first. Raises ZoneInfoNotFoundError for an unknown `zone`.
    """
    raw = raw.strip()
    if not 0 < len(raw) <= LONGEST:
        return None
    home = ZoneInfo(zone) if zone else None
    try:
        reading = _read(" ".join(raw.split()), now, (language or "").lower().replace("_", "-"), order, format)
        return _placed(reading, raw, now, home) if reading else None
    except (ValueError, OverflowError):  # 31 June, 25:14, 9999 years ago
        return None


def is_of_dates(word: str, language: str | None = None) -> bool:
    """Whether a word is the name of a day or a month in English or `language`, or that of a time zone."""
    said = (word.lower(), (_translated(word, (language or "")[:2].lower()) or "").lower())
    return any(_NAME.fullmatch(one) for one in said) or zone_named(word) is not None


def _read(text: str, now: datetime | None, language: str, order: Order | None, format: str | None) -> Reading | None:
    order = order or ("us" if language == "en-us" else None)
    reading = (_formatted(text, format) if format else None) or _epoch(text) or _words(text, now, order)
    if reading is None and (translated := _translated(text, language.partition("-")[0])):
        return None if _vague(text, translated) else _words(translated, now, order)
    if reading is None and not language and _WHOLE_DATE.fullmatch(text):
        return _in_any_language(text, order)
    return reading


def _in_any_language(text: str, order: Order | None) -> Reading | None:
    said = (translated for one in _LANGUAGES.split() if (translated := _translated(text, one)))
    return next((reading for one in said if (reading := read_absolute(one, order))), None)


def _vague(text: str, translated: str) -> bool:
    """`letzte Woche` comes back as `1 week ago`, which says more than was written."""
    return not re.search(r"\d", text) and re.search(r"week|month|year", translated) is not None


def _formatted(text: str, format: str) -> Reading | None:
    """By strptime; a format without a year could only be filled from a clock."""
    if not re.search(r"%[YycxG]", format):
        return None
    try:
        value = datetime.strptime(text, format)  # noqa: DTZ007  the zone, if any, is looked at below
    except ValueError:
        return None
    if not re.search(r"%[HIcXM]", format):
        return Reading(value.date(), "day" if re.search(r"%[djcxUWV]", format) else "month")
    return Reading(value.replace(tzinfo=None), "second" if value.second else "minute", value.tzinfo)


def _epoch(text: str) -> Reading | None:
    """Seconds or milliseconds since 1970, 10 or 13 figures: September 2001 and later."""
    if (found := _EPOCH.fullmatch(text)) is None:
        return None
    value = datetime.fromtimestamp(int(found[1]), UTC)
    return Reading(value.replace(tzinfo=None), "second" if value.second else "minute", UTC)


def _words(text: str, now: datetime | None, order: Order | None) -> Reading | None:
    bare = _LABEL.sub("", text, count=1) if _LABEL.match(text) else text
    return read_absolute(text, order) or read_sparse(bare) or (_relative(bare, now) if now else None)


def _relative(text: str, now: datetime) -> Reading | None:
    """`3 hours ago`; a day told from today may have its time beside it: `yesterday at 10:30`."""
    ago = read_ago(text, now)
    if ago and isinstance(ago[0], datetime):
        return Reading(ago[0].replace(tzinfo=None), ago[1], UTC)
    clock, zone, rest = read_clock(text)
    if ago and (ago[1] != "day" or clock is None):
        return Reading(ago[0], ago[1])
    day = ago[0] if ago else read_named_day(_LABEL.sub("", rest).strip(" ,.|-"), now)
    return joined(day, clock, zone) if day else None


def _translated(text: str, language: str) -> str | None:
    """`text` in English words, as far as dateparser's dictionary of the language goes; None without a dictionary."""
    locale = _locale(language)
    if locale is None:
        return None
    from dateparser.conf import settings  # noqa: PLC0415  see _locale

    return " ".join(str(locale.translate(text, keep_formatting=True, settings=settings)).split())


@lru_cache(maxsize=64)
def _locale(language: str) -> Any:
    """dateparser's dictionary, or None. Imported on first need: most pages are read without its 0.4 s and 6 MB."""
    if language in ("", "en"):
        return None
    from dateparser.languages.loader import default_loader  # noqa: PLC0415  see above

    try:
        return default_loader.get_locale("nb" if language == "no" else language)  # as pages of Norway say it
    except ValueError:  # a language it has no dictionary of
        return None


def _placed(reading: Reading, raw: str, now: datetime | None, home: ZoneInfo | None) -> Moment | None:
    """In its own zone, else in `home`, else UTC. A time of no zone that UTC puts ahead of `now` keeps its day alone."""
    value = reading.value
    if value.year not in YEARS:
        return None
    if not isinstance(value, datetime):
        return Moment(value=value, raw=raw, precision=reading.precision) if _begun(value, now) else None
    aware = at_fixed_offset(value, reading.zone or home or UTC)
    if now is None or aware <= now + DRIFT:
        return Moment(value=aware, raw=raw, precision=reading.precision)
    if reading.zone or home or not _begun(value.date(), now):
        return None
    return Moment(value=value.date(), raw=raw, precision="day")


def _begun(day: date, now: datetime | None) -> bool:
    """Has the day begun anywhere on earth?"""
    return now is None or day <= (now.astimezone(UTC) + EASTERNMOST).date()
