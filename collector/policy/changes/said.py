"""What one reading of an article says, and when two readings say the same to a reader. Knows no page."""

import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import Any, Self

from storage.columns import SLACK
from storage.records import Article

_QUOTES = dict.fromkeys(map(ord, "‘’‚‛“”„‟«»‹›「」『』〝〞'`´ʼ"), '"')
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−"), "-")
_UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"))
_FOLDED = _QUOTES | _DASHES | _UNSEEN
_DATE = ("published", "published_raw", "published_precision", "modified")
_PLAIN = ("title", "text", *_DATE, "source", "section", "language", "lead")
_SIGN_WITH_BLANKS = re.compile(r"\s*([^\w\s])\s*")


def folded(text: str) -> str:
    """Equal for texts that a reader would call the same: whatever their quotes, hyphens and blanks."""
    plain = unicodedata.normalize("NFKC", text.translate(_FOLDED)).translate(_FOLDED)
    return " ".join(_SIGN_WITH_BLANKS.sub(r"\1", plain).split())


@dataclass(frozen=True, kw_only=True)
class Said:
    """The columns of a version that make it another one, and by which its edits are told."""

    title: str
    text: str
    kinds: tuple[str, ...] = ()  # of its paragraphs
    authors: tuple[str, ...] = ()
    published: str | None = None
    published_raw: str | None = None
    published_precision: str | None = None
    modified: str | None = None
    source: str | None = None
    section: str | None = None
    tags: tuple[str, ...] = ()
    captions: tuple[str, ...] = ()  # texts and credits
    language: str | None = None
    lead: str | None = None
    paywalled: bool = False

    @classmethod
    def of_version(cls, row: Mapping[str, Any]) -> Self:
        """From a row of `versions`."""
        lists: dict[str, Any] = {name: tuple(json.loads(row[name])) for name in ("kinds", "authors", "tags")}
        captions = tuple(
            said for each in json.loads(row["captions"]) for said in (each["text"], each["credit"]) if said
        )
        return cls(**{name: row[name] for name in _PLAIN}, **lists, captions=captions, paywalled=bool(row["paywalled"]))

    @classmethod
    def of_article(cls, article: Article) -> Self:
        """From what was read just now."""
        said = article.as_json()
        return cls(
            **{name: said[name] for name in _PLAIN},
            kinds=tuple(paragraph.kind for paragraph in article.paragraphs),
            authors=article.authors,
            tags=article.tags,
            captions=tuple(said for each in article.captions for said in (each.text, each.credit) if said),
            paywalled=bool(article.paywalled),
        )

    @cached_property
    def folded(self) -> str:
        """The text as `folded` has it, its paragraphs in one."""
        return folded(self.text)

    @property
    def paragraphs(self) -> list[str]:
        return [each for each in self.text.split("\n\n") if each]

    def values(self, field: str) -> dict[str, str]:
        """What a field other than the text holds, by what it is compared by. Its order says nothing."""
        value = getattr(self, "published_raw" if field == "published" else field)
        each = value if isinstance(value, tuple) else (value,) if value else ()
        return {folded(one).casefold() if field in ("authors", "tags") else folded(one): one for one in each}


def same_date(one: Said, other: Said) -> bool:
    """Were they published at one time? A page that begins to tell it was dated before: by its source, or by nobody.

    As with versions, a rounded time ("3 hours ago") may move by what it is rounded to.
    """
    if not one.published or not other.published or same_moment(one.published, other.published):
        return True
    slack = SLACK.get(other.published_precision or "", 0)
    times = [_seconds(each) for each in (one.published, other.published)]
    return None not in times and abs((times[0] or 0) - (times[1] or 0)) <= slack


def same_moment(one: str, other: str) -> bool:
    """Are these one time, to the precision of the less exact? Both ISO 8601, as `versions` has it."""
    if min(len(one), len(other)) <= len("2026-11-22"):
        return one.startswith(other) or other.startswith(one)
    return one == other or None is not _seconds(one) == _seconds(other)


def _seconds(text: str) -> float | None:
    """Since 1970; of a day, its beginning in UTC; None for a month or a year, which have no slack."""
    if len(text) < len("2026-11-22"):
        return None
    at = datetime.fromisoformat(text)
    return (at if at.tzinfo else at.replace(tzinfo=UTC)).timestamp()
