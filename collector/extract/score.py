"""How likely each block of a page is text of its article: a number from its own words, its neighbours and its boxes."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from collector.extract import others
from collector.extract.boxes import Block, Box, Walked
from collector.extract.furniture import Sign, is_furniture, sign_of

KEPT = 0.35  # the worth from which on a block is taken for text
_MOST = 0.4  # of a page's text: a name that covers more than this is no sign of furniture
_MOST_COMMENTS = 0.85
_OTHERS = 0.1  # of its worth is left to the text of another story
_MUCH = 1500  # characters: on a page with less text even all of it may be a footer
_WEIGHTS = (
    (Sign.CONSENT, 0.01),
    (Sign.CHROME, 0.05),
    (Sign.COMMENT, 0.05),
    (Sign.RELATED, 0.15),
    (Sign.PROMO, 0.15),
    (Sign.SHARE, 0.1),
    (Sign.META, 0.2),
    (Sign.ASIDE, 0.3),
    (Sign.EMBED, 0.1),
)
ENDS = frozenset(".!?…。！？»”\"'’)؟:;।।")
_INNER = frozenset(
    (
        "p",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "li",
        "ul",
        "ol",
        "dd",
        "dt",
        "dl",
        "pre",
        "td",
        "th",
        "tr",
        "tbody",
        "table",
    )
)
_WIDE = re.compile("[\u2e80-\ud7ff]")

Marks = tuple[tuple[str, int], ...]  # of one box: a name that is a sign, and of what


@dataclass(frozen=True, slots=True)
class Scores:
    """`worth`: of each block, 0 to 1. `signs`: of each box, by its identity, with those of the boxes around it."""

    worth: Sequence[float]
    signs: dict[int, int]

    def plain(self, block: Block) -> bool:
        """Whether nothing around a block, nor its own words, marks it as furniture."""
        return not self.signs[id(block.box)] & Sign.FURNITURE and not is_furniture(block.text)


def score(walked: Walked, captions: frozenset[int], heading: Block | None = None) -> Scores:
    """`captions`: numbers of the blocks that stand under pictures, worth nothing; `heading`: the page's title."""
    prior = [0.0 if block.number in captions else _prior(block) for block in walked.blocks]
    marks = [_marks(box.tag, box.names, box.attributes.get("role")) for box in walked.boxes]
    _forget_consent(walked, prior, marks)
    _discount(walked, prior, others.teasers(walked), _MOST)
    _discount(walked, prior, others.foreign(walked, heading), 1.0)
    signs = _signs(walked, prior, marks)
    weights = [_weight(signs[id(block.box)]) for block in walked.blocks]
    weighed = list(zip(walked.blocks, prior, weights, strict=True))
    homes = _holders(walked.boxes)
    shares = _shares(homes, weighed)
    worth = [_with_neighbours(value, block, shares[homes[id(block.box)]]) * weight for block, value, weight in weighed]
    return Scores(worth, signs)


def _holders(boxes: Sequence[Box]) -> dict[int, int]:
    """Of every box, by identity, the one whose running text it belongs to: that around its paragraph, list or table."""
    found: dict[int, int] = {}
    for box in boxes:
        inner = box.tag in _INNER and box.parent is not None
        found[id(box)] = found[id(box.parent)] if inner else id(box)
    return found


def _prior(block: Block) -> float:
    """From its own words: long, ending as a sentence does, and not made of links."""
    size = len(block.text) if block.text.isascii() else _size(block.text)
    ended = block.text[-1] in ENDS
    if size >= 200:
        worth = 0.95
    elif size >= 80:
        worth = 0.85 if ended else 0.6
    elif size >= 40:
        worth = 0.65 if ended else 0.3
    else:
        worth = 0.4 if ended else 0.15
    return worth * (1 - min(1.0, block.linked / len(block.text))) ** 2 * (0.1 if is_furniture(block.text) else 1)


