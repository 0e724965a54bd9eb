"""Archive -> text files: `NNN_<16 hex>.txt`, one an article, and manifest.jsonl beside them.

Each file is written whole or not at all. The number of a file is its position in the folder, never given twice;
an edited article is rewritten under its old name; what is not the archive's is not touched.

The file of a text that has left the selection, turned out to be a wall's or was taken down is removed; withdrawn.jsonl
keeps its name, for its article alone.
"""

import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from storage.archive.base import Row
from storage.disk import write_whole
from storage.export.register import MANIFEST, NAME, SHAPES, WITHDRAWN, Register
from storage.export.scratch import scratch

__all__ = ["MANIFEST", "NAME", "WITHDRAWN", "Exported", "as_line", "date_line", "export", "render"]

SAME = ("version_id", "capture_sha256", "read_at")  # ids of versions that were taken back may be given again
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """What one export did."""

    added: int
    rewritten: int
    unchanged: int
    removed: int = 0


def export(
    articles: Iterable[Row],
    folder: Path,
    *,
    whole: Callable[[Row], Row] = lambda head: head,
    has_left: Callable[[str, str], bool] = lambda _url, _sha256: False,
    progress: Callable[[], None] = lambda: None,
) -> Exported:
    """Write the articles into `folder`. Raises OSError.

    articles: rows of `Known.heads`, of which `whole` makes those of `Known.row`; or these at once, and no `whole`.
    has_left: `Archive.has_left`, asked of what the folder holds beside them.
    """
    folder.mkdir(parents=True, exist_ok=True)
    counts = {"added": 0, "rewritten": 0, "unchanged": 0}
    with scratch(*SHAPES) as memory:
        register = Register(folder, memory)
        for head in articles:
            line = None
            if _is_current(register.line(head["url"]), head):
                counts["unchanged"] += 1
            else:
                counts["rewritten" if register.knows(head["url"]) else "added"] += 1
                line = _write(folder, register.name(head["url"]), whole(head))
            register.selected(head["url"], line)
            progress()
        left = [line for line in register.others() if has_left(line["url"], str(line.get("capture_sha256")))]
        _withdraw(folder, register, left)
        if counts["added"] or counts["rewritten"] or left or not (folder / MANIFEST).exists():
            register.write_manifest()
    return Exported(**counts, removed=len(left))


def _is_current(line: Row | None, head: Row) -> bool:
    """A line of before `read_at` was written tells by the others."""
    return line is not None and all(line.get(name, head[name]) == head[name] for name in SAME)


def render(article: Row) -> str:
    """The text of one file: title, date line, paragraphs, each apart by one blank line; no newline at the end."""
    parts = [article["title"].strip(), date_line(article["published"])]
    for kind, paragraph in zip(json.loads(article["kinds"]), article["text"].split("\n\n"), strict=True):
        parts.append(as_line(kind, paragraph))
    return "\n\n".join(part for part in parts if part)


def as_line(kind: str, text: str) -> str:
    """A paragraph as it is written: items of lists begin with a dash."""
    return f"- {text}" if kind == "li" else text


def date_line(published: str | None) -> str:
    """`Saturday, 23 August 2025`, in the zone the site gave; `August 2025` or `2025` when no more is known."""
    if published is None:
        return ""
    if len(published) < 10:
        year, _, month = published.partition("-")
        return f"{MONTHS[int(month) - 1]} {year}" if month else year
    day = datetime.fromisoformat(published).date() if len(published) > 10 else date.fromisoformat(published)
    return f"{DAYS[day.weekday()]}, {day.day} {MONTHS[day.month - 1]} {day.year}"


def _withdraw(folder: Path, register: Register, left: list[Row]) -> None:
    """Remove the files of these lines. That they were there is written first: their numbers are given to no other."""
    for line in left:
        register.withdraw(line)
    register.write_withdrawn()
    for line in left:
        (folder / line["file"]).unlink(missing_ok=True)


def _write(folder: Path, name: str, article: Row) -> Row:
    text = render(article).encode()
    write_whole(folder / name, text)
    return {
        "file": name,
        "url": article["url"],
        "title": article["title"],
        "published": article["published"],
        "source": article["source"],
        "capture_sha256": article["capture_sha256"],
        "rule_revision": article["rule_revision"],
        "version_id": article["version_id"],
        "read_at": article["read_at"],
        "sha256": hashlib.sha256(text).hexdigest(),
    }
