"""
When it was published and changed, of all that a page says, most trusted first. Reads no date: what it gives is raw.

JSON-LD | meta names | microdata | <time> | the page's scripts | elements that are called dates | the address
"""

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from selectolax.lexbor import LexborNode

from collector.extract import meta_names, text
from collector.extract.page import spellings
from collector.extract.said import Said

Raw = tuple[str, str]  # place, text
GUESSED = frozenset(("script", "element", "address"))  # places that nobody made for machines to read

_URL_DAY = re.compile(r"/(20\d\d|19\d\d)[/-]?(0[1-9]|1[0-2])[/-]?(0[1-9]|[12]\d|3[01])(?=[/\-_.]|$)")
_PUBLISHED_CLASS = re.compile(r"\b(?:published|entry-date)\b")
_LONGEST_RAW = 1000  # characters of an element with a date, its white space and scripts too
_LONGEST = 100  # characters of a line with a date
# `"published_at": "2025-03-04…"`, `pubDate = '20250304'`; the quotes may be escaped, in a text that holds JSON.
_SCRIPTED = re.compile(r"""[:=]\s?\\?["']([12]\d{3}[-./]?[01]?\d[-./]?[0-3]?\d[T\d:. +Z-]{0,24})\\?["']""")
_MOST_VALUES = 1000  # of one script that look like dates
_LONGEST_KEY = 40  # characters
_KEY = re.compile(r"([\w-]{4,40})\W{0,4}$")
_KEYS = frozenset((*meta_names.PUBLISHED, *meta_names.PUBLISHED_IN_SCRIPTS))


def published(said: Said) -> Iterator[Raw]:
    """What may be the time of publication; told lazily, for the later ones are dear."""
    yield from (("JSON-LD", raw) for raw in said.texts("datePublished", "dateCreated", "uploadDate"))
    yield from _meta(said, meta_names.PUBLISHED)
    yield from _shown("microdata", said.marked("datePublished", "dateCreated"))
    yield from _shown("time", sorted(said.times(), key=_is_not_called_published))
    yield from (("script", raw) for raw in _scripted(said))
    yield from _shown("element", said.near("[class*=publish i], [class*=date i], [class*=time i]"))
    if found := _URL_DAY.search(said.page.url):
        yield "address", "-".join(found.groups())


def modified(said: Said) -> Iterator[Raw]:
    """What may be the time of the last change."""
    yield from (("JSON-LD", raw) for raw in said.texts("dateModified"))
    yield from _meta(said, meta_names.MODIFIED)
    yield from _shown("microdata", said.marked("dateModified"))
    called = (node for node in said.times() if "updated" in (node.attributes.get("class") or "").split())
    yield from _shown("time", called)


def _meta(said: Said, names: Iterable[str]) -> Iterator[Raw]:
    for name, values in said.named(names):
        yield from ((f"meta {name}", raw) for raw in values)


def _is_not_called_published(node: LexborNode) -> bool:
    attributes = node.attributes
    return not ("pubdate" in attributes or _PUBLISHED_CLASS.search(attributes.get("class") or ""))


def _shown(source: str, nodes: Iterable[LexborNode]) -> Iterator[Raw]:
    """What elements that hold a date say, the machine's form before the reader's."""
    for node in nodes:
        attributes = node.attributes
        for key in ("datetime", "content", "title"):
            if value := (attributes.get(key) or "").strip():
                yield source, value
        line = text.inline(node) if len(node.text()) < _LONGEST_RAW else ""
        if any(map(str.isdigit, line)) and len(line) < _LONGEST:
            yield source, line


def _scripted(said: Said) -> Iterator[str]:
    """Values of script variables that have the name of a time of publication: what a page tells its counters."""
    for script in said.page.tree.css("script:not([src])"):
        line = script.text()
        for found in islice(_SCRIPTED.finditer(line), _MOST_VALUES):
            key = _KEY.search(line, max(0, found.start() - _LONGEST_KEY), found.start())
            if key and not _KEYS.isdisjoint(spellings(key[1])):
                yield found[1].strip()
