"""
Who wrote it, of all that a page says: a person before an organisation, what is declared before what is shown.

JSON-LD | meta names | the byline near the heading | a signature | the site itself, where it is declared

Many sites declare themselves as the author and show the person in the byline only, so the site's own name is not
believed before the page has been looked at. Knows no dates.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from selectolax.lexbor import LexborNode

from collector.extract import declared, meta_names, names, text
from collector.extract.said import Said

Names = tuple[str, ...]

_SIGNATURE = "p > strong:only-child, p > b:only-child, p > em:only-child, p > i:only-child"
# Each selector costs a part of a parse: the beginnings of words, and what they find is looked at once more.
_MARKED = "[rel~=author], [itemprop~=author]"
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
_AROUND = 8  # nodes on each side of a signature that are looked at
_LONG = 80  # characters of a paragraph that is more than a name


def authors(said: Said, language: str | None) -> Names:
    """The names of the first source that names a person, or of one that names another organisation than the site."""
    own: Names = ()
    for _, found in sources(said, language):
        others = tuple(name for name in found if not _is_own(name, said))
        if others:
            return others
        own = own or found
    return own


def sources(said: Said, language: str | None) -> Iterator[tuple[str, Names]]:
    """Each source with the names it gives, most trusted first; those that give none are left out."""
    for key in ("author", "creator"):
        if found := names.clean(declared.names(declared.resolved(said.item.get(key), said.page)), None, language):
            yield f"JSON-LD {key}", found
    for name, values in said.named(meta_names.AUTHOR):
        if found := names.clean(values, None, language):
            yield f"meta {name}", found
    if found := byline(said, language):
        yield "byline", found
    if found := signature(said, language):
        yield "signature", found


def byline(said: Said, language: str | None) -> Names:
    """The persons in the first byline near the heading that names one; else whom it says the text is by."""
    nodes = _bylines(said.near(_MARKED), said)
    if not any(_persons(node, said, language) for node in nodes):
        nodes += _bylines((node for node in said.near(_BYLINE) if _is_byline(node)), said)
    for node in nodes:
        if _persons(node, said, language):
            row = [name for one in nodes if _beside(one, node) for name in _persons(one, said, language)]
            return tuple(dict.fromkeys(row))
    by = (piece for node in nodes for piece in _pieces(node) if names.says_by(piece))
    return next(filter(None, (names.clean([piece], said.source, language) for piece in by)), ())


def _bylines(nodes: Iterable[LexborNode], said: Said) -> list[LexborNode]:
    """Those of the first that may be bylines which stand near the heading and are no part of anything else."""
    likely = (node for node in islice(nodes, _MOST) if not _NO_BYLINE.search(_kind(node)))
    return [node for node in likely if _is_near(node, said)]


def signature(said: Said, language: str | None) -> Names:
    """A name that stands alone, in bold or italics, in the first or last paragraph of a text."""
    for node in said.near(_SIGNATURE):
        paragraph = node.parent
        line = text.inline(node)
        found = names.clean([line], said.source, language) if len(line) < _LONG else ()
        if (
            found
            and all(_is_person(name, said) for name in found)
            and paragraph is not None
            and text.inline(paragraph) == line
            and _stands_at_an_end(paragraph)
        ):
            return found
    return ()


def _persons(node: LexborNode, said: Said, language: str | None) -> Names:
    """The names in each piece of a byline that names a person."""
    found: list[str] = []
    pieces = _pieces(node)
    if any(map(_OF_A_PICTURE.match, pieces)):
        return ()
    for piece in pieces:
        line = names.clean([piece], said.source, language)
        if any(_is_person(name, said) for name in line):
            found += (name for name in line if _is_likely(name) and not _is_own(name, said))
    return tuple(found)


def _is_likely(name: str) -> bool:
    """Of what stands beside a person's name: whether it may be another's, of one word too."""
    return not name[0].islower() and not any(map(str.isdigit, name))


def _is_person(name: str, said: Said) -> bool:
    return names.is_person(name) and not _is_own(name, said)


def _is_own(name: str, said: Said) -> bool:
    """Whether it is the site: its name, its address, or a part of it ("MDR Thüringen" of mdr.de)."""
    words = name.casefold().split()
    return declared.bare(name) in said.own_names or words[0] in said.own_names


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
