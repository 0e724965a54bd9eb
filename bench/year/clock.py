"""An event loop whose time is made up: with nothing left to do, it jumps to the next moment that anyone waits for."""

import asyncio
import selectors
from collections.abc import Coroutine
from typing import Any

MOMENT = 1e-6  # seconds that each turn of the loop takes: at zero, times that floats cannot part would never pass


class _Jumping(selectors.SelectSelector):
    """Waits for nothing: that much time has passed."""

    def __init__(self) -> None:
        super().__init__()
        self.now = 0.0

    def select(self, timeout: float | None = None) -> list[Any]:
        if timeout is None:
            raise RuntimeError("everyone waits for what will never come")
        self.now += max(timeout, MOMENT)
        return []


class SimulatedLoop(asyncio.SelectorEventLoop):
    """No threads, no sockets: whoever sleeps is woken at once, in order."""

    def __init__(self) -> None:
        self._jumping = _Jumping()
        super().__init__(self._jumping)

    def time(self) -> float:
        return self._jumping.now


def run(main: Coroutine[Any, Any, None]) -> None:
    """As asyncio.run, in made-up time that begins at 0."""
    with asyncio.Runner(loop_factory=SimulatedLoop) as runner:
        runner.run(main)
