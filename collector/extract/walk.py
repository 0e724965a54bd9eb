"""One walk over a parsed tree: elements -> blocks of text, each with the box that holds it. Decides nothing."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from selectolax.lexbor import LexborNode

from storage.records import ParagraphKind

Attributes = dict[str, str | None]


def _words(line: str) -> frozenset[str]:
    return frozenset(line.split())


NEVER_READ = _words(
    "script style noscript template iframe svg head title meta link base select option optgroup datalist textarea "
    "input button label output progress meter canvas audio video object embed applet map area noembed noframes "
    "frameset img picture source track param col colgroup"
)
BLOCKS = _words(
    "html body address article aside blockquote caption center dd details dialog dir div dl dt fieldset figcaption "
    "figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr legend li listing main menu nav ol p plaintext pre search "
    "section summary table tbody td tfoot th thead tr ul xmp"
)
PICTURES = _words("img picture video amp-img amp-video")
HEADINGS = _words("h1 h2 h3 h4 h5 h6")
PREFORMATTED = _words("pre listing xmp plaintext")
_NEVER, _OTHER, _BLOCK, _BARE = range(4)  # manners of reading an element; inline ones have none
_MANNERS = (
    dict.fromkeys(NEVER_READ, _NEVER)
    | dict.fromkeys(PICTURES | {"br"}, _OTHER)
    | dict.fromkeys(BLOCKS, _BLOCK)
    | dict.fromkeys(_words("b i em strong u sup sub wbr"), _BARE)  # their attributes hide nothing
)
_KEEPS_CUSTOM_INLINE = _words("p li td th figcaption dd dt") | HEADINGS
_INVISIBLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
# Words for screen readers only ("opens in a new window"), by the class names of the usual frameworks.
_FOR_THE_EAR = _words(
    "sr-only visually-hidden visuallyhidden screen-reader-text screen-reader-only screenreader element-invisible "
    "u-visually-hidden a11y-hidden"
)
_CREDIT = re.compile(r"credit|copyright|source|author|photographer|byline|attribution|agency")
_SPACES = re.compile(r"[ \t\n\r\f\v]{2,}|[\t\n\r\f\v]")
_JUNK = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ufeff\u00ad\u2060]|(?<![\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff])\u200b")
_ENDS = " \t\n\r\f\v\u00a0"
_NEAR = 3  # a picture counts for this many boxes around it


@dataclass(slots=True, eq=False)
class Box:
    """A block element that was walked. `names`: its class and id in lower case; `parent` is None for a root."""

    tag: str
    attributes: Attributes
    parent: "Box | None"
    kind: ParagraphKind = "p"
    names: str = ""
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


def walk(roots: Sequence[LexborNode], *, skip: frozenset[int] = frozenset(), captions: bool = False) -> Walked:
    """Read the roots in order; a root inside an earlier one is read once.

    `skip`: `mem_id` of subtrees to leave out. `captions`: the roots are known to be captions.
    """
    walker = _Walker(skip, {root.mem_id for root in roots} if len(roots) > 1 else set(), captions)
    for root in roots:
        walker.read(root)
    return walker.walked


def hidden(attributes: Attributes) -> bool:
    """Whether the element says of itself that it is not seen."""
    if "hidden" in attributes and attributes["hidden"] != "until-found":
        return True
    if "style" in attributes and _INVISIBLE.search(attributes["style"] or ""):
        return True
    return "class" in attributes and _is_for_the_ear(attributes["class"])


@lru_cache(maxsize=20_000)
def _is_for_the_ear(names: str | None) -> bool:
    return names is not None and not _FOR_THE_EAR.isdisjoint(names.split())


def tidy(text: str) -> str:
    """One line: ASCII white space collapsed, characters without width dropped, no-break spaces kept but at the ends."""
    if not text.isprintable() and _JUNK.search(text):
        text = _JUNK.sub("", text)
    if _SPACES.search(text):
        text = _SPACES.sub(" ", text)
    return text.strip(_ENDS)


class _Walker:
    """The state of a walk; an explicit stack, so that no depth of nesting can exhaust Python's."""

    def __init__(self, skip: frozenset[int], roots: set[int], captions: bool) -> None:
        self.walked = Walked()
        self.skip, self.roots, self.captions = skip, roots, captions
        self.done: set[int] = set()
        self.words: list[str] = []  # of the block being read
        self.linked = self.links = self.credits = 0
        self.broken = False  # the last thing met was a line break

    def read(self, root: LexborNode) -> None:
        if root.mem_id in self.done:
            return
        box = self._open(root.tag or "div", root.attributes if root.is_element_node else {}, None)
        box.caption = box if self.captions else box.caption
        todo: list[Any] = [(self._leave, box)]
        _push_children(root, todo)
        while todo:  # the hot loop: what is most frequent comes first
            item = todo.pop()
            if item.__class__ is tuple:
                leave, left = item
                box = leave(left)
                continue
            tag = item.tag
            if tag == "-text":
                self._say(item.text_content or "", box)
                continue
            manner = _MANNERS.get(tag)
            if manner == _NEVER:
                continue
            if manner == _OTHER:
                self._meet(tag, box)
            elif tag and tag[0] not in "-!":
                box = self._enter(item, tag, manner, box, todo)
        self._flush(box)

    def _enter(self, node: LexborNode, tag: str, manner: int | None, box: Box, todo: list[Any]) -> Box:
        """Put what an element holds on the stack; returns the box that is open now."""
        if (self.skip or self.roots) and self._left_out(node):
            return box
        attributes: Attributes = {} if manner == _BARE else node.attributes
        if attributes and hidden(attributes):
            return box
        if manner == _BLOCK or ("-" in tag and box.tag not in _KEEPS_CUSTOM_INLINE):
            if attributes.get("aria-hidden") == "true":
                return box
            if self.words:
                self._flush(box)
            box = self._open(tag, attributes, box)
            todo.append((self._leave, box))
        elif tag == "a":
            self.links += 1
            todo.append((self._leave_link, box))
        elif box.caption is not None and _CREDIT.search(_names(attributes) + (attributes.get("data-role") or "")):
            self._flush(box)
            self.credits += 1
            todo.append((self._leave_credit, box))
        _push_children(node, todo)
        return box

    def _meet(self, tag: str, box: Box) -> None:
        """A line break or a picture: they hold nothing to read."""
        if tag == "br":
            self._break(box)
            return
        self.walked.pictures.add(len(self.walked.blocks))
        for near in box.around(_NEAR):
            near.pictured = True

    def _left_out(self, node: LexborNode) -> bool:
        id = node.mem_id
        if id in self.roots:
            self.done.add(id)
        return id in self.skip

    def _open(self, tag: str, attributes: Attributes, parent: Box | None) -> Box:
        box = Box(tag, attributes, parent, _kind(tag, parent), _names(attributes))
        box.start = len(self.walked.blocks)
        box.caption = _caption(box)
        self.walked.boxes.append(box)
        return box

    def _leave(self, box: Box) -> Box:
        """Close a box, or what else was opened in it; returns the box that is open now."""
        if self.words:
            self._flush(box)
        if box.tag == "tr":
            _join_row(self.walked.blocks, box)
        box.end = len(self.walked.blocks)
        return box.parent or box

    def _leave_link(self, box: Box) -> Box:
        self.links -= 1
        return box

    def _leave_credit(self, box: Box) -> Box:
        self._flush(box)
        self.credits -= 1
        return box

    def _say(self, text: str, box: Box) -> None:
        if text.isspace():
            if self.words or box.kind == "pre":
                self.words.append(text if box.kind == "pre" else " ")
            return
        self.words.append(text)
        self.broken = False
        if self.links:
            self.linked += len(text)

    def _break(self, box: Box) -> None:
        """A line break ends a paragraph; in a heading it is a space, in a list item only two of them do."""
        if box.kind == "pre":
            self.words.append("\n")
        elif box.kind == "h" or (box.kind == "li" and not self.broken):
            self.words.append(" ")
        else:
            self._flush(box)
        self.broken = True

    def _flush(self, box: Box) -> None:
        if not self.words:
            return
        text = "".join(self.words)
        self.words.clear()
        linked, self.linked = self.linked, 0
        text = _preformatted(text) if box.kind == "pre" else tidy(text)
        if text:
            credit = self.credits > 0 or (box.caption is not None and bool(_CREDIT.search(box.names)))
            number = len(self.walked.blocks)
            self.walked.blocks.append(Block(_first_kind(box), text, box, number, linked, credit))


