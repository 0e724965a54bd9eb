"""Pages over plain HTTP, as a careful server gives them: validators, 304, HEAD. Knows no site and no story."""

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import Message
from email.utils import format_datetime, parsedate_to_datetime
from functools import cached_property
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Page:
    """What one address answers. `modified`: aware, whole seconds."""

    body: bytes
    content_type: str
    modified: datetime
    status: int = 200

    @cached_property
    def etag(self) -> str:
        return f'"{sha256(self.body).hexdigest()[:16]}"'

    @property
    def headers(self) -> Mapping[str, str]:
        """RFC 9110, 15.4.5: a 304 repeats the validators."""
        return {"ETag": self.etag, "Last-Modified": format_datetime(self.modified.astimezone(UTC), usegmt=True)}

    def known_to(self, asked: Message) -> bool:
        """Whether the client has it already. RFC 9110, 13.1.3: with If-None-Match, If-Modified-Since is not read."""
        if self.status != 200:
            return False
        if (tags := asked["If-None-Match"]) is not None:
            return any(tag.strip().removeprefix("W/") in ("*", self.etag) for tag in tags.split(","))
        since = _http_date(asked["If-Modified-Since"])
        return since is not None and self.modified <= since


class Server(ThreadingHTTPServer):
    """`find(host, path)` gives the page, `note(method, host, path, status)` hears of every answer."""

    daemon_threads = True

    def __init__(self, find: Callable[[str, str], Page], note: Callable[[str, str, str, int], None]) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.find, self.note = find, note

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that goes away is nobody's mistake."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    server: Server
    protocol_version = "HTTP/1.1"
    timeout = 10  # seconds that an idle connection is kept
    wbufsize = -1  # head and body leave in one piece: in two, Nagle's algorithm and delayed ACKs cost 40 ms a page

    def do_GET(self) -> None:
        host = (self.headers["Host"] or "").partition(":")[0].lower()
        path = self.path.partition("?")[0]
        page = self.server.find(host, path)
        status = 304 if page.known_to(self.headers) else page.status
        self.server.note(self.command, host, self.path, status)
        self.send_response(status)
        for name, value in page.headers.items():
            self.send_header(name, value)
        if status != 304:
            self.send_header("Content-Type", page.content_type)
            self.send_header("Content-Length", str(len(page.body)))
        self.end_headers()
        if status != 304 and self.command == "GET":
            self.wfile.write(page.body)

    do_HEAD = do_GET

    def version_string(self) -> str:
        return "newsroom"

    def log_message(self, format: str, *args: object) -> None:
        """Silent: whoever wants to know asks `note`."""


def _http_date(raw: str | None) -> datetime | None:
    """A date that cannot be read is as good as none (RFC 9110, 13.1.3)."""
    try:
        date = parsedate_to_datetime(raw or "")
    except ValueError:
        return None
    return date if date.tzinfo else date.replace(tzinfo=UTC)
