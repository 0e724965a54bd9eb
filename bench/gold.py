"""Folders of real pages with the truth about them -> Gold. Knows no extractor and no measure.

One folder a corpus: `gold.jsonl`, a JSON object a page, and the pages it names, compressed with gzip. A folder that
holds such folders is read corpus by corpus.
"""

import gzip
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Gold:
    """One page and what is known of the truth; a field that is None or empty is not known."""

    id: str
    corpus: str
    url: str
    path: Path
    site: str = ""  # the registrable domain
    group: str = ""  # what sites of one publisher or one template share
    publisher: str = ""  # as Fundus calls it
    crawl_date: str | None = None  # ISO 8601, mostly without a zone
    paragraphs: tuple[str, ...] = ()
    optional: frozenset[int] = frozenset()  # paragraphs that may be missing, by index
    title: str | None = None
    published: str | None = None  # ISO 8601
    authors: tuple[str, ...] = ()
    present: tuple[str, ...] = ()  # where the whole text is not known: what must stand in it,
    absent: tuple[str, ...] = ()  # and what must not
    tags: tuple[str, ...] = ()  # remarks on the truth

    @property
    def key(self) -> str:
        return f"{self.corpus}/{self.id}"

    @property
    def html(self) -> bytes:
        """The page in UTF-8, read from disk each time."""
        return gzip.decompress(self.path.read_bytes())


_LISTS = ("paragraphs", "authors", "present", "absent", "tags")
_NAMES = {field.name for field in fields(Gold)}


def load(folders: Iterable[Path], corpora: Sequence[str] = ()) -> list[Gold]:
    """All pages of the corpora in these folders, by corpus; of those named, where any are."""
    found = [(path.parent.name, path) for folder in folders for path in _golds(folder)]
    return [gold for corpus, path in sorted(found) if not corpora or corpus in corpora for gold in _read(corpus, path)]


def _golds(folder: Path) -> Iterator[Path]:
    own = folder / "gold.jsonl"
    yield from [own] if own.exists() else sorted(folder.glob("*/gold.jsonl"))


def _read(corpus: str, path: Path) -> Iterator[Gold]:
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        yield Gold(corpus=corpus, path=path.parent / row["html"], **_known(row))


def _known(row: dict[str, Any]) -> dict[str, Any]:
    known = {name: value for name, value in row.items() if name in _NAMES and value is not None}
    known |= {name: tuple(known[name]) for name in _LISTS if name in known}
    return known | {"optional": frozenset(row.get("optional") or ())}
