"""`newskeep import`: what others captured, into the archive."""

import asyncio
import functools
import sys
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from dataclasses import asdict
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import click

from collector import log_events
from collector.commands.common import (
    FAILED,
    command,
    config_option,
    json_option,
    load,
    log_option,
    log_to_stderr,
    print_json,
)
from collector.commands.stages import Stages
from collector.commands.when import begin_of, to_day
from collector.config import Config
from collector.imports.found import parcels
from collector.imports.items import Choice, Parcel
from collector.imports.keep import LEFT
from collector.imports.run import Brought, opened, try_out
from collector.log import Level
from collector.pipeline.events import Event
from collector.pipeline.run import open_archive
from storage.archive import Archive
from storage.lock import locked

TOLD = {"broke", "learning-failed", "storage-failed", "storage-mended"}  # of a page that is broken, the report tells
MAIN = ("records", "captures", "duplicates", "revisits", "revisits of nothing here", "taken down", "broken")


def chosen(function: Callable[..., None]) -> Callable[..., None]:
    """The options that say what is wanted, as one Choice."""

    @click.option("--site", "sites", multiple=True, metavar="HOST", help="Pages of this host and all below it alone.")
    @click.option(
        "--since", callback=to_day, metavar="DAY", help="Pages that were captured on this day, UTC, or later."
    )
    @click.option("--until", callback=to_day, metavar="DAY", help="Pages that were captured on this day or earlier.")
    @functools.wraps(function)
    def run(*, sites: tuple[str, ...], since: date | None, until: date | None, **options: Any) -> None:
        choice = Choice(
            sites=tuple(site.lower().removeprefix("www.") for site in sites),
            since=begin_of(since) if since else None,
            until=begin_of(until) + timedelta(days=1) if until else None,
        )
        function(choice=choice, **options)

    return run


@click.command("import")
@click.argument("paths", nargs=-1, required=True)
@chosen
@click.option("--limit", type=click.IntRange(min=1), help="So many new captures; the next import goes on behind them.")
@click.option("--dry-run", is_flag=True, help="Count what would come in; write and read nothing.")
@config_option
@json_option
@log_option
@command
def import_(
    paths: tuple[str, ...],
    choice: Choice,
    limit: int | None,
    dry_run: bool,
    config_path: Path,
    as_json: bool,
    log_level: Level,
) -> None:
    """Bring WARC and WACZ files, saved pages and other archives at PATHS into the archive. Nothing is asked of anyone.

    PATHS: files, patterns, folders of WARC files or of saved pages, the data folder of another newskeep. An import that
    was stopped goes on where it was; what is here already is counted and left as it is.
    Exit code 0: all of it came in; 1: something was broken (what, on stderr); 2: nothing that can be imported.
    """
    config = load(config_path)
    log_to_stderr(config, log_level)
    found, unreadable = parcels(paths)
    brought = _try_out(config, found, choice) if dry_run else _bring(config, found, choice, limit)
    if as_json:
        print_json(summary(brought, unreadable, dry_run=dry_run))
    else:
        click.echo(in_words(brought, dry_run=dry_run))
    faults = [f"{each.path}: {fault['place']}: {fault['error']}" for each in brought for fault in each.faults]
    for fault in [*unreadable, *faults]:
        click.echo(f"broken: {fault}", err=True)
    sys.exit(FAILED if unreadable or faults else 0)


def _bring(config: Config, found: list[Parcel], choice: Choice, limit: int | None) -> list[Brought]:
    with locked(config.data / "import"), closing(open_archive(config)) as archive, Stages() as stages:
        return asyncio.run(_bring_all(config, archive, found, choice, limit, stages))


async def _bring_all(
    config: Config, archive: Archive, found: list[Parcel], choice: Choice, left: int | None, stages: Stages
) -> list[Brought]:
    brought: list[Brought] = []
    async with opened(config, archive, _hear) as importer:
        await importer.go_on()
        for parcel in found:
            if left == 0:
                break
            brought.append(await importer.bring(parcel, choice, left, _counting(stages, parcel)))
            if left is not None:
                left -= brought[-1].counts.get("captures", 0)
        await importer.finish()
        await importer.explain()
    return brought


def _try_out(config: Config, found: list[Parcel], choice: Choice) -> list[Brought]:
    """Against the archive, or an empty one where there is none yet."""
    with TemporaryDirectory() as empty, Stages() as stages:
        path = config.data / "archive.db"
        here = path.exists()
        with closing(Archive(path if here else Path(empty) / "archive.db", readonly=here)) as archive:
            return [
                try_out(archive, parcel, choice, config.network.max_bytes, _counting(stages, parcel))
                for parcel in found
            ]


def _hear(event: Event) -> None:
    """What the operator should know at once; all else is counted in the archive."""
    if event.kind in TOLD:
        log_events.hear(event)


def _counting(stages: Stages, parcel: Parcel) -> Callable[[int], None]:
    """Told to which offset a parcel is done."""
    return lambda offset: stages.tell(parcel.path[-40:], offset, parcel.end)


def totals(brought: list[Brought]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for each in brought:
        counts.update(each.counts)
    return counts


def summary(brought: list[Brought], unreadable: list[str], *, dry_run: bool) -> dict[str, Any]:
    """What came in, for JSON."""
    return {"dry_run": dry_run, **sorted_out(totals(brought)), "unreadable": unreadable} | {
        "files": [asdict(each) | sorted_out(Counter(each.counts)) for each in brought]
    }


def sorted_out(counts: Counter[str]) -> dict[str, Any]:
    """The counts by what they are of."""
    other = ("walls", "without an article", "unreadable")
    return {
        "counts": {name: counts[name] for name in (*MAIN, *other)},
        "articles": {name: counts[f"articles {name}"] for name in ("new", "edited", "unchanged", "worse")},
        "left_out": {name.removeprefix(LEFT): counts[name] for name in sorted(counts) if name.startswith(LEFT)},
    }


def in_words(brought: list[Brought], *, dry_run: bool) -> str:
    """What came in, for people."""
    counts = totals(brought)
    already = sum(each.already for each in brought)
    lines = [
        f"files     {len(brought):,}, {already:,} of them imported before",
        f"records   {counts['records']:,}: {counts['captures']:,} new captures, {counts['duplicates']:,} known "
        f"already, {counts['taken down']:,} taken down, {counts['broken']:,} broken",
        f"revisits  {counts['revisits']:,}, and {counts['revisits of nothing here']:,} of what is not here",
    ]
    if not dry_run:
        lines.append(
            f"articles  {counts['articles new']:,} new, {counts['articles edited']:,} edited, "
            f"{counts['articles unchanged']:,} unchanged; {counts['walls'] + counts['articles worse']:,} walls, "
            f"{counts['without an article']:,} pages without an article"
        )
    left = {name.removeprefix(LEFT): number for name, number in counts.most_common() if name.startswith(LEFT)}
    lines.append("left out  " + (", ".join(f"{number:,} {name}" for name, number in left.items()) or "nothing"))
    return "\n".join(lines)
