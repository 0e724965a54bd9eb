"""Live blogs: a page whose JSON-LD names updates is its opening text, and each update a piece of its own.

As one text such a page would be a new version every few minutes and no version would say what was said when.
The updates that JSON-LD names (schema.org LiveBlogPosting, `liveBlogUpdate`) show how a headline of one looks; those
it leaves out, mostly all but the newest ten, are found by the same look.
"""

from collections.abc import Set
from dataclasses import dataclass
from typing import Any

from collector.extract import declared
from collector.extract.choose import Chosen
from collector.extract.jsonld import Item
from collector.extract.page import Page

_LEAST = 2  # updates that make a live blog


@dataclass(frozen=True, slots=True, kw_only=True)
class Update:
    """One update: its headline, the number of that block, those of its text, and what JSON-LD says of it."""

    title: str
    start: int
    blocks: set[int]
    item: Item


def is_live(page: Page) -> bool:
    """Whether the page says that it carries updates."""
    return any("liveBlogUpdate" in item for item in page.jsonld)


def updates(chosen: Chosen, kept: Set[int], page: Page) -> list[Update]:
    """The updates on the page in its order; [] where it is no live blog. `kept`: the numbers of its text."""
    told = _told(page)
    if len(told) < _LEAST:
        return []
    headings = [block for block in chosen.walked.blocks if block.kind == "h"]
    looks = {block.box.look for block in headings if declared.bare(block.text) in told}
    starts = [
        block for block in headings if block.box.look in looks and declared.bare(block.text) != chosen.known.title
    ]
    ends = [block.number for block in starts[1:]] + [len(chosen.walked.blocks)]
    return [
        Update(
            title=start.text,
            start=start.number,
            blocks={number for number in range(start.number + 1, end) if number in kept},
            item=told.get(declared.bare(start.text), {}),
        )
        for start, end in zip(starts, ends, strict=False)
    ]


def _told(page: Page) -> dict[str, Item]:
    """What JSON-LD says of the updates, by their bare headlines; one called like the page is a summary of it."""
    blogs = [item for item in page.jsonld if "liveBlogUpdate" in item]
    titles = {_headline(blog) for blog in blogs}
    found = {_headline(item): item for blog in blogs for item in _items(blog["liveBlogUpdate"])}
    return {headline: item for headline, item in found.items() if headline and headline not in titles}


def _headline(item: Item) -> str:
    return declared.bare(declared.text(item.get("headline")))


def _items(value: Any) -> list[Item]:
    return [item for item in (value if isinstance(value, list) else [value]) if isinstance(item, dict)]
