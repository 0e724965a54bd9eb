"""Names that a page shows: in its byline, behind a word for "by", under its text. Knows nothing of what it declares."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice, takewhile

from selectolax.lexbor import LexborNode

from collector.extract import declared, names, text
from collector.extract.said import Said
from collector.extract.tags import NEVER_READ

Names = tuple[str, ...]

# Each selector costs a part of a parse: the beginnings of words, and what they find is looked at once more.
_BYLINE = '[class*=yline], [class*=uthor], [class*=utor], a[href*="/aut"]'
_CALLED = re.compile(r"byline|author|autor")
_LINKED = re.compile(r"/(?:author|autor|auteur)[a-z]{0,4}/[^/?#]", re.IGNORECASE)  # one of them, not their list
_NO_BYLINE = re.compile(
    r"image|photo|foto|bild|picture|caption|credit|quote|cite|comment|teaser|card|widget|appetizer|related|menu|nav"
)
_OF_A_PICTURE = re.compile(
    r"\s*©|\W*(?:bild|fotos?|photos?|images?|credits?|picture|illustration|grafik|quelle)\b", re.IGNORECASE
)
_LONGEST = 200  # characters of a byline; what is longer holds more than names
_MOST = 8  # elements that may be bylines which are looked at
_FARTHEST = 12  # steps in the tree from the heading to its byline
_MOST_PIECES = 40  # of text, behind the heading
_MOST_PARAGRAPHS = 500  # of a page, in which a signature is looked for
_MARKS = frozenset(("strong", "b", "em", "i"))
_AROUND = 8  # nodes on each side of a signature that are looked at
_LONG = 80  # characters of a paragraph that is more than a name


def byline(said: Said, language: str | None) -> Names:
    """The persons in the first byline near the heading that names one; else whom it says the text is by."""
    nodes = _bylines(said.marked("author"), said)
    persons = [_persons(node, said, language) for node in nodes]
    if not any(persons):
        more = _bylines((node for node in said.near(_BYLINE) if _is_byline(node)), said)
        nodes, persons = nodes + more, persons + [_persons(node, said, language) for node in more]
    for node, found in zip(nodes, persons, strict=True):
        if found:
            row = (each for other, each in zip(nodes, persons, strict=True) if _beside(other, node))
            return tuple(dict.fromkeys(name for each in row for name in each))
    by = (piece for node in nodes for piece in _pieces(node) if names.says_by(piece))
    return next(filter(None, (names.clean([piece], said.source, language) for piece in by)), ())


def spoken(said: Said, language: str | None) -> Names:
    """The persons behind the first word for "by" that stands right after the heading, in whatever element."""
    if not said.headings:
        return ()
    pieces = list(islice(_following(said.headings[0][0]), _MOST_PIECES))
    for number, piece in enumerate(pieces):
        alone = names.only_says_by(piece)
        if alone or (names.says_by(piece) and len(piece) < _LONG):
            behind = pieces[number + 1 :] if alone else [piece]
            found = (names.clean([one], said.source, language) for one in behind if any(map(str.isalnum, one)))
            persons = takewhile(lambda line: line and all(_is_person(name, said) for name in line), found)
            if row := tuple(name for line in persons for name in line):
                return row
    return ()


def signature(said: Said, language: str | None) -> Names:
    """A name that stands alone, in bold or italics, in the first or last paragraph of a text."""
    for paragraph in said.page.tree.css("p")[:_MOST_PARAGRAPHS]:
        inner = list(islice(paragraph.iter(), 2))
        if len(inner) != 1 or inner[0].tag not in _MARKS or not _stands_at_an_end(paragraph):
            continue
        line = text.inline(inner[0])
        found = names.clean([line], said.source, language) if len(line) < _LONG else ()
        if found and all(_is_person(name, said) for name in found) and text.inline(paragraph) == line:
            return found
    return ()


def is_own(name: str, said: Said) -> bool:
    """Whether it is the site: its name, its address, or a part of it ("MDR Thüringen" of mdr.de)."""
    words = name.casefold().split()
    return declared.bare(name) in said.own_names or words[0] in said.own_names


def _bylines(nodes: Iterable[LexborNode], said: Said) -> list[LexborNode]:
    """Those of the first that may be bylines which stand near the heading and are no part of anything else."""
    likely = (node for node in islice(nodes, _MOST) if not _NO_BYLINE.search(_kind(node)))
    return [node for node in likely if _is_near(node, said)]


def _persons(node: LexborNode, said: Said, language: str | None) -> Names:
    """The names in each piece of a byline that names a person."""
    found: list[str] = []
    pieces = _pieces(node)
    if any(map(_OF_A_PICTURE.match, pieces)):
        return ()
    for piece in pieces:
        line = names.clean([piece], said.source, language)
        if any(_is_person(name, said) for name in line):
            found += (name for name in line if _is_likely(name) and not is_own(name, said))
    return tuple(found)


def _is_likely(name: str) -> bool:
    """Of what stands beside a person's name: whether it may be another's, of one word too."""
    return not name[0].islower() and not any(map(str.isdigit, name))


def _is_person(name: str, said: Said) -> bool:
    return names.is_person(name) and not is_own(name, said)


def _pieces(node: LexborNode) -> list[str]:
    """The texts of a byline, each as its element holds it: name, job and date mostly have elements of their own."""
    line = node.text(separator="\n", strip=True)
    return line.split("\n") if len(line) <= _LONGEST else []


def _is_near(node: LexborNode, said: Said) -> bool:
    """Whether few steps through the tree lead from the heading to it: bylines of other stories stand farther."""
    if not said.headings:
        return True
    above = {one: steps for steps, one in enumerate(_line(said.headings[0][0]))}
    return any(one in above and above[one] + steps <= _FARTHEST for steps, one in enumerate(_line(node)))


def _line(node: LexborNode) -> Iterator[int]:
    """The ids of an element and of those above it, up to the farthest that counts."""
    here: LexborNode | None = node
    for _ in range(_FARTHEST + 1):
        if here is None:
            return
        yield here.mem_id
        here = here.parent


def _kind(node: LexborNode) -> str:
    return (node.attributes.get("class") or "").lower()


def _is_byline(node: LexborNode) -> bool:
    return bool(_CALLED.search(_kind(node)) or _LINKED.search(node.attributes.get("href") or ""))


def _beside(one: LexborNode, other: LexborNode) -> bool:
    """Whether both are of a kind and in a row: each author may have an element."""
    if one.tag != other.tag or _kind(one) != _kind(other):
        return False
    above = zip(islice(_line(one), 1, 3), islice(_line(other), 1, 3), strict=False)
    return any(here == there for here, there in above)


def _stands_at_an_end(paragraph: LexborNode) -> bool:
    """Whether there is text on one side of a paragraph only."""
    before, after = paragraph.prev, paragraph.next
    long = [False, False]
    for _ in range(_AROUND):
        long[0] |= before is not None and before.tag == "p" and len(before.text(strip=True)) >= _LONG
        long[1] |= after is not None and after.tag == "p" and len(after.text(strip=True)) >= _LONG
        before, after = before and before.prev, after and after.next
    return long[0] != long[1]


def _following(node: LexborNode) -> Iterator[str]:
    """The pieces of text behind an element, in the order of the page."""
    here: LexborNode | None = node
    while here is not None:
        while here is not None and here.next is None:
            here = here.parent
        here = here and here.next
        while here is not None and here.first_child is not None and here.tag not in NEVER_READ:
            here = here.first_child
        if here is not None and here.is_text_node and (piece := here.text().strip()):
            yield piece


PLACES: Mapping[str, Callable[[Said, str | None], Names]] = {
    "byline": byline,
    "by": spoken,
    "signature": signature,
}
