"""What `newskeep sources add URL` looks for: the address itself, what the page names, the usual places, sitemaps."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from collector.errors import CollectorError, FetchError, SourceError
from collector.fetch import Hop
from collector.gate import Gate
from collector.jobs import parse
from collector.sources import discovery
from storage.records import Announcement, Capture, Request, SourceKind

MOST_READ = 20  # addresses asked for in the search of one site


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A source that was read and said something."""

    url: str
    kind: SourceKind
    title: str | None
    entries: int


class Finder:
    """Looks for the sources of a site, through the gate."""

    def __init__(self, get: Hop, gate: Gate, tell: Callable[[str], None]) -> None:
        self._get, self._gate, self._tell = get, gate, tell
        self._asked: set[str] = set()

    async def find(self, url: str, *, every: bool = False) -> list[Found]:
        """The sources of the site at `url`: the first that can be read, or with `every` all that its page names.

        Raises FetchError when the address itself cannot be had, CollectorError when it has no source.
        """
        capture = await self._get(Request(url=url))
        if capture.status >= 400:
            raise FetchError(url, "status", f"answered {capture.status}", passing=False, status=capture.status)
        if (itself := self._read(capture)) is not None:
            return [itself]
        found: list[Found] = []
        async for source in self._elsewhere(capture):
            found.append(source)
            if not every:
                break
        if not found:
            raise CollectorError(
                f"{url}: no feed and no sitemap found; if it lists its articles, write it into config.yaml with"
                " `kind: listing` and a site rule that says where the links stand (docs/adding-a-site.md)"
            )
        return found

    async def _elsewhere(self, home: Capture) -> AsyncIterator[Found]:
        """Each group only when the ones before it gave nothing."""
        named = [each.url for each in discovery.feeds_of_page(home.body, home.final_url, home.content_type)]
        for group in (named, discovery.usual_places(home.final_url)):
            any_read = False
            for url in group:
                if (source := await self._try(url)) is not None:
                    any_read = True
                    yield source
            if any_read:
                return
        for url in await self._sitemaps(home.final_url):
            if (source := await self._try(url)) is not None:
                yield source

    async def _sitemaps(self, url: str) -> tuple[str, ...]:
        try:
            return await self._gate.sitemaps(url)
        except FetchError:
            return ()

    async def _try(self, url: str) -> Found | None:
        if url in self._asked or len(self._asked) >= MOST_READ:
            return None
        self._asked.add(url)
        self._tell(url)
        try:
            capture = await self._get(Request(url=url))
        except FetchError:
            return None
        return self._read(capture) if capture.status < 300 else None

    def _read(self, capture: Capture) -> Found | None:
        said = _parsed(capture)
        if said is None or said.kind == "listing":
            return None
        return Found(url=capture.final_url, kind=said.kind, title=said.title, entries=len(said.entries))


def _parsed(capture: Capture) -> Announcement | None:
    try:
        return parse(
            *(capture.body, capture.final_url),
            content_type=capture.content_type,
            kind=None,
            fetched_at=datetime.now(UTC),
            status=capture.status,
        )
    except SourceError:
        return None
