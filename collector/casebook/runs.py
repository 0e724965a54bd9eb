"""A parsed tree -> its runs of text: the text nodes between two block borders, which a reader sees as one line."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from selectolax.lexbor import LexborNode

from collector.extract.boxes import tidy
from collector.extract.tags import BLOCKS, NEVER_READ

UNREAD = NEVER_READ - {"button"}  # a rule may find the words of a picture there
_BREAKS = (BLOCKS | {"br"}) - {"html"}


@dataclass(frozen=True, slots=True)
class Run:
    """One line. `around`: `mem_id` of the elements that hold it, from the outside in."""

    nodes: tuple[LexborNode, ...]
    around: tuple[int, ...]

    def parts(self) -> Iterable[tuple[int, int]]:
        """Where in `raw` the elements inside the line begin and end."""
        known, found, at = frozenset(self.around), dict[int, tuple[int, int]](), 0
        for node in self.nodes:
            end = at + len(node.text_content or "")
            for inner in takewhile(lambda one: one.mem_id not in known, around(node)):
                found[inner.mem_id] = (found.get(inner.mem_id, (at, end))[0], end)
            at = end
        return found.values()

    @property
    def raw(self) -> str:
        return "".join(node.text_content or "" for node in self.nodes)

    @property
    def text(self) -> str:
        return tidy(self.raw)


def runs(root: LexborNode) -> Iterator[Run]:
    """The runs of what is ever read, in the order of the page."""
    held: list[LexborNode] = []
    around: list[int] = []
    outermost: tuple[int, ...] = ()
    todo: list[LexborNode | None] = [root]  # None: an element that ends
    tags: list[str] = []
    while todo:
        node = todo.pop()
        if node is not None and node.is_text_node:
            outermost = outermost if held else tuple(around)
            held.append(node)
            continue
        tag = (node.tag or "") if node is not None else tags.pop()
        if tag in UNREAD or tag[:1] in ("-", "!"):
            continue
        if held and (tag in _BREAKS or "-" in tag):
            yield Run(tuple(held), outermost)
            held = []
        if node is None:
            around.pop()
            continue
        tags.append(tag)
        around.append(node.mem_id)
        todo.append(None)
        todo += children(node)[::-1]
    if held:
        yield Run(tuple(held), outermost)


def around(node: LexborNode) -> Iterator[LexborNode]:
    """The elements that hold a node, from the inside out."""
    holder = node.parent
    while holder is not None:
        yield holder
        holder = holder.parent


def children(node: LexborNode) -> Sequence[LexborNode]:
    """What stands in an element, in order."""
    found, child = [], node.first_child
    while child is not None:
        found.append(child)
        child = child.next
    return found
