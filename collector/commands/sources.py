"""`newskeep sources`: add, list, import and export what is watched."""

import asyncio
from contextlib import closing
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

import click

from collector import config as configuration
from collector import config_edit, urls
from collector.commands.common import command, config_option, json_option, load, plural, print_json
from collector.commands.find import Finder, Found
from collector.config import Config, Source
from collector.errors import ConfigError, FetchError, SourceError
from collector.pipeline import run
from collector.sources import opml


@click.group()
def sources() -> None:
    """What is watched: add, list, import and export sources."""


@sources.command()
@click.argument("url")
@click.option("--all", "every", is_flag=True, help="Add every feed that the page names, not the first only.")
@config_option
@json_option
@command
def add(url: str, every: bool, config_path: Path, as_json: bool) -> None:
    """Find the feed of the site at URL, and add it to config.yaml without touching another line.

    URL may be a home page, a feed or a sitemap. The file is made when there is none.
    """
    address = urls.canonical(url if "://" in url else f"https://{url}")
    if address is None:
        raise ConfigError([f"{url}: is no http or https address"])
    config = load(config_path) if config_path.exists() else Config(sources=())
    found = asyncio.run(_find(address, config, every, assumed="://" not in url))
    before = _texts(config_path)
    config_edit.add_to_file(config_path, [_as_source(each) for each in found])
    added = _texts(config_path) - before
    if as_json:
        print_json([asdict(each) | {"added": each.url in added} for each in found])
        return
    for each in found:
        verb = "added" if each.url in added else "already there"
        click.echo(f"{verb}: {each.url} ({each.kind}, {each.title or 'no title'}, {plural(each.entries, 'entry')})")


@sources.command("list")
@config_option
@json_option
@command
def list_(config_path: Path, as_json: bool) -> None:
    """The sources of config.yaml, and how their last polls went."""
    config = load(config_path)
    known = {}
    if (config.data / "archive.db").exists():
        with closing(run.open_existing(config)) as archive:
            known = {row["url"]: row for row in archive.all_sources()}
    rows = [
        {"url": source.url, "kind": source.kind}
        | {name: value for name, value in known.get(source.url, {}).items() if name != "url" and value is not None}
        for source in config.sources
    ]
    if as_json:
        return print_json(rows)
    for row in rows:
        state = row.get("last_error") or (f"read {row['last_ok'][:16]}" if row.get("last_ok") else "not polled yet")
        click.echo(f"{row['url']}\n    {row.get('kind') or 'kind not known yet'}, {state}")
    return None


@sources.command("import")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@config_option
@command
def import_(file: Path, config_path: Path) -> None:
    """Add the feeds of an OPML file to config.yaml."""
    try:
        outlines = opml.read(file.read_bytes())
    except SourceError as error:
        raise ConfigError([f"{file}: {error}"]) from error
    before = _texts(config_path)
    config_edit.add_to_file(config_path, [Source(url=each.url, title=each.title) for each in outlines])
    added = len(_texts(config_path) - before)
    click.echo(
        f"{plural(len(outlines), 'feed')} in {file}: {added} added, {len(outlines) - added} already in {config_path}"
    )


@sources.command("export")
@click.argument("file", type=click.File("w", encoding="utf-8", lazy=True), default="-")
@config_option
@command
def export(file: IO[str], config_path: Path) -> None:
    """Write the sources of config.yaml as OPML to FILE, or to stdout."""
    config = load(config_path)
    outlines = [opml.Outline(url=source.url, title=source.title) for source in config.sources]
    file.write(opml.write(outlines, "Newskeep sources", datetime.now(UTC)))


async def _find(address: str, config: Config, every: bool, *, assumed: bool) -> list[Found]:
    """`assumed`: nobody said https, so http is asked when that cannot be had."""
    async with run.network(config) as (get, gate):
        finder = Finder(get, gate, lambda url: click.echo(f"trying {url}", err=True))
        try:
            return await finder.find(address, every=every)
        except FetchError as error:
            if not assumed or error.status is not None:
                raise
            return await finder.find("http" + address.removeprefix("https"), every=every)


def _as_source(found: Found) -> Source:
    return Source(url=found.url, kind="sitemap" if found.kind == "sitemap" else None)


def _texts(path: Path) -> set[str]:
    return {source.url for source in configuration.load(path).sources} if path.exists() else set()
