"""What can be told of each block that may be text: numbers for the model that judges it. Decides nothing.

A row a candidate, in the order of `NAMES`. Lengths are counted in Latin letters, shares are 0 to 1, -1 stands for
"cannot be told".
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from collector.extract import declared
from collector.extract.boxes import Block, Look
from collector.extract.choose import Chosen
from collector.extract.furniture import Marks, Sign
from collector.extract.phrases import words_of_furniture
from collector.extract.score import ENDS, KEPT, size_of

_FAR = 15  # blocks from which on a distance makes no difference
_LONG = 2_000  # characters from which on a length makes none
_LONG_ENOUGH = 100  # characters of a block whose words another may echo
_LONG_NOTICE = 400  # characters of a block whose words are looked up
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
    """What is the same for all blocks of a page. `plain`: of each block its length, linked share, end and worth."""

    plain: Sequence[tuple[float, float, bool, float]]
    weights: dict[Look, float]  # share of the text that stands in boxes of a look
    counts: Counter[Look]
    said: Counter[str]
    long: str  # the long blocks, to look for echoes of their words
    before: Sequence[float]  # characters kept before each block
    first: int
    last: int
    heading: int
    kept: int


def rows(chosen: Chosen) -> list[Row]:
    """The features of each candidate, in order."""
    setting = _setting(chosen)
    return [_row(chosen, chosen.walked.blocks[number], setting) for number in chosen.candidates]


def _setting(chosen: Chosen) -> Setting:
    blocks, worth, container = chosen.walked.blocks, chosen.scores.worth, chosen.container
    weights: dict[Look, float] = {}
    for value, block in zip(worth, blocks, strict=True):
        look = block.box.look
        weights[look] = weights.get(look, 0.0) + value * len(block.text)
    total = sum(weights.values()) or 1.0
    inside = [n for n in range(container.start, container.end) if worth[n] >= KEPT]
    return Setting(
        plain=[_plain(block, value) for block, value in zip(blocks, worth, strict=True)],
        weights={look: weight / total for look, weight in weights.items()},
        counts=Counter([block.box.look for block in blocks]),
        said=Counter([block.text for block in blocks]),
        long="\n".join([block.text for block in blocks if len(block.text) > _LONG_ENOUGH]),
        before=list(accumulate((len(b.text) * (w >= KEPT) for w, b in zip(worth, blocks, strict=True)), initial=0)),
        first=inside[0] if inside else container.start,
        last=inside[-1] if inside else container.end,
        heading=_heading(blocks, chosen.known.title),
        kept=len(inside),
    )


def _plain(block: Block, worth: float) -> tuple[float, float, bool, float]:
    text = block.text
    return min(size_of(text), _LONG), block.linked / len(text), text[-1] in ENDS, worth


def _heading(blocks: Sequence[Block], title: str) -> int:
    headings = (b.number for b in blocks if b.kind == "h" and title and declared.bare(b.text) == title)
    return next(headings, -1)


def _row(chosen: Chosen, block: Block, all: Setting) -> Row:
    number, text, box, known = block.number, block.text, block.box, chosen.known
    look, length, head, begins, ends = box.look, len(text), text[:100], text[0], text[-1]
    bare = declared.bare(text[:200])
    container = chosen.container
    return (
        *all.plain[number],
        min(text.count(" ") + 1, 300),
        text.count(",") + text.count("、") + text.count("，"),
        text.count(".") + text.count("!") + text.count("?") + text.count("。"),
        ends in ":：",
        sum(map(str.isdigit, head)) / len(head),
        sum(map(str.isupper, head)) / len(head),
        ("|" in text) + 2 * ("@" in text) + 4 * ("©" in text) + 8 * ("http" in text),
        begins in _QUOTES,
        begins.islower(),
        ends in "?？",
        (begins in "-–—•·*»►") + 2 * (begins in "(["),
        _KINDS[block.kind],
        1 if look.tag == "p" else 2 if look.tag in _WIDE else 0,
        _HEADINGS.get(look.tag, 0),
        number in chosen.scores.furniture,
        words_of_furniture(text) if length < _LONG_NOTICE else 0,
        all.said[text],
        2 * (bare == known.title) + (len(bare) > 3 and bare in known.title),
        max([_likeness(bare, lead) for lead in known.leads], default=-1),
        30 < length < 300 and all.long.count(text.strip(_QUOTES)) > (length > _LONG_ENOUGH),
        (len(bare) > 20 and bare[:100] in known.text) if len(known.text) > 200 else -1,
        container.start <= number < container.end,
        next((n for n, one in enumerate(box.around(12)) if one is container), 12),
        (number - all.first) / max(1, all.last - all.first),
        max(-_FAR, min(_FAR, number - all.first)),
        max(-_FAR, min(_FAR, number - all.last)),
        all.before[number] / max(1, all.before[-1]),
        max(-5, min(30, number - all.heading)) if all.heading >= 0 else -9,
        chosen.scores.homes[number],
        all.weights[look],
        min(50, all.counts[look]),
        all.kept,
        min(20_000, all.before[-1]),
        number in chosen.walked.pictures,
        number + 1 in chosen.walked.pictures,
        _styled(block),
        _own(look.marks),
        _own(box.parent.look.marks) if box.parent is not None else 0,
        *_bits(chosen.scores.signs[box.number]),
        *_neighbour(chosen, block, all, -2),
        *_neighbour(chosen, block, all, -1),
        *_neighbour(chosen, block, all, 1),
        *_neighbour(chosen, block, all, 2),
    )


def _neighbour(chosen: Chosen, block: Block, all: Setting, step: int) -> Row:
    number = block.number + step
    if not 0 <= number < len(all.plain):
        return _NOTHING
    other, own = chosen.walked.blocks[number], block.box
    alike = (other.box.parent is own.parent) + 2 * (other.box.look is own.look)
    return (*all.plain[number], alike, other.kind == "h")


@lru_cache(maxsize=1024)
def _bits(signs: int) -> Row:
    return tuple(float(bool(signs & sign)) for sign in _SIGNS)


def _likeness(bare: str, lead: str) -> int:
    if bare == lead[:200]:
        return 2
    return 1 if len(bare) > 30 and (bare[:80] in lead or lead[:80] in bare) else 0


@lru_cache(maxsize=20_000)
def _own(marks: Marks) -> int:
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
