"""A page, parsed once: its tree and what its head declares. Knows nothing of articles."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self
from urllib.parse import urljoin

from selectolax.lexbor import LexborHTMLParser, LexborNode

from collector.extract import charset, depth, jsonld


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
        return cls(url, LexborHTMLParser(depth.bounded(text).encode("utf-8", "replace")), encoding)

    @cached_property
    def root(self) -> LexborNode:
        """The body, or the root of a page that has none (a frameset)."""
        root = self.tree.body or self.tree.root
        assert root is not None, "the parser makes a body for any input"
        return root

    @cached_property
    def html_lang(self) -> str | None:
        """The language as the html element declares it."""
        html = self.tree.css_first("html")
        attributes = html.attributes if html is not None else {}
        return (attributes.get("lang") or attributes.get("xml:lang") or "").strip() or None

    @cached_property
    def meta(self) -> Mapping[str, list[str]]:
        """Contents of the meta elements by name or property in lower case, in the order of the page; no empty ones."""
        found: dict[str, list[str]] = {}
        for node in self.tree.css("meta[content]"):
            attributes = node.attributes
            content = (attributes.get("content") or "").strip()
            for key in ("name", "property"):
                name = (attributes.get(key) or "").strip().lower()
                if name and content and content not in found.get(name, ()):
                    found.setdefault(name, []).append(content)
        return found

    @cached_property
    def jsonld(self) -> tuple[jsonld.Item, ...]:
        """The objects of all JSON-LD scripts, `@graph` laid flat; broken ones mended or left out."""
        scripts = self.tree.css('script[type*="ld+json" i]')
        return jsonld.items(script.text() for script in scripts)

    @cached_property
    def base(self) -> str:
        """What relative addresses on the page are relative to."""
        node = self.tree.css_first("base[href]")
        return _join(self.url, node.attributes["href"]) or self.url if node is not None else self.url

    @cached_property
    def canonical(self) -> str | None:
        """The declared canonical address, absolute; whether to believe it is not decided here."""
        for node in self.tree.css('link[rel~="canonical" i]'):
            if address := self.absolute(node.attributes.get("href")):
                return address
        return None

    def absolute(self, href: str | None) -> str | None:
        """An address on the page made absolute; None when there is none or it is broken."""
        return _join(self.base, href)

    def script_json(self, id: str) -> Any | None:
        """The JSON value in the script element with this id, None when there is none or it is broken."""
        for node in self.tree.css("script[id]"):
            if node.attributes.get("id") == id:
                return jsonld.loads(node.text())
        return None


def _join(base: str, href: str | None) -> str | None:
    try:
        return urljoin(base, href.strip()) if href and href.strip() else None
    except ValueError:  # a bracket that is no IPv6 address
        return None
