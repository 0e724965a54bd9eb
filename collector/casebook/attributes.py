"""The attributes of an element -> those that carry its shape, in made-up words. Knows no tree."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from collector.casebook.addresses import Addresses, is_slug
from collector.casebook.standing import Standing
from collector.casebook.words import named
from collector.extract import meta_names
from collector.extract.tags import Attributes, hidden

_NAMES = named("id class itemprop itemtype itemscope rel property name role lang dir datetime type http-equiv")
_ADDRESS = re.compile(r"^/|://|%2f|mailto:", re.IGNORECASE)
_WHOLE = named("html body main article")
_ABOUT = re.compile(r"(?:has-)?(?:topic|tag|category|author|section|post_tag|keyword|person)-(?=\D)")
_FLAGS = named("hidden aria-hidden colspan rowspan pubdate xml:lang start amp")
_TEXTS = named("alt title aria-label label summary")
_ADDRESSES = named("href cite resource")
_LONGEST = 100  # characters of a value that a selector may look for
_RELS = named("canonical alternate amphtml next prev author shortlink tag category")
_META = (
    *(meta_names.TITLE + meta_names.PUBLISHED + meta_names.MODIFIED + meta_names.AUTHOR + meta_names.SITE),
    *(meta_names.SECTION + meta_names.TAGS + meta_names.LEAD + meta_names.LANGUAGE),
)
_TELLING = re.compile(
    r"title|descr|auth|byl|date|time|publ|modif|updat|section|categ|tag|keyword|access|tier|pay|premium|free|locale|lang"
    r"|og:type|url$|site|image$|article|robots|generator",
    re.IGNORECASE,
)
_MACHINE = re.compile(
    r"og:type|og:locale.*|twitter:card|robots|generator|.*(?:type|tier|lang|language|locale|id|access\w*)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shaped:
    """Rewrites attributes. `literals`: words in small letters that the site's rule looks for."""

    standing: Standing
    addresses: Addresses
    literals: frozenset[str] = frozenset()

    def kept(self, tag: str, attributes: Attributes) -> dict[str, str | None] | None:
        """What is left of them; None where the element goes with them."""
        if tag == "meta":
            return self._meta(attributes)
        if tag == "link" and _RELS.isdisjoint((attributes.get("rel") or "").lower().split()):
            return None
        return {name: value for name, raw in attributes.items() for value in self._value(tag, name, raw, attributes)}

    def _value(self, tag: str, name: str, raw: str | None, attributes: Attributes) -> Iterator[str | None]:
        """The value to write, if the attribute stays."""
        if name in ("id", "class"):
            yield self._called(tag, name, raw or "")
        elif name in _NAMES or name in _FLAGS:
            yield raw
        elif name in _TEXTS or (name == "content" and tag != "meta"):
            yield self._said(raw or "")
        elif name in _ADDRESSES:
            yield self.addresses.made_up(raw or "")
        elif name == "src" and tag == "img":
            yield "/i.jpg"
        elif name == "style" and ("style" in self.literals or hidden({"style": raw})):
            yield raw
        elif len(raw or "") <= _LONGEST and not is_slug(name) and (name.startswith("data-") or self._is_asked(name)):
            yield self._data(raw or "")

    def _is_asked(self, name: str) -> bool:
        """Whether the rule looks for something of that name."""
        return not self.literals.isdisjoint(re.findall(r"[^\W\d_]+", name))

    def _called(self, tag: str, name: str, raw: str) -> str:
        """Ids and classes, made up where they are the words of a headline or, of a whole page, its topics and names."""
        if name == "id":
            return self.addresses.slug(raw) if is_slug(raw) else raw
        return re.sub(r"\S+", lambda one: self._about(one[0]), raw) if tag in _WHOLE else raw

    def _about(self, name: str) -> str:
        about = _ABOUT.match(name)
        return about[0] + self.addresses.slug(name[about.end() :]) if about else name

    def _data(self, raw: str) -> str:
        if _ADDRESS.search(raw):
            return self.addresses.made_up(raw) if raw.startswith(("http", "/")) else ""
        if is_slug(raw):
            return self.addresses.slug(raw)
        return raw if raw.isascii() and " " not in raw.strip() else self._said(raw)

    def _said(self, raw: str, *, byline: bool = False) -> str:
        return self.standing.text(raw, byline=byline)

    def _meta(self, attributes: Attributes) -> dict[str, str | None] | None:
        name = (attributes.get("property") or attributes.get("name") or attributes.get("itemprop") or "").lower()
        content = (attributes.get("content") or "").strip()
        asked = name in _META or _TELLING.search(name) or self._is_asked(name)
        if "charset" in attributes or not name or not asked:
            return None
        kept = {key: value for key, value in attributes.items() if key in _NAMES}
        return kept | ({"content": self._content(name, content)} if "content" in attributes else {})

    def _content(self, name: str, content: str) -> str:
        if re.match(r"(?:https?:)?//", content):
            return self.addresses.made_up(content)
        if _MACHINE.fullmatch(name):
            return content
        return self._said(content, byline=name in meta_names.AUTHOR or "author" in name)
