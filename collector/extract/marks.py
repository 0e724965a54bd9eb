"""Where a piece begins and ends among its surroundings, told by selectors or by words. Knows no fields."""

from collections.abc import Callable, Iterator, Sequence

from selectolax.lexbor import LexborNode

from collector.extract import text
from collector.extract.places import find
from collector.extract.rule import Piece

TITLE = "title"  # as a `start`: wherever the title is written
_RUNNING = frozenset({"p", "li", "td", "blockquote", "figcaption"})  # a word in bold there ends nothing
_LONGEST = 300  # characters of a text that can be a mark
_SIBLINGS = 10  # empty nodes beside a mark


def plain(words: str) -> str:
    """To compare texts by: white space of every kind is one blank."""
    return " ".join(words.split())


def shown(roots: Sequence[LexborNode], title: str) -> str:
    """The title as a heading writes it (with its no-break spaces), or as it is."""
    return next((text.inline(heading) for heading in _headings(roots, plain(title))), title)


def outside(roots: Sequence[LexborNode], piece: Piece, title: str | None) -> frozenset[int]:
    """`mem_id` of the subtrees in the roots that stand before the piece's start, or from its stop on."""
    left: set[int] = set()
    start = next(_starts(roots, piece, title), None)
    if start is not None:
        left |= _beside(roots, start, "prev")
    for end in _ends(roots, piece):
        if left.isdisjoint(path(end)):
            left |= {end.mem_id} | _beside(roots, end, "next")
            break
    return frozenset(left)


def _starts(roots: Sequence[LexborNode], piece: Piece, title: str | None) -> Iterator[LexborNode]:
    for start in piece.start:
        if start != TITLE:
            yield from find(roots, start)
        elif title:
            wanted = plain(title)
            yield from _headings(roots, wanted)
            yield from _blocks(roots, wanted.__eq__)


def _headings(roots: Sequence[LexborNode], wanted: str) -> Iterator[LexborNode]:
    return (node for node in find(roots, "h1, h2, h3, h4, h5, h6") if plain(text.inline(node)) == wanted)


def _ends(roots: Sequence[LexborNode], piece: Piece) -> Iterator[LexborNode]:
    """In the order of the page: what `stop` selects, and blocks that say no more than a `stop_text`."""
    stops = frozenset(node.mem_id for stop in piece.stop for node in find(roots, stop))
    if stops or piece.stop_text:
        yield from _blocks(roots, lambda words: any(stop.match(words) for stop in piece.stop_text), stops)


def _blocks(
    roots: Sequence[LexborNode], wanted: Callable[[str], bool], marked: frozenset[int] = frozenset()
) -> Iterator[LexborNode]:
    """The elements whose whole text is wanted, and those marked, in the order of the page."""
    for root in roots:
        for node in root.traverse(include_text=True):
            if node.mem_id in marked:
                yield node
            elif node.is_text_node and (words := plain((node.text_content or "")[: _LONGEST + 1])) and wanted(words):
                block = _whole(node, root)
                if block is not None and (block.parent is None or block.parent.tag not in _RUNNING):
                    yield block


def _whole(node: LexborNode, root: LexborNode) -> LexborNode | None:
    """The largest element below the root that says nothing but what the text node does."""
    block, around = None, node.parent
    while around is not None and around.mem_id != root.mem_id and _alone(node):
        block = node = around
        around = around.parent
    return block


def _alone(node: LexborNode) -> bool:
    """Whether nothing is said beside a node; with many siblings, something is."""
    for side in ("prev", "next"):
        sibling, left = getattr(node, side), _SIBLINGS
        while sibling is not None:
            if left == 0 or plain((sibling.text_content if sibling.is_text_node else sibling.text()) or ""):
                return False
            sibling, left = getattr(sibling, side), left - 1
    return True


def _beside(roots: Sequence[LexborNode], node: LexborNode, side: str) -> set[int]:
    """All that stands in the roots before (`prev`) or after (`next`) a node."""
    ids = [root.mem_id for root in roots]
    around_it = path(node)
    at = next(i for i, id in enumerate(ids) if id in around_it)
    beside = set(ids[:at] if side == "prev" else ids[at + 1 :])
    around: LexborNode | None = node
    while around is not None and around.mem_id != ids[at]:
        sibling = getattr(around, side)
        while sibling is not None:
            beside.add(sibling.mem_id)
            sibling = getattr(sibling, side)
        around = around.parent
    return beside


def path(node: LexborNode) -> dict[int, LexborNode]:
    """The node and what is around it, from the inside out, by `mem_id`."""
    found, around = {node.mem_id: node}, node.parent
    while around is not None:
        found[around.mem_id] = around
        around = around.parent
    return found
