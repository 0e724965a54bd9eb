"""When the articles of a listing were published, as it shows it: in their blocks, above them, or below. Chooses none.

in the block     time elements, elements that are called dates, short lines with figures
outside of it    a date before the first block is a heading: of all blocks up to the next one; else it is of the block
                 before it, as in lists without elements around each article
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from selectolax.lexbor import LexborNode

from collector.extract import dates, text
from collector.extract.listing_blocks import Block, holder
from collector.extract.page import Page
from collector.extract.walk import walk
from storage.records import Moment

_CALLED = "[class*=date i], [class*=time i], [class*=publish i], [itemprop~=datePublished], abbr[title]"
_CHANGED = re.compile(r"updat|modif|chang")
_BETWEEN = re.compile(r"\s*[|·•●\n]\s*|\s[–—-]\s|,\s(?=\d{1,2}[. ]|\d{4}-)")
_LONGEST = 40  # characters of a line that is a date, and nobody calls it one
_LONGEST_CALLED = 100
_MOST = 30  # places in a block that are looked at
_DAYS = ("second", "minute", "hour", "day")  # a month alone dates no article


class Reader:
    """Reads the dates of one page. `now`: when it was fetched, for what is told from then ("3 hours ago")."""

    def __init__(self, page: Page, now: datetime) -> None:
        self._now, self._language = now, page.html_lang

    def own(self, block: Block) -> Moment | None:
        """The date in a block."""
        return next((moment for line in self._lines(block) if (moment := self._read(line))), None)

    def around(self, found: Sequence[Block]) -> Mapping[int, Moment]:
        """Dates of blocks that have none in them, by their place in `found`."""
        if not found or all(block.published for block in found):
            return {}
        numbers = {block.node.mem_id: number for number, block in enumerate(found)}
        seen = list(self._stream(holder(found), numbers, {n.mem_id for b in found for n in b.around}))
        if not any(isinstance(one, Moment) for one in seen):
            return {}
        told: dict[int, Moment] = {}
        last: int | Moment | None = None
        headed = isinstance(seen[0], Moment)
        for one in seen:
            if headed and isinstance(one, int) and isinstance(last, Moment):
                told[one] = last
            elif not headed and isinstance(one, Moment) and isinstance(last, int):
                told[last] = one
            last = one if not headed or isinstance(one, Moment) else last
        return told

    def _lines(self, block: Block) -> Iterator[str]:
        times = sorted(block.node.css("time, [datetime]")[:_MOST], key=_tells_of_a_change)
        for node in times:
            yield from filter(None, (node.attributes.get("datetime"), text.inline(node)))
        for node in block.node.css(_CALLED)[:_MOST]:
            attributes = node.attributes
            yield from filter(None, (attributes.get("content"), attributes.get("title")))
            yield from _pieces(text.inline(node), _LONGEST_CALLED, called=True)
        own = block.node.mem_id
        titles = frozenset(link.node.mem_id for link in block.links if link.node.mem_id != own)
        for said in walk([block.node], skip=titles).blocks[:_MOST]:
            yield from _pieces(said.text, _LONGEST)

    def _stream(self, node: LexborNode, numbers: Mapping[int, int], above: Iterable[int]) -> Iterator[int | Moment]:
        """Blocks, by their numbers, and the dates outside of them, in the order of the page."""
        todo, holders = [node], frozenset(above)
        while todo:
            node = todo.pop()
            if (number := numbers.get(node.mem_id)) is not None:
                yield number
            elif node.mem_id in holders:
                todo += reversed(list(node.iter()))
            elif moment := self._outside(node):
                yield moment

    def _outside(self, node: LexborNode) -> Moment | None:
        said = node if node.tag == "time" else node.css_first("time[datetime]")
        if said is not None and (moment := self._read(said.attributes.get("datetime") or "")):
            return moment
        return next((m for line in _pieces(text.inline(node), _LONGEST) if (m := self._read(line))), None)

    def _read(self, line: str) -> Moment | None:
        moment = dates.parse(line, now=self._now, language=self._language) if line else None
        return moment if moment is not None and moment.precision in _DAYS else None


def _pieces(line: str, longest: int, *, called: bool = False) -> Iterator[str]:
    pieces = (piece for piece in _BETWEEN.split(line) if 3 < len(piece) <= longest)
    return (piece for piece in pieces if called or any(map(str.isdigit, piece)))


def _tells_of_a_change(node: LexborNode) -> bool:
    return _CHANGED.search((node.attributes.get("class") or "").lower()) is not None
