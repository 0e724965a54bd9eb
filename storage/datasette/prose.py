"""The text of a version -> what stands one below the other on a page: paragraphs, lists, tables. Knows no article."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

_CELL = " | "  # between the cells of a table's row, as extraction writes it
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")


@dataclass(frozen=True, slots=True)
class Block:
    """kind: as of paragraphs; all of `li`, `tr` or `quote` that follow each other are one. rows: of `tr`, its cells."""

    kind: str
    texts: Sequence[str]

    @property
    def rows(self) -> list[list[str]]:
        return [text.split(_CELL) for text in self.texts]


def blocks(text: str, kinds: str) -> list[Block]:
    """kinds: JSON, one for each paragraph."""
    paragraphs = zip(json.loads(kinds), text.split("\n\n"), strict=True) if text else ()
    found: list[Block] = []
    for kind, run in groupby(paragraphs, key=lambda each: each[0]):
        texts = [paragraph for _, paragraph in run]
        found += [Block(kind, texts)] if kind in ("li", "tr", "quote") else [Block(kind, [each]) for each in texts]
    return found


def language(said: str | None) -> str | None:
    """For the attribute `lang`: what a page says of its language may be anything."""
    return said if said and _LANGUAGE.fullmatch(said) else None


def web(url: str | None) -> str | None:
    """An address that may be linked to: `javascript:` may not."""
    return url if url and re.match(r"https?://", url, re.IGNORECASE) else None
