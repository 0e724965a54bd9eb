"""What kind of document these bytes are, whatever the server calls them, by how they begin; their text in UTF-8."""

import codecs
import re
import zlib
from typing import Literal

from collector.errors import SourceError
from collector.extract.charset import decode
from storage.records import Charset

Form = Literal["feed", "jsonfeed", "sitemap", "addresses", "html", "opml", "json", "xml", "empty", "unknown"]

INFLATED_LIMIT = 50 * 1024 * 1024  # bytes, the largest sitemap there may be (sitemaps.org, FAQ)
_HEAD = 64 * 1024
_BLANK = b" \t\r\n\0"
_DECLARATION = re.compile(rb"<\?xml\s[^>]*\?>", re.I)

_ROOTS: dict[str, Form] = {
    "rss": "feed", "rdf": "feed", "feed": "feed", "urlset": "sitemap", "sitemapindex": "sitemap", "opml": "opml",
    "html": "html", "head": "html", "body": "html", "title": "html", "meta": "html", "link": "html", "script": "html",
    "div": "html", "main": "html", "section": "html", "article": "html", "ul": "html", "p": "html", "a": "html",
}  # fmt: skip
# What may stand before the first element; the square brackets of a DOCTYPE hold declarations.
_PROLOGUE = re.compile(r"\s*+(?:<\?.*?\?>|<!--.*?-->|<!doctype\b[^>\[]*+(?:\[[^\]]*+\][^>]*+)?>)", re.I | re.S)
_ELEMENT = re.compile(r"\s*<(?:[\w.-]+:)?([a-z][\w.-]*)", re.I)
# Warnings of a broken script stand before many a feed.
_BURIED = re.compile(r"<(?:[\w.-]+:)?(rss|rdf|feed|urlset|sitemapindex)\b[^<>]*\bxmlns|<(rss)[\s>]", re.I)
_ADDRESS_LINE = re.compile(r"https?://\S+[ \t]*(?:[\r\n]|$)", re.I)


def inflated(body: bytes) -> bytes:
    """`body`, unpacked when it is gzip, every member of it and as far as it goes. Raises SourceError beyond 50 MB."""
    pieces, rest, room = [], body, INFLATED_LIMIT
    while rest.startswith(b"\x1f\x8b"):
        member = zlib.decompressobj(wbits=31)
        try:
            pieces.append(member.decompress(rest, room + 1))
        except zlib.error as e:
            raise SourceError(f"gzip that cannot be unpacked: {e}") from e
        room -= len(pieces[-1])
        if room < 0:
            raise SourceError(f"gzip of more than {INFLATED_LIMIT // 1024**2} MB")
        rest = member.unused_data
    return b"".join(pieces) if pieces else body


def as_utf8(body: bytes, content_type: str | None = None, host: str | None = None) -> tuple[bytes, Charset]:
    """The document in UTF-8, without mark, XML declaration and blanks before it, and how its bytes are read.

    content_type, host: as in `charset.decode`. What is UTF-8 already keeps its bytes.
    """
    text, charset = decode(body, content_type, host)
    if charset.codec != "utf-8" or charset.replaced:
        body = text.encode(errors="replace")
    return _DECLARATION.sub(b"", body.removeprefix(codecs.BOM_UTF8).lstrip(_BLANK), count=1).lstrip(_BLANK), charset


def whole_tags(xml: bytes) -> bytes:
    """`xml` up to its last tag: of a document cut short, the half address at the end is none."""
    return xml[: xml.rfind(b">") + 1]


def form_of(body: bytes) -> Form:
    """The form of a document that `as_utf8` made: by its root element, else by how its text begins."""
    head = body[:_HEAD].decode("utf-8", errors="replace").lstrip("\ufeff \t\r\n")
    if not head:
        return "empty"
    if head[0] in "{[":
        return "jsonfeed" if re.search(r'"version"\s*:\s*"https?:\\?/\\?/(?:www\.)?jsonfeed\.org', head) else "json"
    if head[0] == "<":
        return _form_of_markup(head)
    if _ADDRESS_LINE.match(head):
        return "addresses"
    return _buried(head) or "unknown"


def _form_of_markup(head: str) -> Form:
    start = 0
    while found := _PROLOGUE.match(head, start):
        start = found.end()
    if root := _ELEMENT.match(head, start):
        return _ROOTS.get(root[1].lower()) or _buried(head) or "xml"
    return "html" if re.match(r"\s*<!doctype\s+html", head, re.I) else _buried(head) or "unknown"


def _buried(head: str) -> Form | None:
    found = _BURIED.search(head)
    return _ROOTS[(found[1] or found[2]).lower()] if found else None
