"""
Kept captures of an import -> versions, by the same path as what we fetched: worker, site rule, walls, filing.

Nothing is ever asked for. An article that goes on at another page is read when the whole parcel is kept.
"""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from datetime import datetime
from functools import partial
from typing import Any
from weakref import WeakValueDictionary

from collector import urls
from collector.config import Config
from collector.errors import FetchError
from collector.pipeline.edges import Edges
from collector.pipeline.filer import Filer
from collector.pipeline.read import Reader
from collector.pipeline.tasks import Tasks
from collector.pipeline.verdict import Seen
from storage.archive import Archive
from storage.archive.articles import Filed
from storage.archive.captures import Unread, Via
from storage.archive.tombstones import TAKEN_DOWN
from storage.raw import MissingBody, Raw
from storage.records import Capture, Request

MOST_WAITING = 48  # captures in memory that wait for a worker, or for the writer
NEAR: ContextVar[datetime] = ContextVar("near")  # when the page was captured whose later pages are looked for


class NotHere(FetchError):
    """A page that no import brought."""

    def __init__(self, url: str) -> None:
        super().__init__(url, "not-here", "the article goes on there, and that page was not imported", passing=False)


class _Later(Exception):
    """The page may not be here yet."""


class Shelf:
    """A `get` that knows what is archived and asks nobody. `more`: other pages are still to come."""

    def __init__(self, archive: Archive, raw: Raw, write: Callable[..., Awaitable[Any]]) -> None:
        self._archive, self._raw, self._write = archive, raw, write
        self.more = True

    async def __call__(self, request: Request) -> Capture:
        """The capture of an address that lies nearest in time. Raises NotHere, and _Later while more is to come."""
        if self.more:
            raise _Later
        found: Capture | None = await self._write(self._find, request.url, NEAR.get())
        if found is None:
            raise NotHere(request.url)
        return found

    def _find(self, url: str, at: datetime) -> Capture | None:
        row = self._archive.captured_near(urls.identity(url), at)
        if row is None:
            return None
        fetched_at = datetime.fromisoformat(row["fetched_at"])
        try:
            body = self._raw.get(row["sha256"], fetched_at)
        except MissingBody:
            return None
        headers = self._archive.headers_of(row["id"])
        return Capture(
            url=url, final_url=row["final_url"], fetched_at=fetched_at, status=200, headers=headers, body=body
        )


class ImportFiler(Filer):
    """Files what may be of before what is known."""

    imported = True


class ImportReader(Reader):
    """Reads captures of imports; those of one page in the order in which they were kept. `later`: put off."""

    def __init__(self, archive: Archive, raw: Raw, config: Config, edges: Edges, tasks: Tasks) -> None:
        super().__init__(archive, raw, config, edges, tasks)
        self.filer = ImportFiler(archive, config, edges)
        self._waiting = asyncio.Semaphore(MOST_WAITING)
        self._turns: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()
        self._joined: set[int] = set()  # later pages that stand beside their first one
        self.later: list[Unread] = []

    async def keep(self, capture: Capture, via: Via, **of: Any) -> int:
        """A later page stands beside its first one once, however often it is read, and is no page of its own."""
        known: int | None = await self._edges.write(self._archive.later_page, of["first_page_id"], capture)
        if known is not None:
            return known
        retire = partial(self._archive.retire_later_page, urls.identity(capture.url), capture, self._edges.now())
        self._joined.update(await self._edges.write(retire))
        return await super().keep(capture, via, **of)

    async def read_carried(self, entry_id: int, url: str, why: str, *, again: bool = False) -> bool:
        """What a source carries is the live archive's."""
        return False

    async def _read(self, unread: Unread, body: bytes | None) -> None:
        turn = self._turns.setdefault(unread.entry_id, asyncio.Lock())
        NEAR.set(unread.fetched_at)
        async with turn:
            if unread.id in self._joined:
                return
            try:
                await super()._read(unread, body)
            except _Later:
                self.later.append(unread)

    def _settle(self, unread: Unread, seen: Seen, filed: list[Filed], *, known: bool) -> None:
        self._archive.settle_imported(unread.entry_id, known=known)
        counted = Counter(f"articles {each.outcome}" for each in filed)
        if seen.reason == TAKEN_DOWN and not filed:
            counted["taken down"] += 1
        elif not filed:
            counted["walls" if seen.kind == "wall" else "without an article"] += 1
        self._archive.count_import(self._archive.import_of(unread.id), counted)

    async def _unreadable(self, unread: Unread, error: str) -> None:
        await self._set_aside(unread, error)

    async def _lost(self, unread: Unread, error: str) -> None:
        await self._set_aside(unread, error)

    async def read_later(self) -> None:
        """Read what was put off, one after the other: a page that an article goes on at is none of its own."""
        while self.later:
            await self.start(self.later.pop(0), None)
            await self._tasks.idle()

    async def _set_aside(self, unread: Unread, error: str) -> None:
        """Its bytes are kept for a better reader."""

        def store() -> None:
            with self._archive.transaction():
                self._archive.set_capture_kind(unread.id, "error", error)
                import_id = self._archive.import_of(unread.id)
                self._archive.count_import(import_id, {"unreadable": 1})
                self._archive.add_fault(import_id, unread.url, error)

        await self._edges.write(store)
