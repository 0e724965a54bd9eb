"""The nouns of a site rule: where on a site's pages what is written. Knows no file and no page."""

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from collector.extract.rule_api import Api

Order = Literal["dmy", "mdy", "ymd"]
Selectors = tuple[str, ...]
Patterns = tuple[re.Pattern[str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """
    Where a value stands: in elements (their text or `attr`), in a script's JSON, or in the rule itself (`value`).

    `match` keeps its first group, or all it matched. The other keys tell how to read a date: `shown` selects
    what a reader sees of it, which is kept as the raw string.
    """

    select: str | None = None
    attr: str | None = None
    json: tuple[str, ...] = ()
    value: str | None = None
    match: re.Pattern[str] | None = None
    shown: str | None = None
    format: str | None = None
    zone: str | None = None
    order: Order | None = None


Places = tuple[Place, ...]  # tried in order; the first that gives anything wins


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """The script element whose JSON a layout reads, and the path there from which `json` paths start."""

    select: str
    at: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """How to read one piece of writing: a page's article, or one of its items."""

    body: Places = ()
    title: Places = ()
    lead: Places = ()
    published: Places = ()
    modified: Places = ()
    authors: Places = ()
    section: Places = ()
    source: Places = ()
    tags: Places = ()
    captions: Places = ()
    url: Places = ()
    drop: Selectors = ()
    start: Selectors = ()  # nothing before it is read; the word `title` stands for wherever the title is written
    stop: Selectors = ()  # neither it nor anything after it is read
    stop_text: Patterns = ()  # the same for a block that says only this
    furniture: Patterns = ()  # whole paragraphs that are not text
    keep: Patterns = ()  # whole paragraphs that are text, though the site's pages share them
    cut: Patterns = ()  # pieces of paragraphs that are not text
    lines: Patterns = ()  # lines that say something about the piece; named groups are its fields
    credit: re.Pattern[str] | None = None  # how the credit of a picture begins


@dataclass(frozen=True, slots=True, kw_only=True)
class Items:
    """Whole pieces on one page: blocks that `select` finds, or the smallest ones around `link`s to one address."""

    select: str | None = None
    link: str | None = None
    piece: Piece = field(default_factory=Piece)


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """One shape of a site's pages; `since` (included) and `until` (not) are days on which such a page was fetched."""

    paths: Patterns = ()
    since: date | None = None
    until: date | None = None
    json: Script | None = None
    piece: Piece = field(default_factory=Piece)
    items: Items | None = None
    related: Items | None = None
    links: Places = ()
    next_page: Places = ()

    @property
    def is_listing(self) -> bool:
        """Whether it says what a page holds beside an article, and nothing of an article's own text."""
        return not self.piece.body and bool(self.items or self.related or self.links)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """How to read one site. `hosts` in lower case, `*` stands for anything; `revision` names its content but `api`."""

    name: str
    hosts: tuple[str, ...]
    revision: str
    layouts: tuple[Layout, ...]
    api: tuple[Api, ...] = ()
