"""Archive -> text files: `NNN_<16 hex>.txt`, one an article, and manifest.jsonl beside them.

Each file is written whole or not at all. The number of a file is its position in the folder, never given twice;
an edited article is rewritten under its old name; what is not the archive's is not touched.

A file whose text turned out to be a wall's is removed; withdrawn.jsonl keeps its name, for its article alone.
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
WITHDRAWN = "withdrawn.jsonl"
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


def export(
    articles: Iterable[Row],
    folder: Path,
    progress: Callable[[], None] = lambda: None,
    is_wall: Callable[[str], bool] = lambda _: False,
) -> Exported:
    """Write the articles (rows of `Archive.corpus`) into `folder`. `is_wall`: `Archive.is_wall`. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    manifest, withdrawn, names = _read_lines(folder / MANIFEST), _read_lines(folder / WITHDRAWN), _names(folder)
    names = {_hex16(url): line["file"] for url, line in (withdrawn | manifest).items()} | names
    number = 1 + max((int(name.split("_")[0]) for name in names.values()), default=-1)
    counts, there = {"added": 0, "rewritten": 0, "unchanged": 0}, set[str]()
    for article in articles:
        hex16 = _hex16(article["url"])
        known = manifest.get(article["url"])
        current = known is not None and all(
            known.get(name) == article[name] for name in ("version_id", "capture_sha256")
        )
        if current and hex16 in names and (folder / names[hex16]).exists():
            counts["unchanged"] += 1
        else:
            if hex16 not in names:
                names[hex16] = f"{number:03}_{hex16}.txt"
                number += 1
            manifest[article["url"]] = _write(folder, names[hex16], article)
            counts["rewritten" if known else "added"] += 1
        there.add(article["url"])
        progress()
    walls = [line for url, line in manifest.items() if url not in there and is_wall(str(line.get("capture_sha256")))]
    if walls or there & withdrawn.keys():
        _withdraw(folder, walls, manifest, {url: line for url, line in withdrawn.items() if url not in there})
    if counts["added"] or counts["rewritten"] or walls or not (folder / MANIFEST).exists():
        _write_lines(folder / MANIFEST, manifest)
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


def _withdraw(folder: Path, walls: list[Row], manifest: dict[str, Row], withdrawn: dict[str, Row]) -> None:
    """Remove the files of these lines. That they were there is written first: their numbers are given to no other."""
    withdrawn |= {line["url"]: {"file": line["file"], "url": line["url"]} for line in walls}
    _write_lines(folder / WITHDRAWN, withdrawn)
    for line in walls:
        (folder / line["file"]).unlink(missing_ok=True)
        del manifest[line["url"]]


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


def _write_lines(path: Path, lines: dict[str, Row]) -> None:
    """In the order of the files."""
    ordered = sorted(lines.values(), key=lambda line: str(line["file"]).rjust(40, "0"))
    _write_whole(path, "".join(to_json(line) + "\n" for line in ordered))


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


def _read_lines(path: Path) -> dict[str, Row]:
    """The lines of a manifest by address; one that cannot be read is made again from the archive."""
    lines: dict[str, Row] = {}
    for text in path.read_text("utf-8").splitlines() if path.exists() else []:
        try:
            line = json.loads(text)
            if NAME.fullmatch(line["file"]):
                lines[line["url"]] = line
        except (ValueError, KeyError, TypeError):
            continue
    return lines
