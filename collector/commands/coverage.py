"""`newskeep coverage`: what of a site is in the archive, day by day, and what is not. Reads only, also beside a run."""

import shutil
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import date, datetime
from pathlib import Path

import click

from collector import urls
from collector.commands.common import command, config_option, in_colour, json_option, load, plural, print_json
from collector.commands.coverage_picture import PLAIN, picture
from collector.commands.coverage_table import table
from collector.commands.when import to_day
from collector.coverage import MEANINGS, Coverage, coverage_of
from collector.daemon.attention import clock
from collector.pipeline.run import open_existing
from storage.archive import Archive
from storage.archive.base import Row
from storage.archive.ledger import Scope

NARROW = 80  # letters a line, where nobody says how many
OUTCOMES = "\n".join(f"  {outcome:<10} {meaning}" for outcome, meaning in MEANINGS.items())
HELP = f"""How complete the archive is: what a site, or one source, announced on each day, and what became of it.

A table, who announced, and a calendar. An address has one outcome, and all but the last add up to what was
announced:

\b
{OUTCOMES}

`fetched` counts those of which a page is kept, `elsewhere` addresses of other sites, which are not asked for.
A day is one of UTC: that of the article's own date; else as it was announced; else when a source was found to
announce it. What has none of these is undated. A gap is a pause between two polls in which stories may have gone by
unseen, until its back-fill has ended.
"""


@click.command(help=HELP)
@click.argument("target", metavar="SITE|SOURCE")
@click.option(
    "--since", callback=to_day, metavar="DAY", help="The first day; else the first of which anything is known."
)
@click.option("--until", callback=to_day, metavar="DAY", help="The last day; else the last of which anything is known.")
@click.option("--days", "by_day", is_flag=True, help="A row for each day, however long the span is.")
@config_option
@json_option
@command
def coverage(
    target: str, since: date | None, until: date | None, by_day: bool, config_path: Path, as_json: bool
) -> None:
    if since and until and since > until:
        raise click.UsageError(f"--since {since} is after --until {until}")
    config = load(config_path)
    with closing(open_existing(config, readonly=True)) as archive:
        found = coverage_of(archive, _scope(archive, target), since, until)
    if as_json:
        return print_json(found.as_json())
    text = _in_words(found, shutil.get_terminal_size((NARROW, 0)).columns, by_day=by_day)
    return click.echo(text if _has_shades() else text.translate(PLAIN), color=in_colour())


def _scope(archive: Archive, target: str) -> Scope:
    """Raises click.UsageError, which names the sites that are known."""
    address = target if "://" in target else f"https://{target}/"
    found = archive.scope_of(target) or archive.scope_of(urls.site_of(address))
    if found is None:
        sites = archive.known_sites()
        named = f"known sites: {', '.join(sites)}" if sites else "nothing is watched or back-filled here yet"
        raise click.UsageError(f"nothing is known of {target}; {named}")
    return found


def _in_words(found: Coverage, width: int, *, by_day: bool) -> str:
    if not (found.days or found.gaps):
        return f"{found.site}: nothing was announced{_span(found)}"
    parts = [f"{click.style(found.site, bold=True)}{_span(found)}", table(found, width, by_day=by_day)]
    if found.dates:
        parts.append(picture(found, width))
    if told := list(_gaps(found.gaps)):
        parts.append("\n".join(told))
    return "\n\n".join(parts)


def _span(found: Coverage) -> str:
    return f", {found.since} to {found.until}" if found.since else ""


def _gaps(gaps: Sequence[Row]) -> Iterator[str]:
    """Those that are open, one by one; the others counted."""
    for gap in gaps:
        if not gap["filled"]:
            after, before = (clock(datetime.fromisoformat(gap[name])) for name in ("after", "before"))
            filling = f"back-fill {gap['backfill_id']} is {gap['state']}" if gap["backfill_id"] else "not looked into"
            yield f"gap of {gap['url']}, {after} to {before}: {filling}"
    if filled := sum(gap["filled"] for gap in gaps):
        yield f"{plural(filled, 'gap')} filled"


def _has_shades() -> bool:
    """Can the terminal be told them?"""
    try:
        "░".encode(sys.stdout.encoding or "ascii")
    except UnicodeEncodeError:
        return False
    return True
