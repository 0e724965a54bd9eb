"""The nouns of a walk: blocks of text, the boxes that hold them, and what kind of text that makes them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from collector.extract.tags import HEADINGS, PREFORMATTED, Attributes
from storage.records import ParagraphKind

_SPACES = re.compile(r"[ \t\n\r\f\v]{2,}|[\t\n\r\f\v]")
_JUNK = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ufeff\u00ad\u2060]|(?<![\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff])\u200b")
_KINDS: dict[str, ParagraphKind] = {
    **dict.fromkeys(HEADINGS, "h"),
    **dict.fromkeys(PREFORMATTED, "pre"),
    "li": "li",
    "blockquote": "quote",
}
_ENDS = " \t\n\r\f\v\u00a0"


@dataclass(slots=True, eq=False)
class Box:
    """A block element that was walked. `names`: its class and id in lower case; `parent` is None for a root."""

    tag: str
    parent: "Box | None"
    number: int  # how many were opened before it
    kind: ParagraphKind
    names: str
    role: str | None
    pictured: bool = False  # a picture stands in it, at most `_NEAR` boxes down
    caption: "Box | None" = None  # the nearest box, itself or around it, that may be a caption
    start: int = 0  # index of its first block
    end: int = 0  # index behind its last block
    marked: bool = False  # its list dash or the like is spent

    def around(self, depth: int) -> Iterator["Box"]:
        """The box and its ancestors, at most `depth` of them."""
        box: Box | None = self
        while box is not None and depth > 0:
            yield box
            box, depth = box.parent, depth - 1


@dataclass(slots=True, eq=False)
class Block:
    """A run of text between two block borders. `linked`: how many of its characters stand in links."""

    kind: ParagraphKind
    text: str
    box: Box
    number: int = 0  # how many stood before it
    linked: int = 0
    credit: bool = False  # its own element says credit, copyright or source


@dataclass(slots=True)
class Walked:
    """What a walk met: blocks in the order of the page, boxes each before those inside it."""

    blocks: list[Block] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)
    pictures: set[int] = field(default_factory=set)  # numbers of the blocks that follow a picture


def tidy(text: str) -> str:
    """One line: ASCII white space collapsed, characters without width dropped, no-break spaces kept but at the ends."""
    if not text.isprintable():  # white space is not, but the blank
        text = _SPACES.sub(" ", _JUNK.sub("", text))
    elif "  " in text:
        text = _SPACES.sub(" ", text)
    return text.strip(_ENDS)


def preformatted(text: str) -> str:
    lines = [line.rstrip(_ENDS) for line in _JUNK.sub("", text.replace("\r\n", "\n")).split("\n")]
    return "\n".join(lines).strip("\n")


def names_of(attributes: Attributes) -> str:
    names, id = attributes.get("class"), attributes.get("id")
    if names:
        return f"{names} {id}".lower() if id else names.lower()
    return id.lower() if id else ""


def kind_of(tag: str, parent: Box | None) -> ParagraphKind:
    if (kind := _KINDS.get(tag)) is not None:
        return kind
    # A paragraph inside a heading is one that was never closed.
    if parent is None or tag == "table" or (tag == "p" and parent.kind == "h"):
        return "p"
    return parent.kind


def first_kind(box: Box) -> ParagraphKind:
    """Only the first block of a list item carries its dash."""
    if box.kind != "li":
        return box.kind
    for item in box.around(8):
        if item.tag == "li":
            first, item.marked = not item.marked, True
            return "li" if first else "p"
    return "p"


def caption_of(box: Box) -> Box | None:
    """A caption by its element wins over one by its class inside it: a figcaption holds its own credit."""
    around = box.parent.caption if box.parent is not None else None
    if around is not None and around.tag in ("figcaption", "caption"):
        return around
    names = box.names
    if box.tag in ("figcaption", "figure") or (names and ("caption" in names or "media__title" in names)):
        return box
    return around


def join_row(blocks: list[Block], row: Box) -> bool:
    """Cells of a data table become one line; a row with one cell, or with long text in a cell, is layout and stays.

    Whether it was done.
    """
    own = blocks[row.start :]
    cells: dict[int, list[Block]] = {}
    for block in own:
        cell = next((box for box in block.box.around(4) if box.tag in ("td", "th")), None)
        if cell is None or cell.parent is not row or block.kind == "tr" or block.box.caption is not None:
            return False
        cells.setdefault(id(cell), []).append(block)
    texts = [" ".join(block.text for block in cell) for cell in cells.values()]
    if len(texts) < 2 or max(map(len, texts)) > 300:
        return False
    blocks[row.start :] = [Block("tr", " | ".join(texts), row, row.start, sum(block.linked for block in own))]
    return True
