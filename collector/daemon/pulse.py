"""The daemon's signs of life. Written by its event loop, read by other threads; knows no clock and no archive."""

from dataclasses import dataclass
from typing import Protocol

TICK_LATE = 30.0  # seconds without a tick after which the daemon is not well
WRITER_STUCK = 60.0  # seconds that the oldest write may wait


class Waiting(Protocol):
    """The writer: since when its oldest job waits, on the steady clock."""

    @property
    def waiting_since(self) -> float | None: ...


class Trying(Protocol):
    """Who tries again what the disk refused: since when, and why."""

    since: float | None
    error: str


@dataclass
class Pulse:
    """Single values, each replaced whole, so that no reader needs a lock. Moments are those of the steady clock.

    ticked: the last tick that was done. least_free: bytes that the disk should have left; free: that it had last.
    """

    ticked: float
    writer: Waiting | None = None
    patient: Trying | None = None
    least_free: int = 0
    free: int | None = None
    offline: bool = False
    clock: str = ""  # why the clock cannot be believed
    mistakes: tuple[str, ...] = ()  # of a changed config.yaml that was refused
    stopping: bool = False

    def watch(self, writer: Waiting, patient: Trying | None) -> None:
        """Ask these how they fare from now on."""
        self.writer, self.patient = writer, patient

    @property
    def room(self) -> str:
        """What is wrong with the room on the disk; "" while there is enough."""
        if self.free is None or self.free >= self.least_free:
            return ""
        left, least = self.free / 1e6, self.least_free / 1e6
        return f"the disk is nearly full: {left:,.0f} MB are left, {least:,.0f} are wanted; nothing new is asked for"

    def wrong(self, steady: float) -> tuple[str, ...]:
        """What is wrong with the daemon itself, in words, worst first; nothing when it is well. `steady`: seconds."""
        return tuple(filter(None, (self._unwritten(), self._stuck(steady), self.room, self._late(steady), self.clock)))

    def hangs(self, steady: float) -> bool:
        """Has nothing been done for long, and for no reason that another start would not meet, too?"""
        return steady - self.ticked > WRITER_STUCK and not self.trouble()

    def is_quiet(self) -> bool:
        """Does nothing wait to be written, and is nothing wrong with archive or clock?"""
        return self.waiting_since() is None and not self.trouble() and not self.clock

    def waiting_since(self) -> float | None:
        """Since when the oldest write waits; None when none does."""
        return self.writer.waiting_since if self.writer else None

    def trouble(self) -> str:
        """What keeps the archive from being written; "" when nothing does."""
        return self.patient.error if self.patient and self.patient.since is not None else ""

    def _unwritten(self) -> str:
        return f"the archive cannot be written: {self.trouble()}" if self.trouble() else ""

    def _stuck(self, steady: float) -> str:
        since = self.waiting_since()
        stuck = since is not None and steady - since > WRITER_STUCK
        return f"the writer has been busy with one thing for {steady - (since or 0):.0f} s" if stuck else ""

    def _late(self, steady: float) -> str:
        late = steady - self.ticked
        return f"the last tick was {late:.0f} s ago" if late > TICK_LATE else ""
