"""How likely each block of a page is text of its article: a number from its own words, its neighbours and its boxes."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from collector.extract import others
from collector.extract.boxes import Block, Box, Look, Walked
from collector.extract.furniture import Marks, Sign
from collector.extract.phrases import is_furniture
from collector.extract.tags import INNER

KEPT = 0.35  # the worth from which on a block is taken for text
_MOST = 0.4  # of a page's text: a name that covers more than this is no sign of furniture
_MOST_COMMENTS = 0.85
_OTHERS = 0.1  # of its worth is left to the text of another story
_USUAL = 0.5  # of a page's text that one kind of element has when it is the kind for paragraphs, and where
_MUCH = 1500  # characters: on a page with less text even all of it may be a footer
_WEIGHTS = (
    (Sign.CONSENT, 0.01),
    (Sign.CHROME, 0.05),
    (Sign.COMMENT, 0.05),
    (Sign.STORIES, 0.15),
    (Sign.RELATED, 0.15),
    (Sign.PROMO, 0.15),
    (Sign.SHARE, 0.1),
    (Sign.META, 0.2),
    (Sign.ASIDE, 0.3),
    (Sign.EMBED, 0.1),
)
ENDS = frozenset(".!?…。！？»”\"'’)؟:;।।")
_FIRST = 60  # characters of a block, of which one at least is wide in a text of such
_WIDE = re.compile("[\u2e80-\ud7ff]")


@dataclass(frozen=True, slots=True)
class Scores:
    """`worth`: of each block, 0 to 1. `signs`: of each box, with those of the boxes around it. Both by number.

    `homes`: of each block, the share of the page's text that stands in the box whose running text it belongs to.
    `furniture`: numbers of the blocks, but mere links, whose words are a phrase of furniture.
    """

    worth: Sequence[float]
    signs: Sequence[int]
    homes: Sequence[float]
    furniture: frozenset[int]

    def plain(self, block: Block) -> bool:
        """Whether nothing around a block, nor its own words, marks it as furniture."""
        return not self.signs[block.box.number] & Sign.FURNITURE and block.number not in self.furniture


def score(walked: Walked, captions: frozenset[int], heading: Block | None = None) -> Scores:
    """`captions`: numbers of the blocks that stand under pictures, worth nothing; `heading`: the page's title."""
    furniture = frozenset(block.number for block in walked.blocks if _may_count(block) and is_furniture(block.text))
    prior = [0.0 if block.number in captions else _prior(block, block.number in furniture) for block in walked.blocks]
    marked = [(box, marks) for box in walked.boxes if (marks := box.look.marks)]
    _forget_consent(prior, marked)
    _discount(walked, prior, _not_text(walked, prior, others.teasers(walked)), _MOST)
    _discount(walked, prior, others.foreign(walked, heading), 1.0)
    signs = _signs(walked, prior, marked)
    weighed = [
        (block, value, _weight(signs[block.box.number])) for block, value in zip(walked.blocks, prior, strict=True)
    ]
    holders = _holders(walked.boxes)
    homes = [holders[block.box.number] for block in walked.blocks]
    shares = _shares(homes, weighed)
    worth = [
        (value if block.number in furniture else _with_neighbours(value, block, shares[home])) * weight
        for (block, value, weight), home in zip(weighed, homes, strict=True)
    ]
    return Scores(worth, signs, [shares[home] for home in homes], furniture)


def _may_count(block: Block) -> bool:
    """Whether a block's words are of interest: a mere link is worth nothing, but as a heading."""
    return block.linked < len(block.text) or block.kind == "h"


def _holders(boxes: Sequence[Box]) -> list[int]:
    """Of every box the number of that whose running text it belongs to: around its paragraph, list or table."""
    found: list[int] = []
    for box in boxes:
        found.append(found[box.parent.number] if box.parent is not None and box.look.tag in INNER else box.number)
    return found


def _prior(block: Block, furniture: bool) -> float:
    """From its own words: long, ending as a sentence does, and not made of links."""
    text, linked = block.text, block.linked
    if linked >= len(text):
        return 0.0
    size = size_of(text)
    ended = text[-1] in ENDS
    if size >= 200:
        worth = 0.95
    elif size >= 80:
        worth = 0.85 if ended else 0.6
    elif size >= 40:
        worth = 0.65 if ended else 0.3
    else:
        worth = 0.4 if ended else 0.15
    if linked:
        worth *= (1 - linked / len(text)) ** 2
    return worth * 0.1 if furniture else worth


