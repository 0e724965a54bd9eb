"""The daemon's signs of life. Written by its event loop, read by other threads; knows no clock and no archive."""

from collections.abc import Callable
from dataclasses import dataclass

TICK_LATE = 30.0  # seconds without a tick after which the daemon is not well
WRITER_STUCK = 60.0  # seconds that the oldest write may wait


def _nothing_waits() -> float | None:
    return None


@dataclass
class Pulse:
    """Single values, each replaced whole, so that no reader needs a lock. Moments are those of the steady clock.

    ticked: the last tick that was done. waiting_since: since when the oldest write waits. trouble: what keeps the
    archive from being written, in words. least_free: bytes that the disk should have left; free: that it had last.
    """

    ticked: float
    waiting_since: Callable[[], float | None] = _nothing_waits
    trouble: Callable[[], str] = str
    least_free: int = 0
    free: int | None = None
    offline: bool = False
    clock: str = ""  # why the clock cannot be believed
    mistakes: tuple[str, ...] = ()  # of a changed config.yaml that was refused
    stopping: bool = False

    def wrong(self, steady: float) -> tuple[str, ...]:
        """What is wrong with the daemon itself, in words, worst first; nothing when it is well. `steady`: seconds."""
        return tuple(self._wrong(steady))

    def _wrong(self, steady: float) -> list[str]:
        said = []
        if trouble := self.trouble():
            said.append(f"the archive cannot be written: {trouble}")
        if (since := self.waiting_since()) is not None and steady - since > WRITER_STUCK:
            said.append(f"the writer has been busy with one thing for {steady - since:.0f} s")
        if self.free is not None and self.free < self.least_free:
            said.append(f"the disk is nearly full: {self.free / 1e6:,.0f} MB are left of {self.least_free / 1e6:,.0f}")
        if steady - self.ticked > TICK_LATE:
            said.append(f"the last tick was {steady - self.ticked:.0f} s ago")
        if self.clock:
            said.append(self.clock)
        return said
