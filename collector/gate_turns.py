"""
One queue a host: who may send next, and when. Exact to the clock, first come first served.

Knows no robots.txt and no network.
"""

import asyncio
from collections import OrderedDict
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from itertools import islice

FORGET_SECONDS = 3600.0  # after this, nothing of a turn is worth keeping: pauses are over, failures are stale


class Turn:
    """The queue of one host. `delay`: seconds from the end of one request to the start of the next."""

    def __init__(self, width: int, delay: float) -> None:
        self.delay = delay
        self.seats = asyncio.Semaphore(width)
        self.door = asyncio.Lock()  # only the first of the queue watches the clock
        self.users = 0
        self.used_at = 0.0  # the clock when it was last asked for
        self.last = float("-inf")  # the clock at the latest start or end of a request
        self.closed_until: datetime | None = None
        self.closed_reason = ""
        self.failures = 0  # requests in a row without any answer
        self.unasked = 0  # answers 429 in a row that did not say for how long

    def ended(self) -> None:
        """A request ends, or may have ended, now."""
        self.last = _clock()

    def close(self, until: datetime, reason: str) -> None:
        if self.closed_until is None or until > self.closed_until:
            self.closed_until, self.closed_reason = until, reason


class Turns:
    """All queues, and the requests in flight to all hosts together.

    A request takes one of the shared places only when it is its turn, so that a slow host holds none of them in vain.
    """

    def __init__(
        self,
        concurrency: int,
        make: Callable[[str], Turn],
        *,
        sleep: Callable[[float], Awaitable[None]],
    ) -> None:
        self._places = asyncio.Semaphore(concurrency)
        self._make, self._sleep = make, sleep
        self._turns: OrderedDict[str, Turn] = OrderedDict()

    def of(self, name: str) -> Turn:
        """The queue of the host of this name, made when first asked for."""
        turn = self._turns.get(name)
        if turn is None:
            self._forget()
            turn = self._turns[name] = self._make(name)
        turn.used_at = _clock()
        self._turns.move_to_end(name)
        return turn

    @asynccontextmanager
    async def taken(self, turn: Turn, shut_for: Callable[[], float]) -> AsyncIterator[None]:
        """A turn that has come and ends with the block; `shut_for` tells for how many seconds it may not, or raises."""
        turn.users += 1
        try:
            async with turn.seats:
                async with turn.door:
                    await self._come(turn, shut_for)
                    turn.last = _clock()
                try:
                    yield
                finally:
                    turn.ended()
                    self._places.release()
        finally:
            turn.users -= 1

    async def _come(self, turn: Turn, shut_for: Callable[[], float]) -> None:
        """Returns with one of the shared places taken."""
        while True:
            if (pause := max(shut_for(), self._pause(turn))) > 0:
                await self._sleep(pause)
                continue
            await self._places.acquire()
            if self._pause(turn) <= 0:
                return
            self._places.release()  # another request to this host ended meanwhile

    def _pause(self, turn: Turn) -> float:
        return turn.last + turn.delay - _clock()

    def _forget(self) -> None:
        """The longest unused stand first: two looks for each new turn keep the table small at no cost."""
        for name, turn in list(islice(self._turns.items(), 2)):
            if not turn.users and _clock() - turn.used_at > FORGET_SECONDS:
                del self._turns[name]


def _clock() -> float:
    """That of the loop in which the queues wait: monotonic, and another one only where the loop's is."""
    return asyncio.get_running_loop().time()
