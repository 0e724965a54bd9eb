"""A back-fill to its end: done by this process, or watched while another one that holds the data folder does it."""

import asyncio
import time
from contextlib import closing

import click

from collector.commands.backfill_shown import Shown
from collector.config import Config
from collector.pipeline.run import corpus_of, open_archive, open_existing, opened
from storage.archive import Archive
from storage.export import folder
from storage.lock import Locked, locked

LOOK = 1.0  # seconds between two looks at how it stands; ten times as long as one takes, at least
OVER = ("done", "cancelled", "paused")


def finish(config: Config, id_: int) -> None:
    """Returns when it is over, or was paused.

    Who works in the data folder works on all that run, through one gate; the daemon does it beside its news. When it
    stops, this process goes on.
    """
    told = False
    with closing(open_existing(config, readonly=True)) as archive, Shown(archive, id_) as shown:
        while not _is_over(archive, id_):
            try:
                with locked(config.data), closing(open_archive(config)) as own:
                    asyncio.run(_work(config, own, archive, id_, shown))
                    folder.bring_up(own, corpus_of(config))  # as `fetch` and the daemon do
            except Locked as error:
                if not told:
                    said = "a daemon does this beside its news, anything else is waited for; Ctrl-C leaves it to that"
                    click.echo(f"{error.holder} is at work here: {said}", err=True)
                    told = True
                shown.look()


async def _work(config: Config, own: Archive, beside: Archive, id_: int, shown: Shown) -> None:
    """`own`: the writer's; `beside`: the one that is looked into meanwhile."""
    looked, pause, over = time.monotonic(), LOOK, False

    async def is_over() -> bool:
        nonlocal looked, pause, over
        if not over and time.monotonic() - looked >= pause:
            began = time.monotonic()
            over = await asyncio.to_thread(_is_over, beside, id_)
            await asyncio.to_thread(shown.look)
            looked = time.monotonic()
            pause = max(LOOK, 10 * (looked - began))
        return over

    async with opened(config, own, shown.hear) as parts:
        await parts.pipeline.back(is_over)


def _is_over(archive: Archive, id_: int) -> bool:
    found = archive.backfill(id_)
    return found is None or found.state in OVER
