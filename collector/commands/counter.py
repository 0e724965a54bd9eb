"""How far long work has come: a bar on a terminal, a log line once in a while elsewhere."""

import sys
import time
from types import TracebackType
from typing import Any, Self

from tqdm import tqdm

from collector.log import logger

EVERY = 30.0  # seconds between two lines


class Counter:
    """`with Counter("reading", total, " articles") as counter: counter.add(5)`. total: None where it is not known."""

    def __init__(self, what: str, total: int | None, unit: str, *, bytes_: bool = False) -> None:
        self._what, self._total, self._unit, self._done = what, total, unit.strip(), 0
        self._told = time.monotonic()
        self._bar: tqdm[Any] | None = None
        if sys.stderr.isatty():
            self._bar = tqdm(
                desc=what, total=total, unit=unit, unit_scale=bytes_, unit_divisor=1000, file=sys.stderr, leave=False
            )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.close()

    def add(self, more: int = 1) -> None:
        """So many more are done."""
        self._done += more
        if self._bar is not None:
            self._bar.update(more)
        elif time.monotonic() - self._told >= EVERY:
            self._told = time.monotonic()
            logger.info("progress", what=self._what, done=self._done, of=self._total, unit=self._unit)
