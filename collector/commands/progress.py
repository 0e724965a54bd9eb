"""What happens during a run: counted, and shown as a bar on a terminal or as log lines elsewhere."""

import sys
from collections import Counter
from types import TracebackType
from typing import Any, Self

from tqdm import tqdm

from collector import log_events
from collector.pipeline.events import Event

FAILURES = {"source-failed", "entry-failed", "put-off", "broke"}
WHY_NOTHING_MOVES = {"storage-failed", "storage-mended", "offline", "online", "clock-changed"}
ADDS_WORK = {"to-poll", "to-visit"}
ENDS_WORK = {"source-read", "source-unchanged", "source-failed", "visited"}


class Progress:
    """Ears for a pipeline: `progress.hear` is its report."""

    def __init__(self, *, bar: bool | None = None) -> None:
        shown = sys.stderr.isatty() if bar is None else bar
        self.counts: Counter[str] = Counter()
        self.failures: list[Event] = []
        self.new_entries = 0
        self._bar: tqdm[Any] | None = tqdm(total=0, unit=" requests", file=sys.stderr, leave=False) if shown else None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.close()

    def hear(self, event: Event) -> None:
        """Count it and show it."""
        self.counts[event.kind] += 1
        self.new_entries += event.count if event.kind == "source-read" else 0
        if event.kind in FAILURES:
            self.failures.append(event)
        if self._bar is not None:
            self._draw(event)
        if self._bar is None:
            log_events.hear(event)
        elif event.kind in WHY_NOTHING_MOVES:
            with tqdm.external_write_mode(file=sys.stderr):
                log_events.hear(event)

    def _draw(self, event: Event) -> None:
        assert self._bar is not None
        if event.kind in ADDS_WORK:
            self._bar.total = (self._bar.total or 0) + 1
        elif event.kind in ENDS_WORK:
            self._bar.update()
            new, failed = self.counts["article-new"], len(self.failures)
            self._bar.set_postfix_str(f"{new} new articles, {failed} failed", refresh=False)
