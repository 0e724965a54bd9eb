"""The nouns of the network: what is asked for, what is answered, what is remembered of a host."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

Headers = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What to ask for: a GET, or with a `body` a POST.

    headers: the conditions (If-None-Match, If-Modified-Since), what an interface wants, and nothing else of ours;
    a body is JSON unless they say what it is.
    into, most: for a document that may be large, an answer with a status of 2xx: the file that its body is written to,
    and how long it may be. Other answers stay in memory, within the configured limit.
    """

    url: str
    headers: Mapping[str, str] = field(default_factory=dict)
    budget: float | None = None  # seconds left on the network; None: the configured time-out
    body: bytes | None = None
    into: Path | None = None
    most: int | None = None  # bytes after decoding; None: the configured limit


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """One answer of one server, byte for byte after content decoding, with headers and time.

    `file` holds the body where the request said `into`, and `body` nothing.
    """

    url: str
    final_url: str
    fetched_at: datetime  # aware, UTC
    status: int
    headers: Headers = ()  # names in lower case, in the server's order
    body: bytes = b""
    redirects: tuple[str, ...] = ()
    elapsed: float = 0.0  # seconds on the network
    file: Path | None = None
    written: int = 0  # bytes of `file`

    @property
    def size(self) -> int:
        """Bytes of the body, wherever it is."""
        return len(self.body) if self.file is None else self.written

    def header(self, name: str) -> str | None:
        """The first value of a header, whatever its case; None when the server did not send it."""
        wanted = name.lower()
        return next((value for key, value in self.headers if key == wanted), None)

    @property
    def content_type(self) -> str | None:
        return self.header("content-type")


@dataclass(frozen=True, slots=True, kw_only=True)
class HostState:
    """What is remembered of one origin between runs: its robots.txt with its age, and until when it asked for peace."""

    origin: str  # "https://example.org", with the port when it is not the scheme's own
    robots_status: int | None = None  # None: never asked; 0: could not be reached
    robots_body: bytes | None = None
    robots_fetched_at: datetime | None = None
    closed_until: datetime | None = None
    closed_reason: str | None = None
