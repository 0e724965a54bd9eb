"""Captures -> versions: keep bytes, read them in a worker, file what they say."""

import asyncio
from functools import partial
from typing import Any

from collector import policy, urls
from collector.config import Config
from collector.errors import FetchError, WorkerError
from collector.filing import joined
from collector.pipeline.contain import contained
from collector.pipeline.edges import Edges
from collector.pipeline.events import Event
from collector.pipeline.filer import Filer
from collector.pipeline.learn import Learner
from collector.pipeline.memento import beside
from collector.pipeline.taken import Taken
from collector.pipeline.tasks import Tasks
from collector.pipeline.verdict import Seen, see
from storage.archive import Archive
from storage.archive.articles import Filed
from storage.archive.captures import Unread, Via
from storage.archive.tombstones import TAKEN_DOWN
from storage.raw import MissingBody, Raw
from storage.records import Capture, Result

MOST_PAGES = 20  # of one article
MOST_WAITING = 16  # captures in memory that wait for a worker


class Reader:
    """Reads captures, each in one of `tasks`."""

    def __init__(self, archive: Archive, raw: Raw, config: Config, edges: Edges, tasks: Tasks) -> None:
        self._archive, self._raw, self._edges, self._tasks = archive, raw, edges, tasks
        self._reading: set[int] = set()  # captures that are in hand
        self._site = config.site
        self._waiting = asyncio.Semaphore(MOST_WAITING)
        self._learner = Learner(archive, raw, edges, config)
        self.filer, self.taken = Filer(archive, config, edges), Taken(archive, raw, edges)

    def told(self, url: str) -> dict[str, str | None]:
        """What config.yaml says of reading what stands there: `rule`, the host whose site rule does, and `charset`."""
        site = self._site(urls.host_of(url))
        return {"rule": site.rule, "charset": site.charset}

    async def keep(self, capture: Capture, via: Via, **of: Any) -> int:
        """The body, and the row that names it: committed in this order. Returns the row's id."""
        host = urls.host_of(capture.final_url)

        def store() -> int:
            like = capture.url if "source_id" in of else host
            digest = self._raw.put(capture.body, capture.fetched_at, like)
            return self._archive.add_capture(capture, digest, via, host=host, **of)

        return int(await self._edges.write(store))

    async def start(self, unread: Unread, body: bytes | None) -> None:
        """Read a kept capture beside what goes on; waits while many wait already. `body`: None when only on disk.

        One that is in hand is not read twice.
        """
        if unread.id in self._reading:
            return
        self._reading.add(unread.id)
        await self._waiting.acquire()
        broke, work = partial(self._unreadable, unread), partial(self._read, unread, body)
        task = self._tasks.create_task(contained(work, broke, unread.url, self._edges.report))
        task.add_done_callback(partial(self._ended, unread.id))

    def _ended(self, capture_id: int, _: asyncio.Task[None]) -> None:
        self._reading.discard(capture_id)
        self._waiting.release()

    async def _read(self, unread: Unread, body: bytes | None) -> None:
        if body is None:
            try:
                body = await self._edges.write(self._raw.get, unread.sha256, unread.fetched_at)
            except MissingBody as error:
                return await self._lost(unread, str(error))
        capture = Capture(
            url=unread.url, final_url=unread.final_url, fetched_at=unread.fetched_at, status=200, body=body
        )
        try:
            memory = await self._learner.memory_for(capture.final_url, unread.entry_id)
            result = await self._extract(capture, unread.content_type, memory)
            if result.next_page:
                result = await self._join_pages(unread, result, memory)
        except WorkerError as error:
            await self._unreadable(unread, str(error))
        else:
            await self._store(unread, capture, result)
            await self._learner.learn(capture.final_url)

    async def _extract(self, capture: Capture, content_type: str | None, memory: str | None) -> Result:
        result: Result = await self._edges.work(
            *("extract", capture.body, capture.final_url, content_type, capture.fetched_at),
            **self.told(capture.final_url),
            memory=memory,
        )
        return result

    async def _join_pages(self, unread: Unread, first: Result, memory: str | None) -> Result:
        """The article of `first` with the paragraphs of its later pages, each kept as a capture of its own."""
        seen, pages = {unread.url, unread.final_url}, [first]
        while (page := pages[-1].next_page) and page not in seen and len(pages) < MOST_PAGES:
            seen.add(page)
            try:
                capture, memento = await beside(self._edges.get, unread.memento, page)
            except FetchError as error:
                self._edges.report(Event("entry-failed", page, str(error)))
                break
            if policy.trouble_of_status(capture.status):
                break
            of = {"entry_id": unread.entry_id, "first_page_id": unread.id, "kind": "article", "memento": memento}
            capture_id = await self.keep(capture, "next-page", **of)
            pages.append(found := await self._extract(capture, capture.content_type, memory))
            await self._edges.write(self._archive.set_capture_charset, capture_id, found.charset)
            if not found.articles:
                await self._edges.write(self._archive.set_capture_kind, capture_id, found.kind, found.reason)
        return joined(pages)

    async def _store(self, unread: Unread, capture: Capture, result: Result) -> None:
        """File what was read, in one transaction with what becomes of the entry."""

        def store() -> tuple[Seen, list[Filed], bool]:
            with self._archive.transaction():
                self._archive.set_capture_charset(unread.id, result.charset)
                left = self.taken.left(result, capture, unread.id)
                seen = see(self._archive, unread, capture, left, self._edges.now())
                filed = self.filer.file(left, capture, unread.id, unread.entry_id) if seen.kind == "article" else []
                known = bool(filed) or self._archive.has_article(unread.entry_id)
                if filed and filed[0].outcome == "worse":
                    self._archive.set_capture_kind(unread.id, "wall", filed[0].reason)
                elif filed:
                    self._archive.set_capture_kind(unread.id, "article")
                    self._archive.go_by_capture(unread.entry_id, unread.id)
                else:
                    self._archive.set_capture_kind(unread.id, seen.kind, seen.reason)
                self._settle(unread, seen, filed, known=known)
                return seen, filed, known

        seen, filed, known = await self._edges.write(store)
        await self.taken.forget()
        self.filer.report(filed)
        self._report_wall(unread, seen)
        reason, wall = seen.reason or "no article found", seen.kind == "wall"
        if reason == TAKEN_DOWN:
            self._edges.report(Event("gone", unread.url, reason))
        elif not known and not await self.read_carried(unread.entry_id, unread.url, reason, again=wall) and not wall:
            self._edges.report(Event("empty", unread.url, reason))

    def _settle(self, unread: Unread, seen: Seen, filed: list[Filed], *, known: bool) -> None:
        """What becomes of the entry. At a look that brought nothing to file, its article stays as it is."""
        now = self._edges.now()
        if known:
            self._archive.set_entry_read(unread.entry_id, "done", None, None)
            if not filed:
                self._archive.set_looked(unread.entry_id, now, self.filer.next_look(unread.entry_id), seen=False)
        elif seen.reason == TAKEN_DOWN:
            self._archive.set_entry_failed(unread.entry_id, "gone", TAKEN_DOWN, None)
        else:
            then = policy.next_try(now, unread.attempts, "wall" if seen.kind == "wall" else "empty")
            again = None if unread.memento else then.at  # another try would bring the same copy
            self._archive.set_entry_read(unread.entry_id, "empty", seen.reason or "no article found", again)

    def _report_wall(self, unread: Unread, seen: Seen) -> None:
        """One at each address that it was found to be at."""
        for url in (unread.url, *seen.undone) if seen.kind == "wall" else ():
            self._edges.report(Event("wall", url, seen.reason or ""))

    async def _unreadable(self, unread: Unread, error: str) -> None:
        """The page hung or broke its worker: its bytes are kept for a better reader, its article for its next look."""

        def store() -> None:
            with self._archive.transaction():
                self._archive.set_capture_kind(unread.id, "error", error)
                if self._archive.has_article(unread.entry_id):
                    self._archive.set_entry_read(unread.entry_id, "done", error, None)
                    after = self.filer.look_after_failure(unread.entry_id)
                    self._archive.set_looked(unread.entry_id, self._edges.now(), after, seen=False)
                else:
                    self._archive.set_entry_read(unread.entry_id, "failed", error, None)

        await self._edges.write(store)
        self._edges.report(Event("entry-failed", unread.url, error))

    async def _lost(self, unread: Unread, error: str) -> None:
        """Its month was moved away before it was read: the page is asked for once more."""

        def store() -> None:
            with self._archive.transaction():
                self._archive.set_capture_kind(unread.id, "error", error)
                self._archive.set_entry_failed(unread.entry_id, "new", error, self._edges.now(), tried=False)

        await self._edges.write(store)
        self._edges.report(Event("entry-failed", unread.url, error))

    async def read_carried(self, entry_id: int, url: str, why: str, *, again: bool = False) -> bool:
        """The page cannot be had or says nothing: read the whole piece that the source carried. Did that tell more?

        False leaves the entry as it is, for the caller to report; so does `again`: the page is asked for all the same.
        """
        carried = await self._edges.write(self._archive.carried, entry_id)
        if carried is None:
            return False
        now = self._edges.now()
        try:
            result: Result = await self._edges.work("extract_carried", carried, now)
        except WorkerError as error:
            await self._edges.write(self._archive.set_entry_read, entry_id, "failed", str(error), None)
            self._edges.report(Event("entry-failed", url, str(error)))
            return True
        page = Capture(url=url, final_url=url, fetched_at=now, status=200)

        def store() -> list[Filed]:
            with self._archive.transaction():
                filed = self.filer.file(result, page, carried.announced_in, None)
                if filed and not again:
                    self._archive.set_entry_read(entry_id, "done", why, None)
                return filed

        filed: list[Filed] = await self._edges.write(store)
        self.filer.report(filed)
        return bool(filed)
