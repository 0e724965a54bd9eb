"""A town with a newspaper: its network is a dict, its clock an argument; pipeline and archive are the real ones."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from collector import jobs
from collector.config import Config
from collector.config import Source as ConfiguredSource
from collector.errors import FetchError
from collector.pipeline import Edges, Event, Pipeline
from collector.pipeline.run import both, open_archive
from storage.raw import Raw
from storage.records import Capture, Request

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
FEED = "http://e.org/feed"
STORY = (
    "Two boats began to dredge the harbour on Monday, and the council said that the work would last until spring.",
    "The harbour has silted up since the river was straightened, and ferries have had to wait for the tide.",
    "Fishermen welcomed the work, though some of them doubted that it would be finished before the ice came.",
)
OTHER = (
    "Nine herons were counted at the marsh on Sunday morning by volunteers who had walked there before dawn.",
    "The count has been held each winter since the railway closed, and this one was the best in twenty years.",
    "A warden said that the new reed beds had made the difference, and that otters had been seen there, too.",
)


def page(title: str, paragraphs: tuple[str, ...], head: str = "") -> str:
    body = "".join(f"<p>{each}</p>" for each in paragraphs)
    return (
        f"<html><head><title>{title}</title>{head}</head><body><article><h1>{title}</h1>{body}</article></body></html>"
    )


def feed(*items: str) -> str:
    told = "".join(f"<item>{item}</item>" for item in items)
    return f"<rss version='2.0'><channel><title>Town</title>{told}</channel></rss>"


def link(url: str, more: str = "") -> str:
    return f"<link>{url.replace('&', '&amp;')}</link>{more}"


def canonical(url: str) -> str:
    return f'<link rel="canonical" href="{url}">'


Answer = (
    str | int | FetchError | tuple[str, str]
)  # a body, a status, an error, or where it redirects and the body there


@dataclass
class Town:
    """A network that is a dict, and what was asked of it."""

    folder: Path
    web: dict[str, Answer]
    now: datetime = NOW
    sources: tuple[str, ...] = (FEED,)
    asked: list[Request] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    work: Callable[..., Awaitable[Any]] | None = None
    every: float | None = None  # seconds
    look_again: tuple[float, ...] | None = None  # of every source
    before_answer: Callable[[Request], Awaitable[None]] | None = None
    runs: bool = False  # does the clock run, as real ones do?

    def __post_init__(self) -> None:
        sources = [ConfiguredSource(url=url, every=self.every, look_again=self.look_again) for url in self.sources]
        self.config = Config(data=self.folder, sources=tuple(sources))
        self.archive = open_archive(self.config)
        self.raw = Raw(self.folder / "raw")

    async def get(self, request: Request) -> Capture:
        self.asked.append(request)
        if self.before_answer:
            await self.before_answer(request)
        answer = self.web.get(request.url, 404)
        if isinstance(answer, FetchError):
            raise answer
        final, body = answer if isinstance(answer, tuple) else (request.url, answer)
        status, text = (body, "") if isinstance(body, int) else (200, body)
        etag = f'"{hash(text)}"'
        if status == 200 and request.headers.get("If-None-Match") == etag:
            status, text = 304, ""
        to_file = request.into if status == 200 else None
        if to_file is not None:
            to_file.write_text(text, "utf-8")
        return Capture(
            url=request.url,
            final_url=final,
            fetched_at=self.now,
            status=status,
            headers=(("content-type", "text/html; charset=utf-8"), ("etag", etag)),
            body=b"" if to_file else text.encode(),
            file=to_file,
            written=len(text.encode()) if to_file else 0,
        )

    async def run(self, later: timedelta = timedelta(0)) -> None:
        self.now += later
        self.asked.clear()
        self.events.clear()
        async with self.pipeline() as parts:
            await parts.once()

    async def tick(self, later: timedelta = timedelta(0)) -> None:
        """As the daemon does, until nothing is in hand."""
        self.now += later
        self.asked.clear()
        self.events.clear()
        async with self.pipeline() as parts:
            await parts.tick()
            await parts.idle()

    def pipeline(self) -> Pipeline:
        """The real one, on this town."""
        return Pipeline(self.archive, self.raw, self.config, self.edges())

    def _now(self) -> datetime:
        self.now += timedelta(microseconds=self.runs)
        return self.now

    def edges(self) -> Edges:
        async def work(job: str, *arguments: Any, **options: Any) -> Any:
            return getattr(jobs, job)(*arguments, **options)

        async def write(function: Callable[..., Any], *arguments: object) -> Any:
            with both(self.archive, self.raw):
                return function(*arguments)

        return Edges(
            get=self.get,
            work=self.work or work,
            write=write,
            now=self._now,
            report=self.events.append,
        )

    def articles(self) -> list[str]:
        return [row["url"] for row in self.archive.rows("SELECT url FROM articles ORDER BY id")]

    def states(self) -> list[str]:
        return [row["state"] for row in self.archive.rows("SELECT state FROM entries ORDER BY id")]

    def visited(self) -> list[str]:
        return [request.url for request in self.asked if request.url != FEED]
