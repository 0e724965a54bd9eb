"""Many captures read again, in all cores: a few in one job, several jobs at once."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, TypeVar

from collector.errors import WorkerError
from collector.reread import Reader, Reread
from storage.recipes import Recipe

T = TypeVar("T")
Work = Callable[..., Awaitable[Any]]  # a job's name and what it is given -> its answer; raises WorkerError

TOGETHER = 16  # captures of one job: one that breaks its worker costs the others a second try


async def side_by_side(
    todo: Iterable[T], read: Callable[[Sequence[T]], Coroutine[Any, Any, None]], at_once: int
) -> None:
    """`read` all that there is to do, `TOGETHER` at a time; no more is taken from it than can be begun."""
    room = asyncio.Semaphore(at_once)
    async with asyncio.TaskGroup() as tasks:
        for batch in _batches(todo):
            await room.acquire()
            tasks.create_task(read(batch)).add_done_callback(lambda _: room.release())


async def reread(work: Work, raw: str, wanted: Sequence[tuple[Recipe, Reader]]) -> list[Reread]:
    """What each says. Where one breaks its worker each is read by itself, and that one says why."""
    try:
        found: list[Reread] = await work("reread", raw, wanted)
    except WorkerError as error:
        if len(wanted) == 1:
            return [Reread(article=None, reason=str(error))]
        return [(await reread(work, raw, [one]))[0] for one in wanted]
    return found


def _batches(todo: Iterable[T]) -> Iterator[list[T]]:
    left = iter(todo)
    while batch := list(islice(left, TOGETHER)):
        yield batch
