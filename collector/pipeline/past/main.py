"""Hands out what running back-fills have to do; begins their ways, and ends what is over."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from collector import urls
from collector.config import Config
from collector.pipeline.contain import contained
from collector.pipeline.edges import Edges
from collector.pipeline.events import Event
from collector.pipeline.lanes import Lanes
from collector.pipeline.past.documents import Documents
from collector.pipeline.past.targets import Targets, span_of
from collector.pipeline.past.walking import WAYS, move
from collector.pipeline.read import Reader
from collector.pipeline.visit import Visitor
from storage.archive import Archive
from storage.archive.backfills import Backfill
from storage.archive.due import Todo
from storage.archive.walks import OpenStep, Walk
from storage.raw import Raw

# Pages of one walk that wait in lanes, as many as take so many seconds: the archive holds the rest. What waits in the
# daemon's lanes is still asked for when a back-fill is paused.
MOST_PAGES, AHEAD = 50, 5.0
MOST_STEPS = 4  # documents of one walk that are in hand: some are large
BUSY, IDLE = 0.02, 0.5  # seconds between two looks at what is to be done: at least, and where nothing is in hand


@dataclass(frozen=True, slots=True)
class _Due:
    """What is to be done now."""

    begin: list[tuple[Backfill, Walk]] = field(default_factory=list)
    steps: list[tuple[Backfill, OpenStep]] = field(default_factory=list)
    pages: list[Todo] = field(default_factory=list)
    over: list[Backfill] = field(default_factory=list)


class Past:
    """`tick` again and again; `work` until some of them are over, for a command that does nothing else."""

    def __init__(
        self,
        archive: Archive,
        raw: Raw,
        config: Config,
        edges: Edges,
        reader: Reader,
        visitor: Visitor,
        lanes: Lanes,
    ) -> None:
        self._archive, self._config, self._edges = archive, config, edges
        self._visitor, self._lanes = visitor, lanes
        self._targets = Targets(archive, config, edges)
        self._documents = Documents(archive, raw, config, edges, reader, self._targets)

    async def tick(self, *, gaps: bool = False) -> bool:
        """Hand out what is due and not in hand yet; `gaps`: of those that fill a gap alone. Was there anything?"""
        due: _Due = await self._edges.write(self._due, self._edges.now(), gaps)
        for backfill, walk in due.begin:
            self._add_begin(backfill, walk)
        for backfill, step in due.steps:
            self._add(backfill, step)
        for todo in due.pages:
            self._visitor.add(todo)
        for backfill in due.over:
            await self._end(backfill)
        return bool(due.begin or due.steps or due.pages or due.over)

    async def work(self, over: Callable[[], Awaitable[bool]]) -> None:
        """Work on all that run until `over` says so."""
        pause = BUSY
        while not await over():
            await self.tick()
            pause = BUSY if self._lanes.jobs else min(2 * pause, IDLE)
            await asyncio.sleep(pause)
        self._lanes.close()

    def _due(self, now: datetime, gaps: bool) -> _Due:
        """Where the archive is written."""
        due = _Due()
        for backfill in self._archive.backfills_running():
            if gaps and backfill.gap_id is None:
                continue
            walks = self._archive.walks(backfill.id)
            walking = [walk for walk in walks if walk.state == "walking"]
            waiting = [walk for walk in walks if walk.state == "waiting"]
            if not walking:
                due.begin.extend((backfill, walk) for walk in waiting[:1])
            for walk in walking:
                due.steps.extend((backfill, step) for step in self._archive.steps_due(walk.id, now, MOST_STEPS))
            ids = [walk.id for walk in walks]
            if not backfill.dry:
                for walk in walks:
                    due.pages.extend(self._archive.past_due(walk.id, now, self._most(backfill, walk)))
            if not (walking or waiting) and (backfill.dry or not self._archive.past_waits(ids, now)):
                due.over.append(backfill)
        return due

    def _most(self, backfill: Backfill, walk: Walk) -> int:
        """Pages of a walk that are handed out at a time."""
        host = urls.host_of(self._config.wayback if walk.way == "wayback" else backfill.base)
        fit = int(AHEAD * self._config.width_at(host) / max(self._config.delay_at(host), 0.01))
        return max(2, min(MOST_PAGES, fit))

    def _add_begin(self, backfill: Backfill, walk: Walk) -> None:
        """In the lane of the site, since its robots.txt may be asked for."""
        broke = partial(self._edges.write, partial(self._archive.end_walk, walk.id, "failed"))
        job = partial(contained, partial(self._begin, backfill, walk), broke, backfill.base, self._edges.report)
        self._lanes.add(urls.host_of(backfill.base), ("walk", walk.id), job, past=True)

    async def _begin(self, backfill: Backfill, walk: Walk) -> None:
        target = await self._targets.of(backfill)
        moves = WAYS[walk.way].begin(target, span_of(backfill))

        def store() -> None:
            with self._archive.transaction():
                self._archive.set_walk(walk.id, state="walking")
                move(self._archive, backfill, walk, moves)

        await self._edges.write(store)

    def _add(self, backfill: Backfill, step: OpenStep) -> None:
        broke = partial(self._documents.failed, backfill, step)
        job = partial(contained, partial(self._documents.take, backfill, step), broke, step.url, self._edges.report)
        self._lanes.add(step.host, ("step", step.id), job, first=True, past=True)

    async def _end(self, backfill: Backfill) -> None:
        def store() -> None:
            with self._archive.transaction():
                if not backfill.dry:
                    self._archive.hand_over(walk.id for walk in self._archive.walks(backfill.id))
                self._archive.set_backfill_state(backfill.id, "done", self._edges.now())

        await self._edges.write(store)
        self._edges.report(Event("backfill-done", backfill.target, f"{backfill.since} to {backfill.until}"))