def _push_children(node: LexborNode, todo: list[Any]) -> None:
    child = node.last_child
    while child is not None:
        todo.append(child)
        child = child.prev


def _names(attributes: Attributes) -> str:
    if "class" in attributes or "id" in attributes:
        return f"{attributes.get('class') or ''} {attributes.get('id') or ''}".lower()
    return ""


def _kind(tag: str, parent: Box | None) -> ParagraphKind:
    if tag in HEADINGS:
        return "h"
    if tag in PREFORMATTED:
        return "pre"
    if tag == "li":
        return "li"
    if tag == "blockquote":
        return "quote"
    # A paragraph inside a heading is one that was never closed.
    if parent is None or tag == "table" or (tag == "p" and parent.kind == "h"):
        return "p"
    return parent.kind


def _first_kind(box: Box) -> ParagraphKind:
    """Only the first block of a list item carries its dash."""
    if box.kind != "li":
        return box.kind
    for item in box.around(8):
        if item.tag == "li":
            first, item.marked = not item.marked, True
            return "li" if first else "p"
    return "p"


def _caption(box: Box) -> Box | None:
    """A caption by its element wins over one by its class inside it: a figcaption holds its own credit."""
    around = box.parent.caption if box.parent is not None else None
    if around is not None and around.tag in ("figcaption", "caption"):
        return around
    if box.tag in ("figcaption", "figure") or "caption" in box.names or "media__title" in box.names:
        return box
    return around


def _preformatted(text: str) -> str:
    lines = [line.rstrip(_ENDS) for line in _JUNK.sub("", text.replace("\r\n", "\n")).split("\n")]
    return "\n".join(lines).strip("\n")


def _join_row(blocks: list[Block], row: Box) -> None:
    """Cells of a data table become one line; a row with one cell, or with long text in a cell, is layout and stays."""
    own = blocks[row.start :]
    cells: dict[int, list[Block]] = {}
    for block in own:
        cell = next((box for box in block.box.around(4) if box.tag in ("td", "th")), None)
        if cell is None or cell.parent is not row or block.kind == "tr" or block.box.caption is not None:
            return
        cells.setdefault(id(cell), []).append(block)
    texts = [" ".join(block.text for block in cell) for cell in cells.values()]
    if len(texts) < 2 or max(map(len, texts)) > 300:
        return
    blocks[row.start :] = [Block("tr", " | ".join(texts), row, row.start, sum(block.linked for block in own))]
