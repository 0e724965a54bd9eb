"""Articles -> stories: which of them are copies of each other. Knows no page and no network."""

import asyncio
from datetime import datetime
from functools import partial

from collector.pipeline.contain import contained
from collector.pipeline.edges import Edges
from collector.policy import sketches
from storage.archive import Archive
from storage.archive.sketches import Sketch
from storage.archive.stories import Unrelated

TOGETHER = 20  # articles: what waits to be written waits for no more of them


class Relater:
    """Tells the story of each article from the text that it has now."""

    def __init__(self, archive: Archive, edges: Edges) -> None:
        self._archive, self._edges = archive, edges

    async def some(self) -> int:
        """A few of those that wait, the newest first; how many. One that breaks is told, and waits no more."""
        waiting: list[Unrelated] = await self._edges.write(self._archive.unrelated, TOGETHER)
        await asyncio.gather(*(self._relate(article) for article in waiting))
        return len(waiting)

    async def all(self, most: int) -> None:
        """All that wait, or about as many as `most`."""
        while most > 0 and (done := await self.some()):
            most -= done

    async def _relate(self, article: Unrelated) -> None:
        work = partial(self._edges.write, relate, self._archive, article, self._edges.now())

        async def leave(_: str) -> None:
            await self._edges.write(self._archive.leave_unrelated, article)

        await contained(work, leave, article.url, self._edges.report)


def relate(archive: Archive, article: Unrelated, now: datetime) -> None:
    """Compare an article with those that it may share its text with, and keep what was found."""
    text = sketches.Triples(article.text)
    sketch = Sketch(len(text.all), sketches.sketch(text))
    with archive.transaction():
        others = archive.compared(article.article_id, sketch)
        shares = sketches.related(text, {id_: sketches.Triples(other) for id_, other in others.items()})
        archive.relate(article, sketch, shares, now)
