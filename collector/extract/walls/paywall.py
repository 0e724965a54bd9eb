"""Whether what was read is but what stands before a paywall. Knows no site.

Publishers set `isAccessibleForFree` wrongly, so the flag alone is no sign: the page must have promised more, too.
"""

import re

from collector.extract import declared
from collector.extract.page import Page
from collector.extract.walk import walk
from collector.extract.walls.reasons import PAYWALL
from collector.extract.walls.said import SAID
from storage.records import Article

STUB = "a paywall's stub"
_LONGEST = 1_500  # characters of a stub
_SHORT = 600  # of one that no flag declares
_NOTICE = 200  # characters of a paragraph that asks to subscribe
_LEAST = 25  # characters of a paragraph that says something
_LEAST_PROMISED = 100  # words
_SHARE = 0.35  # of the words that were promised
_CHARACTERS = (0.8, 1.3)  # some sites count characters and call them words
_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|\w+")  # a sign of a script without blanks is counted as one


def is_stub(page: Page, article: Article) -> bool:
    """A text far shorter than the page promised behind a declared paywall, or one that only asks to subscribe."""
    text = article.text
    if len(text) < _SHORT and _only_asks(article):
        return True
    if not article.paywalled or len(text) >= _LONGEST:
        return False
    return _breaks_promise(page, text) or _repeats_description(page, article)


def _only_asks(article: Article) -> bool:
    """All that is said is in the description, or asks to subscribe."""
    asks = [len(one.text) < _NOTICE and bool(SAID[PAYWALL].search(one.text)) for one in article.paragraphs]
    lead = declared.bare(article.lead or "")
    return any(asks) and all(
        asking or len(one.text) < _LEAST or declared.bare(one.text) in lead
        for one, asking in zip(article.paragraphs, asks, strict=True)
    )


def _breaks_promise(page: Page, text: str) -> bool:
    promised = _word_count(declared.article(page, ()).get("wordCount"))
    few, many = _CHARACTERS
    if promised < _LEAST_PROMISED or few <= len(text) / promised <= many:
        return False
    return len(_WORD.findall(text)) < _SHARE * promised


def _word_count(value: object) -> float:
    """As JSON-LD says it: a number, or a text that is one; 0 for anything else."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return 0
    found = re.search(r"\d+", str(value).replace(",", ""))
    return float(found[0][:9]) if found else 0


def _repeats_description(page: Page, article: Article) -> bool:
    """No more than the description: half of it, or all of it before a demand to subscribe."""
    said, lead = declared.bare(article.text), declared.bare(article.lead or "")
    if said not in lead:
        return False
    return len(said) < len(lead) / 2 or any(SAID[PAYWALL].search(block.text) for block in walk([page.root]).blocks)
