"""One article as the formats write it: documented keys, plain values. See docs/operating.md.

Nothing in it may change later: it tells of one version, and of what was known when it was the current one.
"""

import json
from collections.abc import Callable

from storage.archive.base import Row
from storage.archive.telling import Told

PLAIN = (  # in this order
    *("url", "site", "title", "published", "published_precision", "published_raw", "modified", "first_seen"),
    *("read_at", "number", "reason", "source", "section", "language", "lead", "image"),
)
READ_BY = ("extractor", "rule_revision", "memory_revision", "text_sha256", "version_id", "article_id")
CAPTURE = ("url", "final_url", "fetched_at", "status", "content_type", "sha256", "size")
Hide = Callable[[str], str]


def record(told: Told, hide: Hide) -> Row:
    """The article with its paragraphs, its captures (the first page's first), its sources and its story.

    hide: what may not be told of the address of a source, a key or a password, made ***.
    """
    row = told.row
    return {
        **{name: row[name] for name in PLAIN},
        "paywalled": None if row["paywalled"] is None else bool(row["paywalled"]),
        **{name: json.loads(row[name]) for name in ("authors", "tags", "captions")},
        "paragraphs": _paragraphs(row),
        "text": row["text"],
        "story": told.story,
        "announced_by": [hide(url) for url in told.announced_by],
        "captures": [_capture(page, told.announced_by, hide) for page in told.pages],
        **{name: row[name] for name in READ_BY},
    }


def _paragraphs(row: Row) -> list[Row]:
    kinds, texts = json.loads(row["kinds"]), row["text"].split("\n\n")
    places = json.loads(row["places"] or "[]") or [""] * len(kinds)
    return [
        {"kind": kind, "text": text, "where": where} for kind, text, where in zip(kinds, texts, places, strict=True)
    ]


def _capture(page: Row, sources: list[str], hide: Hide) -> Row:
    return {name: page[name] for name in CAPTURE} | (
        {"url": hide(page["url"]), "final_url": hide(page["final_url"])} if page["url"] in sources else {}
    )
