"""One document of a way: get it, keep it, have it read, store what it announced and what comes next."""

import pickle
import shutil
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from urllib.parse import urldefrag

from collector import policy, urls
from collector.config import Config
from collector.errors import FetchError, HostClosed, Offline, WorkerError
from collector.filing import addressed_entry
from collector.pipeline.edges import Edges
from collector.pipeline.events import Event, Kind
from collector.pipeline.past.targets import Targets, span_of
from collector.pipeline.past.walking import WAYS, ended, enough, give_up, move, step_of
from collector.pipeline.read import Reader
from collector.ways.documents import Document
from collector.ways.nouns import Found, Leaf, Target
from storage.archive import Archive
from storage.archive.backfills import Backfill
from storage.archive.finds import Find
from storage.archive.walks import OpenStep
from storage.raw import Raw
from storage.records import Capture, Request

MINUTE = timedelta(minutes=1)
# After trouble that may pass; then the way goes on without the document. Of a way that has shown nothing yet less is
# waited for: a site that is gone has none, but for those that a web archive holds.
AGAIN, AGAIN_FIRST = (MINUTE, 5 * MINUTE, 15 * MINUTE), (MINUTE / 6, MINUTE)
NOWHERE = frozenset({"dns", "scheme", "url", "address"})  # there is no such host, or it is none that may be asked
BUDGET = 600.0  # seconds: a sitemap of 50 MB is no page, and a web archive looks long
LARGEST = 500 * 1024**2  # bytes
BATCH = 500  # addresses that are stored together


