"""`newskeep demo`: the whole main job on a small newsroom of our own, on loopback."""

import json
import shutil
import sys
import textwrap
from contextlib import closing
from pathlib import Path
from typing import Any

import click

from collector import config as configuration
from collector.commands.common import command, in_colour
from collector.commands.differences import difference
from collector.commands.fetch import collect
from collector.commands.progress import Progress
from collector.config import Config
from collector.demo.newsroom import Newsroom
from collector.pipeline.run import corpus_of, open_existing
from storage.export.text import Exported

COLUMNS = (("published", 10), ("site", 27), ("title", 62))


@click.command()
@click.option(
    "--folder",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("newskeep-demo"),
    show_default=True,
    help="Where config.yaml and the archive go; a demo that stands there already is made anew.",
)
@command
def demo(folder: Path) -> None:
    """Collect a small newsroom that this command itself serves on loopback; nothing leaves this machine.

    It collects four sites, publishes one more story and edits another, collects again, and shows what came of it.
    """
    _make_room(folder)
    with Newsroom() as newsroom:
        config = _configure(folder, newsroom)
        _say(f"A newsroom of {len(newsroom.sources)} sites answers on {newsroom.address}. First collection:")
        exported = _collect(config)
        _say(f"{exported.added} articles came in.\n")
        published, edited = newsroom.publish(), newsroom.edit()
        _say(f"The newsroom published “{published.title}”\nand edited “{edited.title}”. Second collection:")
        again = _collect(config)
        _say(f"{again.added} article more, {again.rewritten} rewritten, {again.unchanged} as they were.\n")
    _show(config)
    _say(NEXT.format(folder=folder))


def _make_room(folder: Path) -> None:
    """Only a folder that a demo made is removed."""
    if folder.exists() and any(folder.iterdir()):
        if not (folder / ".newskeep-demo").exists():
            raise click.UsageError(f"{folder} is not empty and no demo made it; name another with --folder")
        shutil.rmtree(folder)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / ".newskeep-demo").touch()


def _configure(folder: Path, newsroom: Newsroom) -> Config:
    """A config.yaml that a person can read, and the configuration that it means."""
    lines = [
        "# The demo's newsroom. Its sites lived on loopback while the demo ran; its archive is still here to be asked.",
        "sources:",
        *(f"  - {json.dumps({'url': url} | ({'kind': kind} if kind else {}))}" for url, kind in newsroom.sources),
        "network:",
        "  delay: 0.05",
        "  resolve:",
        f"    '*': {newsroom.address}",
        "sites:",
        *(f"  {host}: {{rule: {rule}}}" for host, rule in newsroom.rules.items()),
    ]
    path = folder / "config.yaml"
    path.write_text("\n".join(lines) + "\n")
    return configuration.load(path)


def _collect(config: Config) -> Exported:
    with Progress(bar=sys.stderr.isatty()) as progress:
        exported = collect(config, progress)
    if progress.failures:
        raise click.ClickException("; ".join(event.detail for event in progress.failures))
    return exported


def _show(config: Config) -> None:
    with closing(open_existing(config)) as archive:
        rows = archive.newest(1000)
        edits = archive.edited(1)
        versions = archive.versions_of(edits[0]["article_id"]) if edits else []
    _say("What came in:\n\n" + _table(rows))
    files = sorted(corpus_of(config).glob("*.txt"))
    _say(f"\nThe text files, one an article, in {corpus_of(config)}:\n")
    _say("\n".join(f"  {path.name}  {path.stat().st_size:>6,} bytes" for path in files))
    if len(versions) > 1:
        _say("\nThe two versions of the edited story, and what the newsroom changed:\n")
        _say("\n".join(_version(each) for each in versions[-2:]) + "\n\n" + _difference(*versions[-2:]))


def _table(rows: list[dict[str, Any]]) -> str:
    lines = ["  ".join(name.ljust(width) for name, width in COLUMNS), "  ".join("-" * width for _, width in COLUMNS)]
    lines += [
        "  ".join(_cut(row[name] or "", width).ljust(width) for name, width in COLUMNS)
        for row in sorted(rows, key=lambda row: (row["published"] or "")[:10], reverse=True)
    ]
    return "\n".join(f"  {line}".rstrip() for line in lines)


def _cut(text: str, width: int) -> str:
    text = text[:10] if width == 10 else text.replace("\xa0", " ")
    return text if len(text) <= width else text[: width - 1] + "…"


def _version(row: dict[str, Any]) -> str:
    return f"  version {row['number']}, {row['reason']:9}  {len(row['text'].split()):>4} words  “{row['title']}”"


def _difference(old: dict[str, Any], new: dict[str, Any]) -> str:
    before, after = (f"{version['title']}\n\n{version['text']}" for version in (old, new))
    return textwrap.indent(difference(before, after, coloured=in_colour()), "  ")


NEXT = """
Try next, in {folder}/:

  cd {folder} && newskeep search harbour
  newskeep status
  newskeep serve

Then, in a folder of your own, begin a real archive:

  newskeep sources add https://example.org/
  newskeep fetch"""


def _say(text: str) -> None:
    click.echo(text)
