"""Two clocks: what was set, what slept, what cannot be right."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collector.policy import clock

NOW = 1_795_000_000.0


@pytest.mark.parametrize(
    ("wall", "boottime", "jumped"),
    [
        (1.0, 1.0, 0.0),  # a tick
        (8 * 3600.0, 8 * 3600.0, 0.0),  # the machine slept a night: both clocks counted it
        (3601.0, 1.0, 3600.0),
        (-3599.0, 1.0, -3600.0),
        (1.3, 1.0, 0.0),  # the two were not read at once
        (86400.0 + 40, 86400.0, 0.0),  # NTP ran the clock faster for a day
        (86400.0 + 400, 86400.0, 400.0),
    ],
)
def test_jump(wall: float, boottime: float, jumped: float) -> None:
    """Only what nobody slept and no drift explains was set."""
    assert clock.jump((NOW, 100.0), (NOW + wall, 100.0 + boottime)) == pytest.approx(jumped)


@given(
    passed=st.floats(min_value=0, max_value=1e6),
    moved=st.one_of(st.floats(min_value=2000, max_value=1e9), st.floats(min_value=-1e9, max_value=-2000)),
)
def test_jump_is_what_was_set(passed: float, moved: float) -> None:
    """However long was slept meanwhile, a set clock tells by how much."""
    assert clock.jump((NOW, 0.0), (NOW + passed + moved, passed)) == pytest.approx(moved, abs=0.01)


@pytest.mark.parametrize(
    ("now", "wrong"),
    [
        (datetime(1970, 1, 1, tzinfo=UTC), True),
        (datetime(2025, 12, 31, tzinfo=UTC), True),
        (datetime(2026, 1, 1, tzinfo=UTC), False),
        (datetime(2040, 1, 1, tzinfo=UTC), False),
    ],
)
def test_certainly_wrong(now: datetime, wrong: bool) -> None:
    """Earlier than this version is no true time."""
    assert clock.certainly_wrong(now) == wrong
