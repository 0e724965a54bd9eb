"""The text files of the archive, kept up to date beside all else. Knows not what is in them.

An export reads the whole archive, which takes as much time and memory as there is in it: a process of its own does it,
which gives the memory back and can be killed when the daemon ends.
"""

import json
import time
from collections.abc import Sequence

from collector.config import Config
from collector.daemon.beside import beside
from collector.errors import CollectorError
from collector.log import logger
from collector.pipeline.events import Event
from collector.pipeline.run import corpus_of
from storage.export.text import Exported

CHANGES = frozenset({"article-new", "article-edited", "wall"})
WORKER = ("-m", "collector.daemon.corpus_worker")
REST = 20.0  # a large archive is written out less often


class Corpus:
    """`corpus.hear` is a report; `await corpus.round()` about once a minute.

    worker: what Python runs for it. rest: between two exports, times as long as the last one took.
    """

    def __init__(self, config: Config, *, worker: Sequence[str] = WORKER, rest: float = REST) -> None:
        self._folder, self._rest = corpus_of(config), rest
        self._command = (*worker, str(config.data / "archive.db"), str(self._folder))
        self._changed, self._not_before = True, 0.0

    def hear(self, event: Event) -> None:
        """Is there anything to write?"""
        self._changed |= event.kind in CHANGES

    async def round(self) -> None:
        """Write what is new, if anything is; what went wrong is told, and tried again."""
        began = time.monotonic()
        if not self._changed or began < self._not_before:
            return
        self._changed = False
        try:
            done = await self._export()
        except (CollectorError, OSError) as error:
            self._changed = True
            logger.warning("corpus-failed", error=str(error))
        else:
            if done.added or done.rewritten:
                logger.info("corpus-written", added=done.added, rewritten=done.rewritten, folder=str(self._folder))
        self._not_before = time.monotonic() + self._rest * (time.monotonic() - began)

    async def _export(self) -> Exported:
        """Raises CollectorError with what the process said last, OSError when none can be started."""
        return Exported(**json.loads(await beside(*self._command)))
