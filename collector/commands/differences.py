"""Word differences as a terminal shows them: in colour, or with the marks of wdiff."""

from collections.abc import Sequence
from typing import Any

import click

from collector.policy.changes.words import Piece, excerpt, marked, worddiff

_LOOKS: dict[str, dict[str, Any]] = {
    "removed": {"fg": "red", "strikethrough": True},
    "added": {"fg": "green"},
}


def difference(old: str, new: str, *, coloured: bool, full: bool = False) -> str:
    """What makes `new` of `old`, with some words around each change, or `full`; "" where nothing does."""
    pieces = worddiff(old, new)
    return shown(pieces if full else excerpt(pieces), coloured=coloured)


def shown(pieces: Sequence[Piece], *, coloured: bool) -> str:
    """The pieces as text; without colours, with marks: [-removed-]{+added+}."""
    clean = [Piece(piece.kind, printable(piece.text)) for piece in pieces]
    if not coloured:
        return marked(clean)
    return "".join(
        piece.text if piece.kind == "same" else click.style(piece.text, **_LOOKS[piece.kind]) for piece in clean
    )


def printable(text: str) -> str:
    """Without what a page could do to a terminal: escape sequences and the like."""
    return "".join(letter for letter in text if letter.isprintable() or letter in "\n\u00a0\u00ad\u200c\u200d")
