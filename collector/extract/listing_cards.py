"""
A page -> the articles that it lists, with what it says of each. Pure, as all of this package; knows no site's names.

told: addresses that the page's rule names -> the block of each | JSON-LD's lists, and the blocks that are the list
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from collector import urls
from collector.extract import text
from collector.extract.boxes import tidy
from collector.extract.listing_blocks import Block, blocks, the_list
from collector.extract.listing_dates import Reader
from collector.extract.listing_links import Link, headlines, is_headline
from collector.extract.page import Page
from storage.records import Moment

_HEADING = "h1, h2, h3, h4, h5, h6"
_LISTED = ("itemListElement", "blogPost", "hasPart")
_DEEPEST = 6  # levels of JSON-LD below an object of the page


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One article on a listing. `published`: no rougher than a day."""

    url: str
    title: str | None = None
    published: Moment | None = None


def cards(page: Page, found: Sequence[Link], now: datetime, told: Collection[str] = ()) -> list[Card]:
    """The articles that are listed, each once, in the order of the page.

    found: the page's links. told: addresses that its rule names; without them, the list is found by its structure.
    """
    reader = Reader(page, now)
    if told:
        return _cards(blocks([link for link in found if link.url in told]), reader, told)
    declared = dict.fromkeys(_declared(page))
    every = blocks(headlines(found, page))
    for block in every:
        block.published = reader.own(block)
        block.title = _title(block)
    chosen = the_list([block for block in every if block.title], declared)
    shown = {block.url for block in every}
    return _cards(chosen, reader, () if shown & declared.keys() else tuple(declared))


def _cards(found: Sequence[Block], reader: Reader, more: Collection[str]) -> list[Card]:
    """One an address; `more`: those of which no block was found come last."""
    for block in found:
        block.published = block.published or reader.own(block)
        block.title = block.title or _title(block)
    around = reader.around(found)
    known: dict[str, Card] = {}
    for number, block in enumerate(found):
        card = Card(url=block.url, title=block.title or None, published=block.published or around.get(number))
        before = known.setdefault(block.url, card)
        if before is not card and before.published is None:
            known[block.url] = Card(url=card.url, title=before.title or card.title, published=card.published)
    return list(({url: Card(url=url) for url in more} | known).values()) if not known else list(known.values())


def _title(block: Block) -> str:
    """The headline: what a link in a heading says, a heading beside the link, the longest words of a link."""
    in_heading = [link.words for link in block.links if link.heading and link.words]
    if in_heading:
        return max(in_heading, key=len)
    heading = block.node.css_first(_HEADING)
    if heading is not None and (line := text.inline(heading)):
        return line
    longest = max((link.words for link in block.links), key=len)
    return longest if is_headline(longest) else ""


def _declared(page: Page) -> Iterator[str]:
    """The addresses that the page's own data list: an ItemList, a blog's posts, the parts of a collection."""
    for item in page.jsonld:
        if "Breadcrumb" in str(item.get("@type")):
            continue
        for key in ("mainEntity", "mainEntityOfPage"):
            if isinstance(item.get(key), dict):
                yield from _listed(item[key], page)
        yield from _listed(item, page)


def _listed(item: dict[str, Any], page: Page) -> Iterator[str]:
    for key in _LISTED:
        value = item.get(key)
        for one in value if isinstance(value, list) else ():
            address = _address(one)
            url = urls.announced(page.absolute(address) or "") if address else None
            if url is not None and urls.same_site(url, page.url):
                yield url


def _address(one: Any) -> str | None:
    """Of a ListItem, or of the piece that it holds."""
    for _ in range(_DEEPEST):
        if isinstance(one, str):
            return tidy(one) or None
        if not isinstance(one, dict):
            return None
        one = next((one[key] for key in ("url", "item", "@id") if one.get(key)), None)
    return None
