"""Word differences as markup: what went as <del>, what came as <ins>, each with a word for those who hear the page.

Knows no article and no page.
"""

import re
from collections.abc import Iterable, Iterator

from markupsafe import Markup

from collector.policy.changes.words import Kind, Piece

_WORDS = {"removed": ("del", "removed: "), "added": ("ins", "added: ")}
_MARKED = re.compile(r"\[-(?P<removed>.*?)-\]|\{\+(?P<added>.*?)\+\}", re.DOTALL)  # as `words.marked` and wdiff write
_CHANGE = Markup('<{0}><span class="unseen">{1}</span>{2}</{0}>')


def shown(pieces: Iterable[Piece]) -> Markup:
    """The pieces in their order; whatever they hold is text."""
    return Markup("").join(_piece(each) for each in pieces)


def markup(text: str) -> Markup:
    """The same of text with marks: `[-removed-]{+added+}`."""
    return shown(_pieces(text))


def _piece(piece: Piece) -> Markup:
    if piece.kind == "same":
        return Markup.escape(piece.text)
    return _CHANGE.format(*_WORDS[piece.kind], piece.text)


def _pieces(text: str) -> Iterator[Piece]:
    at = 0
    for match in _MARKED.finditer(text):
        kind: Kind = "added" if match["removed"] is None else "removed"
        yield Piece("same", text[at : match.start()])
        yield Piece(kind, match[kind])
        at = match.end()
    yield Piece("same", text[at:])
