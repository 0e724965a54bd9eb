"""The clocks and the disk of this machine. Knows not what they are looked at for."""

import shutil
import time
from datetime import UTC, datetime
from pathlib import Path

from collector.policy.clock import Pair


class Machine:
    """As it is now; a test may stand in another."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def clocks(self) -> Pair:
        """The wall clock, and the one that nobody sets and that counts the machine's sleep, in seconds."""
        return time.time(), time.clock_gettime(time.CLOCK_BOOTTIME)

    def free(self, folder: Path) -> int | None:
        """Bytes that the folder's disk has left; None when it cannot be asked."""
        try:
            return shutil.disk_usage(folder).free
        except OSError:
            return None
