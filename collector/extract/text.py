"""DOM -> text that keeps paragraphs, headings, lists, quotes and tables, with captions apart. Knows no site."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from selectolax.lexbor import LexborNode

from collector.extract import captions
from collector.extract.boxes import Block, Box, Walked, tidy
from collector.extract.walk import walk
from collector.extract.where import Whereabouts
from storage.records import Caption, Paragraph

_NEAR = 3  # boxes around a caption that may hold its picture
_LONGEST = 6  # blocks in a box that its class calls a caption; with more it is a misnomer


@dataclass(frozen=True, slots=True)
class Body:
    """What an article says: its text in order, and the words under its pictures."""

    paragraphs: tuple[Paragraph, ...] = ()
    captions: tuple[Caption, ...] = ()


def read(
    roots: Sequence[LexborNode],
    *,
    skip: frozenset[int] = frozenset(),
    sift: Callable[[Walked], list[Block]] | None = None,
) -> Body:
    """Text and captions of the roots, in the order given. `skip`: `mem_id` of subtrees to leave out; `sift`: blocks.

    Hidden elements, scripts and form controls are never read. A line break ends a paragraph, but in `pre`, list items,
    cells and headings; table rows are cells joined by " | ".
    """
    walked = walk(roots, skip=skip)
    blocks = sift(walked) if sift is not None else walked.blocks
    return body(blocks, Units(walked))


def inline(node: LexborNode, *, skip: frozenset[int] = frozenset()) -> str:
    """All text of a node on one line: titles, bylines."""
    return tidy(" ".join(block.text for block in walk([node], skip=skip).blocks))


def caption(node: LexborNode, *, skip: frozenset[int] = frozenset()) -> Caption | None:
    """A node that is known to be a caption; None when it has no text."""
    return _caption(walk([node], skip=skip, captions=True).blocks)


def body(blocks: Iterable[Block], units: "Units") -> Body:
    """Paragraphs and captions of those blocks of a walk that are wanted."""
    paragraphs: list[Paragraph] = []
    whereabouts = Whereabouts()
    found: dict[int, list[Block]] = {}  # by the identity of what holds the caption
    for block in blocks:
        unit = units.of(block)
        if unit is not None:
            found.setdefault(unit, []).append(block)
        else:
            paragraphs.append(Paragraph(kind=block.kind, text=block.text, where=whereabouts.of(block.box.node)))
    split = (_caption(unit) for unit in found.values())
    return Body(tuple(paragraphs), tuple(one for one in split if one is not None))


def moved(body: Body, where: str) -> Body:
    """A text that was read in a tree of its own, told to stand where its markup did."""
    return replace(body, paragraphs=tuple(replace(one, where=where) for one in body.paragraphs))


class Units:
    """Which blocks of a walk stand under a picture, and which of them stand together."""

    def __init__(self, walked: Walked) -> None:
        self._bare: dict[int, int] = {}  # blocks without a caption's element: id -> the unit they belong to
        for before, block in zip([None, *walked.blocks], walked.blocks, strict=False):
            if captions.is_credit(block.text) and _boxed(block) is None:
                self._credit(before, block, walked)

    def numbers(self, walked: Walked) -> frozenset[int]:
        """Numbers of the blocks that stand under pictures."""
        return frozenset(block.number for block in walked.blocks if self.of(block) is not None)

    def of(self, block: Block) -> int | None:
        """A number that the blocks of one caption share; None for text."""
        box = _boxed(block)
        return id(box) if box is not None else self._bare.get(id(block))

    def _credit(self, before: Block | None, block: Block, walked: Walked) -> None:
        """A line with a © right after a caption is its credit; so is one after the line that follows a picture."""
        self._bare[id(block)] = id(block)
        if before is None:
            return
        if (box := _boxed(before)) is not None:
            self._bare[id(block)] = id(box)
        elif before.number in walked.pictures and before.kind == "p":
            self._bare[id(before)] = id(block)


def _boxed(block: Block) -> Box | None:
    """The box that makes a block a caption, if there is one."""
    box = block.box.caption
    if box is None or block.kind in ("tr", "pre", "quote"):
        return None
    if box.tag == "figcaption" or "tr-caption" in box.names or "wp-caption-text" in box.names:
        return box
    pictured = any(near.pictured for near in box.around(_NEAR))
    return box if pictured and box.end - box.start <= _LONGEST else None


def _caption(blocks: Sequence[Block]) -> Caption | None:
    return captions.split(
        [block.text for block in blocks if not block.credit],
        [block.text for block in blocks if block.credit],
    )
