"""The picture of `newskeep coverage`: calendars with a column a week and a row a day. Text of a given width."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import groupby, zip_longest

import click

from collector.coverage import Completeness, Coverage, busy, completeness, shade

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
LABEL, WEEKS, BETWEEN = 5, 54, 2  # letters: before a calendar's weeks, of the weeks of a year, between two years
SHADES, NOTHING = "░▒▓█", "·"
PLAIN = str.maketrans(SHADES + NOTHING, ".:+#-")  # for terminals of few letters
Mark = tuple[str, str | None]  # letter and colour of a day
SIGNS: Mapping[Completeness, Mark] = {"lost": ("x", "red"), "little": ("o", "yellow")}


def picture(found: Coverage, width: int) -> str:
    """A calendar for each year of which anything is known, as many beside each other as fit; then what it means."""
    most = busy(found.days)
    marks = _marks(found, most)
    years = [_calendar(dates, marks) for dates in _years(found.dates, marks)]
    beside = max(1, (width + BETWEEN) // (LABEL + WEEKS + BETWEEN))
    rows = (_beside(years[number : number + beside]) for number in range(0, len(years), beside))
    return "\n\n".join([*rows, "\n".join(_legend(most))])


def _marks(found: Coverage, most: int) -> dict[str, Mark]:
    """Those of the days of which anything is known."""
    marks: dict[str, Mark] = {}
    dates = found.dates
    for since, until in found.watched:
        marks.update((day, (NOTHING, None)) for day in dates if since <= day <= until)
    for day, counts in found.days.items():
        if day and counts["announced"]:
            marks[day] = _mark(counts, most)
    for day in found.open_days:
        if marks.get(day, ("",))[0] != "x":
            marks[day] = ("?", "magenta")
    return marks


def _mark(counts: Mapping[str, int], most: int) -> Mark:
    known = completeness(counts)
    if known in SIGNS:
        return SIGNS[known]
    letter = SHADES[shade(counts["archived"], most, len(SHADES))]
    return letter, "green" if known == "whole" else "yellow"


def _years(dates: Iterable[str], marks: Mapping[str, Mark]) -> Iterator[list[date]]:
    for _, days in groupby(dates, lambda day: day[:4]):
        year = list(days)
        if any(day in marks for day in year):
            yield [date.fromisoformat(day) for day in year]


def _calendar(dates: Sequence[date], marks: Mapping[str, Mark]) -> list[tuple[str, int]]:
    """Lines with the letters that each takes on the terminal. `dates`: of one year, without a break."""
    monday = dates[0] - timedelta(days=dates[0].weekday())
    weeks = (dates[-1] - monday).days // 7 + 1
    head = f"{dates[0].year:04}".ljust(LABEL) + _months(dates, monday, weeks)
    lines = [(head, len(head))]
    for number, name in enumerate(WEEKDAYS):
        days = (monday + timedelta(days=7 * week + number) for week in range(weeks))
        cells = [
            marks.get(day.isoformat(), (" ", None)) if dates[0] <= day <= dates[-1] else (" ", None) for day in days
        ]
        lines.append((name.ljust(LABEL) + _coloured(cells), LABEL + weeks))
    return lines


def _months(dates: Sequence[date], monday: date, weeks: int) -> str:
    """Each above the week of its first day, the last ones first: of two that touch the later one is told."""
    letters, free = [" "] * (weeks + 3), weeks + 3
    for day in reversed([day for day in dates if day.day == 1 or day == dates[0]]):
        week = (day - monday).days // 7
        if week + 3 <= free:
            letters[week : week + 3] = MONTHS[day.month - 1]
            free = week - 1
    return "".join(letters).rstrip()


def _coloured(cells: Iterable[Mark]) -> str:
    runs = (("".join(letter for letter, _ in run), colour) for colour, run in groupby(cells, lambda cell: cell[1]))
    return "".join(click.style(text, fg=colour) if colour else text for text, colour in runs)


def _beside(years: Sequence[list[tuple[str, int]]]) -> str:
    wide = LABEL + WEEKS + BETWEEN
    lines = zip_longest(*years, fillvalue=("", 0))
    return "\n".join("".join(text + " " * (wide - size) for text, size in line).rstrip() for line in lines)


def _legend(most: int) -> Iterator[str]:
    shades = click.style(SHADES, fg="green")
    yield f"{shades} archived, {SHADES[-1]} from {most:,} a day on; {click.style('yellow', fg='yellow')}: not all of it"
    yield "  ".join(
        [
            f"{click.style('o', fg='yellow')} less than half of it archived",
            f"{click.style('x', fg='red')} some of it lost",
            f"{click.style('?', fg='magenta')} gap",
            f"{NOTHING} nothing announced",
        ]
    )
