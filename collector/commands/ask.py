"""`newskeep status` and `newskeep search`: what is in the archive and how it fares."""

from contextlib import closing
from pathlib import Path
from typing import Any

import click

from collector.commands.common import command, config_option, json_option, load, plural, print_json
from collector.pipeline.run import open_existing


@click.command()
@config_option
@json_option
@command
def status(config_path: Path, as_json: bool) -> None:
    """How the archive fares: what needs attention first, then counts and the newest articles."""
    config = load(config_path)
    with closing(open_existing(config)) as archive:
        state = {
            "archive": str(archive.path),
            "troubles": archive.troubles(),
            "counts": archive.counts(),
            "kept": archive.bytes_kept(),
            "newest": archive.newest(5),
            "sources": archive.all_sources(),
        }
    if as_json:
        print_json(state)
    else:
        click.echo(_in_words(state))


@click.command()
@click.argument("query")
@click.option("--limit", type=click.IntRange(1, 10_000), default=20, show_default=True, help="Most results.")
@click.option("--site", help="Only articles of this site, such as example.org.")
@config_option
@json_option
@command
def search(query: str, limit: int, site: str | None, config_path: Path, as_json: bool) -> None:
    """Find articles by their words: `harbour bridge`, `"a phrase"`, `harbour OR port`, `title: bridge`, `harb*`."""
    with closing(open_existing(load(config_path))) as archive:
        found = archive.search(query, limit=limit, site=site)
    if as_json:
        print_json(found)
    elif not found:
        click.echo(f"nothing found for {query!r}")
    else:
        for row in found:
            click.echo(f"{(row['published'] or '')[:10]:10}  {row['title']}\n            {row['url']}")
            click.echo(f"            {' '.join(row['snippet'].split())}\n")


def _in_words(state: dict[str, Any]) -> str:
    lines: list[str] = []
    if state["troubles"]:
        lines.append("Needs attention")
        lines += [
            f"  {row['what']}: {row['last_error']} ({plural(row['tries'], 'failure')})" for row in state["troubles"]
        ]
    else:
        lines.append("Nothing needs attention")
    lines.append(f"\n{state['archive']}")
    for what, counts in state["counts"].items():
        parts = ", ".join(f"{number:,} {name}" for name, number in counts.items())
        lines.append(f"  {what:9} {parts or 'none'}")
    lines.append(
        f"  {'bodies':9} {state['kept']['captures']:,}, {state['kept']['bytes'] / 1e6:,.1f} MB before compression"
    )
    if state["newest"]:
        lines.append("\nNewest articles")
        lines += [f"  {(row['published'] or '')[:10]:10}  {row['title']} ({row['site']})" for row in state["newest"]]
    return "\n".join(lines)
