"""New versions -> who changed what. Runs behind the news: a few at a time, one worker. Knows no page and no network."""

import asyncio
from functools import partial

from collector.config import Config
from collector.errors import WorkerError
from collector.explain import Readers
from collector.extract import rules
from collector.pipeline.contain import contained
from collector.pipeline.edges import Edges
from collector.pipeline.tasks import Tasks
from collector.policy.changes.attribution import Label
from collector.reread import GENERIC, Reader
from storage.archive import Archive
from storage.recipes import Change, Recipe, bare_revision

TOGETHER = 8  # versions asked for at once, one after the other
MOST = 500  # in one pass: an archive from before changes were explained is caught up in several


class Explainer:
    """Tells of each version who made it another one than that before it."""

    def __init__(self, archive: Archive, config: Config, edges: Edges, tasks: Tasks) -> None:
        self._archive, self._edges, self._tasks = archive, edges, tasks
        self._raw = str(config.data / "raw")
        self._task: asyncio.Task[None] | None = None

    def go_on(self) -> None:
        """Explain what waits, beside what goes on; nothing when it is done already. To be called again and again."""
        if self._task is None or self._task.done():
            self._task = self._tasks.create_task(self._all(TOGETHER))

    async def all(self) -> None:
        """What waits, or the newest of it, where that is very much."""
        await self._all(MOST)

    async def _all(self, most: int) -> None:
        while most > 0:
            waiting: list[int] = await self._edges.write(self._archive.unexplained, min(most, TOGETHER))
            for version_id in waiting:
                if not await self._one(version_id):
                    return
            most -= TOGETHER if waiting else most

    async def _one(self, version_id: int) -> bool:
        """False when the bodies cannot be reached now: later they can."""
        asked: tuple[Change, Readers] | None = await self._edges.write(self._ask, version_id)
        if asked is None:
            return True
        change, readers = asked
        reached = True

        async def work() -> None:
            nonlocal reached
            label = await self._label(change, readers)
            reached = label is not None
            if label is not None:
                await self._edges.write(self._file, change, label)

        async def put_off(_: str) -> None:
            await self._edges.write(self._file, change, Label("capture"))

        await contained(work, put_off, change.old_recipe.url, self._edges.report)
        return reached

    def _ask(self, version_id: int) -> tuple[Change, Readers] | None:
        change = self._archive.change(version_id)
        if change is None:
            return None
        return change, Readers(
            old=reader_then(self._archive, change.old_recipe), new=reader_then(self._archive, change.new_recipe)
        )

    async def _label(self, change: Change, readers: Readers) -> Label | None:
        """A page that breaks its worker is left out of it: then it goes by what the versions say."""
        work = partial(self._edges.work, "explain")
        try:
            label: Label | None = await work(self._raw, change, readers)
        except WorkerError:
            label = await work(None, change, readers)
        return label

    def _file(self, change: Change, label: Label) -> None:
        if label.flicker:
            self._archive.explain_flicker(change, label.changed_by)
        else:
            self._archive.explain(change, label.changed_by, label.edits)


def reader_then(archive: Archive, recipe: Recipe) -> Reader | None:
    """With which a version was read; None where its rule or its memory is not kept."""
    memory = archive.profile(recipe.memory_revision) if recipe.memory_revision else None
    if recipe.memory_revision and memory is None:
        return None
    if not recipe.extractor.startswith("site:"):
        return Reader(rule=GENERIC, memory=memory)
    rule = archive.rule_text(recipe.rule_revision) or _installed(recipe)
    return Reader(rule=rule, memory=memory) if rule is not None else None


def _installed(recipe: Recipe) -> tuple[str, str] | None:
    """The rule of that name as it comes with the program, if it is still the same revision."""
    name = recipe.extractor.removeprefix("site:")
    text = rules.of_revision(name, bare_revision(recipe.rule_revision))
    return (name, text) if text is not None else None
