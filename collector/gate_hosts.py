"""What is remembered of each origin between runs. Knows where it was kept and who keeps it only as two callables."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from storage.records import HostState

EVER = datetime.max.replace(tzinfo=UTC)
Remember = Callable[[HostState], Awaitable[None]]


class Hosts:
    """States by origin: `known` are those of earlier runs, `remember` keeps each one that changed."""

    def __init__(self, known: Mapping[str, HostState], remember: Remember) -> None:
        self._known, self._remember = known, remember
        self._changed: dict[str, HostState] = {}

    def state(self, origin: str) -> HostState:
        return self._changed.get(origin) or self._known.get(origin) or HostState(origin=origin)

    async def change(self, origin: str, **values: Any) -> HostState:
        """The new state, once it is remembered."""
        state = self._changed[origin] = replace(self.state(origin), **values)
        await self._remember(state)
        return state

    def closed(self, turn: str) -> HostState | None:
        """The state, over http or https, by which the host of this name asked to be left alone the longest."""
        states = [self.state(f"{scheme}://{turn}") for scheme in ("http", "https")]
        return max((s for s in states if s.closed_until), key=lambda s: s.closed_until or EVER, default=None)
