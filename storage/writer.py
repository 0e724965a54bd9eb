"""One thread that writes: jobs that wait together are committed together. Knows no table.

A job is a plain function; it runs inside a savepoint of the shared transaction, so one that fails undoes
only itself. A job's future is resolved after the commit that made it last.
"""

import asyncio
import queue
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any, TypeVar

T = TypeVar("T")
Job = tuple[asyncio.Future[Any], Callable[[], Any]]

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
        self._thread = threading.Thread(target=self._run, name=f"newskeep-{name}", daemon=True)
        self._thread.start()

    async def __call__(self, function: Callable[..., T], *arguments: object) -> T:
        future: asyncio.Future[T] = self._loop.create_future()
        self._jobs.put((future, lambda: function(*arguments)))
        return await future

    def close(self) -> None:
        """Finish what is queued, then stop."""
        self._jobs.put(None)
        self._thread.join()

    def _run(self) -> None:
        while (first := self._jobs.get()) is not None:
            batch, last = self._gather(first)
            self._commit(batch)
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

    def _commit(self, batch: list[Job]) -> None:
        outcomes: list[tuple[asyncio.Future[Any], Any, BaseException | None]] = []
        try:
            with self._transaction():
                outcomes = [(future, *self._attempt(job)) for future, job in batch]
        except BaseException as error:  # the commit itself failed: nothing of this batch was kept
            outcomes = [(future, None, error) for future, _ in batch]
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(_resolve, outcomes)

    def _attempt(self, job: Callable[[], Any]) -> tuple[Any, BaseException | None]:
        try:
            with self._step():
                return job(), None
        except BaseException as error:  # handed to whoever awaits the job
            return None, error


def _resolve(outcomes: list[tuple[asyncio.Future[Any], Any, BaseException | None]]) -> None:
    for future, value, error in outcomes:
        if future.cancelled():
            continue
        if error is not None:
            future.set_exception(error)
        else:
            future.set_result(value)
