"""How far work in several stages has come: a bar a stage on a terminal, a log line once in a while elsewhere."""

import sys
import time
from collections.abc import Callable
from types import TracebackType
from typing import Any, Self

from tqdm import tqdm

from collector.log import logger

EVERY = 30.0  # seconds between two lines of one stage


class Stages:
    """`with Stages() as stages: work(tell=stages.tell)`, or `done = stages.counting(…)`, then `done(5)`.

    bytes_: what is counted are bytes.
    """

    def __init__(self, *, bytes_: bool = False) -> None:
        self._bytes, self._shown = bytes_, sys.stderr.isatty()
        self._what, self._told = "", 0.0
        self._bar: tqdm[Any] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close()

    def counting(self, what: str, of: int | None) -> Callable[[int], None]:
        """Of a stage, what is told that so many more are done."""
        done = 0

        def add(more: int) -> None:
            nonlocal done
            done += more
            self.tell(what, done, of)

        return add

    def tell(self, what: str, done: int, of: int | None) -> None:
        """The stage, how far it is, and where it ends; None where that is not known."""
        if what != self._what:
            self._close()
            self._what, self._told = what, time.monotonic()
            if self._shown:
                self._bar = tqdm(desc=what, total=of, unit="B" * self._bytes, unit_scale=True, leave=False)
        if self._bar is not None:
            self._bar.update(done - self._bar.n)
        elif not self._shown and time.monotonic() - self._told >= EVERY:
            self._told = time.monotonic()
            logger.info("progress", what=what, done=done, of=of)

    def _close(self) -> None:
        if self._bar is not None:
            self._bar.close()
            self._bar = None
