"""The words of dates: English months and the abbreviations of time zones. Knows nothing of the dates made of them."""

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

MONTHS = {
    "january": 1, "february": 2, "march": 3, "april": 4, "may": 5, "june": 6, "july": 7, "august": 8, "september": 9,
    "october": 10, "november": 11, "december": 12,
}  # fmt: skip
MONTHS |= {name[:3]: number for name, number in MONTHS.items()} | {"sept": 9}
MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))

# Hours east of Greenwich. An abbreviation of several zones is taken as news in English means it: IST India (not Israel
# or Ireland), BST Britain in summer (not Bangladesh), CST and MST North America (not China or Malaysia), AST and ADT
# Halifax (not Arabia), GST the Gulf (not South Georgia), PST the Pacific (not the Philippines).
_HOURS: dict[str, float] = {
    "Z": 0, "UT": 0, "UTC": 0, "GMT": 0, "WET": 0, "WEST": 1, "BST": 1, "CET": 1, "CEST": 2, "MEZ": 1, "MESZ": 2,
    "EET": 2, "EEST": 3, "MSK": 3, "МСК": 3, "TRT": 3, "WAT": 1, "CAT": 2, "SAST": 2, "EAT": 3, "IRST": 3.5, "GST": 4,
    "AFT": 4.5, "PKT": 5, "UZT": 5, "IST": 5.5, "NPT": 5.75, "BDT": 6, "MMT": 6.5, "ICT": 7, "WIB": 7, "WITA": 8,
    "HKT": 8, "SGT": 8, "MYT": 8, "PHT": 8, "AWST": 8, "WIT": 9, "JST": 9, "KST": 9, "ACST": 9.5, "AEST": 10,
    "ACDT": 10.5, "AEDT": 11, "NZST": 12, "NZDT": 13, "NST": -3.5, "NDT": -2.5, "ART": -3, "BRT": -3, "CLT": -4,
    "AST": -4, "ADT": -3, "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7,
    "AKST": -9, "AKDT": -8, "HST": -10,
}  # fmt: skip

# "ET" is whatever the clocks of New York show on that day.
_PLACES = {"ET": "America/New_York", "CT": "America/Chicago", "MT": "America/Denver", "PT": "America/Los_Angeles"}

# Abbreviations believed in small letters too; of the others some are words ("at 10:30 eat", "à 10h30 et").
_ANY_CASE = frozenset({"utc", "gmt", "msk", "мск", "cet", "cest", "edt", "pdt", "hkt", "z"})
_WIDEST = timedelta(hours=14)  # Kiritimati; no zone lies farther from Greenwich on either side

_OFFSET = re.compile(r"([+-])(\d{1,2}):?(\d{2})?")


def zone_named(name: str) -> tzinfo | None:
    """The zone of an abbreviation, as a fixed offset or a place with summer time; None for any other word."""
    if not name.isupper() and name not in _ANY_CASE:
        return None
    key = name.upper()
    if key in _PLACES:
        return ZoneInfo(_PLACES[key])
    return _fixed(timedelta(hours=_HOURS[key])) if key in _HOURS else None


def zone_offset(text: str) -> tzinfo | None:
    """The zone of `+02:00`, `+0200` or `+2`; None for an offset that no clock on earth shows."""
    if (found := _OFFSET.fullmatch(text)) is None:
        return None
    sign, hours, minutes = found.groups()
    offset = timedelta(hours=int(hours), minutes=int(minutes or 0))
    return _fixed(-offset if sign == "-" else offset) if offset <= _WIDEST and int(minutes or 0) < 60 else None


def at_fixed_offset(local: datetime, zone: tzinfo) -> datetime:
    """The wall clock `local` in `zone`, carrying the bare offset of that day: equal and picklable everywhere."""
    offset = local.replace(tzinfo=zone).utcoffset() or timedelta()
    return local.replace(tzinfo=_fixed(offset))


def _fixed(offset: timedelta) -> tzinfo:
    return timezone(offset) if offset else UTC
