"""
url -> Capture: the network edge. Knows no archive, no politeness and no page.

A hop is one request and one answer. Behaviour is added by wrapping, and what wraps is again a callable of that shape:

    retrying(following(gate.hop, budget=network.timeout))        what the pipeline calls
                       gate.hop -> Fetcher.hop                   every hop waits for its host's turn
"""

import asyncio
import ssl
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from types import TracebackType
from typing import Self

import httpx
import tenacity

from collector import fetch_body
from collector.config import Network, Site
from collector.errors import FetchError
from collector.fetch_address import CONNECT_SECONDS, Dialler, Lookup
from collector.fetch_body import BodyError
from collector.fetch_errors import NETWORK_ERRORS, fetch_error
from collector.fetch_lines import Lines
from collector.fetch_place import address, joined, place
from storage.records import Capture, Request

Hop = Callable[[Request], Awaitable[Capture]]

LARGE_AT_ONCE = 8  # bodies over 1 MB that may be in memory together
MOST_REDIRECTS = 10
REDIRECTS = frozenset({301, 302, 303, 307, 308})
ATTEMPTS = 3
# What another try within seconds can mend; a name without an address is not: the resolver has tried again itself.
CAN_PASS = frozenset({"timeout", "reset", "connect", "truncated", "protocol", "status"})


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
        """One answer of one server, redirects as they are. Raises FetchError, and Refused before anything is sent."""
        there = place(request.url)
        site = self._site(there.host)
        seconds = self._network.timeout if request.budget is None else request.budget
        began = time.monotonic()
        try:
            async with (
                asyncio.timeout(seconds) as deadline,
                self._lines.line(there.origin, lambda: self._transport(site)) as transport,
            ):
                response = await transport.handle_async_request(self._request(request, site))
                try:
                    body = await self._body(response, deadline)
                finally:
                    await response.aclose()
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
        )

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
            **{name.lower(): value for name, value in request.headers.items()},
            **{name.lower(): value for name, value in site.headers.items()},
        }
        own = [f"{name}={value}" for name, value in site.cookies.items()]
        if cookies := "; ".join([*own, *filter(None, [headers.get("cookie")])]):
            headers["cookie"] = cookies
        return httpx.Request(
            "GET",
            address(request.url),
            headers=[(name.encode(), value.encode()) for name, value in headers.items()],
            extensions={"timeout": {"connect": CONNECT_SECONDS}},  # the rest is the deadline's
        )

    async def _body(self, response: httpx.Response, deadline: asyncio.Timeout) -> bytes:
        encoding, limit = response.headers.get("content-encoding", ""), self._network.max_bytes
        if _length(response) > limit:  # compressed or not: it only grows
            raise BodyError("too-large", f"announces more than {limit:,} bytes")
        return await fetch_body.read(response.aiter_raw(), encoding, limit, lambda: self._room(deadline))

    @asynccontextmanager
    async def _room(self, deadline: asyncio.Timeout) -> AsyncIterator[None]:
        """One of few places for large bodies; the wait for it does not count against the deadline."""
        clock = asyncio.get_running_loop().time
        left = (deadline.when() or clock()) - clock()
        deadline.reschedule(None)
        async with self._large:
            deadline.reschedule(clock() + left)
            yield


def following(hop: Hop, *, budget: float, most: int = MOST_REDIRECTS) -> Hop:
    """A hop that follows at most `most` redirects, within `budget` seconds on the network for the whole chain.

    The capture has the asked address as `url`, the last as `final_url`, those that redirected as `redirects`.
    Conditions stay within the host that they were made for. Raises FetchError "redirects" for loops and long chains.
    """

    async def get(request: Request) -> Capture:
        passed: list[str] = []
        cookies: dict[str, dict[str, str]] = {}  # by host: a page may set one and lead to itself
        url, left = request.url, budget if request.budget is None else request.budget
        while True:
            headers = dict(request.headers) if place(url).host == place(request.url).host else {}
            if jar := cookies.get(place(url).host):
                headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in jar.items())
            capture = await hop(replace(request, url=url, headers=headers, budget=left))
            left -= capture.elapsed
            passed.append(url)
            location = capture.header("location") if capture.status in REDIRECTS else None
            if location is None:
                elapsed = (budget if request.budget is None else request.budget) - left
                return replace(capture, url=request.url, redirects=tuple(passed[:-1]), elapsed=elapsed)
            new = _cookies(capture).items() - cookies.get(place(url).host, {}).items()
            cookies.setdefault(place(url).host, {}).update(new)
            url = joined(url, location)
            if url in passed and not new:
                raise FetchError(request.url, "redirects", f"redirects in a circle, back to {url}", passing=False)
            if len(passed) > most:
                raise FetchError(request.url, "redirects", f"more than {most} redirects", passing=False)

    return get


def retrying(get: Hop, *, sleep: Callable[[float], Awaitable[None]] = asyncio.sleep) -> Hop:
    """A get that tries what can pass up to three times, after 0.5 to 4 seconds each.

    The last 5xx or 429 is raised as FetchError "status-503" and the like; any other answer is a capture.
    """
    again = tenacity.AsyncRetrying(
        stop=tenacity.stop_after_attempt(ATTEMPTS),
        wait=tenacity.wait_exponential_jitter(multiplier=0.5, jitter=1, max=4),
        retry=tenacity.retry_if_exception(_can_pass),
        sleep=sleep,
        reraise=True,
    )

    async def once(request: Request) -> Capture:
        capture = await get(request)
        status = capture.status
        if status == 429 or 500 <= status < 600:
            raise FetchError(request.url, f"status-{status}", f"answered {status}", passing=True, status=status)
        return capture

    return again.wraps(once)


def _cookies(capture: Capture) -> dict[str, str]:
    """Names and values of the cookies that an answer sets (RFC 6265 5.2); they live as long as the redirects."""
    pairs = (value.partition(";")[0].partition("=") for name, value in capture.headers if name == "set-cookie")
    return {name.strip(): value.strip() for name, _, value in pairs if name.strip()}


def _can_pass(error: BaseException) -> bool:
    return isinstance(error, FetchError) and error.passing and error.reason.partition("-")[0] in CAN_PASS


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
