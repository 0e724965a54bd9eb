"""`newskeep fetch`: one pass over config.yaml, then the text files."""

import asyncio
import sys
from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from collector import log
from collector.commands.common import (
    FAILED,
    command,
    config_option,
    json_option,
    load,
    log_option,
    log_to_stderr,
    plural,
    print_json,
)
from collector.commands.progress import Progress
from collector.config import Config
from collector.log import Level
from collector.pipeline.run import corpus_of, open_archive, opened
from storage.archive import Archive
from storage.export import folder
from storage.export.text import Exported
from storage.lock import locked

MOST_FAILURES = 50  # that are listed; the rest is in `newskeep status`


@click.command()
@config_option
@json_option
@log_option
@command
def fetch(config_path: Path, as_json: bool, log_level: Level) -> None:
    """Poll every source once, fetch all that is new, write the text files.

    Due times are not waited for; robots.txt, pauses and Retry-After are obeyed.
    Exit code 0: all went well; 1: something failed (what, on stderr); 2: the configuration is wrong.
    """
    config = load(config_path)
    log_to_stderr(config, log_level)
    with Progress() as progress:
        exported = collect(config, progress)
    if as_json:
        print_json(summary(progress, exported, config))
    else:
        click.echo(in_words(progress, exported, config))
    for event in progress.failures[:MOST_FAILURES]:
        click.echo(log.hidden(f"failed: {event.told}"), err=True)
    if len(progress.failures) > MOST_FAILURES:
        click.echo(f"… and {len(progress.failures) - MOST_FAILURES} more: see `newskeep status`", err=True)
    sys.exit(FAILED if progress.failures else 0)


def collect(config: Config, progress: Progress) -> Exported:
    """One pass, and the corpus brought up to date. Raises Locked when another run works in the folder."""
    with locked(config.data), closing(open_archive(config)) as archive:
        asyncio.run(_run(config, archive, progress))
        return folder.bring_up(archive, corpus_of(config))


async def _run(config: Config, archive: Archive, progress: Progress) -> None:
    async with opened(config, archive, progress.hear) as parts:
        await parts.pipeline.once()


def summary(progress: Progress, exported: Exported, config: Config) -> dict[str, Any]:
    """What a run did, for JSON."""
    counts = progress.counts
    return {
        "sources": {name: counts[f"source-{name}"] for name in ("read", "unchanged", "failed")},
        "entries": {
            "new": progress.new_entries,
            "empty": counts["empty"],
            "refused": counts["entry-refused"],
            "failed": counts["entry-failed"] + counts["put-off"],
        },
        "articles": {name: counts[f"article-{name}"] for name in ("new", "edited", "unchanged")}
        | {"looked_at": counts["looked"], "gone": counts["gone"]},
        "corpus": asdict(exported) | {"folder": str(corpus_of(config))},
        "failures": [{"url": event.url, "error": event.detail} for event in progress.failures],
    }


def in_words(progress: Progress, exported: Exported, config: Config) -> str:
    """What a run did, for people."""
    counts = progress.counts
    read, unchanged, failed = (counts[f"source-{name}"] for name in ("read", "unchanged", "failed"))
    entry = {name: counts[name] for name in ("empty", "entry-refused", "entry-failed", "gone")}
    entry["entry-failed"] += counts["put-off"]
    lines = [
        f"sources   {read:,} read, {unchanged:,} unchanged, {failed:,} failed",
        f"pages     {progress.new_entries:,} newly announced, {entry['empty']:,} without an article, "
        f"{entry['entry-refused']:,} refused by robots.txt, {entry['entry-failed']:,} failed",
        f"articles  {counts['article-new']:,} new, {counts['article-edited']:,} edited, {entry['gone']:,} gone",
        f"corpus    {plural(exported.added, 'text file')} added, {exported.rewritten:,} rewritten, "
        f"{exported.unchanged:,} unchanged in {corpus_of(config)}",
    ]
    return "\n".join(lines)
