"""One walk over a parsed tree: elements -> blocks of text, each with the box that holds it. Decides nothing."""

from collections.abc import Sequence
from typing import Any

from selectolax.lexbor import LexborNode

from collector.extract.boxes import (
    Block,
    Box,
    Walked,
    caption_of,
    first_kind,
    join_row,
    kind_of,
    look_of,
    preformatted,
    tidy,
)
from collector.extract.tags import (
    BARE,
    BLOCK,
    INLINE,
    KEEPS_CUSTOM_INLINE,
    LINK,
    MANNERS,
    NEVER,
    OTHER,
    TEXT,
    Attributes,
    hidden,
)

_LINK, _CREDIT = object(), object()  # what closes a link, and an element that names a picture's owner
_KNOWN: dict[int, tuple[str, int]] = {}  # by the parser's number for it: a tag and its manner of being read
_STATIC = 1_000  # numbers below are of tags that the parser knows; others hold for one page only
_NEAR = 3  # a picture counts for this many boxes around it


def walk(
    roots: Sequence[LexborNode],
    *,
    skip: frozenset[int] = frozenset(),
    show: frozenset[int] = frozenset(),
    captions: bool = False,
    prune: bool = False,
) -> Walked:
    """Read the roots in order; a root inside an earlier one is read once.

    `skip`: `mem_id` of subtrees to leave out; `show`: of those to be read though they are hidden or would be pruned.
    `captions`: the roots are known to be captions. `prune`: leave out what is named like a menu, a dialog or comments.
    """
    walker = _Walker(skip, show, {root.mem_id for root in roots} if len(roots) > 1 else set(), captions, prune)
    for root in roots:
        walker.read(root)
    return walker.walked


def _manner(node: LexborNode) -> tuple[str, int]:
    """The tag and how it is read; kept, for asking a node for its tag is dear."""
    tag, number = node.tag or "", node.tag_id
    manner = TEXT if tag == "-text" else NEVER if not tag or tag[0] in "-!" else MANNERS.get(tag, INLINE)
    if number is not None and number < _STATIC:
        _KNOWN[number] = tag, manner
    return tag, manner


