"""What can be told of each block that may be text: numbers for the model that judges it. Decides nothing.

A row a candidate, in the order of `NAMES`. Lengths are counted in Latin letters, shares are 0 to 1, -1 stands for
"cannot be told".
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from collector.extract import declared
from collector.extract.boxes import Block, Box, Walked
from collector.extract.choose import Chosen, Known
from collector.extract.furniture import Sign, words_of_furniture
from collector.extract.score import ENDS, KEPT, Scores, size_of

_FAR = 15  # blocks from which on a distance makes no difference
_LONG = 2_000  # characters from which on a length makes none
_KINDS = {"p": 0, "h": 1, "li": 2, "quote": 3, "tr": 4, "pre": 5}
_HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
_WIDE = frozenset(("div", "section", "article", "body", "main"))
_SIGNS = (
    Sign.BODY,
    Sign.CHROME,
    Sign.COMMENT,
    Sign.ASIDE,
    Sign.RELATED,
    Sign.PROMO,
    Sign.SHARE,
    Sign.META,
    Sign.EMBED,
)
_NEIGHBOURS = (-2, -1, 1, 2)
_QUOTES = "\"“”„«»'‘’「」『』 "
NAMES = (
    *("size", "linked", "ended", "worth", "words", "commas", "stops", "colon", "digits", "upper", "odd", "quoted"),
    *("lower", "asks", "opening", "kind", "tag", "heading", "phrase", "lexicon", "often", "title", "lead", "echo"),
    *("declared", "container", "depth", "position", "from_first", "from_last", "before", "from_title", "home", "shape"),
    *("alike", "kept", "length", "picture", "pictured", "styled", "own", "around"),
    *(f"sign_{sign}" for sign in _SIGNS),
    *(f"{name}_{step}" for step in _NEIGHBOURS for name in ("size", "linked", "ended", "worth", "alike", "heading")),
)
_NOTHING = (0.0, -1.0, -1.0, -1.0, -1.0, -1.0)  # of a neighbour that is not there

Row = tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What is the same for all blocks of a page."""

    sizes: Sequence[float]
    homes: Sequence[float]  # share of the text that stands in the block's holder
    shapes: Sequence[tuple[str, str]]
    weights: dict[tuple[str, str], float]  # share of the text that stands in boxes of a shape
    counts: Counter[tuple[str, str]]
    said: Counter[str]
    all: str  # the long blocks
    before: Sequence[float]  # characters kept before each block
    first: int
    last: int
    heading: int
    kept: int


def rows(chosen: Chosen) -> list[Row]:
    """The features of each candidate, in order."""
    setting = _setting(chosen.walked, chosen.scores, chosen.container, chosen.known)
    return [_row(chosen, chosen.walked.blocks[number], setting) for number in chosen.candidates]


def _setting(walked: Walked, scores: Scores, container: Box, known: Known) -> Setting:
    blocks, worth = walked.blocks, scores.worth
    shapes = [(block.box.look.tag, block.box.look.names) for block in blocks]
    weights: dict[tuple[str, str], float] = {}
    for shape, value, block in zip(shapes, worth, blocks, strict=True):
        weights[shape] = weights.get(shape, 0.0) + value * len(block.text)
    total = sum(weights.values()) or 1.0
    inside = [n for n in range(container.start, container.end) if worth[n] >= KEPT]
    return Setting(
        sizes=[size_of(block.text) for block in blocks],
        homes=scores.homes,
        shapes=shapes,
        weights={shape: weight / total for shape, weight in weights.items()},
        counts=Counter(shapes),
        said=Counter(block.text for block in blocks),
        all="\n".join(block.text for block in blocks if len(block.text) > 100),
        before=list(accumulate((len(b.text) * (w >= KEPT) for w, b in zip(worth, blocks, strict=True)), initial=0)),
        first=inside[0] if inside else container.start,
        last=inside[-1] if inside else container.end,
        heading=_heading(blocks, known.title),
        kept=len(inside),
    )


def _heading(blocks: Sequence[Block], title: str) -> int:
    headings = (b.number for b in blocks if b.kind == "h" and title and declared.bare(b.text) == title)
    return next(headings, -1)


