"""Other stories on a story's page: which boxes hold teasers, or articles of their own. By structure only, no words."""

from collections import Counter
from collections.abc import Iterable, Sequence, Set
from itertools import accumulate

from collector.extract.boxes import Block, Box, Look, Walked

_BOXES = frozenset(("div", "li", "article", "section", "td", "dd", "figure", "aside"))
_SHORTEST_LINK = 15  # characters of a headline that links
_LONGEST = 300  # characters of a teaser beside its headline
_BLOCKS = 6  # in a teaser at most
_SERIES = 3  # teasers of one shape in one box
_MOST = 0.7  # of the text of a page that holds nothing else
_ENOUGH = 500  # characters: with fewer, an article that has the title is but its head


def teasers(walked: Walked) -> list[Box]:
    """Boxes that stand in a row of at least three of one shape, each a headline that links and at most a few lines."""
    linked = list(accumulate(map(_is_link, walked.blocks), initial=0))
    sizes = list(accumulate((len(block.text) - block.linked for block in walked.blocks), initial=0))
    return _in_series(
        box
        for box in walked.boxes
        if 0 < box.end - box.start <= _BLOCKS
        and linked[box.end] > linked[box.start]
        and box.look.tag in _BOXES
        and sizes[box.end] - sizes[box.start] <= _LONGEST
    )


def are_all(walked: Walked, kept: Set[int]) -> bool:
    """Whether most of what was taken for text stands in pieces of one shape, each under a headline that links away."""
    pieces = _outermost(sorted([*teasers(walked), *_posts(walked)], key=lambda box: (box.start, -box.end)))
    inside = {number for box in pieces for number in range(box.start, box.end)} & kept
    said, elsewhere = (
        sum(len(walked.blocks[number].text) for number in numbers) for numbers in (inside, kept - inside)
    )
    return len(pieces) >= _SERIES and said > _MOST * (said + elsewhere)


def _posts(walked: Walked) -> list[Box]:
    """Boxes of one shape, three at least, that begin with a heading that is a link: posts on a front page, whole."""
    return _in_series(
        box
        for box in walked.boxes
        if box.end - box.start > 1 and box.look.tag in _BOXES and _is_headline(walked.blocks[box.start])
    )


def _in_series(boxes: Iterable[Box]) -> list[Box]:
    """Those of which enough others in the same box have the shape."""
    found = list(boxes)
    shapes = Counter(map(_shape, found))
    return [box for box in found if shapes[_shape(box)] >= _SERIES]


def _is_headline(block: Block) -> bool:
    return block.kind == "h" and _is_link(block)


def foreign(walked: Walked, heading: Block | None) -> list[Box]:
    """Articles on the page beside the one that has the page's title: the next stories of an endless page."""
    own = _article(heading.box) if heading is not None else None
    if own is None:
        return []
    around = {id(box) for box in own.around(len(walked.boxes))}
    others = [box for box in walked.boxes if box.tag == "article" and id(box) not in around]
    inside = [box for box in others if own.start <= box.start and box.end <= own.end]
    text = _size(walked.blocks[own.start : own.end]) - sum(
        _size(walked.blocks[box.start : box.end]) for box in _outermost(inside)
    )
    return _outermost(others) if text >= _ENOUGH else []


def _is_link(block: Block) -> bool:
    return block.linked >= 0.9 * _SHORTEST_LINK and block.linked >= 0.9 * len(block.text) >= 0.9 * _SHORTEST_LINK


def _shape(box: Box) -> tuple[int, Look]:
    return id(box.parent), box.look


def _article(box: Box) -> Box | None:
    here: Box | None = box
    while here is not None and here.tag != "article":
        here = here.parent
    return here


def _outermost(boxes: Sequence[Box]) -> list[Box]:
    """Those that stand in none of the others; boxes come in the order of the page."""
    found: list[Box] = []
    for box in boxes:
        if not found or box.start >= found[-1].end:
            found.append(box)
    return found


def _size(blocks: Sequence[Block]) -> int:
    return sum(len(block.text) - block.linked for block in blocks if block.kind != "h")
