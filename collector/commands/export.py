"""`newskeep export`: the archive as files for other tools."""

import os
from contextlib import closing
from dataclasses import asdict
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import click

from collector import urls
from collector.commands.common import WRONG, command, config_option, end, json_option, load, plural, print_json
from collector.commands.stages import Stages
from collector.commands.when import to_day, to_moment
from collector.config import Config
from collector.log_secrets import Secrets
from collector.pipeline.run import open_existing
from storage.archive import Archive
from storage.archive.selection import Selection
from storage.export import files, folder
from storage.export.files import Options, Progress, Written
from storage.export.text import Exported
from storage.export.whole import CannotExport
from storage.raw import Raw

FOLDERS = ("txt", "warc")  # what they write is a folder


@click.command()
@click.argument("dest", type=click.Path(path_type=Path), required=False)
@click.option(
    "--format",
    "form",
    type=click.Choice(["txt", *files.FORMATS]),
    default="txt",
    show_default=True,
    help="What to write.",
)
@click.option(
    "--datasette",
    "public",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="In place of DEST: a copy for the public, one SQLite file that any Datasette shows.",
)
@click.option("--site", "sites", multiple=True, help="Only of this site, such as example.org; of several if repeated.")
@click.option("--source", "sources", multiple=True, help="Only what this source announced: its address or its title.")
@click.option("--language", "languages", multiple=True, help="Only in this language, such as en.")
@click.option(
    "--since",
    callback=to_day,
    metavar="DAY",
    help="Only published on this day or later; first seen then, where no date is known.",
)
@click.option("--until", callback=to_day, metavar="DAY", help="Only published on this day or before.")
@click.option("--search", help="Only what matches, as in `newskeep search`.")
@click.option("--story", "one_a_story", is_flag=True, help="Of articles that tell one story only the first.")
@click.option(
    "--as-of",
    callback=to_moment,
    metavar="TIME",
    help="What the archive knew at this time (UTC, if it names no zone); a day means its end.",
)
@click.option(
    "--limit", type=click.IntRange(1), default=files.NEWEST, show_default=True, help="Most entries of a feed."
)
@click.option("--spreadsheet", is_flag=True, help="CSV for a spreadsheet: marked as UTF-8, and no cell is a formula.")
@config_option
@json_option
@command
def export(
    dest: Path | None,
    form: str,
    public: Path | None,
    config_path: Path,
    as_json: bool,
    limit: int,
    spreadsheet: bool,
    **said: Any,
) -> None:
    """Write articles to DEST: a folder for txt and warc, else a file; .gz at the end of its name compresses it.

    txt brings its folder up to date: new articles are added, edited ones rewritten under their old name, nothing else
    is touched. The other formats are written anew. `--as-of` gives what the archive knew at that time, and the
    same bytes whenever it is asked; only what was taken down is missing.
    """
    dest, form = _place(dest, form, public)
    config = load(config_path)
    options = Options(limit=limit, spreadsheet=spreadsheet, hide=Secrets().hide)
    try:
        with closing(_opened(config)) as archive, Stages() as stages:
            selection = _selection(archive, said)
            done = _export(config, archive, dest, form, selection, options, partial(stages.tell, "exporting"))
    except CannotExport as error:
        end(f"newskeep: {error}", WRONG)
    if as_json:
        print_json(
            _as_json(done)
            | {"folder" if form in FOLDERS else "file": str(dest), "format": form, "selection": selection.as_json()}
        )
    else:
        click.echo(f"{_in_words(done)}: {dest}")


def _place(dest: Path | None, form: str, public: Path | None) -> tuple[Path, str]:
    """Where, and in which format; `--datasette FILE` says both."""
    if public is None and dest is not None:
        return dest, form
    if public is None or dest is not None:
        raise click.UsageError("name DEST, or --datasette FILE, and not both")
    if form not in ("txt", "datasette"):  # the first is what is written where nothing is said
        raise click.UsageError(f"--datasette writes its own format, not {form}")
    return public, "datasette"


def _opened(config: Config) -> Archive:
    path = config.data / "archive.db"
    return open_existing(config, readonly=path.exists() and not os.access(path, os.W_OK))


def _selection(archive: Archive, said: dict[str, Any]) -> Selection:
    as_of: datetime | None = said["as_of"]
    if as_of is not None and as_of >= datetime.now(UTC):
        raise CannotExport(f"--as-of {as_of.isoformat()}: that time is not over yet; a day means its end")
    sources: list[str] = []
    for name in said["sources"]:
        named = archive.sources_named(name)
        if not named:
            raise CannotExport(f"--source {name}: no such source; `newskeep sources list` names them")
        if as_of is not None and name not in named:
            raise CannotExport(f"--source {name}: with --as-of name it by its address, {named[0]}: titles change")
        sources += named
    sites = tuple(urls.site_of(site if "//" in site else f"https://{site}") or site for site in said["sites"])
    return Selection(**said | {"sources": tuple(sources), "sites": sites})


def _export(
    config: Config,
    archive: Archive,
    dest: Path,
    form: str,
    selection: Selection,
    options: Options,
    progress: Progress,
) -> Exported | Written:
    if form == "txt":
        return folder.bring_up(archive, dest, selection, progress)
    with closing(Raw(config.data / "raw", readonly=True)) as raw:
        return files.export(archive, raw, dest, form, selection, options, progress)


def _as_json(done: Exported | Written) -> dict[str, Any]:
    told = asdict(done)
    return told | {"files": [str(path) for path in done.files]} if isinstance(done, Written) else told


def _in_words(done: Exported | Written) -> str:
    if isinstance(done, Written):
        said = [plural(done.articles, "article")]
        said += [f"{count:,} {name}" for name, count in done.captures.items() if count]
        return ", ".join(said)
    removed = f", {done.removed:,} removed" if done.removed else ""
    return f"{plural(done.added, 'file')} added, {done.rewritten:,} rewritten, {done.unchanged:,} unchanged{removed}"
