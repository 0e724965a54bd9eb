"""
Real pages with the truth about their text, and what a reading is worth beside it. Knows no rule.

A folder of pages holds `gold.jsonl`, a JSON object a page (url, html, paragraphs, optional), or folders that do. Texts
are compared by their runs of four words, as scrapinghub/article-extraction-benchmark does.
"""

import gzip
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain, combinations
from pathlib import Path
from typing import Any

from collector.errors import ConfigError

_RUN = 4  # words
_MOST_OPTIONAL = 4  # paragraphs of which every choice is tried; of more, all and none
# Scripts without blanks: each of their letters counts as a word.
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_LETTER_OR_WORD = re.compile(rf"[{_UNSPACED}]|[^\W{_UNSPACED}]+")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True, kw_only=True)
class RealPage:
    """A page of a site, and its text as people or the site's own parser tell it."""

    name: str  # <corpus>/<id>
    url: str
    path: Path
    paragraphs: tuple[str, ...]
    optional: frozenset[int] = frozenset()  # paragraphs that may be missing, by index
    fetched_at: datetime | None = None

    @property
    def body(self) -> bytes:
        return gzip.decompress(self.path.read_bytes())

    def f1(self, text: str) -> float:
        """How well `text` fits, 0 to 1: at the choice of optional paragraphs that suits it best."""
        return max(f1("\n".join(truth), text) for truth in variants(self.paragraphs, self.optional))


def pages_in(folder: Path) -> list[RealPage]:
    """Those of its pages whose whole text is known. Raises ConfigError where there are none to be read."""
    own = folder / "gold.jsonl"
    golds = [own] if own.exists() else sorted(folder.glob("*/gold.jsonl"))
    try:
        found = [_page(path, json.loads(line)) for path in golds for line in path.read_text("utf-8").splitlines()]
    except (OSError, ValueError, KeyError) as error:
        raise ConfigError([f"{folder}: gold.jsonl cannot be read: {error}"]) from error
    if not found:
        raise ConfigError([f"{folder}: holds no gold.jsonl with pages"])
    return [page for page in found if page.paragraphs]


def f1(truth: str, text: str) -> float:
    """The harmonic mean of the shares of runs of words that are right and that are found."""
    one, other = runs(truth), runs(text)
    hit = (one & other).total()
    return 2 * hit / (one.total() + other.total()) if one or other else 1.0


def runs(text: str, *, unspaced: bool = True) -> Counter[tuple[str, ...]]:
    """The runs of four words, counted; fewer are one. `unspaced`: of scripts without blanks each letter is a word."""
    words = (_LETTER_OR_WORD if unspaced else _WORD).findall(text)
    return Counter(tuple(words[at : at + _RUN]) for at in range(max(1, len(words) - _RUN + 1))) if words else Counter()


def variants(paragraphs: Sequence[str], optional: Iterable[int]) -> Iterator[list[str]]:
    """A text with every choice of its optional paragraphs, as dobbersc/fundus-evaluation has it."""
    may = sorted(optional)
    sizes = range(len(may) + 1) if len(may) <= _MOST_OPTIONAL else (0, len(may))
    for left_out in chain.from_iterable(combinations(may, size) for size in sizes):
        yield [one for at, one in enumerate(paragraphs) if at not in left_out]


def _page(gold: Path, row: dict[str, Any]) -> RealPage:
    fetched_at = datetime.fromisoformat(row["crawl_date"]) if row.get("crawl_date") else None
    return RealPage(
        name=f"{gold.parent.name}/{row['id']}",
        url=row["url"],
        path=gold.parent / row["html"],
        paragraphs=tuple(row.get("paragraphs") or ()),
        optional=frozenset(row.get("optional") or ()),
        fetched_at=fetched_at.replace(tzinfo=fetched_at.tzinfo or UTC) if fetched_at else None,
    )
