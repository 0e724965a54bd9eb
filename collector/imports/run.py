"""Puts the parts of an import together, and takes them apart: archive, bodies, writer, workers. No network.

parcel: begin, or go on | batches of its items -> keep, one transaction each | read | what was put off | end
"""

from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import AsyncExitStack, aclosing, asynccontextmanager
from dataclasses import dataclass
from typing import Any

from collector.config import Config
from collector.errors import CollectorError
from collector.imports.batches import ahead, batches
from collector.imports.items import Choice, Kind, Parcel, Place
from collector.imports.keep import Keeper, count
from collector.imports.other import Into, Other
from collector.imports.read import ImportReader, Shelf
from collector.pipeline import MOST_RELATED, Edges
from collector.pipeline.events import Report
from collector.pipeline.explain import Explainer
from collector.pipeline.patience import Patient
from collector.pipeline.relate import Relater
from collector.pipeline.run import both, now
from collector.pipeline.tasks import Tasks
from collector.workers import Workers
from storage.archive import Archive
from storage.raw import Raw
from storage.writer import Writer

MOST_FAULTS = 10  # that are named

Heard = Callable[[int], None]  # how far a parcel is done, in its own measure


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """What became of one parcel, this time. `already`: all of it had been imported. `faults`: place and error."""

    path: str
    kind: Kind
    already: bool
    counts: Mapping[str, int]
    faults: Sequence[Mapping[str, str]]


class Importer:
    """Brings parcels, one after the other."""

    def __init__(self, archive: Archive, raw: Raw, config: Config, edges: Edges, tasks: Tasks, shelf: Shelf) -> None:
        self._archive, self._edges, self._tasks, self._shelf = archive, edges, tasks, shelf
        self._raw, self._keeper = raw, Keeper(archive, raw)
        self._reader = ImportReader(archive, raw, config, edges, tasks)
        self._relater, self._explainer = Relater(archive, edges), Explainer(archive, config, edges, tasks)
        self._largest = config.network.max_bytes

    async def go_on(self) -> None:
        """Read what an import kept that was stopped."""
        self._shelf.more = True
        for unread in await self._edges.write(self._archive.imported_unread):
            await self._reader.start(unread, None)

    async def bring(self, parcel: Parcel, choice: Choice, most: int | None, heard: Heard) -> Brought:
        """All of a parcel that is wanted and not here yet, `most` captures of it at a time."""
        archive, write, choice_ = self._archive, self._edges.write, choice.to_json()
        if parcel.path == str(archive.path.resolve()):
            raise CollectorError(f"{parcel.path}: an archive cannot be imported into itself")
        begun = await write(
            archive.begin_import, parcel.path, parcel.kind, parcel.size, parcel.mark, choice_, self._edges.now()
        )
        before: dict[str, int] = await write(archive.import_counts, begun.id)
        already = begun.ended and begun.done >= parcel.end
        if not already:
            self._shelf.more = True
            whole = await self._keep(parcel, choice, begun.id, Place(begun.done, begun.within), most, heard)
            await self.finish()
            if whole and isinstance(parcel, Other):
                await self._hand_over(parcel, choice, begun.id)
            if whole:
                await write(archive.end_import, begun.id, self._edges.now())
        counts = Counter(await write(archive.import_counts, begun.id))
        counts.subtract(before)
        return Brought(
            path=parcel.path,
            kind=parcel.kind,
            already=already,
            counts=+counts,
            faults=await write(archive.import_faults, begun.id, MOST_FAULTS),
        )

    async def finish(self) -> None:
        """Returns when all that was kept is read."""
        await self._tasks.idle()
        self._shelf.more = False
        await self._reader.read_later()

    async def explain(self) -> None:
        """Stories, and who changed what: as much as one pass of `fetch` does; others go on with what is left."""
        await self._relater.all(MOST_RELATED)
        await self._explainer.all()

    async def _hand_over(self, other: Other, choice: Choice, id_: int) -> None:
        """What another archive knew beyond its pages."""
        archive, now_ = self._archive, self._edges.now()

        def store(after: int | None) -> int | None:
            if after is None:
                archive.count_import(id_, other.hand_over(archive, id_, now_))
                return 0
            after, counts = other.hand_articles(archive, self._raw, Into(id_, choice, now_), after)
            archive.count_import(id_, counts)
            return after

        after = await self._edges.write(store, None)
        while after is not None:
            after = await self._edges.write(store, after)

    async def _keep(
        self, parcel: Parcel, choice: Choice, id_: int, after: Place, most: int | None, heard: Heard
    ) -> bool:
        """Was all of it kept?"""
        items = parcel.items(after, choice, self._largest, self._edges.now())
        heard(after.offset)
        async with aclosing(ahead(batches(items))) as found:
            async for batch in found:
                done = await self._edges.write(self._keeper.keep, id_, batch, self._edges.now(), most)
                for new in done.kept:
                    await self._reader.start(new.unread, new.body)
                heard(done.behind.offset)
                if most is not None and (most := most - len(done.kept)) <= 0:
                    return False
        return True


def try_out(archive: Archive, parcel: Parcel, choice: Choice, largest: int, heard: Heard) -> Brought:
    """What would become of a parcel; the archive is only asked."""
    counts, faults = Counter[str](), list[Mapping[str, str]]()
    begun = archive.known_import(parcel.size, parcel.mark, choice.to_json())
    for batch in batches(() if begun and begun.ended else parcel.items(Place(), choice, largest, now())):
        counts += count(archive, batch)
        faults += [{"place": item.place, "error": item.fault} for item in batch if item.fault]
        del faults[MOST_FAULTS:]
        heard(batch[-1].behind.offset)
    already = begun is not None and begun.ended
    return Brought(path=parcel.path, kind=parcel.kind, already=already, counts=counts, faults=faults)


@asynccontextmanager
async def opened(
    config: Config, archive: Archive, report: Report, work: Callable[..., Awaitable[Any]] | None = None
) -> AsyncIterator[Importer]:
    """An importer, in this event loop. Leaving waits for what is in hand, then all is closed.

    work: what reads pages, as in Edges; worker processes where it is None.
    """
    raw = Raw(config.data / "raw", make=archive.last_captured_at() is None)
    async with AsyncExitStack() as stack:
        stack.callback(raw.close)
        stack.enter_context(archive.small_steps())
        writer = Writer("import", lambda: both(archive, raw), archive.step)
        stack.callback(writer.close)
        write: Callable[..., Any] = Patient(writer, report)  # the daemon beside may hold the archive for a while
        shelf = Shelf(archive, raw, write)
        work = work or (await stack.enter_async_context(Workers())).run
        tasks = await stack.enter_async_context(Tasks())
        edges = Edges(get=shelf, work=work, write=write, now=now, report=report)
        yield Importer(archive, raw, config, edges, tasks, shelf)