def size_of(text: str) -> float:
    """Characters as a Latin text would need: a Chinese or Japanese one says the same in a third."""
    if text.isascii() or not _WIDE.search(text[:_FIRST]):
        return len(text)
    head = text[:400]
    return len(text) * (1 + 2 * len(_WIDE.findall(head)) / len(head))


def _forget_consent(prior: list[float], marked: Sequence[tuple[Box, Marks]]) -> None:
    """Dialogs on cookies are long prose, often longer than the article: they weigh nothing from the start."""
    done = 0
    for box in [box for box, marks in marked for _, sign in marks if sign & Sign.CONSENT]:
        if box.end > done and box.look.tag not in ("html", "body"):
            done = box.end
            prior[box.start : done] = [0.0] * (done - box.start)


def _discount(walked: Walked, prior: list[float], boxes: Sequence[Box], most: float) -> None:
    """What stands in these boxes is worth little, unless they cover more than the share `most` of the text."""
    if not boxes:
        return
    inside = {number for box in boxes for number in range(box.start, box.end)}
    mass = [value * len(block.text) for value, block in zip(prior, walked.blocks, strict=True)]
    if sum(mass[number] for number in inside) <= most * sum(mass):
        for number in inside:
            prior[number] *= _OTHERS


def _not_text(walked: Walked, prior: Sequence[float], boxes: Sequence[Box]) -> list[Box]:
    """The boxes, but those with paragraphs of the kind that the page's text is made of, if most of it stands there."""
    mass: dict[Look, float] = {}
    for value, block in zip(prior, walked.blocks, strict=True):
        look = block.box.look
        mass[look] = mass.get(look, 0.0) + value * len(block.text)
    usual = max(mass, key=mass.__getitem__, default=None)
    if usual is None or mass[usual] < _USUAL * sum(mass.values()):
        return list(boxes)
    held = [(box, _held(walked, prior, box, usual)) for box in boxes]
    if sum(size for _, size in held) < _USUAL * mass[usual]:
        return list(boxes)
    return [box for box, size in held if not size]


def _held(walked: Walked, prior: Sequence[float], box: Box, look: Look) -> float:
    inside = walked.blocks[box.start : box.end]
    return sum(prior[block.number] * len(block.text) for block in inside if block.box.look is look)


def _signs(walked: Walked, prior: Sequence[float], marked: Sequence[tuple[Box, Marks]]) -> list[int]:
    """Signs of every box with those around it. A name, tag or role that covers most of the text is not believed."""
    mass = list(accumulate((w * len(b.text) for w, b in zip(prior, walked.blocks, strict=True)), initial=0.0))
    total = mass[-1] or 1.0
    covered: dict[str, float] = {}
    for box, marks in marked:
        share = (mass[box.end] - mass[box.start]) / total
        for name, _ in marks:
            covered[name] = covered.get(name, 0.0) + share
    own = {box.number: _believed(marks, covered, total) for box, marks in marked}
    signs: list[int] = []
    for box in walked.boxes:
        around = signs[box.parent.number] if box.parent is not None else 0
        signs.append(around | own.get(box.number, 0))
    return signs


def _believed(marks: Marks, covered: dict[str, float], total: float) -> int:
    found = 0
    for name, sign in marks:
        most = _MOST_COMMENTS if sign & Sign.COMMENT else _MOST
        found |= sign if covered[name] <= most else _left(name, sign, total)
    return found


def _left(name: str, sign: int, total: float) -> int:
    """What is left of a sign that covers most of the text: a little text may all stand in a footer, by its tag."""
    return sign & (Sign.BODY | Sign.CHROME | Sign.ASIDE) if total <= _MUCH and name[0] in "<=" else sign & Sign.BODY


@lru_cache(maxsize=1024)
def _weight(signs: int) -> float:
    if not signs & Sign.FURNITURE:
        return 1.0
    return min(weight for sign, weight in _WEIGHTS if signs & sign)


def _shares(homes: Sequence[int], weighed: Sequence[tuple[Block, float, float]]) -> dict[int, float]:
    """The share of the page's text that each holder has."""
    shares: dict[int, float] = {}
    for home, (block, value, weight) in zip(homes, weighed, strict=True):
        shares[home] = shares.get(home, 0.0) + value * weight * len(block.text)
    total = sum(shares.values()) or 1.0
    return {home: share / total for home, share in shares.items()}


def _with_neighbours(worth: float, block: Block, share: float) -> float:
    """A short line among the paragraphs of the text is text; a lone one far from them hardly is."""
    if worth == 0:
        return worth
    if share >= 0.2:
        lifted = 1 - (1 - worth) * 0.3
        return lifted * (1 - min(1.0, block.linked / len(block.text)) ** 3)
    return worth if share >= 0.04 else worth * 0.7
