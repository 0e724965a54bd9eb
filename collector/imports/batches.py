"""Items -> batches that are small enough for one transaction, read ahead in a thread."""

import asyncio
from collections.abc import AsyncGenerator, Iterable, Iterator

from collector.imports.items import Item

MOST_PAGES = 16
MOST_ITEMS = 500
MOST_BYTES = 4_000_000

Batch = list[Item]


def batches(items: Iterable[Item]) -> Iterator[Batch]:
    """In their order; whatever the size of an item, it is in one."""
    batch, pages, size = Batch(), 0, 0
    for item in items:
        batch.append(item)
        pages += item.capture is not None
        size += len(item.capture.body) if item.capture else 0
        if pages >= MOST_PAGES or len(batch) >= MOST_ITEMS or size >= MOST_BYTES:
            yield batch
            batch, pages, size = Batch(), 0, 0
    if batch:
        yield batch


async def ahead(found: Iterator[Batch]) -> AsyncGenerator[Batch, None]:
    """The same, each read while the one before it is in use."""
    reading = asyncio.create_task(_next(found))
    try:
        while (batch := await reading) is not None:
            reading = asyncio.create_task(_next(found))
            yield batch
    finally:
        reading.cancel()


async def _next(found: Iterator[Batch]) -> Batch | None:
    return await asyncio.to_thread(next, found, None)
