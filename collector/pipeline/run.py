"""Puts the parts together for one run, and takes them apart: archive, raw bodies, writer, network, gate, workers."""

import random
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from collector import urls
from collector.config import Config
from collector.errors import CollectorError, FetchError
from collector.fetch import Fetcher, Hop, following, retrying
from collector.gate import Gate
from collector.pipeline import Edges, Event, Pipeline
from collector.pipeline.events import Report
from collector.pipeline.outage import Outage
from collector.pipeline.patience import Patient
from collector.workers import Workers
from storage.archive import Archive
from storage.archive.sources import Wanted
from storage.raw import Raw
from storage.records import Capture, HostState, Request
from storage.writer import Writer


def now() -> datetime:
    return datetime.now(UTC)


def open_archive(config: Config) -> Archive:
    """The archive of a configuration, made when missing, its sources made those of config.yaml."""
    archive = Archive(config.data / "archive.db")
    archive.set_sources(wanted(config), now())
    return archive


def corpus_of(config: Config) -> Path:
    """Where the text files are kept up to date."""
    return config.data / "corpus"


def wanted(config: Config) -> list[Wanted]:
    """The sources of config.yaml as the archive keeps them."""
    return [
        Wanted(
            url=source.url,
            kind=source.kind,
            site=urls.site_of(source.url),
            title=source.title,
            every=source.every,
            look_again=source.look_again,
        )
        for source in config.sources
    ]


def open_existing(config: Config, *, readonly: bool = False) -> Archive:
    """The archive that earlier runs made. Raises CollectorError when there is none."""
    path = config.data / "archive.db"
    if not path.exists():
        raise CollectorError(f"{path}: there is no archive yet; `newskeep fetch` makes it")
    return Archive(path, readonly=readonly)


@dataclass(frozen=True, slots=True)
class Parts:
    """An open pipeline, and those of its parts that are asked how they fare."""

    pipeline: Pipeline
    write: Callable[..., Awaitable[Any]]
    writer: Writer
    patient: Patient | None  # these two are of a lasting one alone
    outage: Outage | None
    workers: Workers


@asynccontextmanager
async def opened(config: Config, archive: Archive, report: Report, *, lasting: bool = False) -> AsyncIterator[Parts]:
    """A pipeline on the real network, in this event loop. Leaving waits for what is in hand, then all is closed.

    lasting: it outlives trouble with the disk and with our own line, and gives every host its pause before the first
    request. One pass does neither: it tells what is wrong, and ends.
    """
    raw = Raw(config.data / "raw", make=archive.last_captured_at() is None)
    async with AsyncExitStack() as stack:
        stack.callback(raw.close)
        stack.enter_context(archive.small_steps())
        writer = Writer("archive", lambda: both(archive, raw), archive.step)
        stack.callback(writer.close)
        patient = Patient(writer, report) if lasting else None
        write: Callable[..., Awaitable[Any]] = patient or writer
        workers = await stack.enter_async_context(Workers())

        async def remember(host: HostState) -> None:
            await write(archive.remember_host, host)

        fetcher = await stack.enter_async_context(Fetcher(config.network, config.site))
        hop = told(fetcher.hop, report)
        outage = Outage(hop, report) if lasting else None
        known = await write(archive.hosts)
        get, gate = polite(outage or hop, config, known, remember, rested=not lasting)
        edges = Edges(
            get=get,
            sitemaps=gate.sitemaps,
            work=workers.run,
            write=write,
            now=now,
            report=report,
            dice=random.random,
        )
        line = await stack.enter_async_context(Pipeline(archive, raw, config, edges))
        yield Parts(line, write, writer, patient, outage, workers)


def told(hop: Hop, report: Report) -> Hop:
    """The same hop; every request that it ends is told."""

    async def asked(request: Request) -> Capture:
        began = time.monotonic()
        try:
            capture = await hop(request)
        except FetchError as error:
            report(Event("asked", request.url, error.reason, seconds=time.monotonic() - began))
            raise
        report(Event("asked", request.url, str(capture.status), capture.size, time.monotonic() - began))
        return capture

    return asked


@contextmanager
def both(archive: Archive, raw: Raw) -> Iterator[None]:
    """One transaction over archive and bodies. The bodies are committed first: a stop between leaves an orphan."""
    with archive.transaction(), raw.transaction():
        yield


@asynccontextmanager
async def network(config: Config | None) -> AsyncIterator[tuple[Hop, Gate]]:
    """The polite get, and its gate, for a command that archives nothing; no host is remembered beyond its own life."""

    async def forget(_: HostState) -> None:
        return None

    config = config or Config(sources=())
    async with Fetcher(config.network, config.site) as fetcher:
        yield polite(fetcher.hop, config, {}, forget, rested=True)


def polite(
    hop: Hop,
    config: Config,
    known: Mapping[str, HostState],
    remember: Callable[[HostState], Awaitable[None]],
    *,
    rested: bool,
) -> tuple[Hop, Gate]:
    """What asks for a page with its redirects and retries, each of which waits for its host's turn; and the gate."""
    gate = Gate(hop, config.network, config.site, remember=remember, known=known, now=now)
    if not rested:
        gate.pause_first()
    return retrying(following(gate.hop, budget=config.network.timeout)), gate
