"""Archive -> text files: `NNN_<16 hex>.txt`, one an article, and manifest.jsonl beside them.

Each file is written whole or not at all. The number of a file is its position in the folder, never given twice;
an edited article is rewritten under its old name; what is not the archive's is not touched.
"""

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from storage.archive.base import Row
from storage.records import to_json

MANIFEST = "manifest.jsonl"
NAME = re.compile(r"(\d{3,})_([0-9a-f]{16})\.txt")
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


def export(articles: Iterable[Row], folder: Path, progress: Callable[[], None] = lambda: None) -> Exported:
    """Write the articles (rows of `Archive.corpus`) into `folder`. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    manifest, names = _read_manifest(folder), _names(folder)
    names |= {hex16: line["file"] for line in manifest.values() if (hex16 := _hex16(line["url"])) not in names}
    number = 1 + max((int(name.split("_")[0]) for name in names.values()), default=-1)
    counts = {"added": 0, "rewritten": 0, "unchanged": 0}
    for article in articles:
        hex16 = _hex16(article["url"])
        known = manifest.get(article["url"])
        current = known is not None and known.get("version_id") == article["version_id"]
        if current and hex16 in names and (folder / names[hex16]).exists():
            counts["unchanged"] += 1
        else:
            if hex16 not in names:
                names[hex16] = f"{number:03}_{hex16}.txt"
                number += 1
            manifest[article["url"]] = _write(folder, names[hex16], article)
            counts["rewritten" if known else "added"] += 1
        progress()
    if counts["added"] or counts["rewritten"] or not (folder / MANIFEST).exists():
        lines = sorted(manifest.values(), key=lambda line: str(line["file"]).rjust(40, "0"))
        _write_whole(folder / MANIFEST, "".join(to_json(line) + "\n" for line in lines))
    return Exported(**counts)


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


def _write(folder: Path, name: str, article: Row) -> Row:
    text = render(article)
    _write_whole(folder / name, text)
    return {
        "file": name,
        "url": article["url"],
        "title": article["title"],
        "published": article["published"],
        "source": article["source"],
        "capture_sha256": article["capture_sha256"],
        "rule_revision": article["rule_revision"],
        "version_id": article["version_id"],
        "sha256": hashlib.sha256(text.encode()).hexdigest(),
    }


def _write_whole(path: Path, text: str) -> None:
    """Beside it first, then in its place: a reader sees the old file or the new one."""
    beside = path.with_name(f".{path.name}.part")
    beside.write_bytes(text.encode())
    beside.replace(path)


def _hex16(url: str) -> str:
    return hashlib.sha256(url.encode()).hexdigest()[:16]


def _names(folder: Path) -> dict[str, str]:
    return {match[2]: match[0] for match in _matches(folder)}


def _matches(folder: Path) -> Iterator[re.Match[str]]:
    for path in folder.iterdir():
        if match := NAME.fullmatch(path.name):
            yield match


def _read_manifest(folder: Path) -> dict[str, Row]:
    """The lines of manifest.jsonl by address; a line that cannot be read is made again from the archive."""
    lines: dict[str, Row] = {}
    path = folder / MANIFEST
    for text in path.read_text("utf-8").splitlines() if path.exists() else []:
        try:
            line = json.loads(text)
            lines[line["url"]] = line
        except (ValueError, KeyError, TypeError):
            continue
    return lines
