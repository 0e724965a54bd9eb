"""
The port of the daemon: /healthz for whoever restarts it, /metrics for Prometheus. Knows what is wrong, not why.

It answers from threads of its own, so that it answers while the event loop hangs. Whoever asks slowly, much or often is
cut off: a request is a few lines, its connection lives for seconds, and only so many are open at once.
"""

import contextlib
import errno
import io
import socket
import socketserver
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from http.client import LineTooLong
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Protocol, Self, cast

from collector.daemon.pulse import Pulse
from collector.errors import CollectorError
from collector.log import hidden, logger

MOST_OPEN = 16  # connections
MOST_HEAD = 131_072  # bytes of request line and headers; http.server allows the line half of that
SECONDS = 5.0  # that a connection lives
METHODS = "GET, HEAD"
PLAIN = "text/plain; charset=utf-8"
INDEX = b'<!doctype html><title>Newskeep</title><a href="/healthz">healthz</a> <a href="/metrics">metrics</a>\n'


class Scraped(Protocol):
    """What /metrics answers."""

    content_type: str

    def text(self) -> bytes: ...


@dataclass(frozen=True, slots=True)
class _Asked:
    """Whom the port asks, and how many seconds a connection lives."""

    pulse: Pulse
    metrics: Scraped
    steady: Callable[[], float]
    patience: float


class HealthPort:
    """`with HealthPort("127.0.0.1:8080", pulse, metrics):`. Raises CollectorError when nothing can listen there.

    steady: the clock of the pulse. patience: seconds that a connection lives.
    """

    def __init__(
        self,
        address: str,
        pulse: Pulse,
        metrics: Scraped,
        *,
        steady: Callable[[], float] = time.monotonic,
        patience: float = SECONDS,
    ) -> None:
        self._server = _listen(address, _Asked(pulse, metrics, steady, patience))
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.2,), name="http", daemon=True)

    @property
    def address(self) -> tuple[str, int]:
        """Where it listens: host and port."""
        host, port, *_ = self._server.socket.getsockname()
        return str(host), int(port)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def _listen(address: str, asked: _Asked) -> "_Server":
    name, _, port = address.rpartition(":")
    try:
        family, *_, place = socket.getaddrinfo(name.strip("[]"), int(port), type=socket.SOCK_STREAM)[0]
        return _Server(family, place, asked)
    except OSError as error:
        raise CollectorError(f"http: {address} {_why(error)}; name another in config.yaml") from error


def _why(error: OSError) -> str:
    match error:
        case socket.gaierror():
            return "is no address that this machine knows"
        case OSError(errno=errno.EADDRINUSE):
            return "is taken by another program"
        case OSError(errno=errno.EADDRNOTAVAIL):
            return "is no address of this machine"
        case PermissionError():
            return "is not for this user"
        case _:
            return f"cannot be listened at: {error.strerror}"


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 8 * MOST_OPEN  # the rest is taken in to be sent away, sooner than the system would

    def __init__(self, family: int, place: Any, asked: _Asked) -> None:
        self.address_family = socket.AddressFamily(family)
        self.asked = asked
        self._open: dict[socket.socket, float] = {}  # since when
        self._lock = threading.Lock()
        super().__init__(place, _Handler)

    def server_bind(self) -> None:
        """Without the name that http.server asks the network for, which may take a minute."""
        socketserver.TCPServer.server_bind(self)

    def process_request(self, request: Any, client_address: Any) -> None:
        with self._lock:
            full = len(self._open) >= MOST_OPEN
            if not full:
                self._open[request] = time.monotonic()
        if full:
            self.shutdown_request(request)
        else:
            super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        with self._lock:
            self._open.pop(request, None)
        super().shutdown_request(request)

    def service_actions(self) -> None:
        """A few times a second: cut off those who took too long. Their threads see the end of what they read."""
        with self._lock:
            for request, since in self._open.items():
                if time.monotonic() - since > self.asked.patience:
                    with contextlib.suppress(OSError):
                        request.shutdown(socket.SHUT_RDWR)

    def handle_error(self, request: Any, client_address: Any) -> None:
        if not isinstance(sys.exception(), ConnectionError | TimeoutError):
            logger.error("http-failed", exc_info=True)


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    rbufsize = 0  # _Head has its own buffer
    default_request_version = "HTTP/1.0"  # what is no request gets an answer with a status all the same

    def setup(self) -> None:
        super().setup()
        self.connection.settimeout(self.server.asked.patience)  # of one read; the server watches over the whole
        self.rfile = _Head(cast(io.RawIOBase, self.rfile))

    def do_GET(self) -> None:
        match self.path.partition("?")[0]:
            case "/healthz":
                self._healthz()
            case "/metrics":
                self._answer(HTTPStatus.OK, self.server.asked.metrics.text(), self.server.asked.metrics.content_type)
            case "/":
                self._answer(HTTPStatus.OK, INDEX, "text/html; charset=utf-8")
            case _:
                self.send_error(HTTPStatus.NOT_FOUND)

    do_HEAD = do_GET

    def _healthz(self) -> None:
        """200 and `ok`, or 503 and one line a reason."""
        wrong = self.server.asked.pulse.wrong(self.server.asked.steady())
        status = HTTPStatus.SERVICE_UNAVAILABLE if wrong else HTTPStatus.OK
        lines = [hidden(" ".join(reason.split())) for reason in wrong] or ["ok"]
        self._answer(status, "".join(f"{line}\n" for line in lines).encode("utf-8", "replace"), PLAIN)

    def _answer(self, status: HTTPStatus, body: bytes, content_type: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        if status is HTTPStatus.METHOD_NOT_ALLOWED:
            self.send_header("Allow", METHODS)  # RFC 9110, 15.5.6
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """In one line; http.server's own page repeats what was asked. It calls every other method unknown: 501."""
        status = HTTPStatus.METHOD_NOT_ALLOWED if code == HTTPStatus.NOT_IMPLEMENTED else HTTPStatus(code)
        self._answer(status, f"{status.phrase.lower()}\n".encode(), PLAIN)

    def version_string(self) -> str:
        return "newskeep"

    def log_message(self, *_: object) -> None:
        """No line a request: whoever watches us asks every few seconds."""


class _Head(io.BufferedReader):
    """What a client says, as far as it may."""

    left = MOST_HEAD

    def readline(self, size: int | None = -1) -> bytes:
        line = super().readline(size)
        self.left -= len(line)
        if self.left < 0:
            raise LineTooLong("request")  # which http.server answers with 431
        return line