def _row(chosen: Chosen, block: Block, all: Setting) -> Row:
    walked, scores, container, known = chosen.walked, chosen.scores, chosen.container, chosen.known
    number, text, box = block.number, block.text, block.box
    tag, shape, signs = box.look.tag, all.shapes[number], scores.signs[box.number]
    length, words, bare = len(text), text.count(" ") + 1, declared.bare(text[:200])
    return (
        min(all.sizes[number], _LONG),
        block.linked / length,
        text[-1] in ENDS,
        scores.worth[number],
        min(words, 300),
        text.count(",") + text.count("、") + text.count("，"),
        sum(text.count(sign) for sign in ".!?。"),
        text[-1] in ":：",
        sum(map(str.isdigit, text[:200])) / min(length, 200),
        sum(map(str.isupper, text[:200])) / min(length, 200),
        ("|" in text) + 2 * ("@" in text) + 4 * ("©" in text) + 8 * ("http" in text),
        text[0] in _QUOTES,
        text[0].islower(),
        text[-1] in "?？",
        (text[0] in "-–—•·*»►") + 2 * (text[0] in "(["),
        _KINDS[block.kind],
        1 if tag == "p" else 2 if tag in _WIDE else 0,
        _HEADINGS.get(tag, 0),
        number in scores.furniture,
        words_of_furniture(text[:400]) if length < 1_000 else 0,
        all.said[text],
        2 * (bare == known.title) + (len(bare) > 3 and bare in known.title),
        max((_likeness(bare, lead) for lead in known.leads), default=-1),
        30 < length < 300 and all.all.count(text.strip(_QUOTES)) > (length > 100),
        (len(bare) > 20 and bare[:100] in known.text) if len(known.text) > 200 else -1,
        container.start <= number < container.end,
        next((n for n, one in enumerate(box.around(12)) if one is container), 12),
        (number - all.first) / max(1, all.last - all.first),
        max(-_FAR, min(_FAR, number - all.first)),
        max(-_FAR, min(_FAR, number - all.last)),
        all.before[number] / max(1, all.before[-1]),
        max(-5, min(30, number - all.heading)) if all.heading >= 0 else -9,
        all.homes[number],
        all.weights[shape],
        min(50, all.counts[shape]),
        all.kept,
        min(20_000, all.before[-1]),
        number in walked.pictures,
        number + 1 in walked.pictures,
        _styled(block),
        _own(box.look.marks),
        _own(box.parent.look.marks) if box.parent is not None else 0,
        *[bool(signs & sign) for sign in _SIGNS],
        *[value for step in _NEIGHBOURS for value in _neighbour(walked.blocks, scores, all, number + step, box, shape)],
    )


def _neighbour(
    blocks: Sequence[Block], scores: Scores, all: Setting, number: int, box: Box, shape: tuple[str, str]
) -> Row:
    if not 0 <= number < len(blocks):
        return _NOTHING
    block = blocks[number]
    alike = (block.box.parent is box.parent) + 2 * (all.shapes[number] == shape)
    return (
        min(all.sizes[number], _LONG),
        block.linked / len(block.text),
        block.text[-1] in ENDS,
        scores.worth[number],
        alike,
        block.kind == "h",
    )


def _likeness(bare: str, lead: str) -> int:
    if bare == lead[:200]:
        return 2
    return 1 if len(bare) > 30 and (bare[:80] in lead or lead[:80] in bare) else 0


def _own(marks: Sequence[tuple[str, int]]) -> int:
    """1: text, 2: furniture, 3: both, by what the element itself says."""
    found = 0
    for _, sign in marks:
        found |= (1 if sign & Sign.BODY else 0) | (2 if sign & Sign.FURNITURE else 0)
    return found


def _styled(block: Block) -> int:
    """Whether all of a block is in italics (1) or bold (2)."""
    child = block.box.node.first_child
    while child is not None and child.is_text_node and not (child.text_content or "").strip():
        child = child.next
    if child is None or child.is_text_node or child.tag not in _STYLES:
        return 0
    style, after = _STYLES[child.tag], child.next
    while after is not None and not ((after.text_content if after.is_text_node else after.text()) or "").strip():
        after = after.next
    return style if after is None else 0


_STYLES = {"em": 1, "i": 1, "strong": 2, "b": 2}
