"""
Two texts -> their word differences. Knows nothing of articles.

text -> paragraphs -> align -> within those that are alike: words -> difflib -> small agreements between two changes
are taken for chance -> pieces
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby
from typing import Literal

from collector.policy.changes.align import align
from collector.policy.changes.tokens import Token, tokens

Kind = Literal["same", "removed", "added"]
CUT = "…"


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text. All but those added are the old text, all but those removed the new one, to the letter."""

    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class _Run:
    """Words of both texts; where they are the `same`, as many of each."""

    same: bool
    old: Sequence[Token]
    new: Sequence[Token]

    @property
    def weight(self) -> int:
        """Letters of the longer side."""
        return max(sum(len(token.text) for token in side) for side in (self.old, self.new))


def worddiff(old: str, new: str) -> list[Piece]:
    """What was removed from `old` and added to it to make `new`, word by word; a removal before what stands for it.

    A paragraph (texts have a blank line between two) is compared with the one that it became.
    """
    olds, news = _paragraphs(old), _paragraphs(new)
    if len(olds) == len(news) == 1:  # a headline, a name: how ever little they share
        return list(_joined(_within(old, new)))
    pieces: list[Piece] = []
    for i, j in align(olds, news, lambda text: tuple(token.text for token in tokens(text))):
        pieces += _within(olds[i] if i is not None else "", news[j] if j is not None else "")
    return list(_joined(pieces))


def excerpt(pieces: Iterable[Piece], *, around: int = 60, longest: int = 400) -> list[Piece]:
    """The changes with so many characters around each, cut at a blank where one is near; `longest`: of a change."""
    shown = list(pieces)
    if all(piece.kind == "same" for piece in shown):
        return []
    last = len(shown) - 1
    return [
        Piece(
            piece.kind,
            _shortened(piece.text, around * (at > 0), around * (at < last))
            if piece.kind == "same"
            else _shortened(piece.text, longest // 2, longest // 2),
        )
        for at, piece in enumerate(shown)
    ]


def marked(pieces: Iterable[Piece]) -> str:
    """The pieces as text, with marks as wdiff has them: `[-removed-]{+added+}`."""
    marks = {"same": ("", ""), "removed": ("[-", "-]"), "added": ("{+", "+}")}
    return "".join(marks[piece.kind][0] + piece.text + marks[piece.kind][1] for piece in pieces)


def summary(old: str, new: str, *, around: int = 30, longest: int = 200) -> str:
    """One line: the word differences with a few words around each; "" where there are none."""
    shown = excerpt(worddiff(old, new), around=around, longest=longest)
    return " ".join(marked(shown).split())


def _paragraphs(text: str) -> list[str]:
    """Each with the blank line that ends it."""
    *ended, last = text.split("\n\n")
    return [*(f"{each}\n\n" for each in ended), last]


def _within(old: str, new: str) -> Iterator[Piece]:
    if old == new:
        yield Piece("same", old)
        return
    for run in _grouped(_runs(tokens(old), tokens(new))):
        if run.same:
            for one, other in zip(run.old, run.new, strict=True):
                yield Piece("same", one.text)
                yield from _blanks(one.after, other.after)
        else:
            yield from _changed(run)


def _runs(old: list[Token], new: list[Token]) -> Iterator[_Run]:
    matcher = SequenceMatcher(None, [token.text for token in old], [token.text for token in new])
    for what, i, i_end, j, j_end in matcher.get_opcodes():
        yield _Run(what == "equal", old[i:i_end], new[j:j_end])


def _grouped(runs: Iterable[_Run]) -> list[_Run]:
    """An agreement shorter than the changes on both of its sides is chance, and part of the change.

    The semantic clean-up of Google's diff-match-patch (N. Fraser, Writing: Diff Strategies).
    """
    kept: list[_Run] = []
    for run in runs:
        kept.append(run)
        while len(kept) > 2 and not kept[-1].same and kept[-2].weight <= min(kept[-1].weight, kept[-3].weight):
            old = [token for each in kept[-3:] for token in each.old]
            new = [token for each in kept[-3:] for token in each.new]
            kept[-3:] = [_Run(False, old, new)]
    return kept


def _changed(run: _Run) -> Iterator[Piece]:
    """The blanks behind both sides stay out of it, where they are the same."""
    blanks = run.old[-1].after if run.old and run.new and run.old[-1].after == run.new[-1].after else ""
    for kind, side in (("removed", run.old), ("added", run.new)):
        text = "".join(token.text + token.after for token in side)
        yield Piece("removed" if kind == "removed" else "added", text.removesuffix(blanks))
    yield Piece("same", blanks)


def _blanks(old: str, new: str) -> Iterator[Piece]:
    if old == new:
        yield Piece("same", old)
    else:
        yield Piece("removed", old)
        yield Piece("added", new)


def _joined(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Neighbours of one kind are one piece."""
    for kind, run in groupby((piece for piece in pieces if piece.text), key=lambda piece: piece.kind):
        yield Piece(kind, "".join(piece.text for piece in run))


def _shortened(text: str, head: int, tail: int) -> str:
    """The first and the last characters of a text, with a mark for what is left out between them."""
    if len(text) <= head + tail + len(CUT):
        return text
    begin, end = text[:head], text[len(text) - tail :]
    begin = begin[: begin.rfind(" ") + 1] or begin
    end = end[end.find(" ") + 1 :] if " " in end else end
    return f"{begin}{CUT}{end}"
