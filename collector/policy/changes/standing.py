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
_DEEPEST = 5  # objects and lists in one another
_ENDS, _TAIL = re.compile(rb"</(?:body|html)", re.IGNORECASE), 2_000  # bytes
_END = 6  # blocks that end a page


@dataclass(frozen=True, slots=True)
class Standing:
    """A page: its blocks of text, what its head says, and its words. whole: does the markup go on to its end?"""

    blocks: tuple[str, ...]  # folded, in their order
    said: frozenset[str]  # folded, in small letters
    triples: frozenset[Triple]
    whole: bool

    @classmethod
    def of(cls, pages: Sequence[tuple[Page, bytes]]) -> "Standing":
        """All that a reader could see on the pages of one article, wherever it stands."""
        blocks = [block.text for page, _ in pages for block in walk([page.root]).blocks]
        return cls(
            blocks=tuple(map(folded, blocks)),
            said=frozenset(folded(text).casefold() for page, _ in pages for text in _said(page)),
            triples=triples(words(" ".join(blocks))),
            whole=all(_ENDS.search(body, max(len(body) - _TAIL, 0)) for _, body in pages),
        )

    def holds(self, text: str, around: Sequence[str] = ()) -> bool:
        """Do these words stand there? around: they and those beside them, by which few words are looked for."""
        if folded(text) in self.blocks:
            return True
        own = triples(words(text)) or triples(around)
        return bool(own) and len(own & self.triples) >= _ENOUGH * len(own)

    def says(self, value: str) -> bool:
        """Is it the value of a field of this page: in its head, or a line by itself? A few words stand in any menu."""
        found = folded(value)
        return found.casefold() in self.said or (len(words(value)) > 2 and (found in self.blocks or self.holds(value)))

    def ends_before(self, other: "Standing") -> bool:
        """Does the page break off, beside another capture of it: by its markup, or by all that ends the other one?"""
        if self.whole != other.whole:
            return other.whole
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
