"""What stands on a page, or in other articles of its site: words that the markup may show or hide. No database.

Words are looked for by three that follow each other, so that a sentence is found whatever stands around it.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from collector.extract.page import Page
from collector.extract.walk import walk
from collector.policy.changes.said import folded
from collector.policy.changes.tokens import words

Triple = tuple[str, str, str]
_ENOUGH = 0.9  # of the triples: a number, a name or a word that is new breaks three of them
_FEWEST, _SHARE = 3, 0.2  # of a site's other articles that hold a paragraph which is nobody's own
_IN_MENUS = ("section", "tags", "source")
_DEEPEST = 5  # objects and lists in one another
_ENDS, _TAIL = re.compile(rb"</(?:body|html)", re.IGNORECASE), 2_000  # bytes
_END = 6  # blocks that end a page


@dataclass(frozen=True, slots=True)
class Standing:
    """A page: its blocks of text, what its head says, and its words. whole: does the markup go on to its end?"""

    blocks: tuple[str, ...]  # folded, in their order
    said: frozenset[str]  # folded, in small letters
    text: str  # its words, each between blanks
    triples: frozenset[Triple]
    whole: bool

    @classmethod
    def of(cls, pages: Sequence[tuple[Page, bytes]]) -> "Standing":
        """All that a reader could see on the pages of one article, wherever it stands."""
        blocks = [block.text for page, _ in pages for block in walk([page.root]).blocks]
        each = words(" ".join(blocks))
        return cls(
            blocks=tuple(map(folded, blocks)),
            said=frozenset(folded(text).casefold() for page, _ in pages for text in _said(page)),
            text=_line(each),
            triples=triples(each),
            whole=all(_ENDS.search(body, max(len(body) - _TAIL, 0)) for _, body in pages),
        )

    def holds(self, text: str, around: Sequence[str] = ()) -> bool:
        """Do these words stand there? around: they and those beside them, by which few words are looked for."""
        if folded(text) in self.blocks:
            return True
        own = triples(words(text)) or triples(around)
        return bool(own) and len(own & self.triples) >= _ENOUGH * len(own)

    def says(self, field: str, value: str) -> bool:
        """Is it said somewhere on this page? What is a word of any menu must stand in its head."""
        return folded(value).casefold() in self.said or (field not in _IN_MENUS and _line(words(value)) in self.text)

    def breaks_off(self, other: "Standing") -> bool:
        """Does its markup have no end, beside another capture of it that has one?"""
        return other.whole and not self.whole

    def lacks_the_end(self, other: "Standing") -> bool:
        """Is nothing there of all that ends the other one?"""
        end = set(other.blocks[-_END:])
        return len(end) == _END and end.isdisjoint(self.blocks) and len(self.blocks) < len(other.blocks)


class Elsewhere:
    """Paragraphs of other articles of the site: which are no article's own."""

    def __init__(self, texts: Iterable[str]) -> None:
        each = [{folded(paragraph) for paragraph in text.split("\n\n")} for text in texts]
        self._articles = len(each)
        self._held = Counter(chain.from_iterable(each))

    def shares(self, paragraph: str) -> bool:
        """Does it stand in so many of them that it is the site's?"""
        return self._held[folded(paragraph)] >= max(_FEWEST, _SHARE * self._articles)


def triples(each: Sequence[str]) -> frozenset[Triple]:
    """Every three words that follow each other."""
    return frozenset(zip(each, each[1:], each[2:], strict=False))


def _line(each: Sequence[str]) -> str:
    return f" {' '.join(each)} "


def _said(page: Page) -> Iterator[str]:
    """What its head, its headings and its JSON-LD say."""
    yield from chain.from_iterable(page.meta.values())
    yield from (node.text() for name in ("title", "h1") for node in page.telling.get(name, ()))
    yield from _texts(page.jsonld)


def _texts(value: object, depth: int = 0) -> Iterator[str]:
    """The texts in an object of JSON-LD but the article's own, which a page may declare as it was before."""
    match value:
        case str():
            yield value
        case list() | tuple() if depth < _DEEPEST:
            for inner in value:
                yield from _texts(inner, depth + 1)
        case dict() if depth < _DEEPEST:
            for key, inner in value.items():
                if key != "articleBody":
                    yield from _texts(inner, depth + 1)
