"""`newskeep backup`: a consistent copy of the archive, made while others write."""

from dataclasses import asdict
from pathlib import Path

import click

from collector.commands.common import FAILED, command, config_option, end, json_option, load, plural, print_json
from collector.commands.stages import Stages
from collector.errors import CollectorError
from collector.pipeline.run import corpus_of, now
from storage.care import backup as copying
from storage.care.backup_folder import check, read
from storage.care.copies import mirror


@click.command()
@click.argument("dest", type=click.Path(path_type=Path, file_okay=False))
@click.option("--corpus", is_flag=True, help="The text files, too.")
@click.option("--check", "checked", is_flag=True, help="Copy nothing: read the backup that is there, and compare.")
@config_option
@json_option
@command
def backup(dest: Path, corpus: bool, checked: bool, config_path: Path, as_json: bool) -> None:
    """Copy the archive and config.yaml into the folder DEST, or bring the copy there up to date.

    The copy is the archive of one moment, whatever a daemon writes meanwhile. Months that have not changed since the
    last backup are not copied again. Stopped at any point, DEST holds the last backup, whole. To restore, copy DEST
    back to where the archive was.
    """
    if checked:
        return _check(dest, as_json=as_json)
    config = load(config_path)
    if not (config.data / "archive.db").exists():
        raise CollectorError(f"{config.data / 'archive.db'}: there is no archive yet; `newskeep fetch` makes it")
    with Stages(bytes_=True) as stages:
        made = copying.backup(config.data, config_path, dest, now(), stages.tell)
    texts = mirror(corpus_of(config), dest / "corpus") if corpus and corpus_of(config).is_dir() else 0
    if as_json:
        return print_json(asdict(made) | {"folder": str(dest), "size": made.size, "texts": texts})
    more = f", {plural(texts, 'text file')} written" if corpus else ""
    click.echo(
        f"{plural(len(made.copied), 'file')} copied, {len(made.files) - len(made.copied):,} unchanged{more};"
        f" {made.size / 1e6:,.1f} MB in {dest}"
    )
    return None


def _check(dest: Path, *, as_json: bool) -> None:
    with Stages(bytes_=True) as stages:
        faults = check(dest, stages.tell)
    made = read(dest)
    if as_json:
        print_json({"folder": str(dest), "made_at": made and made.made_at, "faults": faults})
    if faults:
        end("\n".join(faults), FAILED)
    if not as_json and made:
        click.echo(f"{plural(len(made.files), 'file')} of {made.made_at[:19]}, each as it was written: {dest}")
