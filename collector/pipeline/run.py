"""Puts the parts together for one run, and takes them apart: archive, raw bodies, writer, network, gate, workers."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from datetime import UTC, datetime

from collector import urls
from collector.config import Config
from collector.errors import CollectorError
from collector.fetch import Fetcher, Hop, following, retrying
from collector.gate import Gate
from collector.pipeline import Edges, Pipeline
from collector.pipeline.events import Report
from collector.workers import Workers
from storage.archive import Archive
from storage.archive.sources import Wanted
from storage.raw import Raw
from storage.records import HostState
from storage.writer import Writer


def now() -> datetime:
    return datetime.now(UTC)


def open_archive(config: Config) -> Archive:
    """The archive of a configuration, made when missing, its sources made those of config.yaml."""
    archive = Archive(config.data / "archive.db")
    wanted = [
        Wanted(url=source.url, kind=source.kind, site=urls.site_of(source.url), title=source.title, every=source.every)
        for source in config.sources
    ]
    archive.set_sources(wanted, now())
    return archive


def open_existing(config: Config) -> Archive:
    """The archive that earlier runs made. Raises CollectorError when there is none."""
    path = config.data / "archive.db"
    if not path.exists():
        raise CollectorError(f"{path}: there is no archive yet; `newskeep fetch` makes it")
    return Archive(path)


@asynccontextmanager
async def pipeline(config: Config, archive: Archive, report: Report) -> AsyncIterator[Pipeline]:
    """A pipeline on the real network, in this event loop. Everything that it opens is closed at the end."""
    raw = Raw(config.data / "raw")
    async with AsyncExitStack() as stack:
        stack.callback(raw.close)
        write = Writer("archive", lambda: both(archive, raw), archive.step)
        stack.callback(write.close)
        workers = await stack.enter_async_context(Workers())

        async def remember(host: HostState) -> None:
            await write(archive.remember_host, host)

        get, _ = await stack.enter_async_context(_network(config, await write(archive.hosts), remember))
        edges = Edges(
            get=get,
            work=workers.run,
            write=write,
            now=now,
            report=report,
        )
        yield Pipeline(archive, raw, config, edges)


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

    async with _network(config or Config(sources=()), {}, forget) as opened:
        yield opened


@asynccontextmanager
async def _network(
    config: Config, known: Mapping[str, HostState], remember: Callable[[HostState], Awaitable[None]]
) -> AsyncIterator[tuple[Hop, Gate]]:
    async with Fetcher(config.network, config.site) as fetcher:
        gate = Gate(fetcher.hop, config.network, config.site, remember=remember, known=known, now=now)
        yield retrying(following(gate.hop, budget=config.network.timeout)), gate
