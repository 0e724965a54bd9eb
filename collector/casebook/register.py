"""
How the rules fared when they were last checked: `sites.json` in the data folder.

It lies there and not beside the rules because it is true of one machine on one day: of the pages that were there, and
of the release that read them. So no check makes the repository dirty, and the tests never write it.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from storage.disk import write_whole

NAME = "sites.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """The last check of one rule. `checked_at`: ISO 8601, UTC; `score`: mean F1 on `pages` real pages."""

    checked_at: str
    revision: str
    passed: int
    cases: int
    score: float | None = None
    pages: int = 0


def read(data: Path) -> dict[str, Check]:
    """The checks by rule; none where none was made, or what stands there was not written by this program."""
    try:
        told = json.loads((data / NAME).read_text("utf-8"))
        return {rule: Check(**check) for rule, check in told.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def add(data: Path, checks: Mapping[str, Check]) -> None:
    """Keep these beside the others; a score stays until its rule is scored again or changed. Raises OSError."""
    known = read(data)
    told = {**known, **{rule: _with_score(check, known.get(rule)) for rule, check in checks.items()}}
    data.mkdir(parents=True, exist_ok=True)
    lines = json.dumps({rule: asdict(told[rule]) for rule in sorted(told)}, indent=2)
    write_whole(data / NAME, (lines + "\n").encode())


def _with_score(check: Check, before: Check | None) -> Check:
    if check.score is not None or before is None or before.revision != check.revision:
        return check
    return Check(**{**asdict(check), "score": before.score, "pages": before.pages})
