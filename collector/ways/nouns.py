"""What the ways into the past are told and what they answer: frozen values, of which some are kept as JSON."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any, Literal, Protocol

from storage.records import Charset, Entry

WayName = Literal["sitemap", "feed", "api", "listing", "wayback"]
WAYS: tuple[WayName, ...] = ("sitemap", "feed", "api", "listing", "wayback")  # in the order in which they are tried

# How a document is read: of `page`, a web page of the site, only what it names in its head.
Reads = Literal["sitemap", "feed", "posts", "api", "listing", "page", "captures"]
Verdict = Literal["within", "undated", "outside", "elsewhere"]
Notes = Mapping[str, Any]  # plain values for JSON


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """The days asked for, both included. A day is one of UTC, as everywhere in the archive."""

    since: date
    until: date

    @property
    def begins(self) -> datetime:
        return datetime.combine(self.since, time(), UTC)

    @property
    def ends(self) -> datetime:
        """The first moment after it."""
        return datetime.combine(self.until, time(), UTC) + timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What is to be brought in. `base`: a site's front page, with the scheme and port at which it is asked.

    source: the address of the one source that was named, first among those of its kind. feeds, listings: the addresses
    of what is watched of the site. sitemaps: what its robots.txt and its sources name. archive: of a web archive.
    rule: the host whose site rule describes the site's API, if not its own.
    """

    base: str
    site: str  # as `urls.site_of` gives it
    source: str | None = None
    feeds: tuple[str, ...] = ()
    listings: tuple[str, ...] = ()
    sitemaps: tuple[str, ...] = ()
    archive: str = "https://web.archive.org"
    rule: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One document to ask for on a way. `body`: JSON that is posted; None: it is a GET. `place`: where it stands."""

    url: str
    reads: Reads
    body: str | None = None
    place: Notes = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """An address to be asked for. `day`: the one of its publication, as it was announced. `memento`: see `captures`."""

    entry: Entry
    day: date | None = None
    memento: str | None = None  # the address of a copy in a web archive, which is to be asked for in its place


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A sitemap that an index names."""

    url: str
    updated: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """What one document said. `found`: addresses of the span and undated ones; the others are only counted.

    counts: verdict -> addresses. days: (ISO day or "", verdict) -> addresses, of what is not in `found` ("outside" and
    "elsewhere"). oldest, newest: of all announced dates. falling: dates fall from the first entry to the last.
    """

    status: int = 200
    found: tuple[Found, ...] = ()
    spool: Path | None = None  # where `found` stands instead, a pickled batch after the other
    counts: Mapping[str, int] = field(default_factory=dict)
    days: Mapping[tuple[str, str], int] = field(default_factory=dict)
    oldest: datetime | None = None
    newest: datetime | None = None
    falling: bool = True
    first: str | None = None  # address of the first entry: the same page again begins with it
    last: str | None = None
    parts: tuple[Part, ...] = ()
    next: str | None = None  # the address at which it goes on into the past, as the document says
    links: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # rel or kind -> addresses
    form: str = ""  # what the document is by its own word: "wordpress", "blogger", "rfc5005" …
    total: int | None = None  # entries in all
    pages: int | None = None
    cursor: Any = None  # of an API, plain values for JSON
    why: str = ""  # it could not be read, or holds nothing: the reason
    charset: Charset | None = field(default=None, compare=False)

    @property
    def announced(self) -> int:
        return sum(self.counts.values())

    def holds(self, verdict: Verdict) -> int:
        return self.counts.get(verdict, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Moves:
    """What a way wants after a document. The walk is over when no step is open, or when `over` is said.

    notes: what it remembers, in the place of what it remembered; None: as before. reached: does what was seen go back
    to the begin of the span? None: that is not known yet.
    """

    steps: tuple[Step, ...] = ()
    notes: Notes | None = None
    over: bool = False
    reached: bool | None = None
    form: str = ""  # what the way turned out to be, for people: "RFC 5005", "WordPress ?paged=N" …
    why: str = ""  # why there is no way, or why it ends


class Way(Protocol):
    """A module of this package, one a way. Pure: from values to values."""

    def begin(self, target: Target, span: Span) -> Moves:
        """The first steps; none when there is no such way."""

    def follow(self, step: Step, leaf: Leaf, notes: Notes, target: Target, span: Span) -> Moves:
        """What comes after this document. `leaf.status` may be any; `leaf.why` tells that nothing could be read."""
