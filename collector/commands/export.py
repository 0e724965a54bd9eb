"""`newskeep export`: the archive as files for other tools."""

from contextlib import closing
from dataclasses import asdict
from pathlib import Path

import click

from collector.commands.common import command, config_option, json_option, load, plural, print_json
from collector.pipeline.run import open_existing
from storage.export import text


@click.command()
@click.argument("dest", type=click.Path(path_type=Path, file_okay=False))
@click.option("--format", "form", type=click.Choice(["txt"]), default="txt", show_default=True, help="What to write.")
@config_option
@json_option
@command
def export(dest: Path, form: str, config_path: Path, as_json: bool) -> None:
    """Write the current version of every article into the folder DEST.

    Exporting again adds new articles, rewrites edited ones under their old name, and touches nothing else.
    """
    with closing(open_existing(load(config_path))) as archive:
        done = text.export(archive.corpus(), dest, is_wall=archive.is_wall)
    if as_json:
        print_json(asdict(done) | {"folder": str(dest), "format": form})
    else:
        click.echo(
            f"{plural(done.added, 'file')} added, {done.rewritten:,} rewritten, {done.unchanged:,} unchanged: {dest}"
        )
