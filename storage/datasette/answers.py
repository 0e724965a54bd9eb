"""What a page gives back, as values: the door makes responses of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

HTML, JSON, TEXT = "text/html; charset=utf-8", "application/json; charset=utf-8", "text/plain; charset=utf-8"


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One of our pages. template: a file of templates/newskeep/, which extends `newskeep/page.html`."""

    template: str
    context: Mapping[str, Any]
    status: int = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """Bytes as they are. filename: it is saved under this name, and never shown. headers: beside those of all answers,
    of which they may replace one."""

    body: bytes
    content_type: str
    filename: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """The page is at another address: one of `links.Links`."""

    url: str


Answer = Page | Document | Elsewhere


class Missing(LookupError):
    """There is no such thing in the archive: 404, with these words."""


class Unclear(ValueError):
    """The address asks for something that cannot be: 400, with these words."""


def to_day(text: str) -> date:
    """A day as addresses name it. Raises Unclear."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Unclear(f"“{text[:30]}” is no day; write one as 2026-03-01.") from None
