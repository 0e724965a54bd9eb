"""`newskeep backfill`: the past of a site or a source, into the archive. Here: its arguments, and what they call."""

import sys
from contextlib import closing
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import click

from collector.commands import backfill_follow
from collector.commands.backfill_target import wish_of
from collector.commands.backfill_told import in_words, listed, told
from collector.commands.common import (
    FAILED,
    command,
    config_option,
    end,
    json_option,
    load,
    log_option,
    log_to_stderr,
    print_json,
)
from collector.commands.when import to_day
from collector.config import Config
from collector.log import Level
from collector.pipeline.run import now, open_archive, open_existing
from collector.ways.nouns import WAYS
from storage.archive import Archive
from storage.archive.backfills import Backfill, BackfillState, Wish


def to_ways(_context: click.Context, _option: click.Parameter, text: str | None) -> tuple[str, ...]:
    """`feed,sitemap` in this order. Raises click.BadParameter."""
    named = [each.strip() for each in (text or "").split(",") if each.strip()]
    if wrong := [each for each in named if each not in WAYS]:
        raise click.BadParameter(f"{wrong[0]!r} is no way into the past; there are: {', '.join(WAYS)}")
    return tuple(dict.fromkeys(named))


@click.command()
@click.argument("target", required=False, metavar="[SITE|SOURCE]")
@click.option("--since", metavar="DAY", callback=to_day, help="The first day, 2025-01-01. Days are those of UTC.")
@click.option("--until", metavar="DAY", callback=to_day, help="The last day.  [default: today]")
@click.option("--limit", "most", type=click.IntRange(min=1), help="Ask for so many addresses at most.")
@click.option("--via", callback=to_ways, metavar="WAY,…", help=f"Only these ways: {', '.join(WAYS)}.")
@click.option("--dry-run", "dry", is_flag=True, help="Find out what there is, how long it would take, how much disk.")
@click.option("--list", "listing", is_flag=True, help="All back-fills, the newest first.")
@click.option("--pause", type=int, metavar="N", help="Ask for nothing more of back-fill N for now.")
@click.option("--resume", type=int, metavar="N", help="Go on with back-fill N.")
@click.option("--cancel", type=int, metavar="N", help="End back-fill N as it is; what it brought is kept.")
@config_option
@json_option
@log_option
@command
def backfill(
    config_path: Path,
    as_json: bool,
    log_level: Level,
    *,
    listing: bool,
    pause: int | None,
    resume: int | None,
    cancel: int | None,
    **wish: Any,
) -> None:
    """Bring in what a site, or one source, published before it was watched.

    Its ways into the past are found out in this order: sitemap, feed, api, listing, wayback; one that goes back to the
    first day is enough. What is asked for stands in the archive: a daemon that runs does the work, else this command;
    kill it at any time, and the same command, or --resume N, goes on. News always comes first.
    `newskeep coverage SITE` tells for each day what was announced and what became of it.
    Exit code 0: all that was found was brought in; 1: something could not be had, or nothing was found; 2: usage.
    """
    config = load(config_path)
    log_to_stderr(config, log_level)
    verbs = {"pause": pause, "resume": resume, "cancel": cancel}
    asked = {verb: number for verb, number in verbs.items() if number is not None}
    if len(asked) + listing + (wish["target"] is not None) != 1:
        raise click.UsageError("name one site or source, or one of --list, --pause N, --resume N, --cancel N")
    if listing:
        return _list(config, as_json)
    for verb, number in asked.items():
        _change(config, number, verb)
    if pause or cancel:
        return None
    return _finish(config, resume or _ask(config, **wish), as_json)


def _list(config: Config, as_json: bool) -> None:
    with closing(open_existing(config, readonly=True)) as archive:
        found = archive.backfills()
        if as_json:
            print_json([asdict(each) | {"since": str(each.since), "until": str(each.until)} for each in found])
        else:
            click.echo(listed(archive, found))


CHANGES: dict[str, tuple[BackfillState, set[str]]] = {  # verb -> what it becomes, of what
    "pause": ("paused", {"running"}),
    "resume": ("running", {"paused", "running"}),
    "cancel": ("cancelled", {"running", "paused"}),
}


def _change(config: Config, number: int, verb: str) -> None:
    with closing(open_existing(config)) as archive:
        found = archive.backfill(number)
        state, of = CHANGES[verb]
        if found is None:
            raise click.UsageError(f"there is no back-fill {number}; `newskeep backfill --list` names all")
        if found.state not in of:
            raise click.UsageError(f"back-fill {number} is {found.state}: there is nothing to {verb}")
        archive.set_backfill_state(number, state, now())
    if verb != "resume":
        click.echo(f"back-fill {number} of {found.target} is {state}", err=True)


def _ask(config: Config, *, since: date | None, until: date | None, dry: bool, **of: Any) -> int:
    """The row of what is asked for: that of an earlier time, if the same was asked for and is not done."""
    if since is None:
        raise click.UsageError("from which day on? add --since 2025-01-01")
    until = until or now().date()
    if until < since:
        raise click.UsageError(f"--until {until} is before --since {since}")
    with closing(open_archive(config)) as archive:
        wish = wish_of(archive, since=since, until=until, **of)
        known = archive.like_backfill(wish)
        if known is None:
            return archive.add_backfill(wish, _ways(archive, wish), now(), dry=dry)
        return _again(archive, known, dry=dry)


def _again(archive: Archive, known: Backfill, *, dry: bool) -> int:
    with archive.transaction():
        if known.dry and not dry:
            archive.set_backfill_dry(known.id, False)
        if not (known.dry and dry and known.state == "done"):
            archive.set_backfill_state(known.id, "running", now())
    click.echo(f"goes on with back-fill {known.id}", err=True)
    return known.id


def _ways(archive: Archive, wish: Wish) -> list[str]:
    """Those that were named, else all, that of a named source's own kind first."""
    if wish.via:
        return list(wish.via)
    own = [row["kind"] for row in archive.site_sources(wish.site) if row["id"] == wish.source_id]
    return sorted(WAYS, key=lambda way: way not in own)


def _finish(config: Config, id_: int, as_json: bool) -> None:
    """Until it is over; then what became of it."""
    try:
        backfill_follow.finish(config, id_)
    except KeyboardInterrupt:
        end(f"\nnewskeep: stopped; the daemon goes on with it, or `newskeep backfill --resume {id_}`", FAILED)
    with closing(open_existing(config, readonly=True)) as archive:
        said: dict[str, Any] = told(archive, config, id_)
        if as_json:
            print_json(said)
        else:
            click.echo(in_words(said))
    sys.exit(FAILED if said["failed"] else 0)
