"""One queue a host: jobs of a host follow each other, hosts do not wait for each other. Knows not what a job does."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable

Job = Callable[[], Awaitable[None]]


class Lanes:
    """Jobs by host, run by as many tasks of `group` a host as `width(host)` says. A lane lives while it has jobs."""

    def __init__(self, group: asyncio.TaskGroup, width: Callable[[str], int]) -> None:
        self._group, self._width = group, width
        self._waiting: dict[str, deque[Job]] = {}
        self._running: dict[str, int] = {}

    def add(self, host: str, job: Job) -> None:
        """The job runs after those of its host that were added before."""
        self._waiting.setdefault(host, deque()).append(job)
        if self._running.get(host, 0) < self._width(host):
            self._running[host] = self._running.get(host, 0) + 1
            self._group.create_task(self._run(host))

    async def _run(self, host: str) -> None:
        jobs = self._waiting[host]
        while jobs:
            await jobs.popleft()()
        self._running[host] -= 1
        if not self._running[host]:
            del self._running[host], self._waiting[host]
