"""OPML 1.0 and 2.0 (opml.org/spec2.opml): lists of feeds, in and out. Knows no files."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from itertools import groupby

from lxml import etree

from collector.errors import SourceError
from collector.sources.entries import mended, plain_words, web_address
from collector.sources.sniff import as_utf8

# XML 1.0, 2.2
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """One feed of a list. `category`: the folders it lies in, joined by `/`."""

    url: str
    title: str | None = None
    category: str | None = None


def read(body: bytes) -> tuple[Outline, ...]:
    """Every outline with an http(s) `xmlUrl`, once. Raises SourceError for what is no OPML."""
    xml = mended(as_utf8(body)[0])
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(xml, parser)
    except etree.XMLSyntaxError as e:
        raise SourceError(f"no OPML: {e}") from e
    if root is None or not isinstance(root.tag, str) or root.tag.lower() != "opml":
        raise SourceError("no OPML: its root is not <opml>")
    found: dict[str, Outline] = {}
    for outline in _outlines(root, ()):
        found.setdefault(outline.url, outline)
    return tuple(found.values())


def write(outlines: Iterable[Outline], title: str, created: datetime) -> str:
    """OPML 2.0, a folder for each category; `created` is aware."""
    root = etree.Element("opml", version="2.0")
    head, body = etree.SubElement(root, "head"), etree.SubElement(root, "body")
    etree.SubElement(head, "title").text = _clean(title)
    etree.SubElement(head, "dateCreated").text = format_datetime(created)
    for category, members in groupby(sorted(outlines, key=_category), key=_category):
        folder = etree.SubElement(body, "outline", text=_clean(category)) if category else body
        for outline in members:
            name = _clean(outline.title or outline.url)
            etree.SubElement(folder, "outline", type="rss", text=name, title=name, xmlUrl=outline.url)
    return etree.tostring(root, encoding="unicode", pretty_print=True)


def _outlines(element: etree._Element, folders: tuple[str, ...]) -> Iterator[Outline]:
    for child in element:
        if not isinstance(child.tag, str):
            continue
        words = {str(name).lower(): str(value) for name, value in child.attrib.items()}  # xmlurl, XMLURL: all are met
        name = plain_words(words.get("title")) or plain_words(words.get("text"))
        url = web_address(words.get("xmlurl"), "")
        if url:
            category = "/".join(folders) or (words.get("category") or "").split(",")[0].strip(" /")
            yield Outline(url=url, title=name if name != url else None, category=category or None)
        is_folder = child.tag.lower() == "outline" and not url and name
        yield from _outlines(child, (*folders, name) if is_folder and name else folders)


def _category(outline: Outline) -> str:
    return outline.category or ""


def _clean(text: str) -> str:
    return _FORBIDDEN.sub("", text)
