"""
The addresses of an index's parts -> the days that their names tell, and what kind of pages they hold. Reads no part.

What the numbers of a name mean shows only beside the other names of its make: `sitemap_2025_1` is January where every
year has its twelve, and the first part of 2025 where the years have few or more. A name that may mean either is taken
for the longer time, so that nothing is passed over by mistake.
"""

import re
from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import pairwise
from urllib.parse import urlsplit

Days = tuple[date, date]  # first and last
Numbers = tuple[str, ...]  # of one name, in their order

YEARS = range(1990, 2101)
_NUMBER = re.compile(r"\d+")
_MONTHS = re.compile(
    r"(?<![a-z])(?:(jan)(?:uary)?|(feb)(?:ruary)?|(mar)(?:ch)?|(apr)(?:il)?|(may)|(june?)|(july?)|(aug)(?:ust)?"
    r"|(sept?)(?:ember)?|(oct)(?:ober)?|(nov)(?:ember)?|(dec)(?:ember)?)(?![a-z])"
)
# Kinds of pages that are no articles, as WordPress, its plugins and other systems name their sitemaps.
_OTHERS = re.compile(
    r"(?<![a-z])(?:sitemaps?)?(?:images?|videos?|categor(?:y|ies)|(?:post_?)?tags?|authors?|users?|taxonom(?:y|ies)|products?"
    r"|pages?(?=[-_.]?(?:sitemap|xml|\d*\.xml))|posts-page)(?:sitemaps?)?(?![a-z])"
)
_PAGED = re.compile(r"(?<![a-z])sitemaps?[-_./]?page[-_./]?\d")  # the n-th page of a sitemap, not one of pages
_NEWS = re.compile(r"(?<![a-z])(?:sitemaps?)?(?:google[-_]?)?news(?:sitemaps?)?(?![a-z])")


def make(url: str) -> str:
    """The name with `#` for each number: the parts of one make are numbered or dated alike."""
    return _NUMBER.sub("#", _name(url))


def numbers(url: str) -> Numbers:
    """The digits of each number in the name; a month that is written out counts as its number."""
    return tuple(_NUMBER.findall(_name(url)))


def of_others(url: str) -> bool:
    """Does the name say that it lists pictures, sections, tags, people …, and no articles?"""
    name = _name(url)
    return _OTHERS.search(name) is not None and _PAGED.search(name) is None


def of_news(url: str) -> bool:
    """Does the name say that it lists the news of the last two days (Google's extension)?"""
    return _NEWS.search(_name(url)) is not None


def days(urls: Iterable[str]) -> dict[str, Days]:
    """The days that the names of one index tell; what is not in it has no date in its name."""
    found: dict[str, Days] = {}
    makes: dict[str, list[str]] = defaultdict(list)
    for url in urls:
        makes[make(url)].append(url)
    for pattern, alike in makes.items():
        rows = [numbers(url) for url in alike]
        said = [_dates(rows, at, pattern.split("#")) for at in _begins(rows)]
        for number, url in enumerate(alike):
            if told := [dates[number] for dates in said]:
                found[url] = (told[0][0], max(told[0][1], told[-1][1]))
    return found


def _name(url: str) -> str:
    parts = urlsplit(url.lower())
    return _MONTHS.sub(lambda found: f"{found.lastindex:02}", f"{parts.path}?{parts.query}")


def _begins(rows: Sequence[Numbers]) -> list[int]:
    """Where dates begin: one, or two where a name tells from when to when."""
    columns = range(len(rows[0]))
    return [at for at in columns if all(_compact(row[at]) or _year(row[at]) for row in rows)][:2]


def _year(digits: str) -> bool:
    return len(digits) == 4 and int(digits) in YEARS


def _compact(digits: str) -> bool:
    """202503 or 20250314?"""
    return len(digits) in (6, 8) and _span(int(digits[:4]), int(digits[4:6]), int(digits[6:] or 1)) is not None


def _dates(rows: Sequence[Numbers], at: int, between: Sequence[str]) -> list[Days]:
    """What the numbers from `at` on tell, of each row. `between`: what stands before each number."""
    level = _year_of
    if not all(_year(row[at]) for row in rows):
        level = _compact_days
    elif at + 1 < len(rows[0]):
        seconds = {int(row[at + 1]) for row in rows}
        if between[at + 1].endswith("q") and seconds <= set(range(1, 5)):
            level = _quarter_of
        elif between[at + 1].endswith("w") and seconds <= set(range(1, 53)):
            level = _week_of
        elif _are_months(rows, at):
            level = _day_of if _are_days(rows, at) else _month_of
    return [level(row[at:]) for row in rows]


def _compact_days(said: Numbers) -> Days:
    year, month, day = said[0][:4], said[0][4:6], said[0][6:]
    return _day_of((year, month, day)) if day else _month_of((year, month)) if month else _year_of((year,))


def _year_of(said: Numbers) -> Days:
    return _months(int(said[0]), 1, 12)


def _quarter_of(said: Numbers) -> Days:
    return _months(int(said[0]), 3 * int(said[1]) - 2, 3 * int(said[1]))


def _month_of(said: Numbers) -> Days:
    return _months(int(said[0]), int(said[1]), int(said[1]))


def _week_of(said: Numbers) -> Days:
    monday = date.fromisocalendar(int(said[0]), int(said[1]), 1)
    return monday, monday + timedelta(days=6)


def _day_of(said: Numbers) -> Days:
    day = date(int(said[0]), int(said[1]), int(said[2]))
    return day, day


def _months(year: int, first: int, last: int) -> Days:
    return date(year, first, 1), date(year, last, monthrange(year, last)[1])


def _span(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if year in YEARS else None
    except ValueError:
        return None


def _are_months(rows: Sequence[Numbers], at: int) -> bool:
    """Are the numbers behind the years months? Parts of a year begin with 1 in each, and few years have 12 of them."""
    years: dict[int, set[int]] = defaultdict(set)
    for row in rows:
        years[int(row[at])].add(int(row[at + 1]))
    if not all(1 <= number <= 12 for numbers in years.values() for number in numbers):
        return False
    first, last = min(years), max(years)
    between = [numbers for year, numbers in years.items() if first < year < last]
    counted = [year for year, numbers in years.items() if year < last and numbers == set(range(1, len(numbers) + 1))]
    if all(len(row[at + 1]) == 2 for row in rows):
        return not any(len(years[year]) < 12 for year in counted)
    whole = all(len(numbers) == 12 for numbers in between)
    runs_on = all(two - one == 1 for one, two in pairwise(sorted(years[first]))) and max(years[first]) == 12
    return whole and runs_on


def _are_days(rows: Sequence[Numbers], at: int) -> bool:
    """Are the numbers behind the months days? Written with two digits, or as many as a month has."""
    if at + 2 >= len(rows[0]):
        return False
    told = [row[at : at + 3] for row in rows]
    if not all(len(day) <= 2 and _span(int(year), int(month), int(day)) for year, month, day in told):
        return False
    return all(len(day) == 2 for *_, day in told) or max(int(day) for *_, day in told) >= 28
