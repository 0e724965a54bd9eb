"""
Entries -> captures: get a page, keep its bytes, hand them to the reader; or write down why there are none.

A page that a web archive has is asked for there, in the lane of the archive's host, and kept as what it is a copy of.
"""

from collections.abc import Mapping
from datetime import datetime
from functools import partial

from collector import policy, urls
from collector.errors import FetchError, HostClosed, Offline, Refused
from collector.pipeline.contain import contained
from collector.pipeline.edges import Edges
from collector.pipeline.events import Event, Kind
from collector.pipeline.lanes import Lanes
from collector.pipeline.memento import NO_COPY, Had, ask
from collector.pipeline.read import Reader
from storage.archive import Archive
from storage.archive.captures import Unread, Via
from storage.archive.due import Todo
from storage.records import Capture, Request


def conditions(etag: str | None, last_modified: str | None) -> Mapping[str, str]:
    """The headers that ask for an answer only if it changed (RFC 9110, 13.1)."""
    pairs = {"If-None-Match": etag, "If-Modified-Since": last_modified}
    return {name: value for name, value in pairs.items() if value}


class Visitor:
    """Asks for pages."""

    def __init__(self, archive: Archive, edges: Edges, reader: Reader, lanes: Lanes) -> None:
        self._archive, self._edges, self._reader, self._lanes = archive, edges, reader, lanes

    def add(self, todo: Todo) -> None:
        """Visit this page when it is its host's turn, the past behind the news; one that waits is not added twice."""
        broke = partial(self._failed, todo, "passing")
        job = partial(contained, partial(self._visit, todo), broke, todo.url, self._edges.report)
        host = urls.host_of(todo.memento or todo.url)
        if self._lanes.add(host, ("page", todo.id), job, past=todo.walk_id is not None):
            self._edges.report(Event("to-visit", todo.url))

    async def _visit(self, todo: Todo) -> None:
        if "#" in todo.url:  # an entry without an address of its own: its whole text stood in the source
            await self._read_source(todo)
        else:
            await self._ask(todo)
        self._edges.report(Event("visited", todo.url))

    async def _read_source(self, todo: Todo) -> None:
        why = "the source gives it no address, and carried no text"
        await self._edges.write(self._archive.set_entry_read, todo.id, "empty", why, None)
        if not await self._reader.read_carried(todo.id, todo.url, why):
            self._edges.report(Event("empty", todo.url, why))

    async def _ask(self, todo: Todo) -> None:
        try:
            had = await self._get(todo)
        except HostClosed as error:
            await self._postpone(todo, str(error), error.until)
        except Offline as error:
            await self._postpone(todo, str(error), self._edges.now() + policy.OFFLINE_AGAIN)
        except FetchError as error:
            await self._failed(todo, _trouble(error), str(error))
        else:
            await self._take(todo, had)

    async def _get(self, todo: Todo) -> Had:
        """The page as it was announced; without its tracking parameters where that is refused or not there."""
        if todo.memento is not None:
            return await ask(self._edges.get, todo.memento, todo.url)
        asked = conditions(todo.etag, todo.last_modified) if todo.look else {}
        plain = urls.canonical(todo.url) or todo.url
        try:
            capture = await self._edges.get(Request(url=todo.url, headers=asked))
        except Refused as error:
            if error.reason != "robots" or plain == todo.url:
                raise
        else:
            if capture.status not in (404, 410) or plain == todo.url:
                return Had(capture, None)
        return Had(await self._edges.get(Request(url=plain, headers=asked)), None)

    async def _take(self, todo: Todo, had: Had) -> None:
        capture, memento = had
        via: Via = "wayback" if memento else "look" if todo.look else "visit"
        if capture.status == 304:
            return await self._looked(todo)
        if (trouble := _trouble_of(todo, capture)) is None:
            capture_id = await self._reader.keep(capture, via, entry_id=todo.id, memento=memento)
            unread = Unread(
                id=capture_id,
                entry_id=todo.id,
                url=capture.url,
                final_url=capture.final_url,
                fetched_at=capture.fetched_at,
                content_type=capture.content_type,
                sha256="",  # the body is at hand
                via=via,
                attempts=todo.attempts,
                memento=memento,
            )
            return await self._reader.start(unread, capture.body)
        if policy.worth_keeping(capture.status):
            kind = "gone" if trouble in ("missing", "gone") else "error"
            await self._reader.keep(capture, via, entry_id=todo.id, kind=kind, memento=memento)
        # A copy stays as it is, and a page of long ago that is not there was there once: another try is in vain.
        if memento or (todo.walk_id is not None and trouble == "missing"):
            trouble = "gone"
        return await self._failed(todo, trouble, f"{todo.url}: {_ended(had)}")

    async def _failed(self, todo: Todo, trouble: policy.Trouble, error: str) -> None:
        if todo.look:
            return await self._looked(todo, error, gone=trouble in ("missing", "gone"))
        then = policy.next_try(self._edges.now(), todo.attempts, trouble)
        await self._edges.write(self._archive.set_entry_failed, todo.id, then.state, error, then.at)
        if then.state != "new" and await self._reader.read_carried(todo.id, todo.url, error):
            return None
        return self._edges.report(Event("entry-refused" if trouble == "robots" else "entry-failed", todo.url, error))

    async def _postpone(self, todo: Todo, error: str, until: datetime) -> None:
        """Nothing was asked: the try, or the look, is made later and not counted."""
        if todo.look:
            await self._edges.write(self._archive.put_off_look, todo.id, until)
        else:
            put_off = partial(self._archive.set_entry_failed, todo.id, "new", error, until, tried=False)
            await self._edges.write(put_off)
        self._edges.report(Event("put-off", todo.url, error))

    async def _looked(self, todo: Todo, error: str = "", *, gone: bool = False) -> None:
        """A look that brought nothing to read: the page is unchanged, gone, or could not be had and is asked again."""
        failed, now = bool(error) and not gone, self._edges.now()

        def store() -> None:
            filer = self._reader.filer
            next_look = (filer.look_after_failure if failed else filer.next_look)(todo.id)
            self._archive.set_looked(todo.id, now, next_look, seen=not error, gone=gone)

        await self._edges.write(store)
        kind: Kind = "gone" if gone else "entry-failed" if error else "looked"
        self._edges.report(Event(kind, todo.url, error))


def _trouble_of(todo: Todo, capture: Capture) -> policy.Trouble | None:
    """A dead link that leads to the front page is as good as 404; one that leads to a section may be a new address."""
    lost = urls.swallowed(todo.url, capture.final_url) and (todo.look or urls.at_front(capture.final_url))
    if policy.trouble_of_status(capture.status) is None and lost:
        return "missing"
    return policy.trouble_of_status(capture.status)


def _ended(had: Had) -> str:
    ended = f"answered {had.capture.status}" if had.capture.status != 200 else f"leads to {had.capture.final_url}"
    return f"{ended}, as {urls.host_of(had.memento)} has it" if had.memento else ended


def _trouble(error: FetchError) -> policy.Trouble:
    if isinstance(error, Refused) and error.reason == "robots":
        return "robots"
    if error.reason == NO_COPY:
        return "gone"
    return "passing" if error.passing else "denied"
