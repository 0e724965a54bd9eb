"""Word differences of a text -> its paragraphs, one below the other, long unchanged runs apart. Knows no article."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup

from collector.policy.changes.words import Piece
from storage.datasette.differences import shown

BESIDE, FOLDED = 1, 3  # unchanged paragraphs that stand beside a change; from how many on the others are folded
_BREAK = "¶"  # where nothing but the end of a paragraph came or went


@dataclass(frozen=True, slots=True)
class Passage:
    """Paragraphs as markup. folded: they are unchanged, and not of interest."""

    paragraphs: Sequence[Markup]
    folded: bool = False


def passages(pieces: Iterable[Piece]) -> list[Passage]:
    """The whole text in order: what changed, with a paragraph before and behind it, and what did not, folded."""
    paragraphs = _paragraphs(pieces)
    near = {
        place + beside
        for place, paragraph in enumerate(paragraphs)
        if any(piece.kind != "same" for piece in paragraph)
        for beside in range(-BESIDE, BESIDE + 1)
    }
    found = []
    for is_near, run in groupby(enumerate(paragraphs), key=lambda each: each[0] in near):
        shown_ones = [shown(paragraph) for _, paragraph in run]
        found.append(Passage(shown_ones, folded=not is_near and len(shown_ones) >= FOLDED))
    return found


def _paragraphs(pieces: Iterable[Piece]) -> list[list[Piece]]:
    """Cut where either text has a blank line."""
    found: list[list[Piece]] = [[]]
    for piece in pieces:
        first, *others = piece.text.split("\n\n")
        if others and piece.kind != "same" and not piece.text.strip():
            first = _BREAK
        for place, text in enumerate((first, *others)):
            if place:
                found.append([])
            if text:
                found[-1].append(Piece(piece.kind, text))
    return [paragraph for paragraph in found if paragraph]
