"""Numbers -> the geometry of a bar chart, in parts of a hundred; `newskeep/charts.html` draws it. Knows no archive.

All lengths are shares of the plot, so that it is as wide as its place and its words are never scaled.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil, floor, log10

COLOURS = ("one", "two", "three", "four", "five", "six")  # classes of charts.css, as the variables --one to --six
FILLED = 0.8  # of a column's width; the rest parts it from the next
MOST_LINES = 4  # above the ground


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One place on the ground. values: one a series, from the ground up, none below 0.

    label: in full, `Sunday, 1 March 2026`. tick: what stands below it; leave most empty: six have room on a phone.
    key: what the template makes the address of its page from, linked in the table; "" for none.
    """

    label: str
    values: Sequence[float]
    tick: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """One coloured piece of a column."""

    colour: str
    y: float
    height: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A column as it is drawn. x, width: of its place; left, filled: of its boxes, less what parts it from the next."""

    column: Column
    x: float
    width: float
    left: float
    filled: float
    boxes: Sequence[Box]
    told: str

    @property
    def middle(self) -> float:
        return self.x + self.width / 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """name: what its ids begin with. about: what can be seen, in words. series: name and colour, from the ground up.

    lines: heights and labels of the scale. heading: of the table's first column.
    """

    name: str
    title: str
    about: str
    heading: str
    series: Sequence[tuple[str, str]]
    bars: Sequence[Bar]
    lines: Sequence[tuple[float, str]]


def bars(
    name: str, title: str, columns: Sequence[Column], series: Sequence[str], *, about: str = "", heading: str = "Day"
) -> Chart:
    """A chart of stacked bars; at most six series.

    name: an id, unique on its page. series: what the values of each column are of, in their order; with one alone
    there is no legend. about: a sentence on what can be seen; by default the sum and the greatest column.

    In a template, which links `charts.css`: `{% import "newskeep/charts.html" as charts %}{{ charts.chart(made) }}`,
    or with links: `{% call(key) charts.chart(made) %}{{ link.front(day=key) }}{% endcall %}`.
    """
    lines = scale(max((sum(column.values) for column in columns), default=0))
    return Chart(
        name=name,
        title=title,
        about=about or _about(columns),
        heading=heading,
        series=[(each, COLOURS[number]) for number, each in enumerate(series)],
        bars=list(_bars(columns, series, lines[-1])),
        lines=[(100 - 100 * line / lines[-1], told(line)) for line in lines],
    )


def scale(greatest: float) -> list[float]:
    """Where lines are drawn: 0 and up to four steps of 1, 2 or 5 times a power of ten, the last not below `greatest`.

    Whole numbers get no line between two of them.
    """
    if greatest <= 0:
        return [0, 1]
    least = greatest / MOST_LINES
    power = 10.0 ** floor(log10(least))
    step = next(factor * power for factor in (1, 2, 5, 10) if factor * power >= least)
    if greatest == int(greatest):
        step = max(1, ceil(step))
    return [step * number for number in range(ceil(greatest / step) + 1)]


def told(value: float) -> str:
    """`2,000`, `0.25`."""
    return f"{value:,.0f}" if value == int(value) else f"{value:,.3g}"


def _bars(columns: Sequence[Column], series: Sequence[str], top: float) -> Iterator[Bar]:
    width = 100 / max(len(columns), 1)
    for number, column in enumerate(columns):
        yield Bar(
            column=column,
            x=number * width,
            width=width,
            left=number * width + width * (1 - FILLED) / 2,
            filled=width * FILLED,
            boxes=list(_boxes(column.values, top)),
            told=_in_words(column, series),
        )


def _boxes(values: Sequence[float], top: float) -> Iterator[Box]:
    ground = 100.0
    for colour, value in zip(COLOURS, values, strict=False):
        if value > 0:
            height = 100 * value / top
            ground -= height
            yield Box(colour=colour, y=ground, height=height)


def _in_words(column: Column, series: Sequence[str]) -> str:
    """What a pointer is told: the greatest stands on top, as in the picture."""
    if len(series) == 1:
        return f"{column.label}: {told(column.values[0])}"
    parts = [f"{name} {told(value)}" for name, value in zip(series, column.values, strict=True) if value]
    return "\n".join([f"{column.label}: {told(sum(column.values))}", *reversed(parts)])


def _about(columns: Sequence[Column]) -> str:
    greatest = max(columns, key=lambda column: sum(column.values), default=None)
    if greatest is None or not sum(greatest.values):
        return "None."
    total = sum(sum(column.values) for column in columns)
    return f"{told(total)} in all; the most, {told(sum(greatest.values))}: {greatest.label}."
