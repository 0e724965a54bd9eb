"""What stands on a page, or in other articles of its site: words that the markup may show or hide. No database.

Words are looked for by three that follow each other, so that a sentence is found whatever stands around it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from collector.extract.declared import bare
from collector.extract.page import Page
from collector.extract.walk import walk
from collector.policy.changes.said import folded
from collector.policy.changes.tokens import words
from collector.policy.quality import same_story

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
    letters: str  # letters and digits of all that stands there, in small
    triples: frozenset[Triple]
    whole: bool

    @classmethod
    def of(cls, pages: Sequence[tuple[Page, bytes]]) -> "Standing":
        """All that a reader could see on the pages of one article, wherever it stands."""
        blocks = [block.text for page, _ in pages for block in walk([page.root]).blocks]
        return cls(
            blocks=tuple(map(folded, blocks)),
            said=frozenset(folded(text).casefold() for page, _ in pages for text in _said(page)),
            letters=bare(" ".join(blocks)),
            triples=triples(words(" ".join(blocks))),
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
        return folded(value).casefold() in self.said or (field not in _IN_MENUS and bare(value) in self.letters)

    def breaks_off(self, other: "Standing") -> bool:
        """Does its markup have no end, beside another capture of it that has one?"""
        return other.whole and not self.whole

    def lacks_the_end(self, other: "Standing") -> bool:
        """Is nothing there of all that ends the other one?"""
        end = set(other.blocks[-_END:])
        return len(end) == _END and end.isdisjoint(self.blocks) and len(self.blocks) < len(other.blocks)


class Elsewhere:
    """Other articles of the site, title and text of each: which paragraphs are no article's own."""

    def __init__(self, others: Sequence[tuple[str, str]] = (), title: str = "", text: str = "") -> None:
        """`title`, `text`: of the article in question. A copy of it, edited with it, tells nothing."""
        self._others, self._title, self._text = others, title, text

    def share(self, paragraph: str) -> bool:
        """Does it stand in so many of them that it is the site's?"""
        holding = [each for each in self._others if f"\n\n{paragraph}\n\n" in f"\n\n{each[1]}\n\n"]
        enough = max(_FEWEST, _SHARE * len(self._others))
        return len(holding) >= enough and sum(not self._is_copy(*each) for each in holding) >= enough

    def _is_copy(self, title: str, text: str) -> bool:
        return same_story(self._title, self._text, title, text)


def triples(each: Sequence[str]) -> frozenset[Triple]:
    """Every three words that follow each other."""
    return frozenset(zip(each, each[1:], each[2:], strict=False))


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
