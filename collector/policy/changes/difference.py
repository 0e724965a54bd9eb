"""
Two readings -> what differs to a reader: paragraphs that came, went or stand elsewhere, changes within those that stay,
fields. Decides not whose change it is.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from collector.policy.changes.align import align
from collector.policy.changes.said import Said, folded, same_date
from collector.policy.changes.tokens import words
from collector.policy.changes.words import Piece, worddiff

FIELDS = ("title", "lead", "authors", "published", "source", "section", "tags", "captions")
_NO_CHANCE = (
    5  # words that stand together elsewhere in the text are the same ones: a paragraph was cut in two, or joined
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rewording:
    """Words of a paragraph that stays. `old_at`, `new_at`: where they begin in it; both sides with what is around."""

    removed: str
    added: str
    old: str  # the whole paragraph
    new: str
    old_at: int
    new_at: int
    quoted: bool = False  # the paragraph is one quotation


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """All that a reader would see; empty where two readings differ in signs, blanks and markup alone."""

    came: tuple[str, ...] = ()  # paragraphs
    went: tuple[str, ...] = ()
    changed: tuple[Rewording, ...] = ()
    moved: bool = False  # whole paragraphs stand elsewhere
    fields: tuple[str, ...] = ()  # of `FIELDS`

    @property
    def empty(self) -> bool:
        return not (self.came or self.went or self.changed or self.moved or self.fields)

    @property
    def weight(self) -> int:
        """Words; each field counts for ten, as much as a headline has."""
        within = (text for change in self.changed for text in (change.removed, change.added))
        return sum(len(words(text)) for text in (*self.came, *self.went, *within)) + 10 * len(self.fields) + self.moved


def difference(old: Said, new: Said) -> Difference:
    """What a reader who had read `old` would find different in `new`."""
    fields = tuple(name for name in FIELDS if not _same(name, old, new))
    if old.folded == new.folded:
        return Difference(fields=fields)
    olds, news = old.paragraphs, new.paragraphs
    folds = list(map(folded, olds)), list(map(folded, news))
    rows = align(*folds, lambda text: tuple(words(text)))
    both = Counter(folds[0]) & Counter(folds[1])
    gone = Counter(folds[0][i] for i, j in rows if i is not None and j is None)
    come = Counter(folds[1][j] for i, j in rows if i is None and j is not None)
    went = [olds[i] for i, j in rows if i is not None and j is None and not _stands(folds[0][i], new, both)]
    came = [news[j] for i, j in rows if i is None and j is not None and not _stands(folds[1][j], old, both)]
    pairs = [(olds[i], news[j], _kind(new, j)) for i, j in rows if i is not None and j is not None]
    return Difference(
        came=tuple(came),
        went=tuple(went),
        changed=tuple(_real(_changes(pairs), old, new)),
        moved=bool(gone & come),
        fields=fields,
    )


def _same(field: str, old: Said, new: Said) -> bool:
    if field == "published":
        return same_date(old, new)
    return old.values(field).keys() == new.values(field).keys()


def _kind(said: Said, number: int) -> str:
    return said.kinds[number] if number < len(said.kinds) else "p"


def _stands(paragraph: str, other: Said, both: Counter[str]) -> bool:
    """Is it in the other text, too: elsewhere, or as a part of another paragraph?"""
    return paragraph in both or (len(words(paragraph)) >= _NO_CHANCE and paragraph in other.folded)


def _changes(pairs: Iterable[tuple[str, str, str]]) -> Iterator[Rewording]:
    for old, new, kind in pairs:
        if folded(old) != folded(new):
            yield from _within(old, new, quoted=kind == "quote")


def _within(old: str, new: str, *, quoted: bool) -> Iterator[Rewording]:
    """A removal and the addition that stands for it are one change."""
    old_at = new_at = 0
    pieces = [*worddiff(old, new), Piece("same", "")]
    skip = False
    for piece, after in pairwise(pieces):
        if skip:
            skip = False
            continue
        skip = piece.kind == "removed" and after.kind == "added"
        removed = piece.text if piece.kind == "removed" else ""
        added = piece.text if piece.kind == "added" else after.text if skip else ""
        if piece.kind != "same":
            yield Rewording(removed=removed, added=added, old=old, new=new, old_at=old_at, new_at=new_at, quoted=quoted)
        old_at += len(piece.text) if piece.kind != "added" else 0
        new_at += len(added) if piece.kind != "same" else len(piece.text)


def _real(changes: Iterable[Rewording], old: Said, new: Said) -> Iterator[Rewording]:
    """Neither signs and blanks, nor what was parted from its paragraph or joined to it."""
    for change in changes:
        removed, added = folded(change.removed), folded(change.added)
        if removed.replace(" ", "") == added.replace(" ", ""):
            continue
        if not added and len(words(removed)) >= _NO_CHANCE and removed in new.folded:
            continue
        if not removed and len(words(added)) >= _NO_CHANCE and added in old.folded:
            continue
        yield change
