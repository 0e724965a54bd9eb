"""Records -> CSV (RFC 4180): one article a row, lists joined by `; `, UTF-8.

For a spreadsheet two things are added: a byte order mark, without which it takes the text for its own code page, and an
apostrophe before a cell that it would take for a formula: titles and texts are whatever a site wrote.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any, BinaryIO

from storage.archive.base import Row

LISTS = ("authors", "tags", "announced_by")
COLUMNS = (
    *("url", "site", "title", "published", "published_precision", "modified", "authors", "source", "section", "tags"),
    *("language", "lead", "image", "paywalled", "text", "first_seen", "read_at", "number", "reason", "story"),
    *("announced_by", "capture_url", "capture_fetched_at", "capture_sha256", "extractor", "rule_revision"),
    *("memory_revision", "text_sha256", "version_id", "article_id"),
)
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # OWASP, "CSV Injection"


def write(
    records: Iterable[Row], file: BinaryIO, *, spreadsheet: bool = False, columns: Sequence[str] = COLUMNS
) -> None:
    """A head line, then the articles. The capture is that of the first page."""
    text = io.TextIOWrapper(file, "utf-8-sig" if spreadsheet else "utf-8", newline="", write_through=True)
    rows = csv.writer(text)
    rows.writerow(columns)
    for record in records:
        cells = [_cell(record, name) for name in columns]
        rows.writerow([_harmless(cell) for cell in cells] if spreadsheet else cells)
    text.detach()


def _cell(record: Row, name: str) -> Any:
    if name in LISTS:
        return "; ".join(record[name])
    if name.startswith("capture_"):
        return record["captures"][0][name.removeprefix("capture_")]
    value = record[name]
    return str(value).lower() if isinstance(value, bool) else value


def _harmless(cell: Any) -> Any:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell
