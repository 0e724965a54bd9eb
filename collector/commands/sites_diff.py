"""What a case gives beside what is wanted, word by word in colour."""

import json
from collections.abc import Iterator
from itertools import zip_longest

from collector.casebook.cases import Outcome
from collector.commands.differences import difference, shown
from collector.policy.changes.words import Piece


def missed(outcome: Outcome, *, coloured: bool) -> Iterator[str]:
    """Lines; none for a case that passed. What is missing is shown as removed, what is too much as added."""
    if outcome.extractor != outcome.wanted_extractor:
        yield f"read by {outcome.extractor}, not by {outcome.wanted_extractor}"
    yield from difference(outcome.wanted_text, outcome.text, coloured=coloured).splitlines()
    for number, (got, wanted) in enumerate(zip_longest(outcome.fields, outcome.wanted_fields), 1):
        if wanted is None or got is None:
            yield f"article {number}: {'is not wanted' if wanted is None else 'is not there'}"
            continue
        for name, value in wanted.items():
            if name not in got:
                yield f"source.yaml: there is no field {name}"
            elif got[name] != value:
                both = Piece("removed", _said(value)), Piece("added", _said(got[name]))
                yield f"article {number}: {name}: {shown(both, coloured=coloured)}"


def _said(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
