"""Counts by days as charts."""

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from storage.datasette.front_charts import Period, by_site, plain

LAST = date(2026, 3, 1)
PERIODS = st.builds(Period, last=st.just(LAST), number=st.integers(1, 60), step=st.sampled_from([1, 7]))


@given(PERIODS)
def test_spans(period: Period) -> None:
    """They follow each other without a gap, are all of one length, and the last ends with the last day."""
    spans = list(period.spans())
    assert spans[0] == period.since and len(spans) == period.number
    assert all(later - one == timedelta(days=period.step) for one, later in pairwise(spans))
    assert spans[-1] + timedelta(days=period.step - 1) == LAST


@given(PERIODS, st.data())
def test_nothing_is_lost(period: Period, data: st.DataObject) -> None:
    """The sites with most have a colour, the rest are one; together they are as many as came in."""
    sites = st.sampled_from([None, *(f"{number}.test" for number in range(9))])
    days = st.sampled_from([each.isoformat() for each in period.spans()])
    row = st.fixed_dictionaries({"day": days, "site": sites, "number": st.integers(1, 99)})
    rows: list[dict[str, Any]] = data.draw(st.lists(row, max_size=30))
    chart = by_site("a", "A", rows, period)
    assert sum(sum(bar.column.values) for bar in chart.bars) == sum(row["number"] for row in rows)
    assert len(chart.series) <= 6
    totals = [sum(bar.column.values[place] for bar in chart.bars) for place in range(min(len(chart.series), 5))]
    assert totals == sorted(totals, reverse=True)


def test_words() -> None:
    """Days are told in full, weeks by their ends; few have a word below them, the last always."""
    (*_, day) = plain("a", "A", "walls", [{"day": "2026-03-01", "number": 2}], Period(last=LAST, number=30)).bars
    assert (day.column.label, day.column.values, day.column.tick) == ("Sunday, 1 March 2026", [2], "1 Mar")
    weeks = plain("a", "A", "walls", [], Period(last=LAST, number=52, step=7)).bars
    assert weeks[-1].column.label == "23 Feb to 1 Mar 2026" and weeks[-1].column.key == "2026-03-01"
    assert [bar.column.tick for bar in weeks if bar.column.tick][-1] == "23 Feb"
    assert sum(bool(bar.column.tick) for bar in weeks) == 5
