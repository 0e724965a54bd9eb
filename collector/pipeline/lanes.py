"""
One queue a host: jobs of a host follow each other, hosts do not wait for each other. Knows not what a job does.

What brings in the past stands behind all that is new, however long it has waited.
"""

from collections import deque
from collections.abc import Awaitable, Callable, Hashable

from collector.pipeline.tasks import Tasks

Job = Callable[[], Awaitable[None]]
Waiting = deque[tuple[Hashable, Job]]


class Lanes:
    """Jobs by host, run by as many of `tasks` a host as `width(host)` says. A lane lives while it has jobs.

    A job is known by its key from when it is added until it has ended.
    """

    def __init__(self, tasks: Tasks, width: Callable[[str], int]) -> None:
        self._tasks, self._width = tasks, width
        self._waiting: dict[str, tuple[Waiting, Waiting]] = {}  # the news, the past
        self._running: dict[str, int] = {}
        self._keys: set[Hashable] = set()
        self._open = True

    def add(self, host: str, key: Hashable, job: Job, *, first: bool = False, past: bool = False) -> bool:
        """The job runs after those of its host that were added before, or before them all; the past after all news.

        False when one with this key waits or runs already, or when no more are taken.
        """
        if not self._open or key in self._keys:
            return False
        self._keys.add(key)
        lane = self._waiting.setdefault(host, (deque(), deque()))[past]
        if first:
            lane.appendleft((key, job))
        else:
            lane.append((key, job))
        if self._running.get(host, 0) < self._width(host):
            self._running[host] = self._running.get(host, 0) + 1
            self._tasks.create_task(self._run(host))
        return True

    @property
    def jobs(self) -> int:
        """How many wait or run."""
        return len(self._keys)

    def close(self) -> None:
        """Take no more, and forget what waits; what runs goes on."""
        self._open = False
        for lane in self._waiting.values():
            for each in lane:
                each.clear()

    async def _run(self, host: str) -> None:
        news, past = self._waiting[host]
        while news or past:
            key, job = (news or past).popleft()
            try:
                await job()
            finally:
                self._keys.discard(key)
        self._running[host] -= 1
        if not self._running[host]:
            del self._running[host], self._waiting[host]