class _Walker:
    """The state of a walk; an explicit stack, so that no depth of nesting can exhaust Python's."""

    def __init__(
        self, skip: frozenset[int], show: frozenset[int], roots: set[int], captions: bool, prune: bool
    ) -> None:
        self.walked = Walked()
        self.skip, self.show, self.roots, self.captions, self.prune = skip, show, roots, captions, prune
        self.choosy = bool(skip or roots)
        self.done: set[int] = set()
        self.words: list[str] = []  # of the block being read
        self.linked = self.links = self.credits = 0
        self.broken = False  # the last thing met was a line break

    def read(self, root: LexborNode) -> None:  # noqa: PLR0912, PLR0915  calls are dear in here
        if root.mem_id in self.done:
            return
        box = self._open(root, root.attributes if root.is_element_node else {})
        todo: list[Any] = [box]  # nodes still to be read, and what is to be closed: a box, or `_LINK` and `_CREDIT`
        push, pop, known, words, choosy, node = todo.append, todo.pop, _KNOWN.get, self.words, self.choosy, LexborNode
        child = root.last_child
        while child is not None:
            push(child)
            child = child.prev
        while todo:  # the hot loop: what is most frequent comes first, and calls are dear
            item = pop()
            if item.__class__ is node:
                tag, manner = known(item.tag_id) or _manner(item)
                if manner == TEXT:
                    text = item.text_content or ""
                    if not text.isspace():
                        words.append(text)
                        self.broken = False
                        if self.links:
                            self.linked += len(text)
                    elif words or box.kind == "pre":
                        words.append(text if box.kind == "pre" else " ")
                    continue
                if manner == NEVER:
                    continue
                if manner == OTHER:
                    self._meet(tag, box)
                    continue
                if choosy and self._left_out(item):
                    continue
                if manner != BARE:
                    attributes = item.attributes
                    if attributes and hidden(attributes) and not self._shown(item, manner):
                        continue
                    if manner == LINK:
                        self.links += 1
                        push(_LINK)
                    elif manner == BLOCK or ("-" in tag and box.look.tag not in KEEPS_CUSTOM_INLINE):
                        inner = self._enter(item, tag, attributes, box)
                        if inner is None:
                            continue
                        box = inner
                        push(box)
                    elif box.caption is not None and self._owned(tag, attributes, box):
                        push(_CREDIT)
                child = item.last_child
                while child is not None:
                    push(child)
                    child = child.prev
            elif item is _LINK:
                self.links -= 1
            else:
                box = self._leave(item, box)

    def _enter(self, node: LexborNode, tag: str, attributes: Attributes, box: Box) -> Box | None:
        """Open a box, unless it is left out by its looks."""
        get = attributes.get
        look = look_of(tag, get("class"), get("id"), get("role"))
        if (get("aria-hidden") == "true" and tag != "p") or (
            self.prune and look.chrome and not self._shown(node, BLOCK)
        ):
            return None
        if self.words:
            self._flush(box)
        boxes = self.walked.boxes
        inner = Box(look, box, len(boxes), look.kind or kind_of(look, box), node, len(self.walked.blocks), box.caption)
        if look.caption:
            inner.caption = caption_of(inner)
        boxes.append(inner)
        return inner

    def _open(self, root: LexborNode, attributes: Attributes) -> Box:
        """The box of a root."""
        look = look_of(root.tag or "div", attributes.get("class"), attributes.get("id"), attributes.get("role"))
        box = Box(look, None, len(self.walked.boxes), kind_of(look, None), root, len(self.walked.blocks))
        box.caption = box if self.captions else caption_of(box)
        self.walked.boxes.append(box)
        return box

    def _owned(self, tag: str, attributes: Attributes, box: Box) -> bool:
        """Whether an inline element in a caption names the picture's owner; its text then is a block of its own."""
        role = attributes.get("data-role") or ""
        if not look_of(tag, f"{attributes.get('class') or ''} {role}", attributes.get("id")).owner:
            return False
        self._flush(box)
        self.credits += 1
        return True

    def _meet(self, tag: str | None, box: Box) -> None:
        """A line break or a picture: they hold nothing to read."""
        if tag == "br":
            self._break(box)
            return
        self.walked.pictures.add(len(self.walked.blocks))
        for near in box.around(_NEAR):
            near.pictured = True

    def _shown(self, node: LexborNode, manner: int) -> bool:
        """Whether an element that says it is not to be seen is read all the same; the others are noted."""
        if node.mem_id in self.show:
            return True
        if manner == BLOCK:
            self.walked.pruned.append(node)
        return False

    def _left_out(self, node: LexborNode) -> bool:
        id = node.mem_id
        if id in self.roots:
            self.done.add(id)
        return id in self.skip

    def _leave(self, opened: Any, box: Box) -> Box:
        """Close a box or a credit; returns the box that is open now."""
        if opened is _CREDIT:
            self._flush(box)
            self.credits -= 1
            return box
        if self.words:
            self._flush(box)
        if box.look.tag == "tr" and join_row(self.walked.blocks, box):
            last = len(self.walked.blocks)
            for inner in self.walked.boxes[box.number :]:
                inner.start, inner.end = min(inner.start, last), min(inner.end, last)
        box.end = len(self.walked.blocks)
        return box.parent or box

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
        words = self.words
        if not words:
            return
        text = words[0] if len(words) == 1 else "".join(words)
        words.clear()
        linked, self.linked = self.linked, 0
        text = preformatted(text) if box.kind == "pre" else tidy(text)
        if text:
            credit = self.credits > 0 or (box.caption is not None and box.look.owner)
            blocks = self.walked.blocks
            kind = first_kind(box) if box.kind == "li" else box.kind
            blocks.append(Block(kind, text, box, len(blocks), linked, credit))
