"""`newskeep diff`: what changed in an article from version to version, word by word, and who changed it."""

import json
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import click

from collector.commands.common import command, config_option, in_colour, json_option, load, plural, print_json
from collector.commands.naming import article
from collector.errors import ConfigError
from collector.pipeline.run import open_existing
from collector.policy.changes.words import Piece, excerpt, marked, worddiff
from storage.archive.base import Row

LISTS = ("authors", "tags", "captions")  # JSON
FIELDS = ("title", "lead", "authors", "published", "modified", "source", "section", "tags", "captions", "language")
WHO = {
    "publisher": "changed by the publisher",
    "rule": "changed by our reading: a site rule, the site's memory or the program; the page says what it said",
    "template": "changed by the site's template: the page shows the same words",
    "capture": "not changed: one of the two captures was bad",
    None: "not yet told who changed it",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """From one version to a later one. `labelled`: the later one and those between, each told by who changed it."""

    old: Row
    new: Row
    labelled: Sequence[Row]

    def fields(self) -> dict[str, tuple[str, str]]:
        """Those that differ, as text: before and after."""
        said = {name: (_said(self.old, name), _said(self.new, name)) for name in FIELDS}
        return {name: (old, new) for name, (old, new) in said.items() if old != new}

    def text(self) -> list[Piece]:
        return worddiff(self.old["text"], self.new["text"])


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
    steps = _steps(history, versions, every=every)
    if as_json:
        return print_json({"article": found, "versions": len(history), "changes": [_as_json(each) for each in steps]})
    coloured = in_colour() if color is None else color
    click.echo(f"{_printable(found['title'])}\n{found['url']}", color=coloured)
    click.echo(f"article {found['id']}, {plural(len(history), 'version')}", color=coloured)
    for step in steps:
        click.echo("\n" + "\n".join(_lines(step, full=full, coloured=coloured)), color=coloured)
    if not steps:
        click.echo("\nnothing has changed since it was read first")
    return None


def _steps(history: Sequence[Row], versions: tuple[int, int] | None, *, every: bool) -> list[Step]:
    """Raises ConfigError for a version that is not there."""
    pairs = list(pairwise(history))
    if versions is not None:
        known = {row["number"]: row for row in history}
        if missing := [number for number in versions if number not in known]:
            numbers = ", ".join(map(str, known))
            raise ConfigError([f"there is no version {missing[0]}; the article's versions are {numbers}"])
        pairs = [(known[versions[0]], known[versions[1]])]
    elif not every:
        pairs = pairs[-1:]
    return [Step(old=old, new=new, labelled=_between(history, old, new)) for old, new in pairs]


def _between(history: Sequence[Row], old: Row, new: Row) -> list[Row]:
    first, last = sorted((old["number"], new["number"]))
    return [row for row in history if first < row["number"] <= last]


def _lines(step: Step, *, full: bool, coloured: bool) -> Iterator[str]:
    yield click.style(f"version {step.old['number']} -> {step.new['number']}", bold=True)
    for row in (step.old, step.new):
        gone = f", {row['body_gone']}" if row["body_gone"] else ""
        yield f"  {row['number']}: page of {_clock(row['fetched_at'])}, capture {row['capture_id']}{gone}"
    for row in step.labelled:
        edits = ", ".join(json.loads(row["edits"] or "[]"))
        number = f"{row['number']}: " if len(step.labelled) > 1 else ""
        yield f"  {number}{_who(row)}{f': {edits}' if edits else ''}"
    for name, (old, new) in step.fields().items():
        yield f"  {name}: {_shown(worddiff(old, new), coloured)}"
    pieces = step.text()
    if any(piece.kind != "same" for piece in pieces):
        yield ""
        yield from _shown(pieces if full else excerpt(pieces), coloured).splitlines()
    elif not step.fields():
        yield "  the words are the same; their paragraphs are of other kinds"


def _who(row: Row) -> str:
    if row["reason"] == "published":
        return "read on its own page; before, a part of it on a list or in a feed"
    return WHO[row["changed_by"]]


def _shown(pieces: Sequence[Piece], coloured: bool) -> str:
    clean = [Piece(piece.kind, _printable(piece.text)) for piece in pieces]
    if not coloured:
        return marked(clean)
    looks: dict[str, dict[str, Any]] = {
        "same": {},
        "removed": {"fg": "red", "strikethrough": True},
        "added": {"fg": "green"},
    }
    return "".join(click.style(piece.text, **looks[piece.kind]) if looks[piece.kind] else piece.text for piece in clean)


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


def _said(row: Row, name: str) -> str:
    """A column as a person reads it: what a JSON list holds, parted by semicolons."""
    if name not in LISTS:
        return row[name] or ""
    return "; ".join(_caption(**one) if isinstance(one, dict) else str(one) for one in json.loads(row[name]))


def _caption(text: str, credit: str | None) -> str:
    return f"{text} ({credit})" if credit else text


def _printable(text: str) -> str:
    """Without what a page could do to a terminal: escape sequences and the like."""
    return "".join(letter for letter in text if letter.isprintable() or letter in "\n\u00a0\u00ad\u200c\u200d")


def _clock(stamp: str) -> str:
    return stamp[:19].replace("T", " ") + " UTC"
