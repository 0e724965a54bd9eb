"""Pages of a host -> what is known of its furniture: asked for before a page is read, learnt anew as more come in."""

from collector import policy, urls
from collector.config import Config
from collector.errors import WorkerError
from collector.extract.memory import NOTHING
from collector.pipeline.edges import Edges
from collector.pipeline.events import Event
from storage.archive import Archive
from storage.archive.memories import Kept, Memory
from storage.raw import MissingBody, Raw

MOST_BYTES = 50_000_000  # of pages in one job: a worker's memory is bounded

Pages = list[tuple[bytes, str, str | None]]  # body, address and content type of each


class Learner:
    """Remembers hosts."""

    def __init__(self, archive: Archive, raw: Raw, edges: Edges, config: Config) -> None:
        self._archive, self._raw, self._edges, self._site = archive, raw, edges, config.site
        self._busy: set[str] = set()  # hosts that are being learnt

    async def memory_for(self, url: str, entry_id: int) -> str | None:
        """The profile with which a page is read, as JSON; None where its host is not known."""
        memory: Memory | None = await self._edges.write(self._archive.memory_for, urls.host_of(url), entry_id)
        return None if memory is None else memory.profile

    async def learn(self, url: str) -> None:
        """Learn the host of a page that was just filed, if it is time to."""
        host = urls.host_of(url)
        if host in self._busy:
            return
        self._busy.add(host)
        try:
            known = await self._edges.write(self._due, host)
            if known is not None:
                await self._learn(host, *known)
        finally:
            self._busy.discard(host)

    def _due(self, host: str) -> tuple[list[Kept], Memory | None] | None:
        """The pages to learn from and what is known so far; None while it is not time."""
        known = self._archive.memory(host)
        age = self._edges.now() - known.built_at if known else None
        fresh = self._archive.pages_since(host, known.capture_id if known else 0)
        if not policy.time_to_learn(fresh, known.pages if known else 0, age):
            return None
        return self._archive.newest_pages(host, policy.MOST_PAGES), known

    async def _learn(self, host: str, kept: list[Kept], known: Memory | None) -> None:
        """A host whose pages break the worker keeps what is known of it, until it has grown again."""
        try:
            pages = await self._edges.write(self._bodies, kept)
            revision, profile = await self._edges.work("learn", pages, charset=self._site(host).charset)
        except WorkerError as error:
            self._edges.report(Event("learning-failed", host, str(error)))
            revision, profile = (known.revision, known.profile) if known else (NOTHING.revision, NOTHING.to_json())
        memory = Memory(
            host=host,
            revision=revision,
            profile=profile,
            pages=len(kept),
            capture_id=max(page.id for page in kept),
            built_at=self._edges.now(),
        )
        await self._edges.write(self._archive.add_memory, memory)
        self._edges.report(Event("learnt", host))

    def _bodies(self, kept: list[Kept]) -> Pages:
        """The pages whose month was not moved away, as many as fit into one job."""
        pages: Pages = []
        size = 0
        for page in kept:
            try:
                body = self._raw.get(page.sha256, page.fetched_at)
            except MissingBody:
                continue
            size += len(body)
            if size > MOST_BYTES:
                break
            pages.append((body, page.final_url, page.content_type))
        return pages
