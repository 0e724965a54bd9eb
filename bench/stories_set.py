"""Real pages -> copies of them as sites make them, and pieces that are none and look like it. Runs nothing of ours.

Every piece says which pages its words are from: two pieces are one story where these have a page in common.
"""

import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from bench.gold import Gold
from collector.extract import extract

_SIGN = r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]"  # of scripts that part no words
LEAST = 120  # words of a page that copies are made of
AGENCY = "HARBOUR CITY, Nov 22 (Coastal Wire) - "
BYLINE = "Reporting by A. Keel and B. Rudder; editing by the night desk. For more stories follow the Coastal Wire."
FURNITURE = (
    "You are reading the morning edition, which our subscribers get at six. Write to the desk if you see a mistake.",
    "This story is part of our series on life by the sea. All of its parts can be found on the page of the series.",
    "Our journalism is free to read because readers pay for it. If you can, give what a newspaper costs.",
)
QUOTATIONS = (
    "We have looked at this for eleven months, we have spoken with everybody who was there, and I can tell you tonight "
    "that nobody on that boat could have known how thin the ice had become below the bridge",
    "It is not for me to say who should have closed the road, but when water stands at the doors of a school you do "
    "not wait for a letter from the capital, you take the keys and lock the gate yourself",
)
BACKGROUND = (
    "The dispute began two years ago, when the council sold the old harbour to a company from the capital and kept the "
    "price to itself. A court then ordered it to publish the contract, which it did in part in the spring of last year."
)


@dataclass(frozen=True, slots=True)
class Piece:
    """`pages`: numbers of the pages its words are from; `copy`: is it to be found to be one of each of them?"""

    kind: str
    text: str
    pages: frozenset[int]
    copy: bool


def pages(golds: Sequence[Gold]) -> list[str]:
    """The texts: the truth where it is known, else as we read them."""
    return [text for gold in golds if (text := "\n\n".join(gold.paragraphs) or _read(gold))]


def _read(gold: Gold) -> str:
    articles = extract(gold.html, gold.url).articles
    return articles[0].text if articles else ""


def copies(texts: Sequence[str], dice: random.Random, each: int = 120) -> Iterator[Piece]:
    """Of each kind as many as `each`, of pages drawn for it."""
    long = [number for number, text in enumerate(texts) if len(text.split()) >= LEAST]
    unparted = [number for number, text in enumerate(texts) if len(re.findall(_SIGN, text)) > len(text) / 2]
    words = [word for number in long for word in texts[number].split()]

    def edited(text: str, share: float) -> str:
        return "\n\n".join(_edited(paragraph, share, words, dice) for paragraph in text.split("\n\n"))

    kinds: dict[str, Callable[[str], str]] = {
        "retitled": lambda text: text,
        **{f"first {share:.0%}": lambda text, share=share: _first(text, share) for share in (0.3, 0.5, 0.7)},  # type: ignore[misc]  # mypy: lambdas with defaults
        **{f"{share:.0%} edited": lambda text, share=share: edited(text, share) for share in (0.05, 0.1, 0.15)},  # type: ignore[misc]
        "half, 10% edited": lambda text: edited(_first(text, 0.5), 0.1),
        "agency's lines": lambda text: f"{AGENCY}{_typed(text)}\n\n{BYLINE}",
        "other paragraphs": lambda text: "\n\n".join(re.split(r"(?<=[.!?。])\s*", text.replace("\n\n", " "))),
        "brief of 40 words": lambda text: " ".join(text.split()[:40]),
    }
    for kind, change in kinds.items():
        for number in dice.sample(long, min(each, len(long))):
            yield Piece(kind, change(texts[number]), frozenset([number]), copy=True)
    for number in unparted * 2:
        for share in (0.3, 0.5, 0.7):
            piece = texts[number][: int(len(texts[number]) * share)]
            yield Piece("without blanks", piece, frozenset([number]), copy=True)
        for share in (0.05, 0.1, 0.15):
            yield Piece("without blanks", _signs_edited(texts[number], share, dice), frozenset([number]), copy=True)
    for size in (2, 3, 5):
        for _ in range(each // 3):
            held = dice.sample(long, min(size, len(long)))
            yield Piece(f"round-up of {size}", "\n\n".join(texts[number] for number in held), frozenset(held), True)


def others(texts: Sequence[str], dice: random.Random, each: int = 120) -> Iterator[Piece]:
    """Pairs of different pages that have something in common, each page with what it shares; and short pieces."""
    long = [number for number, text in enumerate(texts) if len(text.split()) >= LEAST]
    quoted = [f"“{QUOTATIONS[0]},” the mayor said.", f"“{QUOTATIONS[1]},” she said."]
    turned = [f"'{QUOTATIONS[0]},' the mayor told reporters.", f'"{QUOTATIONS[1]}", the mayor added.']
    shared = {
        "quotations": (quoted, turned),
        "background": ([BACKGROUND], [BACKGROUND]),
        "furniture": (list(FURNITURE), list(FURNITURE)),
    }
    for kind, (ones, twos) in shared.items():
        for length in (60 if kind == "quotations" else 90, 150, 400):
            for _ in range(each // 6):
                for number, added in zip(dice.sample(long, 2), (ones, twos), strict=True):
                    text = " ".join(texts[number].split()[:length])
                    yield Piece(f"same {kind}", "\n\n".join([text, *added]), frozenset([number]), copy=False)
    for _ in range(each):
        start, (number,) = dice.randrange(60), dice.sample(long, 1)
        brief = " ".join(texts[number].split()[start : start + dice.randrange(20, 50)])
        yield Piece("brief, same line", f"{brief}\n\n{FURNITURE[0].split('.')[0]}.", frozenset([number]), copy=False)


def _first(text: str, share: float) -> str:
    """Its first words, with the paragraphs that they stand in."""
    left, kept = int(len(text.split()) * share), []
    for paragraph in text.split("\n\n"):
        kept.append(" ".join(paragraph.split()[:left]))
        left -= len(paragraph.split())
        if left <= 0:
            break
    return "\n\n".join(kept)


def _edited(text: str, share: float, words: Sequence[str], dice: random.Random) -> str:
    """A share of the words, each by itself, is replaced by others or left out: no editor spreads so evenly."""
    made = []
    for word in text.split():
        if dice.random() >= share:
            made.append(word)
        elif dice.random() < 0.7:
            made.extend(dice.choices(words, k=dice.choice((1, 1, 2))))
    return " ".join(made)


def _signs_edited(text: str, share: float, dice: random.Random) -> str:
    """The same in twos of signs."""
    twos = [text[at : at + 2] for at in range(0, len(text), 2)]
    return "".join(dice.choice(twos) if dice.random() < share else two for two in twos)


def _typed(text: str) -> str:
    """Curly signs made straight."""
    return text.translate(str.maketrans("“”„’‘", '"""\'\''))
