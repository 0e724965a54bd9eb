"""
The clock: ticks, and nothing else; the only door to APScheduler. What is due when is not known here.

    async with ticking((tick, 1.0), (beat, 10.0)):
        …

A tick that takes longer than its time is not begun a second time; those that it missed are made up for by one.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

from apscheduler.executors.asyncio import AsyncIOExecutor
from apscheduler.jobstores.memory import MemoryJobStore
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

Tick = Callable[[], Awaitable[None]]
GUARD = 2.0  # seconds between two looks at the scheduler itself

# Told at every tick that comes while the one before goes on: that is what max_instances is for.
logging.getLogger("apscheduler.scheduler").setLevel(logging.ERROR)


@asynccontextmanager
async def ticking(
    *ticks: tuple[Tick, float], now: Callable[[], datetime] = lambda: datetime.now(UTC), guard: float = GUARD
) -> AsyncIterator[None]:
    """Each of `ticks` is called at once, and then every so many seconds, until the block ends; then it is called off.

    An error of a tick ends the block with it. now: aware; the scheduler itself reads the wall clock.
    """
    scheduler = AsyncIOScheduler(
        timezone=UTC,
        jobstores={"default": MemoryJobStore()},
        executors={"default": AsyncIOExecutor()},
        job_defaults={"coalesce": True, "misfire_grace_time": None, "max_instances": 1},
    )
    async with asyncio.TaskGroup() as group:
        failed: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        for tick, seconds in ticks:
            scheduler.add_job(_told(tick, failed), IntervalTrigger(seconds=seconds, timezone=UTC), next_run_time=now())
        scheduler.start()
        watch = [group.create_task(_guard(scheduler, now, guard)), group.create_task(_raise(failed))]
        try:
            yield
        finally:
            scheduler.shutdown(wait=False)
            for task in watch:
                task.cancel()


def _told(tick: Tick, failed: asyncio.Future[None]) -> Tick:
    """The scheduler would log an error and go on; whoever waits for the ticks shall know of it."""

    async def told() -> None:
        try:
            await tick()
        except Exception as error:  # handed on, whatever it is
            if not failed.done():
                failed.set_exception(error)

    return told


async def _raise(failed: asyncio.Future[None]) -> None:
    await failed


async def _guard(scheduler: AsyncIOScheduler, now: Callable[[], datetime], seconds: float) -> None:
    """The scheduler sleeps until a time of the wall clock: when that is set back, it would sleep on for as long."""
    while True:
        await asyncio.sleep(seconds)
        for job in scheduler.get_jobs():
            latest = now() + job.trigger.interval + timedelta(seconds=seconds)
            if job.next_run_time is not None and job.next_run_time > latest:
                job.modify(next_run_time=now())
