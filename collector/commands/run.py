"""`newskeep run`: the daemon."""

import asyncio
from contextlib import closing
from pathlib import Path

import click

from collector import log
from collector.commands.common import command, config_option, load, log_option, log_to_stderr
from collector.config import Config
from collector.daemon.config_file import ConfigFile
from collector.daemon.life import Life
from storage.archive import Archive
from storage.lock import locked


@click.command()
@config_option
@log_option
@command
def run(config_path: Path, log_level: log.Level) -> None:
    """Keep the archive up to date until it is stopped, for months if need be.

    Polls each source as often as it has news, fetches what is new, looks at articles again by their age. A changed
    config.yaml is taken while it runs, at once or with SIGHUP; one with mistakes is refused and the old one stays.
    SIGTERM and Ctrl-C end it within 10 seconds; what is not done by then is the next start's. `newskeep status` tells
    how it fares.
    """
    config = load(config_path)
    log_to_stderr(config, log_level)
    log.tell_crashes()
    with locked(config.data):
        asyncio.run(_live(config_path, config))


async def _live(path: Path, config: Config) -> None:
    with closing(Archive(config.data / "archive.db")) as archive:
        await Life(ConfigFile(path, config), archive).live()
