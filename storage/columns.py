"""The columns of a version: what an article says, as the table holds it, and which of two dates is kept. No SQL."""

import hashlib
from datetime import date, datetime
from typing import Any

from storage.records import Article, to_json

SLACK = {"hour": 3600, "day": 86400}  # seconds that a rounded time ("3 hours ago") may move and still be the same
# `modified` alone is no change: sites touch it at every rendering. So they do with the picture's address, and a wall
# that goes up or down shows in the text. Where a paragraph stands may change with the site's design.
COMPARED = (
    *("title", "text", "kinds", "authors", "published", "source", "section", "tags", "captions"),
    *("language", "lead"),
)


def storable(text: str) -> str:
    """The text without lone surrogates, which JSON can spell and no database keeps."""
    return text.encode("utf-8", "replace").decode()


def columns(article: Article) -> dict[str, Any]:
    text = storable(article.text)
    return {
        "title": article.title,
        "text": text,
        "kinds": to_json([paragraph.kind for paragraph in article.paragraphs]),
        "places": to_json([paragraph.where for paragraph in article.paragraphs]),
        "authors": to_json(article.authors),
        "published": article.published_iso,
        "published_raw": article.published_raw,
        "published_precision": article.published_precision,
        "modified": article.modified.isoformat() if article.modified else None,
        "source": article.source,
        "section": article.section,
        "tags": to_json(article.tags),
        "captions": to_json([{"text": caption.text, "credit": caption.credit} for caption in article.captions]),
        "language": article.language,
        "lead": article.lead,
        "image": article.image,
        "paywalled": article.paywalled,
        "text_sha256": hashlib.sha256(text.encode()).hexdigest(),
    }


def kept_date(old: dict[str, Any], new: dict[str, Any]) -> dict[str, Any]:
    """The date columns of `old` where `new` says the same less exactly, or nothing: rounded times drift as they age."""
    names = ("published", "published_raw", "published_precision")
    slack = SLACK.get(new["published_precision"] or "")
    if new["published"] is None or (slack and old["published"] and _apart(old["published"], new["published"]) <= slack):
        return {name: old[name] for name in names}
    return {}


def _apart(one: str, other: str) -> float:
    """Seconds between two times of any precision; whole days when either is a day."""
    if len(one) <= 10 or len(other) <= 10:
        return abs((_day(one) - _day(other)).total_seconds())
    return abs((datetime.fromisoformat(one) - datetime.fromisoformat(other)).total_seconds())


def _day(text: str) -> date:
    return date.fromisoformat((text + "-01-01")[:10] if len(text) == 4 else (text + "-01")[:10])
