"""What an import is made of: values that travel from the readers of files to the archive. Knows no file format."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Literal, Protocol

from collector import urls
from storage.records import Capture, to_json

EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)  # before the first page of the web, a time is a mistake
SLACK = timedelta(days=1)  # that another machine's clock may be ahead


class Skipped(Exception):
    """It holds no page that is wanted. The argument: what it is."""


class Broken(Exception):
    """It cannot be believed. The argument: why."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where to read: so many bytes, files or rows on, or behind so many records of the member that begins there."""

    offset: int = 0
    within: int = 0

    def __str__(self) -> str:
        return f"{self.offset}+{self.within}" if self.within else f"{self.offset}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Revisit:
    """Of which earlier answer a record says that it came again: by digest of the payload, address and time."""

    digest: str
    url: str
    at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One record, file or row: a capture, or why it is none.

    place: its name for people. behind: where to go on when it is done. revisit: the body is that of another capture.
    left: what it is, where it holds no page of an article. fault: what is broken. digest: of its payload, as it says.
    announced: columns of its entry that another archive knew.
    """

    place: str
    behind: Place
    capture: Capture | None = None
    revisit: Revisit | None = None
    digest: str = ""
    announced: Mapping[str, object] = field(default_factory=dict)
    left: str = ""
    fault: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What is wanted of an import: hosts (with all below them), and days of capture, UTC, both included."""

    sites: tuple[str, ...] = ()
    since: datetime | None = None
    until: datetime | None = None  # the first moment that is too late

    def wants(self, url: str, at: datetime) -> bool:
        host = urls.host_of(url)
        here = not self.sites or any(host == site or host.endswith(f".{site}") for site in self.sites)
        return here and (self.since is None or at >= self.since) and (self.until is None or at < self.until)

    def to_json(self) -> str:
        """The same for the same choice."""
        times = {name: at.isoformat() for name, at in (("since", self.since), ("until", self.until)) if at}
        return to_json(({"sites": sorted(self.sites)} if self.sites else {}) | times)


Kind = Literal["warc", "wacz", "folder", "archive"]


class Parcel(Protocol):
    """One thing to import. `size`: bytes; `mark`: with it, tells whether the same one is imported again.

    end: the offset behind all of it, in its own measure: bytes, files or rows.
    """

    @property
    def kind(self) -> Kind: ...

    @property
    def path(self) -> str: ...

    @property
    def size(self) -> int: ...

    @property
    def mark(self) -> str: ...

    @property
    def end(self) -> int: ...

    def items(self, after: Place, choice: Choice, limit: int, now: datetime) -> Iterator[Item]:
        """All behind `after`, in order, in bounded memory: no body of more than `limit` bytes is held."""


def item(place: str, behind: Place, make: Callable[[], Item]) -> Item:
    """What `make` makes; where it raises Skipped or Broken, the item that says so."""
    try:
        return make()
    except Skipped as what:
        return Item(place=place, behind=behind, left=str(what))
    except Broken as why:
        return Item(place=place, behind=behind, fault=str(why))


def time_of(text: str, now: datetime) -> datetime:
    """ISO 8601 as a moment, UTC where no zone is given. Raises Broken, for one that no capture can have, too."""
    try:
        at = datetime.fromisoformat(text.strip())
    except ValueError:
        raise Broken(f"a time that cannot be read: {text[:40]!r}") from None
    at = at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    if at < EARLIEST:
        raise Broken(f"a time before the web: {at.isoformat()}")
    if at > now + SLACK:
        raise Broken(f"a time that is still to come: {at.isoformat()}")
    return at
