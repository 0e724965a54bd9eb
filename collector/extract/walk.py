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

_CREDIT = re.compile(r"credit|copyright|source|author|photographer|byline|attribution|agency")
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
            manner = MANNERS.get(tag)
            if manner == NEVER:
                continue
            if manner == OTHER:
                self._meet(tag, box)
            elif tag and tag[0] not in "-!":
                box = self._enter(item, tag, manner, box, todo)
        self._flush(box)

    def _enter(self, node: LexborNode, tag: str, manner: int | None, box: Box, todo: list[Any]) -> Box:
        """Put what an element holds on the stack; returns the box that is open now."""
        if (self.skip or self.roots) and self._left_out(node):
            return box
        attributes: Attributes = {} if manner == BARE else node.attributes
        if attributes and hidden(attributes):
            return box
        if manner == BLOCK or ("-" in tag and box.tag not in KEEPS_CUSTOM_INLINE):
            if attributes.get("aria-hidden") == "true":
                return box
            if self.words:
                self._flush(box)
            box = self._open(tag, attributes, box)
            todo.append((self._leave, box))
        elif tag == "a":
            self.links += 1
            todo.append((self._leave_link, box))
        elif box.caption is not None and _CREDIT.search(names_of(attributes) + (attributes.get("data-role") or "")):
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
        box = Box(tag, attributes, parent, kind_of(tag, parent), names_of(attributes))
        box.start = len(self.walked.blocks)
        box.caption = caption_of(box)
        self.walked.boxes.append(box)
        return box

    def _leave(self, box: Box) -> Box:
        """Close a box, or what else was opened in it; returns the box that is open now."""
        if self.words:
            self._flush(box)
        if box.tag == "tr":
            join_row(self.walked.blocks, box)
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
        text = preformatted(text) if box.kind == "pre" else tidy(text)
        if text:
            credit = self.credits > 0 or (box.caption is not None and bool(_CREDIT.search(box.names)))
            number = len(self.walked.blocks)
            self.walked.blocks.append(Block(first_kind(box), text, box, number, linked, credit))


def _push_children(node: LexborNode, todo: list[Any]) -> None:
    child = node.last_child
    while child is not None:
        todo.append(child)
        child = child.prev
