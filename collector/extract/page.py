"""A page, parsed once: its tree and what its head declares. Knows nothing of articles."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Self
from urllib.parse import urljoin

from selectolax.lexbor import LexborHTMLParser, LexborNode

from collector.extract import charset, depth, jsonld, xhtml

_OF_THE_HEAD = frozenset(("link", "script", "base", "title"))
_TELLING = "meta, link, script, base, title, h1, time, abbr, [itemprop], [rel~=author], [rel~=tag]"


@dataclass(frozen=True, eq=False)
class Page:
    """One parsed page. `url` is where it was fetched; `encoding` names the codec its bytes were read with."""

    url: str
    tree: LexborHTMLParser
    encoding: str

    @classmethod
    def parse(cls, html: bytes | str, url: str, content_type: str | None = None) -> Self:
        """Parse bytes (the charset is found out) or text. Never raises on any input."""
        text, encoding = (html, "utf-8") if isinstance(html, str) else charset.decode(html, content_type)
        # As bytes, because a lone surrogate in text makes the parser raise.
        return cls(
            url, LexborHTMLParser(depth.bounded(xhtml.as_html(text, content_type)).encode("utf-8", "replace")), encoding
        )

    @cached_property
    def root(self) -> LexborNode:
        """The body, or the root of a page that has none (a frameset)."""
        root = self.tree.body or self.tree.root
        assert root is not None, "the parser makes a body for any input"
        return root

    @cached_property
    def telling(self) -> Mapping[str, list[LexborNode]]:
        """By tag, the elements that say something of the page. A pass over a tree is dear: there is one for all."""
        found: dict[str, list[LexborNode]] = {}
        for node in self.tree.css(_TELLING):
            found.setdefault(node.tag or "", []).append(node)
        return found

    @cached_property
    def marked(self) -> Mapping[str, list[LexborNode]]:
        """Elements by the words in their `itemprop` and `rel`: `author`, `tag`, `headline`."""
        found: dict[str, list[LexborNode]] = {}
        for node in (one for tag, nodes in self.telling.items() if tag not in _OF_THE_HEAD for one in nodes):
            attributes = node.attributes
            for word in f"{attributes.get('itemprop') or ''} {attributes.get('rel') or ''}".split():
                found.setdefault(word, []).append(node)
        return found

    @cached_property
    def html_lang(self) -> str | None:
        """The language as the html element declares it."""
        html = self.tree.css_first("html")
        attributes = html.attributes if html is not None else {}
        return (attributes.get("lang") or attributes.get("xml:lang") or "").strip() or None

    @cached_property
    def meta(self) -> Mapping[str, list[str]]:
        """Contents of the meta elements by name or property in lower case, in the order of the page; no empty ones."""
        found: dict[str, dict[str, None]] = {}
        for node in self.telling.get("meta", ()):
            attributes = node.attributes
            content = (attributes.get("content") or "").strip()
            for key in ("name", "property"):
                name = (attributes.get(key) or "").strip().lower()
                if name and content:
                    found.setdefault(name, {})[content] = None
        return {name: list(contents) for name, contents in found.items()}

    @cached_property
    def jsonld(self) -> tuple[jsonld.Item, ...]:
        """The objects of all JSON-LD scripts, `@graph` laid flat; broken ones mended or left out."""
        scripts = ((node, node.attributes.get("type") or "") for node in self.telling.get("script", ()))
        return jsonld.items(node.text() for node, type in scripts if "ld+json" in type.lower())

    @cached_property
    def base(self) -> str:
        """What relative addresses on the page are relative to."""
        hrefs = (node.attributes.get("href") for node in self.telling.get("base", ()))
        return _join(self.url, next((href for href in hrefs if href is not None), None)) or self.url

    @cached_property
    def canonical(self) -> str | None:
        """The declared canonical address, absolute; whether to believe it is not decided here."""
        for node in self.telling.get("link", ()):
            attributes = node.attributes
            if "canonical" in (attributes.get("rel") or "").lower().split() and (
                address := self.absolute(attributes.get("href"))
            ):
                return address
        return None

    def absolute(self, href: str | None) -> str | None:
        """An address on the page made absolute; None when there is none or it is broken."""
        return _join(self.base, href)


def _join(base: str, href: str | None) -> str | None:
    try:
        return urljoin(base, href.strip()) if href and href.strip() else None
    except ValueError:  # a bracket that is no IPv6 address
        return None
