"""
The links of a listing -> blocks, one an article, and which of them are the list. By structure, without a site's names.

link -> its block: the widest element that leads to no other article
blocks of one tag in boxes of one shape -> a group; the one with most headlines, headings and dates is the list
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from selectolax.lexbor import LexborNode

from collector.extract.boxes import look_of
from collector.extract.furniture import Sign
from collector.extract.listing_links import Link, is_headline
from storage.records import Moment

Shape = tuple[str, ...]
_WIDEST = 6  # elements around a link that may be its block
_WHOLE = frozenset(("li", "article", "tr", "dd"))  # a block is no wider than these
_LISTS = frozenset(("body", "main", "section", "ul", "ol", "dl", "table", "tbody", "html"))  # nor is it one of these
_PLACED = re.compile(r"\d|^(?:first|last|odd|even|even|active|current|sticky)$|^(?:is|has)-")  # class names of a place
_MOST = 0.6  # of the addresses of a page: what holds them is no furniture, whatever its name
_FEW = 3  # blocks; fewer are a list only when all of them are surely teasers
_LONG = 80  # letters of a headline


@dataclass(slots=True, eq=False)
class Block:
    """One article on a listing. `around`: the elements that hold it, the nearest first, up to the body."""

    node: LexborNode
    around: Sequence[LexborNode]
    shape: Shape
    links: list[Link] = field(default_factory=list)
    furniture: bool = False
    title: str = ""
    published: Moment | None = None

    @property
    def url(self) -> str:
        return self.links[0].url

    @property
    def sure(self) -> bool:
        """Has it what a teaser has beside a link?"""
        return self.published is not None or any(link.heading for link in self.links)


def blocks(links: Sequence[Link]) -> list[Block]:
    """The blocks of these links, in the order of the page."""
    chains = [[link.node, *_around(link.node)] for link in links]
    held: dict[int, set[str]] = defaultdict(set)
    for link, chain in zip(links, chains, strict=True):
        for node in chain:
            held[node.mem_id].add(link.url)
    found: dict[int, Block] = {}
    for link, chain in zip(links, chains, strict=True):
        top = _top(chain, held)
        node, around = chain[top], chain[top + 1 :]
        block = found.get(node.mem_id)
        if block is None:
            block = found[node.mem_id] = Block(node, around, (node.tag or "", *map(_look, around)))
            most = _MOST * len({one.url for one in links})
            block.furniture = any(_is_furniture(one) and len(held[one.mem_id]) < most for one in [node, *around])
        block.links.append(link)
    return list(found.values())


def the_list(found: Sequence[Block], told: Collection[str] = ()) -> list[Block]:
    """Those that are the list. `told`: addresses that the page itself calls its list.

    What stands above the list, or between its blocks, in another shape belongs to it when it has a heading or a date.
    """
    groups: dict[Shape, list[Block]] = defaultdict(list)
    for block in found:
        if not block.furniture:
            groups[block.shape].append(block)
    best = max(groups.values(), key=lambda group: _weight(group, told), default=[])
    if len({block.url for block in best}) < _FEW and not all(block.sure for block in best):
        return []
    held = {node.mem_id for node in [holder(best), *_main(best)]} if best else set()
    last = best[-1:]
    members = {id(block) for block in best}
    before = True
    kept: list[Block] = []
    for block in found:
        if id(block) in members:
            kept.append(block)
        elif before and not block.furniture and block.sure and len(groups[block.shape]) < max(_FEW, len(best)):
            kept += [block] if any(node.mem_id in held for node in block.around) else []
        before = before and block not in last
    return kept


def holder(list_: Sequence[Block]) -> LexborNode:
    """The smallest element that holds all of them."""
    common = {node.mem_id for node in list_[0].around}
    for block in list_[1:]:
        common &= {node.mem_id for node in block.around}
    around = (node for node in list_[0].around if node.mem_id in common)
    return next(around, list_[0].node)


def _main(list_: Sequence[Block]) -> Iterator[LexborNode]:
    """What the page calls its main part, if the list stands there."""
    for node in list_[0].around:
        if node.tag == "main" or (node.attributes.get("role") or "").lower() == "main":
            yield node


def _weight(group: Iterable[Block], told: Collection[str]) -> float:
    """By what its blocks say, each address once."""
    each = {block.url: block for block in group}
    weight = 0.0
    for url, block in each.items():
        longest = max(len(link.words) for link in block.links)
        weight += 1 + min(longest, _LONG) / _LONG + (block.published is not None) + 2 * (url in told)
        weight += any(link.heading for link in block.links)
        weight += any(is_headline(link.words) for link in block.links)
    return weight


def _top(chain: Sequence[LexborNode], held: dict[int, set[str]]) -> int:
    top = 0
    for number, node in enumerate(chain[:_WIDEST]):
        if number and (node.tag in _LISTS or len(held[node.mem_id]) > 1):
            break
        top = number
        if node.tag in _WHOLE:
            break
    return top


def _around(node: LexborNode) -> Iterator[LexborNode]:
    parent = node.parent
    while parent is not None and parent.tag != "html":
        yield parent
        parent = parent.parent


def _look(node: LexborNode) -> str:
    """Tag and class names, but those that tell which one of several it is."""
    names = sorted(name for name in (node.attributes.get("class") or "").split() if not _PLACED.search(name))
    return ".".join((node.tag or "", *names))


def _is_furniture(node: LexborNode) -> bool:
    attributes = node.attributes
    look = look_of(node.tag or "", attributes.get("class"), attributes.get("id"), attributes.get("role"))
    aside = any(sign & Sign.ASIDE for _, sign in look.marks)
    return look.chrome or (aside and not any(sign & Sign.BODY for _, sign in look.marks))
