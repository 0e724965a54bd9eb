"""The nouns of an API that a site rule describes: what is asked for, and where its answers hold what. Knows no file."""

import re
from dataclasses import dataclass
from typing import Literal

By = Literal["last", "token", "link", "page", "offset"]
Times = Literal["iso", "day", "seconds", "milliseconds"]
Path = tuple[str, ...]  # keys and numbers; `*` for every element of a list

PLACEHOLDERS = ("each", "limit", "cursor", "page", "offset", "since", "until", "seen")


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """Where a value stands in JSON. `match` keeps its first group, or all it matched; the others tell of dates."""

    path: Path
    match: re.Pattern[str] | None = None
    format: str | None = None
    zone: str | None = None
    order: Literal["dmy", "mdy", "ymd"] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """Where one item holds what. `address`: a pattern with paths in braces that makes its address instead of `url`."""

    url: Value | None = None
    address: str = ""
    title: Value | None = None
    published: Value | None = None
    updated: Value | None = None
    lead: Value | None = None
    content: Value | None = None
    id: Value | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cursor:
    """
    How an API goes on: by what stands at `path` in its last item (`last`), by a word or a whole address at `path` in
    the answer (`token`, `link`), or by a number that begins at `first` (`page`, `offset`).

    begin: what the first request says; "since" and "until" are the ends of the days asked for. overlap: seconds that
    the next page of a `last` goes back where it is a time, as several items may share its second.
    """

    by: By
    path: Path = ()
    begin: str = ""
    first: int = 0
    overlap: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Api:
    """
    One API. `url` (seen from the site's front page) and `body` (JSON that is posted; None: it is a GET) hold words of
    PLACEHOLDERS in braces.

    each: values of `{each}`, one walk for each. page_size: of `{limit}`; a page far shorter is the last. times: how
    `{since}` and `{until}` are written. rising: the oldest items come first. total, more: paths of how many there are
    in all, and of whether there are more.
    """

    url: str
    item: Item
    cursor: Cursor
    body: str | None = None
    headers: tuple[tuple[str, str], ...] = ()
    each: tuple[str, ...] = ()
    page_size: int | None = None
    times: Times = "iso"
    rising: bool = False
    items: Path = ()
    total: Path = ()
    more: Path = ()

    def says(self, word: str) -> bool:
        """Does a request hold this placeholder?"""
        return f"{{{word}}}" in self.url or f"{{{word}}}" in (self.body or "")
