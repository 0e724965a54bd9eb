"""The command `newskeep`: arguments -> parts -> one call. What is printed is in `commands`."""

import click

from collector.commands.ask import search
from collector.commands.backfill import backfill
from collector.commands.backup import backup
from collector.commands.check import check
from collector.commands.common import stop_as_ctrl_c
from collector.commands.coverage import coverage
from collector.commands.demo import demo
from collector.commands.diff import diff
from collector.commands.export import export
from collector.commands.extract import extract
from collector.commands.fetch import fetch
from collector.commands.imports import import_
from collector.commands.prune import prune
from collector.commands.reextract import reextract
from collector.commands.run import run
from collector.commands.serve import serve
from collector.commands.sites import sites
from collector.commands.sources import sources
from collector.commands.status import status
from collector.commands.takedown import takedown
from collector.commands.verify import verify


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(package_name="newskeep")
def main() -> None:
    """Newskeep watches news sites, archives every article raw and clean, keeps every edit, and writes text corpora.

    Start with `newskeep demo`; then write a config.yaml, or let `newskeep sources add URL` begin one, and
    try `newskeep fetch` once, or leave `newskeep run` running.
    """
    stop_as_ctrl_c()


for each in (
    fetch,
    run,
    backfill,
    extract,
    reextract,
    import_,
    export,
    sources,
    sites,
    status,
    coverage,
    search,
    diff,
    serve,
    backup,
    prune,
    takedown,
    check,
    verify,
    demo,
):
    main.add_command(each)


if __name__ == "__main__":
    main()
