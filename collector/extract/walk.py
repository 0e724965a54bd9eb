"""One walk over a parsed tree: elements -> blocks of text, each with the box that holds it. Decides nothing."""

import re
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
    names_of,
    preformatted,
    tidy,
)
from collector.extract.tags import BARE, BLOCK, KEEPS_CUSTOM_INLINE, MANNERS, NEVER, OTHER, Attributes, hidden

_OWNER = re.compile(r"credit|copyright|source|author|photographer|byline|attribution|agency")
_LINK, _CREDIT = object(), object()  # what closes a link, and an element that names a picture's owner
_NONE: Attributes = {}
_NEAR = 3  # a picture counts for this many boxes around it


def walk(roots: Sequence[LexborNode], *, skip: frozenset[int] = frozenset(), captions: bool = False) -> Walked:
    """Read the roots in order; a root inside an earlier one is read once.

    `skip`: `mem_id` of subtrees to leave out. `captions`: the roots are known to be captions.
    """
    walker = _Walker(skip, {root.mem_id for root in roots} if len(roots) > 1 else set(), captions)
    for root in roots:
        walker.read(root)
    return walker.walked


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
        todo: list[Any] = [box]  # nodes still to be read, and what is to be closed: a box, or `_LINK` and `_CREDIT`
        _push_children(root, todo)
        pop, manners, words = todo.pop, MANNERS, self.words
        while todo:  # the hot loop: what is most frequent comes first, and calls are dear
            item = pop()
            if item.__class__ is LexborNode:
                tag = item.tag or ""
                if tag == "-text":
                    text = item.text_content or ""
                    if text.isspace():
                        if words or box.kind == "pre":
                            words.append(text if box.kind == "pre" else " ")
                        continue
                    words.append(text)
                    self.broken = False
                    if self.links:
                        self.linked += len(text)
                    continue
                manner = manners.get(tag)
                if manner == NEVER:
                    continue
                if manner == OTHER:
                    self._meet(tag, box)
                elif tag and tag[0] not in "-!":
                    box = self._enter(item, tag, manner, box, todo)
            elif item is _LINK:
                self.links -= 1
            else:
                box = self._leave(item, box)

    def _enter(self, node: LexborNode, tag: str, manner: int | None, box: Box, todo: list[Any]) -> Box:
        """Put what an element holds on the stack; returns the box that is open now."""
        if (self.skip or self.roots) and self._left_out(node):
            return box
        attributes = _NONE if manner == BARE else node.attributes
        if attributes and hidden(attributes):
            return box
        if manner == BLOCK or ("-" in tag and box.tag not in KEEPS_CUSTOM_INLINE):
            if attributes.get("aria-hidden") == "true":
                return box
            if self.words:
                self._flush(box)
            box = self._open(tag, attributes, box)
            todo.append(box)
        elif tag == "a":
            self.links += 1
            todo.append(_LINK)
        elif box.caption is not None and _OWNER.search(names_of(attributes) + (attributes.get("data-role") or "")):
            self._flush(box)
            self.credits += 1
            todo.append(_CREDIT)
        _push_children(node, todo)
        return box

    def _meet(self, tag: str | None, box: Box) -> None:
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
        boxes = self.walked.boxes
        box = Box(tag, parent, len(boxes), kind_of(tag, parent), names_of(attributes), attributes.get("role"))
        box.start = len(self.walked.blocks)
        box.caption = caption_of(box)
        boxes.append(box)
        return box

    def _leave(self, opened: Any, box: Box) -> Box:
        """Close a box or a credit; returns the box that is open now."""
        if opened is _CREDIT:
            self._flush(box)
            self.credits -= 1
            return box
        self._close(box)
        return box.parent or box

    def _close(self, box: Box) -> None:
        if self.words:
            self._flush(box)
        if box.tag == "tr" and join_row(self.walked.blocks, box):
            last = len(self.walked.blocks)
            for inner in self.walked.boxes[box.number :]:
                inner.start, inner.end = min(inner.start, last), min(inner.end, last)
        box.end = len(self.walked.blocks)

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
        text = preformatted(text) if box.kind == "pre" else tidy(text)
        if text:
            credit = self.credits > 0 or (box.caption is not None and bool(_OWNER.search(box.names)))
            number = len(self.walked.blocks)
            self.walked.blocks.append(Block(first_kind(box), text, box, number, linked, credit))


def _push_children(node: LexborNode, todo: list[Any]) -> None:
    child = node.last_child
    while child is not None:
        todo.append(child)
        child = child.prev