def _size(text: str) -> float:
    """Characters as a Latin text would need: a Chinese or Japanese one says the same in a third."""
    head = text[:400]
    return len(text) * (1 + 2 * len(_WIDE.findall(head)) / len(head))


def _forget_consent(walked: Walked, prior: list[float], marks: Sequence[Marks]) -> None:
    """Dialogs on cookies are long prose, often longer than the article: they weigh nothing from the start."""
    done = 0
    for box, mark in zip(walked.boxes, marks, strict=True):
        if mark and box.end > done and box.tag not in ("html", "body") and any(sign & Sign.CONSENT for _, sign in mark):
            done = min(box.end, len(prior))
            prior[box.start : done] = [0.0] * (done - box.start)


def _discount(walked: Walked, prior: list[float], boxes: Sequence[Box], most: float) -> None:
    """What stands in these boxes is worth little, unless they cover more than the share `most` of the text."""
    inside = {number for box in boxes for number in range(box.start, min(box.end, len(prior)))}
    mass = [value * len(block.text) for value, block in zip(prior, walked.blocks, strict=True)]
    if sum(mass[number] for number in inside) <= most * sum(mass):
        for number in inside:
            prior[number] *= _OTHERS


def _signs(walked: Walked, prior: Sequence[float], marks: Sequence[Marks]) -> dict[int, int]:
    """Signs of every box with those around it. A name, tag or role that covers most of the text is not believed."""
    mass = list(accumulate((w * len(b.text) for w, b in zip(prior, walked.blocks, strict=True)), initial=0.0))
    total, last = mass[-1] or 1.0, len(mass) - 1
    covered: dict[str, float] = {}
    for box, mark in zip(walked.boxes, marks, strict=True):
        for name, _ in mark:
            share = (mass[min(box.end, last)] - mass[min(box.start, last)]) / total
            covered[name] = covered.get(name, 0.0) + share
    signs: dict[int, int] = {}
    for box, mark in zip(walked.boxes, marks, strict=True):
        own = signs[id(box.parent)] if box.parent is not None else 0
        for name, sign in mark:
            own |= (
                sign
                if covered[name] <= (_MOST_COMMENTS if sign & Sign.COMMENT else _MOST)
                else _left(name, sign, total)
            )
        signs[id(box)] = own
    return signs


def _left(name: str, sign: int, total: float) -> int:
    """What is left of a sign that covers most of the text: a little text may all stand in a footer, by its tag."""
    return sign & (Sign.BODY | Sign.CHROME) if total <= _MUCH and name[0] in "<=" else sign & Sign.BODY


@lru_cache(maxsize=20_000)
def _marks(tag: str, names: str, role: str | None) -> Marks:
    """What may be a sign, and of what: class names and id, the tag as `<aside>`, the role as `=navigation`."""
    signs = [*names.split(), f"<{tag}>", f"={(role or '').strip().lower()}"]
    return tuple((name, sign) for name in signs if (sign := sign_of(name)))


def _weight(signs: int) -> float:
    if not signs & Sign.FURNITURE:
        return 1.0
    return min(weight for sign, weight in _WEIGHTS if signs & sign)


def _shares(homes: dict[int, int], weighed: Sequence[tuple[Block, float, float]]) -> dict[int, float]:
    """The share of the page's text that each holder has."""
    shares: dict[int, float] = {}
    for block, value, weight in weighed:
        home = homes[id(block.box)]
        shares[home] = shares.get(home, 0.0) + value * weight * len(block.text)
    total = sum(shares.values()) or 1.0
    return {home: share / total for home, share in shares.items()}


def _with_neighbours(worth: float, block: Block, share: float) -> float:
    """A short line among the paragraphs of the text is text; a lone one far from them hardly is."""
    if worth == 0 or is_furniture(block.text):
        return worth
    if share >= 0.2:
        lifted = 1 - (1 - worth) * 0.3
        return lifted * (1 - min(1.0, block.linked / len(block.text)) ** 3)
    return worth if share >= 0.04 else worth * 0.7
