"""How likely each block of a page is text of its article: a number from its own words, its neighbours and its boxes."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from collector.extract.furniture import Sign, is_furniture, sign_of
from collector.extract.walk import Block, Box, Walked

KEPT = 0.35  # the worth from which on a block is taken for text
_MOST = 0.4  # of a page's text: a name that covers more than this is no sign of furniture
_MOST_COMMENTS = 0.85
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
_ENDS = frozenset(".!?…。！？»”\"'’)؟:;।।")
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


@dataclass(frozen=True, slots=True)
class Scores:
    """`worth`: of each block, 0 to 1. `signs`: of each box, by its identity, with those of the boxes around it."""

    worth: Sequence[float]
    signs: dict[int, int]

    def plain(self, block: Block) -> bool:
        """Whether nothing around a block, nor its own words, marks it as furniture."""
        return not self.signs[id(block.box)] & Sign.FURNITURE and not is_furniture(block.text)


def score(walked: Walked, captions: frozenset[int]) -> Scores:
    """`captions`: numbers of the blocks that stand under pictures; they are worth nothing."""
    prior = [0.0 if block.number in captions else _prior(block) for block in walked.blocks]
    _forget_consent(walked, prior)
    signs = _signs(walked, prior)
    weights = [_weight(signs[id(block.box)]) for block in walked.blocks]
    weighed = list(zip(walked.blocks, prior, weights, strict=True))
    shares = _shares(walked.blocks, [value * weight * len(block.text) for block, value, weight in weighed])
    worth = [_with_neighbours(value, block, shares[id(holder(block))]) * weight for block, value, weight in weighed]
    return Scores(worth, signs)


def holder(block: Block) -> Box:
    """The box whose running text a block belongs to: the one around its paragraph."""
    box = block.box
    while box.tag in _INNER and box.parent is not None:
        box = box.parent
    return box


def _prior(block: Block) -> float:
    """From its own words: long, ending as a sentence does, and not made of links."""
    size = len(block.text) if block.text.isascii() else _size(block.text)
    ended = block.text[-1] in _ENDS
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
    wide = sum("\u2e80" <= char <= "\ud7ff" for char in text[:400])
    return len(text) * (1 + 2 * wide / min(len(text), 400))


def _forget_consent(walked: Walked, prior: list[float]) -> None:
    """Dialogs on cookies are long prose, often longer than the article: they weigh nothing from the start."""
    done = 0
    for box in walked.boxes:
        if box.end <= done or box.tag in ("html", "body"):
            continue
        if any(sign_of(name) & Sign.CONSENT for name in box.names.split()):
            done = min(box.end, len(prior))
            prior[box.start : done] = [0.0] * (done - box.start)


def _signs(walked: Walked, prior: Sequence[float]) -> dict[int, int]:
    """Signs of every box with those around it. A name, tag or role that covers most of the text is not believed."""
    mass = list(accumulate((w * len(b.text) for w, b in zip(prior, walked.blocks, strict=True)), initial=0.0))
    total, last = mass[-1] or 1.0, len(mass) - 1
    covered: dict[str, float] = {}
    for box in walked.boxes:
        share = (mass[min(box.end, last)] - mass[min(box.start, last)]) / total
        if share > 0.0005:
            for name in _names(box):
                covered[name] = covered.get(name, 0.0) + share
    signs: dict[int, int] = {}
    for box in walked.boxes:
        own = 0
        for name in _names(box):
            sign = sign_of(name)
            if sign and covered.get(name, 0.0) > (_MOST_COMMENTS if sign & Sign.COMMENT else _MOST):
                sign &= ~Sign.FURNITURE if total > _MUCH or name[0] not in "<=" else ~Sign.FURNITURE | Sign.CHROME
            own |= sign
        signs[id(box)] = own | (signs[id(box.parent)] if box.parent is not None else 0)
    return signs


def _names(box: Box) -> list[str]:
    """What may be a sign: class names and id, the tag as `<aside>`, the role as `=navigation`."""
    names = box.names.split()
    names.append(f"<{box.tag}>")
    if role := box.attributes.get("role"):
        names.append(f"={role.strip().lower()}")
    return names


def _weight(signs: int) -> float:
    if not signs & Sign.FURNITURE:
        return 1.0
    return min(weight for sign, weight in _WEIGHTS if signs & sign)


def _shares(blocks: Sequence[Block], mass: Sequence[float]) -> dict[int, float]:
    """The share of the page's text that each holder has."""
    total = sum(mass) or 1.0
    shares: dict[int, float] = {}
    for block, value in zip(blocks, mass, strict=True):
        box = id(holder(block))
        shares[box] = shares.get(box, 0.0) + value / total
    return shares


def _with_neighbours(worth: float, block: Block, share: float) -> float:
    """A short line among the paragraphs of the text is text; a lone one far from them hardly is."""
    if worth == 0 or is_furniture(block.text):
        return worth
    if share >= 0.2:
        lifted = 1 - (1 - worth) * 0.3
        return lifted * (1 - min(1.0, block.linked / len(block.text)) ** 3)
    return worth if share >= 0.04 else worth * 0.7
