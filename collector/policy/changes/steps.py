"""The versions of an article -> what a reader sees of each step, and who took it, in plain words. By values alone."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from collector.policy.changes.words import Piece, worddiff

Row = Mapping[str, Any]  # of `Archive.history`
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


def steps(history: Sequence[Row], versions: tuple[int, int] | None = None, *, every: bool = False) -> list[Step]:
    """The last one, the one between these two numbers, or `every` one.

    Raises LookupError, with words for people, for a version that is not there.
    """
    pairs = list(pairwise(history))
    if versions is not None:
        known = {row["number"]: row for row in history}
        if missing := [number for number in versions if number not in known]:
            numbers = ", ".join(map(str, known))
            raise LookupError(f"there is no version {missing[0]}; the article's versions are {numbers}")
        pairs = [(known[versions[0]], known[versions[1]])]
    elif not every:
        pairs = pairs[-1:]
    return [Step(old=old, new=new, labelled=_between(history, old, new)) for old, new in pairs]


def who(row: Row) -> str:
    """Whose change a version is that is not the first."""
    if row["reason"] == "published":
        return "read on its own page; before, a part of it on a list or in a feed"
    return WHO[row["changed_by"]]


def _between(history: Sequence[Row], old: Row, new: Row) -> list[Row]:
    first, last = sorted((old["number"], new["number"]))
    return [row for row in history if first < row["number"] <= last]


def _said(row: Row, name: str) -> str:
    """A column as a person reads it: what a JSON list holds, parted by semicolons."""
    if name not in LISTS:
        return row[name] or ""
    return "; ".join(_caption(**one) if isinstance(one, dict) else str(one) for one in json.loads(row[name]))


def _caption(text: str, credit: str | None) -> str:
    return f"{text} ({credit})" if credit else text
