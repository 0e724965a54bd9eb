"""Once a day the bodies go that config.yaml gives up, in a quiet moment. Knows not which: a process beside does it."""

import json
import time
from collections.abc import Callable, Sequence

from collector.config import Config
from collector.daemon.beside import beside
from collector.errors import CollectorError
from collector.log import logger

WORKER = ("-m", "collector.daemon.prune_worker")
FIRST, DAY = 600.0, 86_400.0  # seconds after the start, and between two


class Pruning:
    """`await pruning.round()` every few seconds. quiet: is nothing waiting, and nothing wrong?"""

    def __init__(
        self, config: Config, quiet: Callable[[], bool], *, worker: Sequence[str] = WORKER, first: float = FIRST
    ) -> None:
        rules = json.dumps(config.prune.model_dump(exclude_none=True))
        self._command = (*worker, str(config.data), rules)
        self._quiet, self._not_before = quiet, time.monotonic() + first

    async def round(self) -> None:
        """Prune, if it is time to. What an earlier one left unfinished is done without any rule, too."""
        if time.monotonic() < self._not_before or not self._quiet():
            return
        self._not_before = time.monotonic() + DAY
        try:
            done = json.loads(await beside(*self._command))
        except (CollectorError, OSError) as error:
            logger.warning("prune-failed", error=str(error))
        else:
            if done["bodies"]:
                logger.info("pruned", **done)
