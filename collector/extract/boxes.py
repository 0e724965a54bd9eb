"""The nouns of a walk: blocks of text, the boxes that hold them, and what kind of text that makes them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from selectolax.lexbor import LexborNode

from collector.extract.furniture import Marks, Sign, marks_of
from collector.extract.tags import HEADINGS, PREFORMATTED
from storage.records import ParagraphKind

_SPACES = re.compile(r"[ \t\n\r\f\v]{2,}|[\t\n\r\f\v]")
_JUNK = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ufeff\u00ad\u2060]|(?<![\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff])\u200b")
_OWNER = re.compile(r"credit|copyright|source|author|photographer|byline|attribution|agency")
_CAPTION = re.compile(
    r"caption|media__title|\blegende?\b|bildunterschrift|(?:img|image|photo|picture|foto|bild)[_-]{0,2}(?:desc|text|title|info)"
)
_KINDS: dict[str, ParagraphKind] = {
    **dict.fromkeys(HEADINGS, "h"),
    **dict.fromkeys(PREFORMATTED, "pre"),
    "li": "li",
    "blockquote": "quote",
}
_ENDS = " \t\n\r\f\v\u00a0"
_NEVER_LEFT = frozenset(("html", "body", "main", "article"))


@dataclass(frozen=True, slots=True, eq=False)
class Look:
    """What an element says of itself, shared by all that say the same. `names`: class and id in lower case."""

    tag: str
    names: str
    marks: Marks  # those of its names, its tag and its role that may be signs of furniture or of the text
    kind: ParagraphKind | None
    chrome: bool  # it says that it is a menu, a dialog or comments, and not that it holds the text
    caption: bool  # it may be a caption
    owner: bool  # it may name whose picture something is


@lru_cache(maxsize=20_000)
def look_of(tag: str, classes: str | None, id: str | None, role: str | None = None) -> Look:
    """Cached, as a site has few: all that can be told from an element's tag, class, id and role."""
    names = " ".join(filter(None, (classes, id))).lower()
    marks = marks_of(tag, names, role)
    signs = 0
    for _, sign in marks:
        signs |= sign
    return Look(
        tag=tag,
        names=names,
        marks=marks,
        kind=_KINDS.get(tag),
        chrome=tag not in _NEVER_LEFT and bool(signs & Sign.APART) and not signs & Sign.BODY,
        caption=tag in ("figcaption", "figure") or bool(_CAPTION.search(names)),
        owner=bool(_OWNER.search(names)),
    )


@dataclass(slots=True, eq=False)
class Box:
    """A block element that was walked. `parent` is None for a root; `number`: how many were opened before it."""

    look: Look
    parent: "Box | None"
    number: int
    kind: ParagraphKind
    node: LexborNode
    start: int  # index of its first block
    caption: "Box | None" = None  # the nearest box, itself or around it, that may be a caption
    end: int = 0  # index behind its last block
    pictured: bool = False  # a picture stands in it, at most a few boxes down
    marked: bool = False  # its list dash or the like is spent

    @property
    def tag(self) -> str:
        return self.look.tag

    @property
    def names(self) -> str:
        return self.look.names

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
    pruned: list[LexborNode] = field(default_factory=list)  # boxes left out as hidden or by their looks


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


def kind_of(look: Look, parent: Box | None) -> ParagraphKind:
    if look.kind is not None:
        return look.kind
    # A paragraph inside a heading is one that was never closed.
    if parent is None or look.tag == "table" or (look.tag == "p" and parent.kind == "h"):
        return "p"
    return parent.kind


def first_kind(box: Box) -> ParagraphKind:
    """Only the first block of a list item carries its dash."""
    if box.kind != "li":
        return box.kind
    for item in box.around(8):
        if item.look.tag == "li":
            first, item.marked = not item.marked, True
            return "li" if first else "p"
    return "p"


def caption_of(box: Box) -> Box | None:
    """A caption by its element wins over one by its class inside it: a figcaption holds its own credit."""
    around = box.parent.caption if box.parent is not None else None
    if not box.look.caption or (around is not None and around.look.tag in ("figcaption", "caption")):
        return around
    return box


def join_row(blocks: list[Block], row: Box) -> bool:
    """Cells of a data table become one line; a row with one cell, or with long text in a cell, is layout and stays.

    Whether it was done.
    """
    own = blocks[row.start :]
    cells: dict[int, list[Block]] = {}
    for block in own:
        cell = next((box for box in block.box.around(4) if box.look.tag in ("td", "th")), None)
        if cell is None or cell.parent is not row or block.kind == "tr" or block.box.caption is not None:
            return False
        cells.setdefault(id(cell), []).append(block)
    texts = [" ".join(block.text for block in cell) for cell in cells.values()]
    if len(texts) < 2 or max(map(len, texts)) > 300:
        return False
    blocks[row.start :] = [Block("tr", " | ".join(texts), row, row.start, sum(block.linked for block in own))]
    return True
