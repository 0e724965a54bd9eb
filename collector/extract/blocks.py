"""
The blocks of a page that holds several whole pieces, where no class name can be relied on. Knows no fields.

A page of cards is told by its links: each card leads to its own piece. A card's block is the smallest one around
a link that holds a text, or a larger one where only short lines come in and tell what is missing (the source, the
time); it never holds a link to another piece. Cards that no element holds are runs of siblings between two links.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile
from urllib.parse import urldefrag

from selectolax.lexbor import LexborNode

from collector.extract import text
from collector.extract.marks import plain
from collector.extract.page import Page
from collector.extract.places import find

_SHORTEST = 60  # characters of a text; the lines around it (source, time, category) are shorter
_LONGEST = 300  # characters of a title
_TRIES = 5  # links to one address around which a block is looked for
_LEVELS = 12  # elements around a link that may be its block
_ENDS = tuple(".!?…”’\"'。")  # of a short text, which a label lacks

Roots = Sequence[LexborNode]
# What a block says beside the lines that a rule knows of a piece (its source, its time); None where they are missing.
Beside = Callable[[Roots], Sequence[str] | None]


@dataclass(frozen=True, slots=True)
class Block:
    """Sibling elements that hold one piece, the address it leads to, and what its links call it."""

    roots: tuple[LexborNode, ...]
    url: str | None = None
    title: str | None = None


def selected(page: Page, selector: str) -> Iterator[Block]:
    yield from (Block((node,)) for node in find([page.root], selector))


def linked(page: Page, selector: str, beside: Beside) -> Iterator[Block]:
    """One block for each address that the links lead to, but the page's own; none for a link without text around it."""
    held: dict[int, set[str]] = {}  # by element: the addresses that links in it lead to
    leading: dict[str, list[LexborNode]] = {}  # by address: the links there
    for link, url in _links(page, selector):
        leading.setdefault(url, []).append(link)
        for around in _around(link, page.root):
            held.setdefault(around.mem_id, set()).add(url)
    for url, several in leading.items():
        names = _names(several)
        for link in several[:_TRIES]:
            own = [around for around in _around(link, page.root) if held[around.mem_id] == {url}]
            if roots := _block(own[:_LEVELS], names, beside) or _run(own[-1], names, held, url):
                yield Block(roots, url, next(iter(names), None))
                break


def _links(page: Page, selector: str) -> Iterator[tuple[LexborNode, str]]:
    itself = {urldefrag(own).url for own in (page.url, page.canonical) if own}
    for node in find([page.root], selector):
        url = page.absolute(node.attributes.get("href"))
        if url and urldefrag(url).url not in itself and not _in_running_text(node):
            yield node, urldefrag(url).url


def _in_running_text(link: LexborNode) -> bool:
    beside = [node for node in (link.prev, link.next) if node is not None and node.is_text_node]
    return sum(len((node.text_content or "").strip()) for node in beside) >= _SHORTEST // 2


def _around(node: LexborNode, root: LexborNode) -> Iterator[LexborNode]:
    """The node and the elements around it, from the inside out, below the root."""
    around: LexborNode | None = node
    while around is not None and around.mem_id != root.mem_id:
        yield around
        around = around.parent


def _names(links: Sequence[LexborNode]) -> dict[str, None]:
    """What links call the piece, by their text or the words for their picture: as a set, the longest first."""
    said = [text.inline(link) for link in links]
    said += [picture.attributes.get("alt") or "" for picture in find(links, "img[alt]")]
    return dict.fromkeys(sorted((one for one in map(plain, said) if 0 < len(one) <= _LONGEST), key=len, reverse=True))


def _block(own: Sequence[LexborNode], names: dict[str, None], beside: Beside) -> tuple[LexborNode, ...]:
    told = [(node, _texts([node], names)) for node in own]
    holding = next((i for i, (_, texts) in enumerate(told) if texts), None)
    if holding is None:
        return next(((node,) for node in own if _short(beside([node]) or (), names)), ())
    smallest, texts = told[holding]
    fitting = takewhile(lambda one: len(one[1]) == len(texts), told[holding:])
    return (next((node for node, _ in fitting if beside([node]) is not None), smallest),)


def _short(lines: Sequence[str], names: dict[str, None]) -> bool:
    """Whether a sentence is among the lines, however short."""
    return any(line.endswith(_ENDS) and plain(line) not in names for line in lines)


def _run(first: LexborNode, names: dict[str, None], held: dict[int, set[str]], url: str) -> tuple[LexborNode, ...]:
    """The element and its siblings up to the next one that leads elsewhere."""
    run, sibling = [first], first.next
    while sibling is not None and held.get(sibling.mem_id, {url}) == {url}:
        run += [sibling] if sibling.is_element_node else []
        sibling = sibling.next
    return tuple(run) if _texts(run, names) else ()


def _texts(roots: Sequence[LexborNode], names: dict[str, None]) -> list[str]:
    """The paragraphs long enough to be a piece's text; neither headings nor what the links call it."""
    said = ((one.kind, plain(one.text)) for one in text.read(roots).paragraphs)
    return [words for kind, words in said if kind != "h" and len(words) >= _SHORTEST and words not in names]