class Documents:
    """Takes the documents of steps. Files that are being read stand in a folder of their own beside the archive."""

    def __init__(
        self, archive: Archive, raw: Raw, config: Config, edges: Edges, reader: Reader, targets: Targets
    ) -> None:
        self._archive, self._raw, self._edges, self._reader, self._targets = archive, raw, edges, reader, targets
        self._folder, self._swept = config.data / "backfill", False

    async def take(self, backfill: Backfill, step: OpenStep) -> None:
        """Ask for it, and store what it says. A host that wants peace, or trouble that may pass: later."""
        try:
            capture = await self._edges.get(self._request(step))
        except HostClosed as error:
            await self._put_off(step, str(error), error.until, tried=False)
        except Offline as error:
            await self._put_off(step, str(error), self._edges.now() + policy.OFFLINE_AGAIN, tried=False)
        except FetchError as error:
            if error.passing and not _leads_nowhere(error):
                await self.failed(backfill, step, str(error), status=error.status or 0)
            else:
                leaf = Leaf(status=error.status or 0, why=str(error))
                await self._store(backfill, step, leaf, None, dead=_leads_nowhere(error))
        else:
            await self._read(backfill, step, capture)

    async def failed(self, backfill: Backfill, step: OpenStep, error: str, *, status: int = 0) -> None:
        """It is asked for again some times; then its way hears that it cannot be had."""
        again = AGAIN if await self._edges.write(self._archive.walk_shows, step.walk_id) else AGAIN_FIRST
        if step.attempts < len(again):
            await self._put_off(step, error, self._edges.now() + again[step.attempts], tried=True)
        else:
            await self._store(backfill, step, Leaf(status=status, why=error), None, dead=True)

    async def _put_off(self, step: OpenStep, error: str, until: datetime, *, tried: bool) -> None:
        await self._edges.write(partial(self._archive.put_off_step, step.id, error, until, tried=tried))
        self._edges.report(Event("step-put-off", step.url, error))

    def _request(self, step: OpenStep) -> Request:
        """Sitemaps go to a file: they may be of any size. A fragment tells steps apart, and is not asked for."""
        url = urldefrag(step.url).url
        if step.reads != "sitemap":
            budget = BUDGET if step.reads == "captures" else None
            headers = step.place.get("headers", {})
            return Request(url=url, headers=headers, body=step.body.encode() or None, budget=budget)
        if not self._swept:  # what an earlier run left when it was killed
            shutil.rmtree(self._folder, ignore_errors=True)
            self._swept = True
        self._folder.mkdir(parents=True, exist_ok=True)
        return Request(url=url, into=self._folder / f"{step.id}.document", most=LARGEST, budget=BUDGET)

    async def _read(self, backfill: Backfill, step: OpenStep, capture: Capture) -> None:
        try:
            capture_id = await self._keep(step, capture) if 200 <= capture.status < 300 else None
            document = Document.of(capture, step_of(step))
            leaf: Leaf = await self._edges.work(
                "leaf", document, span_of(backfill), backfill.site, self._targets.rule(backfill)
            )
            await self._store(backfill, step, leaf, capture_id)
        except WorkerError as error:
            await self.failed(backfill, step, str(error))
        finally:
            if capture.file is not None:
                for file in (capture.file, capture.file.with_suffix(".found")):
                    with suppress(FileNotFoundError):
                        file.unlink()

    async def _keep(self, step: OpenStep, capture: Capture) -> int:
        """The body, and the row that names it."""
        host = urls.host_of(capture.final_url)

        def store() -> int:
            if capture.file is not None:
                digest = self._raw.put_file(capture.file, capture.fetched_at, host)
            else:
                digest = self._raw.put(capture.body, capture.fetched_at, host)
            return self._archive.add_capture(capture, digest, "backfill", step_id=step.id, kind="source", host=host)

        return int(await self._edges.write(store))

    async def _store(
        self, backfill: Backfill, step: OpenStep, leaf: Leaf, capture_id: int | None, *, dead: bool = False
    ) -> None:
        """What it announced in batches, each kept once; then that it was read, in one transaction with what follows.

        dead: nothing answered. Where the way has shown nothing yet it ends with that: its other guesses are in vain.
        """
        target, new = await self._targets.of(backfill), 0
        for batch in _batches(leaf):
            new += await self._edges.write(self._add, backfill, step, batch, capture_id)
        await self._reader.taken.forget()
        state = await self._edges.write(self._end, backfill, step, leaf, target, dead)
        kind: Kind = "step-failed" if state == "failed" and leaf.status != 404 else "step-read"
        self._edges.report(Event(kind, step.url, leaf.why, count=new))

    def _add(self, backfill: Backfill, step: OpenStep, batch: tuple[Found, ...], capture_id: int | None) -> int:
        finds = [
            Find(addressed=addressed, day=found.day, memento=found.memento)
            for found in batch
            if (addressed := addressed_entry(found.entry, step.url)) is not None
        ]
        room = None if backfill.most is None else backfill.most - self._archive.finds_of(backfill.id)
        return self._archive.add_finds(step.walk_id, finds, self._edges.now(), capture_id, room)

    def _end(self, backfill: Backfill, step: OpenStep, leaf: Leaf, target: Target, dead: bool) -> str:
        """What became of the step."""
        with self._archive.transaction():
            walk = self._archive.walk(step.walk_id)
            self._archive.count_walk(walk.id, leaf.announced, leaf.oldest, leaf.newest)
            self._archive.count_walk_days(walk.id, leaf.days)
            asked = step_of(step)
            moves = WAYS[walk.way].follow(asked, leaf, walk.notes, target, span_of(backfill))
            state = ended(asked, leaf, moves)
            self._archive.end_step(step.id, state, leaf.announced, leaf.why or None)
            if walk.state == "walking" and not enough(self._archive, backfill, walk):
                if dead and not self._archive.walk_shows(walk.id):
                    give_up(self._archive, walk, leaf.why.removeprefix(f"{step.url}: "))
                else:
                    move(self._archive, backfill, walk, moves)
        return state


def _leads_nowhere(error: FetchError) -> bool:
    """Is there no such host, be it told by what was asked for or by its robots.txt?"""
    cause = error.__cause__
    return error.reason in NOWHERE or (isinstance(cause, FetchError) and cause.reason in NOWHERE)


def _batches(leaf: Leaf) -> Iterator[tuple[Found, ...]]:
    """From memory, or from the file in which a reader of large documents left them."""
    for start in range(0, len(leaf.found), BATCH):
        yield leaf.found[start : start + BATCH]
    if leaf.spool is not None:
        yield from _spooled(leaf.spool)


def _spooled(path: Path) -> Iterator[tuple[Found, ...]]:
    with path.open("rb") as file:
        while True:
            try:
                yield pickle.load(file)  # noqa: S301 - written by our own worker
            except EOFError:
                return
