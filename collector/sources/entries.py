"""What every reader of sources does with what it read: addresses, plain words, entries told twice."""

import html
import re
from collections.abc import Iterable
from dataclasses import fields, replace
from urllib.parse import urljoin, urlsplit

from storage.records import Entry

_AMPERSAND = re.compile(rb"<!\[CDATA\[.*?\]\]>|&(?!(?:#[0-9]{1,7}|#x[0-9a-fA-F]{1,6}|amp|lt|gt|quot|apos);)", re.DOTALL)
_TAG = re.compile(r"<(?:[a-zA-Z/][^<>]*|!--.*?--)>", re.DOTALL)


def web_address(text: str | None, base: str) -> str | None:
    """`text` as an absolute http or https address seen from `base`; None for any other scheme, and for nothing."""
    text = re.sub(r"[\t\r\n]", "", text or "").strip()  # WHATWG URL 4.4: these are no part of an address
    if not text:
        return None
    try:
        # most are whole already, and a sitemap has 50,000 of them
        address = text if text.startswith(("https://", "http://")) else urljoin(base, text)
        parts = urlsplit(address)
    except ValueError:  # a bracket that opens no IPv6 address
        return None
    return address if parts.scheme in ("http", "https") and parts.hostname else None


def plain_words(text: str | None, *, markup: bool = False) -> str | None:
    """One line of text; with `markup` its tags are dropped and its entities read. None when nothing is left."""
    if text and markup:
        text = html.unescape(_TAG.sub("", text))
    return " ".join((text or "").split()) or None


def as_html(text: str) -> str:
    """Plain text as HTML paragraphs: what stands between blank lines."""
    return "".join(f"<p>{html.escape(part, quote=False)}</p>" for part in re.split(r"\n\s*\n", text) if part.strip())


def mended(xml: bytes) -> bytes:
    """
    `xml` with each ampersand that begins no standard reference written as one, CDATA aside; for lxml's recover mode.

    It makes `?a=1=2` of `?a=1&b=2`, without a word. Entities of the document's own become plain text, so none unfolds.
    """
    return _AMPERSAND.sub(lambda found: b"&amp;" if found[0] == b"&" else found[0], xml)


def distinct(words: Iterable[str | None]) -> tuple[str, ...]:
    """Each once, in their order, without the empty ones."""
    return tuple(dict.fromkeys(word for word in words if word))


def merged(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """
    One entry an address, in their order: what the first does not say is taken from the later ones.

    Entries that announce nothing, neither address nor content, are left out.
    """
    known: dict[str, Entry] = {}
    for entry in entries:
        key = entry.url or (entry.content and (entry.guid or entry.content))
        if key:
            known[key] = _filled(known[key], entry) if key in known else entry
    return tuple(known.values())


def _filled(entry: Entry, other: Entry) -> Entry:
    gaps = {f.name: getattr(other, f.name) for f in fields(Entry) if not getattr(entry, f.name)}
    return replace(entry, **gaps)
