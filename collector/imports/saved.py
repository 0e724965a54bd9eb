"""
A saved page -> where it was saved from, and when, as browsers note it; else the address that its head claims.

`<!-- saved from url=(0042)https://… -->` is what Internet Explorer began and Chrome and Firefox go on with; SingleFile
writes a comment with `url:` and `saved date:`. Knows no file and no archive.
"""

import html
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from html.parser import HTMLParser

HEAD = 1 << 18  # bytes in which it is looked for
MARK = re.compile(r"<!--\s*saved from url=\(\d+\)(https?://\S+?)\s*-->", re.IGNORECASE)
SINGLE_FILE = re.compile(r"Page saved with SingleFile\s+url:\s*(https?://\S+)(?:\s+saved date:\s*([^\n(]+))?")
SAVED = "%a %b %d %Y %H:%M:%S GMT%z"  # JavaScript's Date


@dataclass(frozen=True, slots=True)
class Said:
    """`at`: UTC."""

    url: str | None = None
    at: datetime | None = None


def said_address(body: bytes) -> Said:
    """What a page says of itself; Said() where it says nothing."""
    text = _text(body[:HEAD])
    if mark := MARK.search(text):
        return Said(html.unescape(mark[1]))
    if single := SINGLE_FILE.search(text):
        return Said(html.unescape(single[1]), _saved(single[2]))
    head = _Head()
    head.feed(text)
    return Said(head.canonical or head.og)


def _text(data: bytes) -> str:
    """Addresses are ASCII: any codec will do that leaves it as it is."""
    codec = "utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "latin-1"
    return data.decode(codec, "replace")


def _saved(text: str | None) -> datetime | None:
    try:
        return datetime.strptime((text or "").strip(), SAVED).astimezone(UTC)
    except ValueError:
        return None


class _Head(HTMLParser):
    """The first canonical link and the first og:url."""

    canonical: str | None = None
    og: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "link" and "canonical" in said.get("rel", "").lower().split():
            self.canonical = self.canonical or _absolute(said.get("href", ""))
        elif tag == "meta" and "og:url" in (said.get("property"), said.get("name")):
            self.og = self.og or _absolute(said.get("content", ""))


def _absolute(url: str) -> str | None:
    return url.strip() if url.strip().lower().startswith(("http://", "https://")) else None
