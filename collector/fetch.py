"""
url -> Capture: the network edge. Knows no archive, no politeness and no page.

A hop is one request and one answer. Behaviour is added by wrapping, and what wraps is again a callable of that shape:

    retrying(following(gate.hop, budget=network.timeout))        what the pipeline calls
                       gate.hop -> Fetcher.hop                   every hop waits for its host's turn
"""

import asyncio
import ssl
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from types import TracebackType
from typing import Self

import httpx

from collector import fetch_body
from collector.config import Network, Site
from collector.fetch_address import CONNECT_SECONDS, Dialler, Lookup
from collector.fetch_again import Hop, following, retrying
from collector.fetch_body import BodyError, Unwritable
from collector.fetch_errors import NETWORK_ERRORS, fetch_error
from collector.fetch_lines import Lines
from collector.fetch_place import address, place
from storage.records import Capture, Request

__all__ = ["Fetcher", "Hop", "following", "retrying"]

LARGE_AT_ONCE = 8  # bodies over 1 MB that may be in memory together


class Fetcher:
    """Makes requests: `async with Fetcher(network, config.site) as fetcher: await fetcher.hop(Request(url=...))`.

    `site` gives what is different at a host: its headers, cookies and proxy. A proxy is dialled unchecked, and looks
    up the names itself: only what is behind no proxy passes the address guard.
    """

    def __init__(
        self,
        network: Network,
        site: Callable[[str], Site],
        *,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        trust: ssl.SSLContext | None = None,
        lookup: Lookup | None = None,
    ) -> None:
        self._network, self._site, self._now = network, site, now
        self._trust = trust or httpx.create_ssl_context(trust_env=False)
        self._dialler = Dialler(network.resolve, allow_private=network.allow_private, lookup=lookup)
        self._lines = Lines()
        self._large = asyncio.Semaphore(LARGE_AT_ONCE)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        await self._lines.aclose()
        self._dialler.close()

    async def hop(self, request: Request) -> Capture:
        """One answer of one server, redirects as they are. Raises FetchError, and Refused before anything is sent.

        Raises Unwritable, an OSError, when the disk takes no file. Whatever is raised, none is left at `request.into`.
        """
        seconds = self._network.timeout if request.budget is None else request.budget
        began = time.monotonic()
        try:
            with fetch_body.whole(request.into):
                response, body, written = await self._answer(request, seconds)
        except Unwritable:
            raise  # it is the operator's disk, and no network's error
        except NETWORK_ERRORS as e:
            raise fetch_error(request.url, e, seconds) from e
        return Capture(
            url=request.url,
            final_url=request.url,
            fetched_at=self._now(),
            status=response.status_code,
            headers=tuple((_text(name).lower(), _text(value)) for name, value in response.headers.raw),
            body=body,
            elapsed=time.monotonic() - began,
            file=request.into if response.is_success else None,
            written=written,
        )

    async def _answer(self, request: Request, seconds: float) -> tuple[httpx.Response, bytes, int]:
        """With its body in memory, or the number of bytes that went to the file."""
        there = place(request.url)
        site = self._site(there.host)
        async with (
            asyncio.timeout(seconds) as deadline,
            self._lines.line(there.origin, lambda: self._transport(site)) as transport,
        ):
            response = await transport.handle_async_request(self._request(request, site))
            try:
                return response, *await self._body(response, request, deadline)
            finally:
                await response.aclose()

    def _transport(self, site: Site) -> httpx.AsyncHTTPTransport:
        transport = httpx.AsyncHTTPTransport(
            verify=self._trust,
            http2=True,
            trust_env=False,
            proxy=site.proxy,
            limits=httpx.Limits(max_connections=None, max_keepalive_connections=8, keepalive_expiry=60),
        )
        if site.proxy is None:
            # httpx has no public way to say who dials; the version is pinned below 0.29
            transport._pool._network_backend = self._dialler
        return transport

    def _request(self, request: Request, site: Site) -> httpx.Request:
        headers = {
            "user-agent": self._network.user_agent,
            "accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
            "accept-encoding": fetch_body.ACCEPTED,
            **({} if request.body is None else {"content-type": "application/json"}),
            **{name.lower(): value for name, value in request.headers.items()},
            **{name.lower(): value for name, value in site.headers.items()},
        }
        own = [f"{name}={value}" for name, value in site.cookies.items()]
        if cookies := "; ".join([*own, *filter(None, [headers.get("cookie")])]):
            headers["cookie"] = cookies
        return httpx.Request(
            "GET" if request.body is None else "POST",
            address(request.url),
            content=request.body,
            headers=[(name.encode(), value.encode()) for name, value in headers.items()],
            extensions={"timeout": {"connect": CONNECT_SECONDS}},  # the rest is the deadline's
        )

    async def _body(self, response: httpx.Response, request: Request, deadline: asyncio.Timeout) -> tuple[bytes, int]:
        encoding, limit = response.headers.get("content-encoding", ""), self._network.max_bytes
        if response.is_success:
            limit = request.most or limit
        if _length(response) > limit:  # compressed or not: it only grows
            raise BodyError("too-large", f"announces more than {limit:,} bytes")
        if response.is_success and request.into:
            return b"", await fetch_body.save(response.aiter_raw(), encoding, limit, request.into)
        return await fetch_body.read(response.aiter_raw(), encoding, limit, lambda: self._room(deadline)), 0

    @asynccontextmanager
    async def _room(self, deadline: asyncio.Timeout) -> AsyncIterator[None]:
        """One of few places for large bodies; the wait for it does not count against the deadline."""
        clock = asyncio.get_running_loop().time
        left = (deadline.when() or clock()) - clock()
        deadline.reschedule(None)
        async with self._large:
            deadline.reschedule(clock() + left)
            yield


def _length(response: httpx.Response) -> int:
    """What Content-Length announces; 0 when it says nothing sensible, or speaks of a body that does not come."""
    said = response.headers.get("content-length", "")
    comes = response.status_code not in (204, 304)
    return int(said) if comes and said.isascii() and said.isdigit() and len(said) < 20 else 0


def _text(raw: bytes) -> str:
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode("latin-1")
