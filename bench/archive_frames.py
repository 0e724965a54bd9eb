"""Real pages without their words, and words of our own to fill them: page number N is the same bytes each time.

A frame keeps all of a page but its title and those paragraphs that are known and stand in it letter by letter; its text
is what the extractor reads in their places. Without real pages a frame of our own serves, with as much markup.
"""

import html as markup
import random
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import accumulate
from pathlib import Path

from bench import gold
from bench.gold import Gold
from collector.extract import extract
from storage.records import Article

FRAMES = 20
LEAST_PARAGRAPHS = 5
LEAST_SHARE, MOST_OWN = 0.6, 0.15  # of a page's text: what must stand in its places, what may be the frame's own
LONGEST = 250_000  # bytes of a page
MARK = re.compile("\x00(\\d+)\x00")
TITLE = 0  # the number of the title's places; those of paragraphs count from 1
SYLLABLES = [first + vowel for first in "bcdfghjklmnprstvwz" for vowel in ("a", "e", "i", "o", "u", "an", "el", "or")]
WORDS, RUN_OF_WORDS = 30_000, 1 << 18


@dataclass(frozen=True, slots=True)
class Frame:
    """`parts`: what stands before, between and behind the places. `lengths`: words of title and paragraphs.

    read: for each paragraph that the extractor reads, which place it stands in; None: the frame's own words.
    """

    parts: tuple[str, ...]
    places: tuple[int, ...]
    lengths: tuple[int, ...]
    article: Article
    read: tuple[int | None, ...]

    def page(self, texts: Sequence[str]) -> bytes:
        """The page with these texts: title first, then the paragraphs."""
        filled = [markup.escape(texts[place], quote=False) for place in self.places]
        return "".join(part for pair in zip(self.parts, [*filled, ""], strict=True) for part in pair).encode()

    def reading(self, texts: Sequence[str]) -> Article:
        """What the extractor reads on that page."""
        paragraphs = [
            old if place is None else replace(old, text=texts[place])
            for old, place in zip(self.article.paragraphs, self.read, strict=True)
        ]
        return replace(self.article, title=texts[TITLE], paragraphs=tuple(paragraphs), url=None)


def frames(folders: Sequence[Path], most: int = FRAMES) -> list[Frame]:
    """Those that can be made of real pages, one a site; without any the one of our own."""
    found: dict[str, Frame] = {}
    for each in gold.load(folders):
        if each.site not in found and len(found) < most and (frame := _of_page(each)):
            found[each.site] = frame
    own = _frame(OWN, (9, 60, 45, 50, 40, 55, 30))
    assert own is not None, "the extractor reads our own frame"
    return [*found.values()] or [own]


def texts(frame: Frame, seed: int) -> list[str]:
    """Words for a frame, the same for the same seed. The title begins with a word that no other has."""
    dice = random.Random(seed)
    made = [" ".join(dice.choices(_run_of_words(), k=length)) for length in frame.lengths]
    return [f"{unique(seed)} {made[TITLE]}".capitalize(), *(f"{text.capitalize()}." for text in made[1:])]


def unique(seed: int) -> str:
    return "q" + "".join(chr(ord("a") + int(digit)) for digit in str(seed))


def word(rank: int) -> str:
    """The word of this rank: 0 is the commonest."""
    return _vocabulary()[rank]


@cache
def _vocabulary() -> list[str]:
    dice = random.Random(1)
    return list(dict.fromkeys("".join(dice.choices(SYLLABLES, k=dice.choice((2, 2, 3, 4)))) for _ in range(WORDS)))


@cache
def _run_of_words() -> list[str]:
    """Words as frequent as those of a language (Zipf)."""
    weights = list(accumulate(1 / (rank + 2.7) for rank in range(len(_vocabulary()))))
    return random.Random(2).choices(_vocabulary(), cum_weights=weights, k=RUN_OF_WORDS)


def _of_page(page: Gold) -> Frame | None:
    source = page.html.decode("utf-8", "replace").replace("\x00", "")
    marked, lengths, share = source, [len((page.title or "").split()) or 8], 0
    if not page.title or len(source) > LONGEST:
        return None
    for text in page.paragraphs:
        written = markup.escape(text, quote=False)
        if len(text.split()) >= 8 and marked.count(written) == 1:
            marked = marked.replace(written, f"\x00{len(lengths)}\x00")
            lengths.append(len(text.split()))
            share += len(text)
    if len(lengths) <= LEAST_PARAGRAPHS or share < LEAST_SHARE * sum(map(len, page.paragraphs)):
        return None
    return _frame(marked.replace(markup.escape(page.title, quote=False), f"\x00{TITLE}\x00"), lengths)


def _frame(marked: str, lengths: Sequence[int]) -> Frame | None:
    pieces = MARK.split(marked)
    bare = Frame(
        tuple(pieces[::2]), tuple(map(int, pieces[1::2])), tuple(lengths), Article(title="", paragraphs=()), ()
    )
    filled = texts(bare, 0)
    found = extract(bare.page(filled), "https://paper.test/0", sites={}).articles
    if len(found) != 1 or found[0].title != filled[TITLE]:
        return None
    at = {text: place for place, text in enumerate(filled)}
    read = tuple(at.get(paragraph.text) for paragraph in found[0].paragraphs)
    own = sum(len(each.text) for each, place in zip(found[0].paragraphs, read, strict=True) if place is None)
    return replace(bare, article=found[0], read=read) if own <= MOST_OWN * len(found[0].text) else None


_MENU = "".join(f'<li class="menu-item item-{n}"><a href="/section/{n}">Section {n}</a></li>' for n in range(150))
_MORE = "".join(f'<div class="teaser t{n}"><a href="/more/{n}"><img src="/i/{n}.jpg"></a></div>' for n in range(300))
OWN = (
    "<!DOCTYPE html><html><head><title>\x000\x00</title></head><body>"
    f"<nav><ul>{_MENU}</ul></nav><article><h1>\x000\x00</h1>"
    + "".join(f"<p>\x00{number}\x00</p>" for number in range(1, 7))
    + f"</article><aside>{_MORE}</aside></body></html>"
)
