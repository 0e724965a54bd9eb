"""
The bytes of one document of a way -> what it announces, by how its step says it is read. Knows no network or archive.

sitemap   maps: streamed from a file, however large        feed, page   feed_pages
posts     posts: WordPress' own API                        api          described by a site rule
listing   listing_pages                                    captures     the CDX list of a web archive
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from collector.errors import SourceError
from collector.ways.nouns import Leaf, Notes, Reads, Span, Step
from storage.records import Capture


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One answer on a way. `file` holds the body of what is read from a file, and takes `found` to its side."""

    reads: Reads
    url: str  # where it was at last
    status: int
    fetched_at: datetime
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    file: Path | None = None
    place: Notes = field(default_factory=dict)

    @classmethod
    def of(cls, capture: Capture, step: Step) -> "Document":
        return cls(
            reads=step.reads,
            url=capture.final_url,
            status=capture.status,
            fetched_at=capture.fetched_at,
            headers=dict(reversed(capture.headers)),  # the first of a name counts
            body=capture.body,
            file=capture.file,
            place=step.place,
        )


def read(document: Document, span: Span, site: str, rule: str | None = None) -> Leaf:
    """What it says. An answer that is none, and one that cannot be read, is a leaf that says why.

    rule: the host whose site rule reads the site's listings and describes its API, if not its own.
    """
    if not 200 <= document.status < 300:
        return Leaf(status=document.status, why=f"answered {document.status}{_code(document.body)}")
    try:
        return _READERS[document.reads](document, span, site, rule)
    except SourceError as error:
        return Leaf(status=document.status, why=str(error))


def _code(body: bytes) -> str:
    """An API's own word for what was wrong: `rest_invalid_param`."""
    try:
        said = json.loads(body)
    except ValueError:
        return ""
    code = said.get("code") if isinstance(said, dict) else None
    return f": {code}" if isinstance(code, str) else ""


def _sitemap(document: Document, span: Span, site: str, _: str | None) -> Leaf:
    assert document.file is not None
    with document.file.open("rb") as file:
        return maps.read(file, document.url, document.fetched_at, span, site, document.file.with_suffix(".found"))

_READERS = {}
