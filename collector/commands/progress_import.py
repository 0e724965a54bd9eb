"""How far an import has come: a bar on a terminal, a log line now and then elsewhere."""

import sys
import time
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import Any, Self

from tqdm import tqdm

from collector import log_events
from collector.imports.items import Parcel
from collector.log import logger
from collector.pipeline.events import Event

EVERY = 10.0  # seconds between two lines
TOLD = {"broke", "learning-failed", "storage-failed", "storage-mended"}  # of a page that is broken, the report tells


class ImportProgress:
    """`progress.begin(parcel)` gives the ears for how far it is done; `progress.hear` is the pipeline's report."""

    def __init__(self, found: Sequence[Parcel], *, bar: bool | None = None) -> None:
        self._left = len(found)
        self._shown = sys.stderr.isatty() if bar is None else bar
        self._bar: tqdm[Any] | None = None
        self._told = time.monotonic()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close()

    def begin(self, parcel: Parcel) -> Callable[[int], None]:
        """The next parcel: the callable takes the offset that it is done to."""
        self._close()
        self._left -= 1
        if self._shown:
            unit = {"warc": "B", "wacz": "B", "folder": " files", "archive": " captures"}[parcel.kind]
            name = parcel.path[-40:]
            self._bar = tqdm(
                total=parcel.end, unit=unit, unit_scale=unit == "B", desc=name, file=sys.stderr, leave=False
            )
        return lambda offset: self._at(parcel, offset)

    def hear(self, event: Event) -> None:
        """What the operator should know at once; all else is counted in the archive."""
        if event.kind in TOLD:
            log_events.hear(event)

    def _at(self, parcel: Parcel, offset: int) -> None:
        if self._bar is not None:
            self._bar.update(offset - self._bar.n)
        elif time.monotonic() - self._told >= EVERY:
            self._told = time.monotonic()
            share = f"{offset / (parcel.end or 1):.0%}"
            logger.info("importing", path=parcel.path, done=share, files_left=self._left)

    def _close(self) -> None:
        if self._bar is not None:
            self._bar.close()
            self._bar = None
