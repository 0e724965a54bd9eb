"""The judgement of a long run, from made-up curves."""

from dataclasses import replace

import pytest

from bench.soak_curve import Sample, judge, plot, table

FLAT = Sample(
    seconds=0.0,
    memory=100.0,
    workers_memory=150.0,
    files=40,
    threads=6,
    tasks=50,
    cpu=0.0,
    wal=4.0,
    articles=600,
    versions=600,
    requests=0,
    waiting=0,
)


def curve(**slopes: float) -> list[Sample]:
    """Half an hour, a sample each 15 seconds; `slopes`: what is added from the first to the last one."""
    values = [{name: getattr(FLAT, name) + slope * n / 120 for name, slope in slopes.items()} for n in range(121)]
    return [replace(FLAT, seconds=15.0 * n, **each) for n, each in enumerate(values)]


@pytest.mark.parametrize(
    ("slopes", "said"),
    [
        ({}, []),
        ({"articles": 9000.0, "cpu": 900.0}, []),
        ({"memory": 10.0}, []),
        ({"memory": 20.0}, ["memory grew by 16%"]),
        ({"memory": -20.0}, []),
        ({"files": 4.0}, []),
        ({"files": 60.0, "tasks": 80.0}, ["open files grew from 50 to 99", "tasks grew from 64 to 129"]),
    ],
)
def test_what_grows_is_named(slopes: dict[str, float], said: list[str]) -> None:
    """A tenth more memory is allowed, and a few files; what was there before the fifth minute does not count."""
    assert judge(curve(**slopes)) == said


def test_the_table_holds_a_line_a_minute() -> None:
    """Rates are those of the minute."""
    lines = table(curve(articles=9000.0, cpu=900.0)).splitlines()[2:]
    assert len(lines) == 30
    assert {tuple(line.split()[6:9:2]) for line in lines} == {("50", "300")}


def test_the_plot_begins_at_nought() -> None:
    """A flat line stands high up, not somewhere in the middle of its own noise."""
    rows = plot(curve(), lambda sample: sample.memory, "MB").splitlines()
    assert [row.count("*") for row in rows if "|" in row][:2] == [0, 60]
