"""`newskeep diff`: what changed in an article from version to version, word by word, and who changed it."""

import json
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import click

from collector.commands.common import command, config_option, in_colour, json_option, load, plural, print_json
from collector.commands.differences import difference, printable, shown
from collector.commands.naming import article
from collector.errors import ConfigError
from collector.pipeline.run import open_existing
from collector.policy.changes.steps import Step, steps, who
from collector.policy.changes.words import excerpt
from storage.archive.base import Row


@click.command()
@click.argument("words", metavar="ARTICLE")
@click.option("--versions", type=(int, int), metavar="OLD NEW", help="Two versions by their numbers.")
@click.option("--all", "every", is_flag=True, help="Every change, the first one first.")
@click.option("--full", is_flag=True, help="The whole text, not only what is around the changes.")
@click.option("--color/--no-color", default=None, help="In colour, or with marks: [-removed-]{+added+}.")
@config_option
@json_option
@command
def diff(
    words: str,
    versions: tuple[int, int] | None,
    every: bool,
    full: bool,
    color: bool | None,
    config_path: Path,
    as_json: bool,
) -> None:
    """Show what changed in an article, word by word: its id, its address, or words of its title.

    Without options the last change alone. It says who changed it: the publisher, our rule, the site's template, or
    nobody, where a capture was bad; and what the publisher did: headline, figure, quotation, silent …
    """
    with closing(open_existing(load(config_path), readonly=True)) as archive:
        found = article(archive, words)
        history = archive.history(found["id"])
    changes = _steps(history, versions, every=every)
    if as_json:
        return print_json({"article": found, "versions": len(history), "changes": [_as_json(each) for each in changes]})
    coloured = in_colour() if color is None else color
    click.echo(f"{printable(found['title'])}\n{found['url']}", color=coloured)
    click.echo(f"article {found['id']}, {plural(len(history), 'version')}", color=coloured)
    for step in changes:
        click.echo("\n" + "\n".join(_lines(step, full=full, coloured=coloured)), color=coloured)
    if not changes:
        click.echo("\nnothing has changed since it was read first")
    return None


def _steps(history: Sequence[Row], versions: tuple[int, int] | None, *, every: bool) -> list[Step]:
    """Raises ConfigError for a version that is not there."""
    try:
        return steps(history, versions, every=every)
    except LookupError as error:
        raise ConfigError([str(error)]) from error


def _lines(step: Step, *, full: bool, coloured: bool) -> Iterator[str]:
    yield click.style(f"version {step.old['number']} -> {step.new['number']}", bold=True)
    for row in (step.old, step.new):
        gone = f", {row['body_gone']}" if row["body_gone"] else ""
        yield f"  {row['number']}: page of {_clock(row['fetched_at'])}, capture {row['capture_id']}{gone}"
    for row in step.labelled:
        edits = ", ".join(json.loads(row["edits"] or "[]"))
        number = f"{row['number']}: " if len(step.labelled) > 1 else ""
        yield f"  {number}{who(row)}{f': {edits}' if edits else ''}"
    for name, (old, new) in step.fields().items():
        yield f"  {name}: {difference(old, new, coloured=coloured, full=True)}"
    pieces = step.text()
    if any(piece.kind != "same" for piece in pieces):
        yield ""
        yield from shown(pieces if full else excerpt(pieces), coloured=coloured).splitlines()
    elif not step.fields():
        yield "  the words are the same; their paragraphs are of other kinds"


def _as_json(step: Step) -> dict[str, Any]:
    names = ("number", "id", "capture_id", "fetched_at", "created_at", "reason", "extractor", "rule_revision")
    return {
        "old": {name: step.old[name] for name in names},
        "new": {name: step.new[name] for name in names},
        "changed": [
            {"version": row["number"], "by": row["changed_by"], "edits": json.loads(row["edits"] or "[]")}
            for row in step.labelled
        ],
        "fields": {name: {"old": old, "new": new} for name, (old, new) in step.fields().items()},
        "text": [{"kind": piece.kind, "text": piece.text} for piece in step.text()],
    }


def _clock(stamp: str) -> str:
    return stamp[:19].replace("T", " ") + " UTC"
