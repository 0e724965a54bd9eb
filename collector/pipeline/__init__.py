"""
The straight path, from a source to a filed article; the one place that sees network and archive.

poll:   get source | keep its document | parse in a worker | canonicalize | archive.add_entries | policy.next_poll
visit:  get page   | keep its bytes    | archive.add_capture
read:                                    extract in a worker | archive.add_versions
learn:  the newest pages of a host | its furniture, in a worker | archive.add_memory
look:   a visit with conditions to an article that is known; what differs is a new version

Every list of things to do is a query, so a run that was killed goes on where it stopped. Deciding is in `policy`.
"""

import asyncio
from functools import partial

from collector.config import Config
from collector.pipeline.edges import Edges
from collector.pipeline.events import Event
from collector.pipeline.lanes import Lanes
from collector.pipeline.poll import Poller
from collector.pipeline.read import Reader
from collector.pipeline.visit import Visitor
from storage.archive import Archive
from storage.raw import Raw

__all__ = ["Edges", "Event", "Pipeline"]


class Pipeline:
    """One pass over what is due: `await Pipeline(archive, raw, config, edges).run()`."""

    def __init__(self, archive: Archive, raw: Raw, config: Config, edges: Edges) -> None:
        self._archive, self._raw, self._config, self._edges = archive, raw, config, edges

    async def run(self, *, every_source: bool = True) -> None:
        """Go on with what was left, poll, visit, then look again. `every_source`: also those that are not due."""
        now, write = self._edges.now(), self._edges.write
        async with asyncio.TaskGroup() as group:
            lanes = Lanes(group, self._width)
            reader = Reader(self._archive, self._raw, self._config, self._edges, group)
            visitor = Visitor(self._archive, self._edges, reader, lanes)
            poller = Poller(self._archive, self._edges, reader, visitor, lanes)
            for source in await write(self._archive.sources_due, None if every_source else now):
                poller.add(source)
            for todo in await write(partial(self._archive.entries_due, now, every_new=every_source)):
                visitor.add(todo)
            for unread in await write(self._archive.captures_unread):
                await reader.start(unread, None)
        async with asyncio.TaskGroup() as group:
            reader = Reader(self._archive, self._raw, self._config, self._edges, group)
            visitor = Visitor(self._archive, self._edges, reader, Lanes(group, self._width))
            for todo in await write(self._archive.articles_due, self._edges.now()):
                visitor.add(todo)

    def _width(self, host: str) -> int:
        return self._config.site(host).per_host or self._config.network.per_host
