"""
One text at several addresses of a host: a wall, or one piece that stands at all of them? By values alone.

Nobody writes the same article thrice, so a text that belongs to three *pieces* is a wall. Two addresses are one piece

- when the same number or name is the last in both: `/story/90210`, `/print/90210?amp=1`; or
- when their pages have one title, or were filed as one article, and it is theirs: each page's title is the one that its
  source announced (where none did: is told by the address, or the page tells its own date or authors), or what was
  announced for both agrees.

So print and AMP copies, free slugs and a story that was put up twice are one piece each. A consent page has one title
and is nobody's announced; the stub of a paywall has each story's own title and the same words under all of them.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from collector.policy.quality import agree

ENOUGH = 3  # pieces
_NUMBER = re.compile(r"\d{5,}|[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}")
_DAY = re.compile(r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])")
_ENDING = re.compile(r"\.\w{2,5}$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """A page that gave the text. `url`: as announced; `dated`: it tells its own date or authors.

    `title`: of the page, None when it was not kept; `article_id`: what it was filed under, None when under nothing.
    """

    url: str
    announced: str | None
    title: str | None
    article_id: int | None
    dated: bool


def is_wall(copies: Iterable[Copy]) -> bool:
    """Do these pages, all of one host and with one text, stand for three pieces or more?"""
    pieces: list[Copy] = []
    for copy in copies:
        if not any(_one_piece(copy, piece) for piece in pieces):
            pieces.append(copy)
        if len(pieces) >= ENOUGH:
            return True
    return False


def _one_piece(one: Copy, other: Copy) -> bool:
    name = _name(one.url)
    if name is not None and name == _name(other.url):
        return True
    if one.title is None or other.title is None:
        return False
    filed_as_one = one.article_id is not None and one.article_id == other.article_id
    if not filed_as_one and not agree(one.title, other.title):
        return False
    if one.announced and other.announced and agree(one.announced, other.announced):
        return True
    return _is_own(one) and _is_own(other)


def _is_own(copy: Copy) -> bool:
    """Is the page's title that of the piece which was asked for?"""
    if copy.announced:
        return agree(copy.announced, copy.title or "")
    return copy.dated or agree(_slug(copy.url), copy.title or "")


def _name(url: str) -> str | None:
    """The last number in an address that is no day, else a last part of three words or more; None for neither."""
    parts = urlsplit(url)
    numbers = [found for found in _NUMBER.findall(f"{parts.path}?{parts.query}".lower()) if not _DAY.fullmatch(found)]
    slug = _last(parts.path)
    return numbers[-1] if numbers else slug if slug.count("-") > 1 and not parts.query else None


def _slug(url: str) -> str:
    return re.sub(r"[-_+]+", " ", _last(urlsplit(url).path))


def _last(path: str) -> str:
    return _ENDING.sub("", path.rstrip("/").rpartition("/")[2])
