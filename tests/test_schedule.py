"""The clock ticks: at once, in time, never twice at once, and on after the wall clock was set back."""

import asyncio
import time
from datetime import UTC, datetime, timedelta

import pytest

from collector.schedule import ticking


class Ticks:
    """Counts its ticks; each takes `seconds`."""

    def __init__(self, seconds: float = 0.0) -> None:
        self.seconds = seconds
        self.at: list[float] = []
        self.most, self._now = 0, 0

    async def __call__(self) -> None:
        self.at.append(time.monotonic())
        self._now += 1
        self.most = max(self.most, self._now)
        try:
            await asyncio.sleep(self.seconds)
        finally:
            self._now -= 1


async def test_it_ticks_at_once_and_then_in_time() -> None:
    """No tick waits for the first interval to pass; several go on beside each other."""
    quick, slow = Ticks(), Ticks()
    async with ticking((quick, 0.1), (slow, 30.0)):
        await asyncio.sleep(0.55)
    assert 4 <= len(quick.at) <= 7
    assert len(slow.at) == 1
    ended = len(quick.at)
    await asyncio.sleep(0.25)
    assert len(quick.at) == ended


@pytest.mark.slow
async def test_a_tick_that_takes_long_is_not_begun_again() -> None:
    """Those that it missed are made up for by one."""
    long = Ticks(0.35)
    async with ticking((long, 0.1)):
        await asyncio.sleep(1.0)
    assert long.most == 1
    assert 2 <= len(long.at) <= 4


@pytest.mark.slow
async def test_a_loop_that_hung_for_many_ticks_makes_up_for_them_by_one() -> None:
    """As after SIGSTOP, or the sleep of the machine: no run is lost for being late, and none is doubled."""
    quick = Ticks()
    async with ticking((quick, 0.2)):
        await asyncio.sleep(0.3)
        before = len(quick.at)
        time.sleep(1.5)  # the hang itself
        await asyncio.sleep(0.05)
        assert len(quick.at) - before == 1


@pytest.mark.slow
async def test_a_wall_clock_that_is_set_back_stops_nothing() -> None:
    """The scheduler's next tick is then far ahead: it is brought back."""
    ahead = True

    def now() -> datetime:
        return datetime.now(UTC) + timedelta(days=365 if ahead else 0)

    quick = Ticks()
    async with ticking((quick, 0.2), now=now, guard=0.1):  # planned by a clock that is a year ahead
        await asyncio.sleep(0.3)
        assert not quick.at
        ahead = False
        await asyncio.sleep(1.0)
        assert len(quick.at) >= 3


async def test_an_error_of_a_tick_ends_the_block() -> None:
    """Whoever waits for the ticks hears of it; nothing ticks on unheard."""

    async def broken() -> None:
        raise LookupError("the archive is damaged")

    with pytest.raises(ExceptionGroup) as caught:
        async with ticking((broken, 0.1)):
            await asyncio.sleep(5)
    assert caught.group_contains(LookupError, match="damaged")
