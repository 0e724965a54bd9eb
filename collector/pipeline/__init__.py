"""
The straight path, from a source to a filed article; the one place that sees network and archive.

poll:   get source | keep its document | parse in a worker | canonicalize | archive.add_entries | policy.next_poll
visit:  get page   | keep its bytes    | archive.add_capture
read:                                    extract in a worker | archive.add_versions
learn:  the newest pages of a host | its furniture, in a worker | archive.add_memory
look:   a visit with conditions to an article that is known; what differs is a new version
explain: two versions, their bytes | read again in a worker | archive.explain: who changed what
past:   a running back-fill | its ways, their documents, their pages: behind all of the above (`pipeline.past`)
relate: an article's text | what shares it, looked up and compared | archive.relate: one story, many places

Every list of things to do is a query, so a run that was killed goes on where it stopped. Deciding is in `policy`.
"""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from functools import partial
from types import TracebackType
from typing import Self

from collector.config import Config
from collector.pipeline.edges import Edges
from collector.pipeline.events import Event
from collector.pipeline.explain import Explainer
from collector.pipeline.lanes import Lanes
from collector.pipeline.past import Past
from collector.pipeline.poll import Poller
from collector.pipeline.read import Reader
from collector.pipeline.relate import Relater
from collector.pipeline.tasks import Tasks
from collector.pipeline.visit import Visitor
from storage.archive import Archive
from storage.raw import Raw

__all__ = ["Edges", "Event", "Pipeline"]

MOST_OF_A_HOST = 50  # pages that wait in its lane; the archive holds the rest
MOST_RELATED = 5_000  # articles in one pass: an archive from before there were stories is caught up in several
MOST_JOBS = 5_000  # in all lanes; while there are more, only sources are asked for


class Pipeline:
    """`async with Pipeline(archive, raw, config, edges) as parts:` then `tick` again and again, or `once`.

    What goes on ends with the block: leaving it waits for all of it, `drain` before that for a given time only.
    """

    def __init__(self, archive: Archive, raw: Raw, config: Config, edges: Edges) -> None:
        self._archive, self._edges = archive, edges
        self._tasks, self._gone_on = Tasks(), False
        self._lanes = Lanes(self._tasks, config.width_at)
        self._reader = Reader(archive, raw, config, edges, self._tasks)
        self._visitor = Visitor(archive, edges, self._reader, self._lanes)
        self._relater = Relater(archive, edges)
        self._explainer = Explainer(archive, config, edges, self._tasks)
        self._poller = Poller(archive, config, edges, self._reader, self._visitor, self._lanes)
        self._past = Past(archive, raw, config, edges, self._reader, self._visitor, self._lanes)

    async def __aenter__(self) -> Self:
        await self._tasks.__aenter__()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._tasks.__aexit__(kind, error, trace)

    async def once(self) -> None:
        """One pass: go on with what was left, every source, what is new, then look again, then gaps.

        Returns when all is done that can be done now.
        """
        write, now = self._edges.write, self._edges.now()
        for source in await write(self._archive.sources_due, None):
            self._poller.add(source)
        for todo in await write(partial(self._archive.entries_due, now, every_new=True)):
            self._visitor.add(todo)
        await self._go_on()
        await self.idle()
        for todo in await write(self._archive.articles_due, self._edges.now()):
            self._visitor.add(todo)
        await self.idle()
        while await self._past.tick(gaps=True):
            await self.idle()
        await self._relater.all(MOST_RELATED)
        await self._explainer.all()

    async def tick(self) -> None:
        """Hand out what is due now and not in hand yet.

        Each list is handed out as soon as it is there: what ends after it was asked for is still known as in hand.
        """
        write, now = self._edges.write, self._edges.now()
        for source in await write(self._archive.sources_due, now):
            self._poller.add(source)
        if not self._gone_on:
            self._gone_on = True
            await self._go_on()
        await self._relater.some()
        self._explainer.go_on()
        if self._lanes.jobs > MOST_JOBS:
            return
        for todo in await write(partial(self._archive.entries_due, now, most=MOST_OF_A_HOST)):
            self._visitor.add(todo)
        for todo in await write(partial(self._archive.articles_due, now, most=MOST_OF_A_HOST)):
            self._visitor.add(todo)
        await self._past.tick()

    async def back(self, over: Callable[[], Awaitable[bool]]) -> None:
        """Nothing but the running back-fills, until `over` says so; returns when nothing is in hand."""
        await self._go_on()
        await self._past.work(over)
        await self.idle()
        await self._relater.all(MOST_RELATED)
        await self._explainer.all()

    async def idle(self) -> None:
        """Returns when nothing is in hand."""
        await self._tasks.idle()

    async def drain(self, seconds: float) -> None:
        """Take nothing more, let what is in hand end, and call off what has not after so many seconds.

        What was called off is put back by itself: its rows say still that it is to be done.
        """
        self._lanes.close()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self.idle()
        self._tasks.cancel()

    async def _go_on(self) -> None:
        """Read captures that an earlier run kept and did not read."""
        for unread in await self._edges.write(self._archive.captures_unread):
            await self._reader.start(unread, None)
