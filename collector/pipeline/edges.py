"""What the pipeline does not do itself. Each edge is a callable, so a test may give a dict for a network."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from collector.pipeline.events import Report
from storage.records import Capture, Request

Get = Callable[[Request], Awaitable[Capture]]


async def _none(_: str) -> tuple[str, ...]:
    return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Edges:
    """Network, workers, writer, clock and ears.

    get: raises FetchError. work: `(job, *arguments, **options)` in a worker process; raises WorkerError.
    dice: evenly from 0 to 1.
    sitemaps: those that the robots.txt of an address's host names; raises FetchError.
    write: `(function, *arguments)` where the archive and the raw bodies are written; returns when it is kept.
    """

    get: Get
    work: Callable[..., Awaitable[Any]]
    write: Callable[..., Awaitable[Any]]
    now: Callable[[], datetime]
    report: Report
    dice: Callable[[], float] = float  # 0: no jitter
    sitemaps: Callable[[str], Awaitable[tuple[str, ...]]] = _none
