"""`newskeep search`: the archive by its words."""

from contextlib import closing
from pathlib import Path

import click

from collector.commands.common import command, config_option, json_option, load, print_json
from collector.pipeline.run import open_existing


@click.command()
@click.argument("query")
@click.option("--limit", type=click.IntRange(1, 10_000), default=20, show_default=True, help="Most results.")
@click.option("--site", help="Only articles of this site, such as example.org.")
@config_option
@json_option
@command
def search(query: str, limit: int, site: str | None, config_path: Path, as_json: bool) -> None:
    """Find articles by their words: `harbour bridge`, `"a phrase"`, `harbour OR port`, `title: bridge`, `harb*`."""
    with closing(open_existing(load(config_path), readonly=True)) as archive:
        found = archive.search(query, limit=limit, site=site)
    if as_json:
        print_json(found)
    elif not found:
        click.echo(f"nothing found for {query!r}")
    else:
        for row in found:
            click.echo(f"{(row['published'] or '')[:10]:10}  {row['title']}\n            {row['url']}")
            click.echo(f"            {' '.join(row['snippet'].split())}\n")
