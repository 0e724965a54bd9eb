"""The blocks of an article's box -> those that are its text: no headline, no labels, nothing twice. Knows no tree."""

import html
import re
from collections.abc import Sequence

from collector.extract import declared
from collector.extract.boxes import Block
from collector.extract.page import Page
from collector.extract.score import ENDS

_LABEL = 40  # characters that a label has at most
_LONG = 60  # characters from which on a paragraph is said once only
_TELLING = 40  # characters from which on a paragraph is looked for in what the page declares
_HEAD = 150  # characters of it that are
_AGREEING = 0.6  # share of the text that must be found there
_TAG = re.compile(r"<[^>]*>")


def once(blocks: Sequence[Block]) -> list[Block]:
    """A long paragraph that stands twice is a caption, or a teaser of itself: the first one stays."""
    first: dict[str, int] = {}
    for block in blocks:
        first.setdefault(block.text, block.number)
    return [block for block in blocks if len(block.text) < _LONG or first[block.text] == block.number]


def declared_text(page: Page) -> str:
    """The longest text that JSON-LD declares, bare of all but letters and digits; cut short on many pages."""
    return declared.bare(_TAG.sub(" ", html.unescape(declared.body(page))))


def within_declared(blocks: Sequence[Block], declared_text: str) -> list[Block]:
    """Where JSON-LD declares this very text, what stands after the last of it is not the article's."""
    held = [number for number, block in enumerate(blocks) if _is_in(block, declared_text)] if declared_text else []
    if sum(len(blocks[number].text) for number in held) < _AGREEING * sum(len(block.text) for block in blocks):
        return list(blocks)
    return [block for number, block in enumerate(blocks) if number <= held[-1]] if held else list(blocks)


def without_labels(blocks: Sequence[Block]) -> list[Block]:
    """Labels before the first sentence are not text, nor what follows the last: section, date, "Sources"."""
    said = [number for number, block in enumerate(blocks) if block.kind != "h" and not _is_label(block)]
    if not said:
        return list(blocks)
    return [b for n, b in enumerate(blocks) if said[0] <= n <= said[-1] or (n < said[0] and not _is_label(b))]


def without_title(blocks: Sequence[Block], title: str | None) -> list[Block]:
    """The headline is no text: neither the title, wherever it is said again, nor an h1 before the first paragraph."""
    bare = declared.bare(title or "")
    longest = 2 * len(title or "")  # of a block that says the same, with other signs
    first = next((number for number, block in enumerate(blocks) if block.kind != "h"), 0)
    return [
        block
        for number, block in enumerate(blocks)
        if not (bare and len(block.text) <= longest and declared.bare(block.text) == bare)
        and not (number < first and block.box.tag == "h1")
    ]


def _is_in(block: Block, declared_text: str) -> bool:
    bare = declared.bare(block.text[:_HEAD])
    return block.kind != "h" and len(block.text) >= _TELLING and bare in declared_text


def _is_label(block: Block) -> bool:
    return block.kind == "p" and len(block.text) < _LABEL and block.text[-1] not in ENDS
