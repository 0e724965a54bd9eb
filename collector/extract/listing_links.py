"""The links of a page: where to, in which words. Which of them may be headlines; knows no groups of them."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from urllib.parse import urlsplit

from selectolax.lexbor import LexborNode

from collector import urls
from collector.extract import text
from collector.extract.boxes import tidy
from collector.extract.page import Page
from collector.extract.tags import HEADINGS

_MOST = 5_000  # links of one page
_LONGEST = 300  # characters of a headline
_HEADLINE = 20  # letters, of which one of a Chinese or Japanese script counts as two
_SHORT_HEADLINE = 12  # in a heading
_REPEATED = 3  # addresses under the same words: "Read more"
_HEADINGS_ABOVE = 3
_HEADING = ", ".join(sorted(HEADINGS - {"h1"}))
_WIDE = "\u2e80"  # from here on letters that say a syllable or a word each
_NO_ARTICLE = re.compile(
    r"\.(?:jpe?g|png|gif|webp|svg|pdf|mp[34]|zip|xml|rss|atom|css|js)$"
    r"|/(?:tags?|authors?|autor(?:en)?|category|hashtag|search|wp-login\.php|feed)(?:/|$)",
    re.IGNORECASE,
)
_NO_ARTICLE_REL = frozenset(("author", "tag", "category", "next", "prev", "license", "me"))


@dataclass(frozen=True, slots=True, eq=False)
class Link:
    """One link. `url` is absolute, without its fragment; `heading`: it stands in a heading, or one in it."""

    node: LexborNode
    url: str
    words: str
    heading: bool = False


def links(page: Page) -> list[Link]:
    """All that lead to another document, in the order of the page."""
    here = urls.announced(page.url)
    found: list[Link] = []
    for node in islice(page.tree.css("a[href]"), _MOST):
        url = urls.announced(page.absolute(node.attributes.get("href")) or "")
        if url is not None and url != here:
            found.append(Link(node, url, *_words(node)))
    return found


def headlines(found: Sequence[Link], page: Page) -> list[Link]:
    """Those that may lead to articles of the site: under words of some length, or under the same words again and again
    ("Read more"), which are the words of none."""
    able = [link for link in found if _may_lead(link, page)]
    under: dict[str, set[str]] = defaultdict(set)
    for link in able:
        under[link.words.casefold()].add(link.url)
    return [link for link in able if _is_headline(link) or _is_repeated(link, under)]


def is_headline(words: str, *, heading: bool = False) -> bool:
    """Is it long enough for a headline? A section's name is not."""
    letters = sum(2 if letter >= _WIDE else 1 for letter in words)
    return letters >= (_SHORT_HEADLINE if heading else _HEADLINE)


def _may_lead(link: Link, page: Page) -> bool:
    if not urls.same_site(link.url, page.url) or urls.at_front(link.url):
        return False
    rel = (link.node.attributes.get("rel") or "").lower().split()
    return _NO_ARTICLE_REL.isdisjoint(rel) and _NO_ARTICLE.search(urlsplit(link.url).path) is None


def _is_headline(link: Link) -> bool:
    return is_headline(link.words, heading=link.heading)


def _is_repeated(link: Link, under: dict[str, set[str]]) -> bool:
    return link.words[-1:].isalpha() and len(under[link.words.casefold()]) >= _REPEATED


def _words(node: LexborNode) -> tuple[str, bool]:
    """What a link says: the heading in it, else its text, else what its picture or its label says."""
    inner = node.css_first(_HEADING)
    if inner is not None and (line := text.inline(inner)):
        return line[:_LONGEST], True
    heading = any(above.tag in HEADINGS for above in islice(_above(node), _HEADINGS_ABOVE))
    return (text.inline(node) or _label(node))[:_LONGEST], heading


def _label(node: LexborNode) -> str:
    picture = node.css_first("img[alt]")
    said = (
        node.attributes.get("aria-label"),
        node.attributes.get("title"),
        picture.attributes.get("alt") if picture is not None else None,
    )
    return next((line for one in said if (line := tidy(one or ""))), "")


def _above(node: LexborNode) -> Iterator[LexborNode]:
    parent = node.parent
    while parent is not None:
        yield parent
        parent = parent.parent
