"""
What a CDX server answers, as rows: a JSON table whose first row names the columns, or lines of text. Knows no site.

The format: https://github.com/internetarchive/wayback/tree/master/wayback-cdx-server. Behind an empty row stands the
resume key, by which the next request goes on; there is none behind the last row.
"""

import json
import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from collector.errors import SourceError

FIELDS = ("urlkey", "timestamp", "original", "mimetype", "statuscode", "digest", "length")

Row = Mapping[str, str]


class Table(NamedTuple):
    """Rows by the names of their columns, and the resume key: None at the end."""

    rows: list[Row]
    key: str | None


def table(body: bytes) -> Table:
    """Raises SourceError for what is no such answer. Lines of text have the columns that were asked for, FIELDS."""
    text = body.decode("utf-8", errors="replace").strip()
    cells = _from_json(text) if text.startswith("[") else [line.split() for line in text.splitlines()]
    key = None
    if len(cells) >= 2 and not cells[-2] and len(cells[-1]) == 1:
        key, cells = cells[-1][0], cells[:-2]
    names: Sequence[str] = FIELDS
    if cells and "timestamp" in cells[0]:
        names, cells = cells[0], cells[1:]
    if any(len(row) != len(names) for row in cells):
        raise _wrong(text)
    return Table([dict(zip(names, row, strict=True)) for row in cells], key)


def pages(body: bytes) -> int:
    """How many pages of blocks there are: a number, bare or dressed as JSON. Raises SourceError."""
    text = body.decode("utf-8", errors="replace").strip()
    found = re.match(r"\D{0,40}?(\d{1,9})(?!\d)", text)
    if found is None or text.startswith("<"):
        raise SourceError(f"no number of pages, but {' '.join(text[:100].split())!r}")
    return int(found[1])


def _from_json(text: str) -> list[list[str]]:
    try:
        cells = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise _wrong(text) from error
    if not all(isinstance(row, list) and all(isinstance(cell, str) for cell in row) for row in cells):
        raise _wrong(text)
    return list(cells)


def _wrong(text: str) -> SourceError:
    return SourceError(f"no list of captures, but {' '.join(text[:100].split())!r}")
