"""One thread that writes: jobs that wait together are committed together. Knows no table.

A job is a plain function; it runs inside a savepoint of the shared transaction, so one that fails undoes
only itself. A job's future is resolved after the commit that made it last. When the transaction itself
fails, every job of it fails; each may be repeated.
"""

import asyncio
import contextlib
import queue
import threading
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import partial
from typing import Any, TypeVar

T = TypeVar("T")
Job = tuple[asyncio.Future[Any], Callable[[], Any]]
Outcome = tuple[asyncio.Future[Any], Any, BaseException | None]

MOST_TOGETHER = 500


class Writer:
    """`await writer(function, *arguments)`: runs it in the writer's thread, returns when it is committed.

    It belongs to the event loop that it is made in.

    transaction: a context manager that begins and commits one transaction;
    step: one that undoes what its body wrote when the body fails.
    """

    def __init__(
        self,
        name: str,
        transaction: Callable[[], AbstractContextManager[object]],
        step: Callable[[], AbstractContextManager[object]],
    ) -> None:
        self._transaction, self._step = transaction, step
        self._loop = asyncio.get_running_loop()
        self._jobs: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._waiting: dict[asyncio.Future[Any], float] = {}
        self._closing = False
        self._given_up: BaseException | None = None
        self._thread = threading.Thread(target=self._run, name=f"newskeep-{name}", daemon=True)
        self._thread.start()

    @property
    def waiting_since(self) -> float | None:
        """When, on the monotonic clock, the oldest job that is awaited was handed in; None when none is."""
        return min(tuple(self._waiting.values()), default=None)

    async def __call__(self, function: Callable[..., T], *arguments: object) -> T:
        if self._closing:
            raise RuntimeError("the writer is closed")
        future: asyncio.Future[T] = self._loop.create_future()
        self._waiting[future] = time.monotonic()
        self._jobs.put((future, partial(function, *arguments)))
        try:
            return await future
        finally:
            del self._waiting[future]

    def close(self) -> None:
        """Finish what is queued, then stop; once a transaction fails, the rest is not tried."""
        self._closing = True
        self._jobs.put(None)
        self._thread.join()

    def _run(self) -> None:
        while (first := self._jobs.get()) is not None:
            batch, last = self._gather(first)
            outcomes = self._commit(batch)
            with contextlib.suppress(RuntimeError):  # the loop was closed: nobody waits any more
                self._loop.call_soon_threadsafe(_resolve, outcomes)
            if last:
                return

    def _gather(self, first: Job) -> tuple[list[Job], bool]:
        batch = [first]
        while len(batch) < MOST_TOGETHER:
            try:
                job = self._jobs.get_nowait()
            except queue.Empty:
                break
            if job is None:
                return batch, True
            batch.append(job)
        return batch, False

    def _commit(self, batch: list[Job]) -> list[Outcome]:
        outcomes: list[Outcome] = []
        try:
            if self._given_up is not None:
                raise self._given_up
            with self._transaction():
                outcomes.extend((future, *self._attempt(job)) for future, job in batch)
        except BaseException as error:  # nothing of this batch was kept; who failed by itself hears its own error
            own = {future: failed for future, _, failed in outcomes if failed is not None}
            outcomes = [(future, None, own.get(future, error)) for future, _ in batch]
            self._given_up = error if self._closing else None
        return outcomes

    def _attempt(self, job: Callable[[], Any]) -> tuple[Any, BaseException | None]:
        try:
            with self._step():
                return job(), None
        except StopIteration as error:  # no future can carry it, and those of the whole batch would wait for ever
            return None, RuntimeError(f"a job raised {error!r}")
        except BaseException as error:  # handed to whoever awaits the job
            return None, error


def _resolve(outcomes: list[Outcome]) -> None:
    for future, value, error in outcomes:
        if future.done():  # cancelled
            continue
        if error is not None:
            future.set_exception(error)
        else:
            future.set_result(value)
