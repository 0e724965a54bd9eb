"""What the daemon does again and again, each a tick: hand out what is due, beat, measure. Knows no signal, no port."""

import asyncio
import os
import time
from datetime import datetime
from functools import partial
from importlib.metadata import version

from collector import policy
from collector.config import Config
from collector.daemon.machine import Machine
from collector.daemon.metrics import Metrics
from collector.daemon.pulse import Pulse
from collector.daemon.snapshot import snapshot
from collector.pipeline.events import Event, Report
from collector.pipeline.run import Parts
from collector.policy import clock
from storage.archive import Archive

VERSION = version("newskeep")
CLOCK, WORK = "clock", "work"  # what events are about


class Chores:
    """Of one open pipeline. `pulse` and `metrics` outlive it; `started_at`: when the daemon was."""

    def __init__(
        self,
        config: Config,
        archive: Archive,
        parts: Parts,
        pulse: Pulse,
        metrics: Metrics,
        report: Report,
        started_at: datetime,
        machine: Machine,
    ) -> None:
        self._config, self._archive, self._parts = config, archive, parts
        self._pulse, self._metrics, self._report, self._started_at = pulse, metrics, report, started_at
        self._machine, self._clocks, self._paused = machine, machine.clocks(), ""

    async def tick(self) -> None:
        """Hand out what is due, unless the clock or the disk speak against it."""
        before, self._clocks = self._clocks, self._machine.clocks()
        if seconds := clock.jump(before, self._clocks):
            self._report(Event("clock-changed", CLOCK, f"it was set by {seconds:+,.0f} s"))
            await self.mend_times()
        if not self._pauses():
            await self._parts.pipeline.tick()
        self._pulse.offline = self._parts.outage is not None and self._parts.outage.since is not None
        self._pulse.ticked = time.monotonic()

    async def mend_times(self) -> None:
        """What only a wrong clock can have put off so far is due now."""
        sources = self._config.sources
        ages = [*self._config.look_again, *(age for source in sources for age in source.look_again or ())]
        longest = policy.longest(
            every=max([source.every or 0 for source in sources], default=0), oldest=max(ages, default=0)
        )
        mend = partial(self._archive.mend_times, self._machine.now(), **longest._asdict())
        if mended := await self._parts.write(mend):
            self._report(Event("clock-changed", CLOCK, "times too far ahead were brought back to now", count=mended))

    async def beat(self) -> None:
        """Leave a sign of life in the archive, for `newskeep status`; the last one when it stops."""
        pulse = self._pulse
        state = "stopped" if pulse.stopping else "waiting" if self._paused else "working"
        detail = {"wrong": pulse.wrong(time.monotonic()), "mistakes": pulse.mistakes, "offline": pulse.offline}
        await self._parts.write(
            partial(
                self._archive.beat,
                self._machine.now(),
                pid=os.getpid(),
                version=VERSION,
                started_at=self._started_at,
                state=state,
                detail=detail,
            )
        )

    async def measure(self) -> None:
        """How things stand, for the metrics."""
        queues = await self._parts.write(self._archive.queues, self._machine.now())
        failures, tasks = self._parts.workers.failures, len(asyncio.all_tasks())
        measured = partial(snapshot, queues, self._config.data, worker_failures=failures, tasks=tasks)
        self._metrics.take(await asyncio.to_thread(measured))

    def _pauses(self) -> bool:
        """Is nothing to be asked for now? Told when it begins and when it ends."""
        why = self._why_not()
        if bool(why) != bool(self._paused):
            self._report(Event("paused" if why else "resumed", WORK, why))
        self._paused = why
        return bool(why)

    def _why_not(self) -> str:
        pulse, moment = self._pulse, self._machine.now()
        wrong = clock.certainly_wrong(moment)
        pulse.clock = f"the clock shows {moment:%Y-%m-%d}, which cannot be; work waits until it is set" if wrong else ""
        pulse.free = self._machine.free(self._config.data)  # what is wrong with the folder the writer will tell
        return pulse.clock or pulse.room
