"""Counts by days -> the charts of the front page. Knows no archive; the times are arguments."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from storage.archive.base import Row
from storage.datasette.charts import Chart, Column, bars
from storage.export.text import MONTHS, date_line

LARGEST = 5  # sites that have a colour of their own
TICKS = 5
REST, NO_SITE = "all others", "no site"


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """Days up to `last`, in spans of `step` days of which none is cut short."""

    last: date
    number: int  # of spans
    step: int = 1

    @property
    def since(self) -> date:
        return self.until - timedelta(days=self.number * self.step)

    @property
    def until(self) -> date:
        """The first day that no longer counts."""
        return self.last + timedelta(days=1)

    @property
    def days(self) -> int:
        return self.number * self.step

    def spans(self) -> Iterator[date]:
        """The first day of each."""
        return (self.since + timedelta(days=number * self.step) for number in range(self.number))


def by_site(name: str, title: str, rows: Iterable[Row], period: Period) -> Chart:
    """rows: day, site, number. The sites with most of them, and the rest as one."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for row in rows:
        counts[row["site"] or NO_SITE][row["day"]] += row["number"]
    sites = sorted(counts, key=lambda site: (-counts[site].total(), site))
    series = {site: counts[site] for site in sites[:LARGEST]}
    if rest := sites[LARGEST:]:
        series[REST] = sum((counts[site] for site in rest), Counter())
    return _chart(name, title, series or {"articles": Counter()}, period)


def plain(name: str, title: str, noun: str, rows: Iterable[Row], period: Period) -> Chart:
    """rows: day, number."""
    return _chart(name, title, {noun: {row["day"]: row["number"] for row in rows}}, period)


def _chart(name: str, title: str, series: Mapping[str, Mapping[str, int]], period: Period) -> Chart:
    columns = list(_columns(list(series.values()), period))
    return bars(name, title, columns, list(series), heading="Day" if period.step == 1 else "Days")


def _columns(series: Sequence[Mapping[str, int]], period: Period) -> Iterator[Column]:
    every = -(-period.number // TICKS)
    for number, first in enumerate(period.spans()):
        last = first + timedelta(days=period.step - 1)
        yield Column(
            label=_label(first, last),
            values=[counts.get(first.isoformat(), 0) for counts in series],
            tick="" if (period.number - 1 - number) % every else _short(first),
            key=last.isoformat(),
        )


def _label(first: date, last: date) -> str:
    if first == last:
        return date_line(first.isoformat())
    return f"{_short(first)} to {_short(last)} {last.year}"


def _short(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1][:3]}"
