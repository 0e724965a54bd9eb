"""A page, parsed once: its tree and what its head declares. Knows nothing of articles."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Self
from urllib.parse import urljoin

from selectolax.lexbor import LexborHTMLParser, LexborNode

from collector.extract import depth, jsonld, xhtml
from collector.extract.charset import decode
from storage.records import Charset

# Each selector costs a fiftieth of a parse. What is asked for on few pages has a pass of its own when it is.
_TELLING = "meta, link[rel~=canonical i], script[type*=json i], title, h1, [itemprop~=headline]"
_TOLD = frozenset(("meta", "link", "script", "title", "h1"))
_ABSOLUTE = re.compile(r"https?://[^\s\[\]]+\Z")  # brackets may be no IPv6 address: urljoin tells
_PARTS = re.compile(r"[:./#]")
_LONGEST_NAME = 100  # characters of a name that are looked at


@dataclass(frozen=True, eq=False)
class Page:
    """One parsed page. `url` is where it was fetched; `charset` tells how its bytes were made text, if bytes it was."""

    url: str
    tree: LexborHTMLParser
    charset: Charset | None = None

    @classmethod
    def parse(cls, html: bytes | str, url: str, content_type: str | None = None, charset: str | None = None) -> Self:
        """Parse bytes, of which `content_type` and `charset` are as in `decode`, or text. Never raises on any input."""
        text, found = (html, None) if isinstance(html, str) else decode(html, content_type, charset)
        return cls(url, _tree(depth.bounded(xhtml.as_html(text, content_type))), found)

    @cached_property
    def root(self) -> LexborNode:
        """The body, or the root of a page that has none (a frameset)."""
        root = self.tree.body or self.tree.root
        assert root is not None, "the parser makes a body for any input"
        return root

    @cached_property
    def telling(self) -> Mapping[str, list[LexborNode]]:
        """By tag, the elements that say something of the page; `headline`: those that microdata calls so."""
        found: dict[str, list[LexborNode]] = {}
        for node in self.tree.css(_TELLING):
            tag = node.tag or ""
            found.setdefault(tag if tag in _TOLD else "headline", []).append(node)
        return found

    @cached_property
    def html_lang(self) -> str | None:
        """The language as the html element declares it."""
        html = self.tree.root
        attributes = html.attributes if html is not None else {}
        return (attributes.get("lang") or attributes.get("xml:lang") or "").strip() or None

    @cached_property
    def meta(self) -> Mapping[str, Iterable[str]]:
        """Contents of the meta elements by `spellings` of name or property, in the order of the page; no empty ones."""
        found: dict[str, dict[str, None]] = {}
        for node in self.telling.get("meta", ()):
            attributes = node.attributes
            if content := (attributes.get("content") or "").strip():
                for name in {attributes.get("property"): 0, attributes.get("name"): 0}:
                    for spelling in spellings(name) if name else ():
                        found.setdefault(spelling, {})[content] = None
        return found

    @cached_property
    def jsonld(self) -> tuple[jsonld.Item, ...]:
        """The objects of all JSON-LD scripts, `@graph` laid flat; broken ones mended or left out."""
        scripts = ((node, node.attributes.get("type") or "") for node in self.telling.get("script", ()))
        return jsonld.items(node.text() for node, type in scripts if "ld+json" in type.lower())

    @cached_property
    def base(self) -> str:
        """What relative addresses on the page are relative to."""
        hrefs = (node.attributes.get("href") for node in self.tree.css("base"))
        return _join(self.url, next((href for href in hrefs if href is not None), None)) or self.url

    @cached_property
    def canonical(self) -> str | None:
        """The declared canonical address, absolute; whether to believe it is not decided here."""
        said = (
            self.absolute(attributes.get("href"))
            for attributes in (node.attributes for node in self.telling.get("link", ()))
            if "canonical" in (attributes.get("rel") or "").lower().split()
        )
        return next(filter(None, said), None)

    def absolute(self, href: str | None) -> str | None:
        """An address on the page made absolute; None when there is none or it is broken."""
        if href and _ABSOLUTE.match(href):
            return href
        return _join(self.base, href)


@lru_cache(maxsize=10_000)
def spellings(name: str) -> tuple[str, ...]:
    """
    A meta element's name as sites mean it: `article:published-time` -> `articlepublishedtime` and, for vendors who put
    their own word before it, `*publishedtime`. () for none.
    """
    parts = [
        bare for part in _PARTS.split(name.lower()[:_LONGEST_NAME]) if (bare := "".join(filter(str.isalnum, part)))
    ]
    return ("".join(parts), f"*{parts[-1]}") if parts else ()


def _tree(text: str) -> LexborHTMLParser:
    try:
        return LexborHTMLParser(text)
    except UnicodeEncodeError:  # a lone surrogate
        return LexborHTMLParser(text.encode("utf-8", "replace"))


def _join(base: str, href: str | None) -> str | None:
    try:
        return urljoin(base, href.strip()) if href and href.strip() else None
    except ValueError:  # a bracket that is no IPv6 address
        return None
