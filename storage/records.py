"""The nouns: frozen values that travel between the parts; those of the network come from `records_web`."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

from storage.records_web import Capture, Headers, HostState, Request

__all__ = [
    "Announcement",
    "Article",
    "Caption",
    "Capture",
    "Carried",
    "Charset",
    "CharsetBy",
    "Entry",
    "Headers",
    "HostState",
    "Moment",
    "PageKind",
    "Paragraph",
    "ParagraphKind",
    "Precision",
    "Request",
    "Result",
    "SourceKind",
    "iso",
    "to_json",
]

Precision = Literal["second", "minute", "hour", "day", "month", "year"]
ParagraphKind = Literal["p", "h", "li", "quote", "tr", "pre"]
SourceKind = Literal["feed", "sitemap", "listing"]
PageKind = Literal["article", "listing", "wall", "empty"]
CharsetBy = Literal["bom", "host", "header", "meta", "valid", "guess"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A time as a site wrote it: `value` is a `date` when no time of day is known, else an aware `datetime`."""

    value: date | datetime
    raw: str
    precision: Precision

    def iso(self) -> str:
        """ISO 8601 to the precision known: `2025-07`, `2025-07-23`, `2025-08-23T18:32:00+08:00`."""
        return iso(self.value, self.precision)


_LETTERS = {"year": 4, "month": 7, "day": 10}  # of a date in ISO 8601 that tell it to that precision


def iso(value: date | datetime, precision: Precision) -> str:
    """ISO 8601 text of `value`, cut to whole days, months or years where no more is known."""
    day = value.date() if isinstance(value, datetime) else value
    return day.isoformat()[: _LETTERS[precision]] if precision in _LETTERS else value.isoformat()


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """One block of an article's text. `kind`: p, h (heading), li (list item), quote, tr (table row), pre (code).

    `where`: a CSS selector of the element on the page that holds it, or of the script; "" when that is not known.
    """

    kind: ParagraphKind
    text: str
    where: str = field(default="", compare=False)

    def parts(self) -> Iterator["Paragraph"]:
        """Itself; a pre-formatted one with blank lines as several."""
        for text in re.split(r"\n\s*\n", self.text):
            if text.strip():
                yield Paragraph(kind=self.kind, text=text.strip("\n"), where=self.where)


@dataclass(frozen=True, slots=True, kw_only=True)
class Caption:
    """The words under a picture, and whose picture it is (without the © sign)."""

    text: str
    credit: str | None = None


_AS_THEY_ARE = (
    *("published_raw", "published_precision", "source", "section", "language", "lead", "image", "paywalled", "found"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One piece of writing as one extraction of one page read it."""

    title: str
    paragraphs: tuple[Paragraph, ...]
    url: str | None = None
    published: date | datetime | None = None
    published_raw: str | None = None
    published_precision: Precision | None = None
    modified: datetime | date | None = None
    authors: tuple[str, ...] = ()
    source: str | None = None
    section: str | None = None
    tags: tuple[str, ...] = ()
    captions: tuple[Caption, ...] = ()
    language: str | None = None
    lead: str | None = None
    image: str | None = None  # absolute address of the picture that stands for it
    paywalled: bool | None = None  # whether the page says that readers pay for the text; None: it does not say
    found: bool = False  # read on a page that is not its own: a listing's item, a related story

    def __post_init__(self) -> None:
        """A paragraph holds no blank line, so that `text` can be cut back into its paragraphs."""
        if any(
            paragraph.text != paragraph.text.strip("\n") or "\n\n" in paragraph.text for paragraph in self.paragraphs
        ):
            whole = tuple(part for paragraph in self.paragraphs for part in paragraph.parts())
            object.__setattr__(self, "paragraphs", whole)

    @property
    def text(self) -> str:
        """The paragraphs, joined by one blank line, without the title."""
        return "\n\n".join(paragraph.text for paragraph in self.paragraphs)

    @property
    def published_iso(self) -> str | None:
        """`published` as ISO 8601 to the precision known."""
        if self.published is None:
            return None
        return iso(self.published, self.published_precision or "second")

    def as_json(self) -> dict[str, Any]:
        """Plain values for JSON: times as ISO 8601, tuples as lists."""
        return {
            "title": self.title,
            "text": self.text,
            "paragraphs": [{"kind": p.kind, "text": p.text, "where": p.where} for p in self.paragraphs],
            "url": self.url,
            "published": self.published_iso,
            "modified": self.modified.isoformat() if self.modified else None,
            "authors": list(self.authors),
            "tags": list(self.tags),
            "captions": [{"text": c.text, "credit": c.credit} for c in self.captions],
            **{name: getattr(self, name) for name in _AS_THEY_ARE},
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Charset:
    """How bytes were made text. `codec`: by Python's name. `by`: what decided it, `host` is the operator's setting."""

    codec: str
    by: CharsetBy
    replaced: int = 0  # characters that could not be read: U+FFFD stands for each


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What one page held. `articles` is empty for a wall, a listing, a page without text; then `reason` says why.

    `kind`: `empty` where nothing was found and nothing tells why; with articles it is always `article`.
    """

    articles: tuple[Article, ...] = ()
    kind: PageKind = "empty"
    extractor: str = "generic"  # or "site:tass.com"
    rule_revision: str = ""
    memory_revision: str = ""  # of the profile of its host's furniture that was at hand; "" for none
    reason: str | None = None
    next_page: str | None = None  # where the article goes on, absolute
    links: tuple[str, ...] = ()  # of a listing page whose site rule names its links
    charset: Charset | None = field(default=None, compare=False)  # None: it came as text, or is none

    def __post_init__(self) -> None:
        if self.articles:
            object.__setattr__(self, "kind", "article")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One announced address, with what the source said of it. `url` is absolute; None when only `content` came."""

    url: str | None
    guid: str | None = None
    title: str | None = None
    published: Moment | None = None
    updated: Moment | None = None
    summary: str | None = None  # HTML or text, as announced
    content: str | None = None  # HTML of the whole piece, where the source carries it
    authors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    language: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """A piece whose whole text stood in the source itself."""

    url: str
    title: str | None
    content: str  # HTML
    published: str | None  # ISO 8601
    announced_in: int  # the capture of the source's document
    source_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Announcement:
    """What one document of a source said: its entries, and the documents it points to (parts of a sitemap index)."""

    kind: SourceKind
    title: str | None = None
    entries: tuple[Entry, ...] = ()
    parts: tuple[str, ...] = ()  # sitemaps of a sitemap index, absolute, newest first where dated
    result: Result | None = None  # whole articles that stand on a listing page
    ttl: int | None = None  # minutes that the source asks to be left alone
    skip_hours: tuple[int, ...] = ()  # of the day, UTC, in which it asks not to be polled
    skip_days: tuple[int, ...] = ()  # 0 is Monday
    links: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # of a feed: rel -> addresses, absolute
    generator: str | None = None  # what made the feed, by its own words
    total: int | None = None  # entries of which these are some (OpenSearch)
    complete: bool = False  # the feed says that it holds all there is (RFC 5005, 2)
    archive: bool = False  # it says that it is an archive document, which does not change any more (RFC 5005, 4)
    charset: Charset | None = field(default=None, compare=False)  # as its document was read


def to_json(value: Any) -> str:
    """Compact JSON in the letters of the language, as every JSON column of the archive holds it."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
