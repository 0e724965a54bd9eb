"""What can be told of each block that may be text: numbers for the model that judges it. Decides nothing.

A row a candidate, in the order of `NAMES`. Lengths are counted in Latin letters, shares are 0 to 1, -1 stands for
"cannot be told".
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from collector.extract import declared
from collector.extract.boxes import Block, Look
from collector.extract.choose import Chosen
from collector.extract.furniture import Sign
from collector.extract.phrases import words_of_furniture
from collector.extract.score import ENDS, KEPT, size_of

_GOOD, _FAIR, _AT_HOME, _LINKED, _EDGE = 0.9, 0.6, 0.4, 0.2, 3  # of what is plainly text
_FAR = 15  # blocks from which on a distance makes no difference
_LONG = 2_000  # characters from which on a length makes none
_LONG_NOTICE = 400  # characters of a block whose words are looked up,
_NOTICE = 120  # and how many of them
_HEAD = 100  # characters of a block that are compared
_KINDS = {"p": 0, "h": 1, "li": 2, "quote": 3, "tr": 4, "pre": 5}
_HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
_WIDE = frozenset(("div", "section", "article", "body", "main"))
_BESIDE = ("size", "linked", "worth", "alike")  # of each neighbour
NAMES = (
    *(
        "size",
        "linked",
        "worth",
        "ended",
        "words",
        "stops",
        "kind",
        "tag",
        "heading",
        "lexicon",
        "often",
        "title",
        "lead",
    ),
    *(
        "depth",
        "position",
        "from_first",
        "from_last",
        "before",
        "from_title",
        "home",
        "shape",
        "alike",
        "kept",
        "length",
    ),
    *("picture", "text", "embed"),
    *(f"{name}_{step}" for step in (-1, 1) for name in _BESIDE),
)
_NOTHING = (0.0, -1.0, -1.0, -1.0)  # of a neighbour that is not there

Row = tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What is the same for all blocks of a page. `plain`: of each block its length, linked share and worth."""

    plain: Sequence[Row]
    weights: dict[Look, float]  # share of the text that stands in boxes of a look
    counts: Counter[Look]
    said: Counter[str]
    before: Sequence[float]  # characters kept before each block
    first: int
    last: int
    heading: int
    kept: int


def rows(chosen: Chosen) -> list[Row]:
    """The features of each candidate, in order."""
    all = setting(chosen)
    return [row(chosen, number, all) for number in chosen.candidates]


def is_plainly_text(chosen: Chosen, number: int, all: Setting) -> bool:
    """Whether a block is good text amid good text: no model is needed, and none that was learnt ever said otherwise."""
    worth = chosen.scores.worth
    return (
        all.first + _EDGE <= number <= all.last - _EDGE
        and worth[number] >= _GOOD
        and chosen.scores.homes[number] >= _AT_HOME
        and min(worth[number - 1], worth[number + 1]) >= _FAIR
        and all.plain[number][1] < _LINKED
        and all.said[chosen.walked.blocks[number].text] == 1
    )


def setting(chosen: Chosen) -> Setting:
    """What the rows of a page have in common."""
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
        before=list(accumulate((len(b.text) * (w >= KEPT) for w, b in zip(worth, blocks, strict=True)), initial=0)),
        first=inside[0] if inside else container.start,
        last=inside[-1] if inside else container.end,
        heading=chosen.heading.number if chosen.heading is not None else -1,
        kept=len(inside),
    )


def _plain(block: Block, worth: float) -> Row:
    return min(size_of(block.text), _LONG), block.linked / len(block.text), worth


def row(chosen: Chosen, number: int, all: Setting) -> Row:
    """The features of one block."""
    block, known = chosen.walked.blocks[number], chosen.known
    text, look = block.text, block.box.look
    length, head = len(text), text[:_HEAD]
    bare, signs, container = declared.bare(head), chosen.scores.signs[block.box.number], chosen.container
    return (
        *all.plain[number],
        text[-1] in ENDS,
        min(text.count(" ") + 1, 300),
        text.count(".") + text.count("!") + text.count("?") + text.count("。"),
        _KINDS[block.kind],
        1 if look.tag == "p" else 2 if look.tag in _WIDE else 0,
        _HEADINGS.get(look.tag, 0),
        words_of_furniture(text[:_NOTICE]) if length < _LONG_NOTICE else 0,
        all.said[text],
        2 * (bare == known.title[:_HEAD]) + (len(bare) > 3 and bare in known.title),
        max([_likeness(bare, lead) for lead in known.leads], default=-1),
        next((n for n, one in enumerate(block.box.around(12)) if one is container), 12),
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
        signs & Sign.BODY,
        signs & Sign.EMBED,
        *_neighbour(chosen, block, all, -1),
        *_neighbour(chosen, block, all, 1),
    )


def _neighbour(chosen: Chosen, block: Block, all: Setting, step: int) -> Row:
    number = block.number + step
    if not 0 <= number < len(all.plain):
        return _NOTHING
    other, own = chosen.walked.blocks[number].box, block.box
    return (*all.plain[number], (other.parent is own.parent) + 2 * (other.look is own.look))


def _likeness(bare: str, lead: str) -> int:
    if bare == lead[:_HEAD]:
        return 2
    return 1 if len(bare) > 30 and (bare[:80] in lead or lead[:80] in bare) else 0
