"""What is known of a host's furniture: a small profile, and a page's blocks without what it remembers.

A block is known by its words and by its place together, so that a sentence which is furniture in a box of its own is
text where an article quotes it. Decides nothing of how a profile comes about (`learning`); knows no tree.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import accumulate, takewhile
from typing import Self

from collector.extract import meta_names
from collector.extract.boxes import Block, Walked
from collector.extract.metadata import Fields
from collector.extract.page import Page
from collector.extract.tags import INNER

FORMAT = 1  # of a profile as it is stored
_OWN = (*meta_names.TITLE, *meta_names.LEAD)
_MOST_AT_PLACES = 0.4  # of a page's text may go for its place alone; more, and the page was made anew
_NAMES = 4  # of an element, that tell a place
_LONGEST_NAME = 30  # characters
_VARYING = re.compile(r"\d|[^\x00-\x7f]")  # in a name: it counts paragraphs, or names this very article
_INNER = INNER | {"blockquote"}
_DEEP = 6  # boxes around a block that may hold its heading
_CUT = re.compile(r"\s*(?:\.\.\.|…)$")
_TELLING = 20  # characters of a description that was cut, from which on its beginning tells whose it is


@dataclass(frozen=True, eq=False)
class Profile:
    """A host's furniture. `revision` names its content, as that of a rule does.

    paragraphs: by the place where they stand, digests of the words that recur there.
    places: those where all that ever stood is furniture, so that what comes next is, too.
    """

    paragraphs: Mapping[str, frozenset[str]] = field(default_factory=dict)
    places: frozenset[str] = frozenset()
    spared: Sequence[re.Pattern[str]] = ()  # by a site's rule: texts to keep; not stored

    @cached_property
    def revision(self) -> str:
        return hashlib.sha256(self.to_json().encode()).hexdigest()[:12]

    def to_json(self) -> str:
        """The same text for the same profile."""
        paragraphs = {place: sorted(self.paragraphs[place]) for place in sorted(self.paragraphs)}
        known = {"format": FORMAT, "paragraphs": paragraphs, "places": sorted(self.places)}
        return json.dumps(known, ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def from_json(cls, stored: str) -> Self:
        """What `to_json` wrote. Raises ValueError, KeyError or TypeError on anything else."""
        known = json.loads(stored)
        paragraphs = {place: frozenset(digests) for place, digests in known["paragraphs"].items()}
        return cls(paragraphs, frozenset(known["places"]))

    def furniture(self, walked: Walked, page: Page, fields: Fields) -> frozenset[int]:
        """Numbers of the blocks that are remembered, and of headings with nothing else below them.

        Never what the page says of itself in its head.
        """
        found: dict[int, str] = {}
        moved: dict[int, str] = {}
        paragraphs, places = self.paragraphs, self.places
        for block in walked.blocks if paragraphs or places else ():
            if block.linked >= len(block.text):  # mere links are text for nobody, and most of many a page
                continue
            place = place_of(block)
            if place in paragraphs and digest(block.text) in paragraphs[place]:
                found[block.number] = block.text
            elif place in places:
                moved[block.number] = block.text
        if moved and _size(moved.values()) <= _MOST_AT_PLACES * _size(block.text for block in walked.blocks):
            found |= moved
        if not found:
            return frozenset()
        own = OwnWords(page, fields.title, fields.lead)
        known = frozenset(number for number, text in found.items() if not (own.hold(text) or self._spares(text)))
        return known | _emptied(known, walked)

    def _spares(self, text: str) -> bool:
        return any(pattern.match(text) for pattern in self.spared)

    def without(self, walked: Walked, page: Page, fields: Fields) -> list[Block]:
        """The blocks that are not remembered."""
        known = self.furniture(walked, page, fields)
        return [block for block in walked.blocks if block.number not in known]


NOTHING = Profile()  # of a host that is not known


class OwnWords:
    """What a page says of itself in its head. Other pages show it as a teaser; on this one it may be the standfirst."""

    def __init__(self, page: Page, title: str | None, lead: str | None) -> None:
        said = (*(words for name in _OWN for words in page.meta.get(name, ())), title, lead)
        self._said = frozenset(folded(words) for words in said if words)
        cut = (_CUT.sub("", words) for words in self._said if words.endswith(("…", "...")))
        self._starts = tuple(start for start in cut if len(start) >= _TELLING)

    def hold(self, text: str) -> bool:
        """Whether the text is among them, or the whole of one that was cut short."""
        words = folded(text)
        return words in self._said or words.startswith(self._starts)


def place_of(block: Block) -> str:
    """The two nearest boxes as a short selector: tags, and those of their names that other pages share."""
    box = block.box
    around = box.parent
    return _place(box.tag, box.names, around.tag, around.names) if around else _selector(box.tag, box.names)


def holder_of(block: Block) -> str:
    """The box around its paragraph, heading, list or table, as a short selector."""
    box = block.box
    while box.tag in _INNER and box.parent is not None:
        box = box.parent
    return _selector(box.tag, box.names)


def digest(text: str) -> str:
    """16 hexadecimal digits that stand for the words, however they are spaced and capitalised."""
    return hashlib.blake2b(folded(text).encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def folded(text: str) -> str:
    """The words to compare by."""
    return " ".join(text.casefold().split())


def _emptied(known: frozenset[int], walked: Walked) -> frozenset[int]:
    """Headings that have nothing below them any more: all else in a box around them is remembered."""
    blocks = walked.blocks
    left = [0, *accumulate(block.kind != "h" and block.number not in known for block in blocks)]  # before each block
    found: set[int] = set()
    for block in (blocks[number] for number in known if blocks[number].kind != "h"):
        for box in takewhile(lambda box: left[box.start] == left[box.end], block.box.around(_DEEP)):
            found.update(range(box.start, box.end))
    return frozenset(found)


@lru_cache(maxsize=20_000)
def _place(tag: str, names: str, tag_around: str, names_around: str) -> str:
    return f"{_selector(tag_around, names_around)} > {_selector(tag, names)}"


@lru_cache(maxsize=20_000)
def _selector(tag: str, names: str) -> str:
    stable = (name for name in names.split() if len(name) <= _LONGEST_NAME and not _VARYING.search(name))
    return ".".join((tag[:_LONGEST_NAME], *sorted(set(stable))[:_NAMES]))


def _size(texts: Iterable[str]) -> int:
    return sum(map(len, texts))
