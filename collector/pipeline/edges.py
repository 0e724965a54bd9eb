"""What the pipeline does not do itself. Each edge is a callable, so a test may give a dict for a network."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from collector.pipeline.events import Report
from storage.records import Capture, Request

Get = Callable[[Request], Awaitable[Capture]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Edges:
    """Network, workers, writers, clock and ears.

    get: raises FetchError. work: `(job, *arguments, **options)` in a worker process; raises WorkerError.
    write: `(function, *arguments)` in the archive's writer. keep: a body -> its SHA-256, once it is on disk.
    fetch_kept: the body of a digest that was kept at a time.
    """

    get: Get
    work: Callable[..., Awaitable[Any]]
    write: Callable[..., Awaitable[Any]]
    keep: Callable[[bytes, datetime], Awaitable[str]]
    fetch_kept: Callable[[str, datetime], Awaitable[bytes]]
    now: Callable[[], datetime]
    report: Report
