"""
The open lines: one transport an origin, the least recently used closed first.

One pool for many hosts is quadratic (httpcore#1035), one transport each is not, as long as all share one SSLContext.
"""

import time
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

import httpx

MOST_LINES = 500
IDLE_SECONDS = 60.0

Open = Callable[[], httpx.AsyncHTTPTransport]


@dataclass(slots=True)
class _Line:
    transport: httpx.AsyncHTTPTransport
    users: int = 0
    used_at: float = 0.0


class Lines:
    """Transports by origin. Sockets are at most MOST_LINES plus what is in use."""

    def __init__(self) -> None:
        self._lines: OrderedDict[str, _Line] = OrderedDict()

    @asynccontextmanager
    async def line(self, origin: str, make: Open) -> AsyncIterator[httpx.AsyncHTTPTransport]:
        """The line to `origin`; one that failed is not used again, as an unread answer may still stand in it."""
        line = self._lines.get(origin)
        if line is None:
            line = self._lines[origin] = _Line(make())
        line.users += 1
        self._lines.move_to_end(origin)
        try:
            await self._close_idle()
            yield line.transport
        except BaseException:
            if self._lines.get(origin) is line:
                del self._lines[origin]
            raise
        finally:
            line.users -= 1
            line.used_at = time.monotonic()
            if not line.users and self._lines.get(origin) is not line:
                await line.transport.aclose()

    async def aclose(self) -> None:
        while self._lines:
            _, line = self._lines.popitem()
            await line.transport.aclose()

    async def _close_idle(self) -> None:
        """The oldest lines stand first, so a look at the head is enough."""
        while self._lines:
            origin, line = next(iter(self._lines.items()))
            spare = len(self._lines) > MOST_LINES or time.monotonic() - line.used_at > IDLE_SECONDS
            if line.users or not spare:
                return
            del self._lines[origin]
            await line.transport.aclose()
