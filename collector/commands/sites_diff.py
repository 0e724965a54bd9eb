"""What a case gives beside what is wanted, word by word in colour."""

import json
import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import zip_longest

import click

from collector.casebook.cases import Outcome

_NEAR = 6  # words shown before and after a difference


def difference(outcome: Outcome) -> Iterator[str]:
    """Lines; none for a case that passed. What is missing is red and in [- -], what is too much green and in {+ +}."""
    if outcome.extractor != outcome.wanted_extractor:
        yield f"read by {outcome.extractor}, not by {outcome.wanted_extractor}"
    if outcome.text != outcome.wanted_text:
        yield from _words(outcome.wanted_text, outcome.text)
    for number, (got, wanted) in enumerate(zip_longest(outcome.fields, outcome.wanted_fields), 1):
        if wanted is None or got is None:
            yield f"article {number}: {'is not wanted' if wanted is None else 'is not there'}"
            continue
        for name, value in wanted.items():
            if name not in got:
                yield f"source.yaml: there is no field {name}"
            elif got[name] != value:
                yield f"article {number}: {name}: {_missing(_said(value))} {_surplus(_said(got[name]))}"


def _words(wanted: str, got: str) -> Iterator[str]:
    """Each place where the texts differ, on a line of its own with some words around it."""
    old, new = (re.findall(r"\S+|\n{2,}", text) for text in (wanted, got))
    for kind, first, last, start, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind != "equal":
            before, after = _line(old[max(0, first - _NEAR) : first]), _line(old[last : last + _NEAR])
            changed = _missing(_line(old[first:last])), _surplus(_line(new[start:end]))
            yield " ".join(filter(None, ["…", before, *changed, after, "…"]))


def _line(words: list[str]) -> str:
    return " ".join("¶" if word.isspace() else word for word in words)


def _missing(text: str) -> str:
    return click.style(f"[-{text}-]", fg="red") if text else ""


def _surplus(text: str) -> str:
    return click.style(f"{{+{text}+}}", fg="green") if text else ""


def _said(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
