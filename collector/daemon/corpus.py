"""The text files of the archive, kept up to date beside all else. Knows not what is in them."""

import asyncio
import time
from contextlib import closing

from collector.config import Config
from collector.log import logger
from collector.pipeline.events import Event
from collector.pipeline.run import corpus_of, open_existing
from storage.archive import ArchiveError
from storage.export import text
from storage.export.text import Exported

CHANGES = frozenset({"article-new", "article-edited", "wall"})
REST = 20  # times as long as the last export took: a large archive is written out less often


class Corpus:
    """`corpus.hear` is a report; `await corpus.round()` about once a minute."""

    def __init__(self, config: Config) -> None:
        self._config, self._changed, self._not_before = config, True, 0.0

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
            done = await asyncio.to_thread(self._export)
        except (ArchiveError, OSError) as error:
            self._changed = True
            logger.warning("corpus-failed", error=str(error))
        else:
            if done.added or done.rewritten:
                logger.info(
                    "corpus-written", added=done.added, rewritten=done.rewritten, folder=str(corpus_of(self._config))
                )
        self._not_before = time.monotonic() + REST * (time.monotonic() - began)

    def _export(self) -> Exported:
        """By a connection of its own: the writer has other things to do."""
        with closing(open_existing(self._config, readonly=True)) as archive:
            return text.export(archive.corpus(), corpus_of(self._config), is_wall=archive.is_wall)
