"""Sources -> entries: get a source, keep its document, read it in a worker, put what is new on the to-do list."""

import hashlib
from functools import partial

from collector import policy, urls
from collector.errors import FetchError, HostClosed, SourceError, WorkerError
from collector.pipeline.edges import Edges
from collector.pipeline.events import Event
from collector.pipeline.filing import addressed
from collector.pipeline.lanes import Lanes
from collector.pipeline.read import Reader
from collector.pipeline.visit import Visitor, conditions
from storage.archive import Archive
from storage.archive.articles import Filed
from storage.archive.entries import Todo
from storage.archive.sources import Watched
from storage.records import Announcement, Capture, Request

Stored = tuple[list[Todo], list[Watched], list[Filed]]


class Poller:
    """Asks sources for news."""

    def __init__(self, archive: Archive, edges: Edges, reader: Reader, visitor: Visitor, lanes: Lanes) -> None:
        self._archive, self._edges = archive, edges
        self._reader, self._visitor, self._lanes = reader, visitor, lanes

    def add(self, source: Watched) -> None:
        """Poll this source when it is its host's turn."""
        self._lanes.add(urls.host_of(source.url), partial(self._poll, source))
        self._edges.report(Event("to-poll", source.url))

    async def _poll(self, source: Watched) -> None:
        try:
            request = Request(url=source.url, headers=conditions(source.etag, source.last_modified))
            await self._take(source, await self._edges.get(request))
        except (FetchError, SourceError, WorkerError) as error:
            await self._failed(source, error)

    async def _failed(self, source: Watched, error: FetchError | SourceError | WorkerError) -> None:
        now = self._edges.now()
        due = policy.next_poll(now, source.every, source.failures + 1)
        if isinstance(error, HostClosed):
            due = max(due, error.until)
        failed = partial(self._archive.set_source_failed, source.id, str(error), now=now, next_poll=due)
        await self._edges.write(failed)
        self._edges.report(Event("source-failed", source.url, str(error)))

    async def _take(self, source: Watched, capture: Capture) -> None:
        """Read one answer. Raises SourceError, WorkerError, and FetchError for a bad status."""
        if capture.status == 304:
            return await self._unchanged(source, {})
        if policy.trouble_of_status(capture.status):
            raise FetchError(source.url, "status", f"answered {capture.status}", passing=True, status=capture.status)
        learnt: dict[str, object] = {
            "etag": capture.header("etag"),
            "last_modified": capture.header("last-modified"),
            "body_sha256": hashlib.sha256(capture.body).hexdigest(),
        }
        if learnt["body_sha256"] == source.body_sha256:
            return await self._unchanged(source, learnt)
        capture_id = await self._reader.keep(capture, "poll", source_id=source.id, kind="source")
        return await self._announce(source, capture, capture_id, await self._parse(source, capture), learnt)

    async def _unchanged(self, source: Watched, learnt: dict[str, object]) -> None:
        now = self._edges.now()
        due = policy.next_poll(now, source.every, 0)
        await self._edges.write(partial(self._archive.set_source_read, source.id, now=now, next_poll=due, **learnt))
        self._edges.report(Event("source-unchanged", source.url))

    async def _parse(self, source: Watched, capture: Capture) -> Announcement:
        said: Announcement = await self._edges.work(
            *("parse", capture.body, capture.final_url),
            content_type=capture.content_type,
            kind=source.kind,
            fetched_at=capture.fetched_at,
            status=capture.status,
            rule=self._reader.alias(capture.final_url),
        )
        return said

    async def _announce(
        self, source: Watched, capture: Capture, capture_id: int, said: Announcement, learnt: dict[str, object]
    ) -> None:
        """Keep what a document announced, and that it was read, in one transaction."""
        now = self._edges.now()
        learnt |= {"kind": said.kind, "title": said.title}
        due = policy.next_poll(now, max(source.every or 0, (said.ttl or 0) * 60) or None, 0)

        def store() -> Stored:
            with self._archive.transaction():
                new = self._archive.add_entries(source.id, addressed(said, capture.final_url), now, capture_id)
                parts = self._archive.add_parts(source.id, said.parts, now)
                filed = self._reader.file(said.result, capture, capture_id, None) if said.result else []
                self._archive.set_source_read(source.id, now=now, next_poll=due, **learnt)
                return self._archive.entries_by_id(new), self._archive.sources_by_id(parts), filed

        stored: Stored = await self._edges.write(store)
        new, parts, filed = stored
        for part in parts:
            self.add(part)
        for todo in new:
            self._visitor.add(todo)
        self._edges.report(Event("source-read", source.url, count=len(new)))
        self._reader.report(filed)
