"""A write that outlives a full disk, a held database, a folder that is gone. Knows not what a job does.

    edges.write = Patient(writer, report)

What fails for want of storage is run again until it is kept. So everything stops by itself behind the writer, with its
answers in memory, and goes on when there is room. A job must bear to be run again after it failed as a whole.
"""

import asyncio
import itertools
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterator
from typing import Any, TypeVar

from collector.pipeline.events import Event, Report
from storage.archive import ArchiveError
from storage.trouble import can_pass, told

T = TypeVar("T")

LONGEST_WAIT = 30.0  # seconds between two tries
STORAGE = "storage"  # what the events are about


class Patient:
    """`await patient(function, *arguments)`: as `write`, but raises only what waiting cannot mend.

    since: when, on `clock`, what fails now began to fail; None when all is well. error: why, in words.
    """

    def __init__(
        self,
        write: Callable[..., Awaitable[Any]],
        report: Report,
        *,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._write, self._report, self._sleep, self._clock = write, report, sleep, clock
        self._waiting = 0
        self._turns: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self.since: float | None = None
        self.error = ""

    async def __call__(self, function: Callable[..., T], *arguments: object) -> T:
        try:
            return await self._first(function, *arguments)
        except (ArchiveError, OSError) as error:
            if not can_pass(error):
                raise
            self._fails(error)
            why = error
        self._waiting += 1
        try:
            result = await self._again(why, function, *arguments)
        finally:
            self._waiting -= 1
            began = self.since
            if not self._waiting:
                self.since, self.error = None, ""
        if self.since is None and began is not None:
            self._report(Event("storage-mended", STORAGE, "it is written again", seconds=self._clock() - began))
        return result

    async def _first(self, function: Callable[..., T], *arguments: object) -> T:
        result: T = await self._write(function, *arguments)
        return result

    async def _again(self, why: Exception, function: Callable[..., T], *arguments: object) -> T:
        """One job tries for all that failed alike; they follow it as soon as it is kept."""
        turn = self._turns[type(why).__name__]
        followed = turn.locked()
        async with turn:
            for wait in itertools.chain([0.0] if followed else [], _waits()):
                await self._sleep(wait)
                try:
                    return await self._first(function, *arguments)
                except (ArchiveError, OSError) as error:
                    if not can_pass(error):
                        raise
                    self.error = told(error)
        raise AssertionError("waits never end")

    def _fails(self, error: Exception) -> None:
        self.error = told(error)
        if self.since is None:
            self.since = self._clock()
            said = f"{self.error}; nothing is lost, all work waits until it can be written"
            self._report(Event("storage-failed", STORAGE, said))


def _waits() -> Iterator[float]:
    """1, 2, 4 … 30 seconds, for ever."""
    wait = 1.0
    while True:
        yield min(wait, LONGEST_WAIT)
        wait = min(wait * 2, LONGEST_WAIT)
