"""The table of `newskeep coverage`: by day, month or year, then by source and way. Text of a given width."""

from collections import Counter
from collections.abc import Iterator, Sequence

import click

from collector.coverage import COUNTS, Coverage, together

ALWAYS = ("announced", "fetched", "archived")  # other columns only where they are not empty
COLOURS = {"lost": "red", "failed": "yellow", "waiting": "yellow"}
MOST_DAYS, MOST_MONTHS = 62, 60  # rows; a longer span has a row a month, one that is longer still a row a year
UNITS = {10: "day", 7: "month", 4: "year"}  # letters of an ISO day -> what they tell
GAP = " gap"
Counted = tuple[str, Counter[str], str]  # before a row's numbers, its numbers, behind them


def table(found: Coverage, width: int, *, by_day: bool) -> str:
    """Blocks of lines: the periods with their sum, then who announced."""
    letters = 10 if by_day or len(found.dates) <= MOST_DAYS else 7
    if not by_day and len({day[:7] for day in found.dates}) > MOST_MONTHS:
        letters = 4
    rows = [*_periods(found, letters), ("sum", together(found.days.values()), "")]
    by_line = [("", together(line.days.values()), f"  {_named(line.source, line.way)}") for line in found.lines]
    named = [name for name in COUNTS if name in ALWAYS or any(counts[name] for _, counts, _ in [*rows, *by_line])]
    return "\n\n".join(
        ["\n".join(_lines(UNITS[letters], rows, named, width)), "\n".join(_lines("", by_line, named, width))]
    )


def _named(source: str | None, way: str) -> str:
    return source or f"back-fill by {way}"


def _periods(found: Coverage, letters: int) -> Iterator[Counted]:
    """Every one of the span, of years those of which something is known; at last what has no day."""
    gaps = {day[:letters] for day in found.open_days}
    parts: dict[str, Counter[str]] = {day[:letters]: Counter() for day in found.dates}
    for day, counts in found.days.items():
        if day:
            parts[day[:letters]].update(counts)
    for name, counts in parts.items():
        if counts or name in gaps or letters > 4:
            yield name, counts, GAP if name in gaps else ""
    if undated := found.days.get(""):
        yield "undated", undated, ""


def _lines(head: str, rows: Sequence[Counted], named: Sequence[str], width: int) -> Iterator[str]:
    """One block below the other where the columns are too many for the width: the later ones without empty rows."""
    first = max(len(head), *(len(before) for before, _, _ in rows)) if rows else 0
    widths = {name: max(len(name), *(len(f"{counts[name]:,}") for _, counts, _ in rows), 1) for name in named}
    for number, block in enumerate(_blocks(widths, width - first - len(GAP))):
        if number:
            yield ""
        yield f"{head:{first}}{''.join(f' {name:>{widths[name]}}' for name in block)}"
        for before, counts, behind in rows:
            if not number or any(counts[name] for name in block):
                cells = "".join(_cell(counts[name], name, widths[name]) for name in block)
                yield f"{before:{first}}{cells}{behind}"


def _blocks(widths: dict[str, int], room: int) -> list[list[str]]:
    blocks: list[list[str]] = [[]]
    for name in widths:
        if blocks[-1] and sum(widths[each] + 1 for each in (*blocks[-1], name)) > room:
            blocks.append([])
        blocks[-1].append(name)
    return blocks


def _cell(number: int, name: str, width: int) -> str:
    text = f" {number:>{width},}"
    return click.style(text, fg=COLOURS[name]) if number and name in COLOURS else text
