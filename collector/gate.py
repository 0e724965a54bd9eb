"""
Politeness: robots.txt, one queue a host, its pauses, and doors that a host has shut. Knows no archive and no page.

Every request of every kind passes here, redirects, retries and robots.txt included:

    async with Fetcher(config.network, config.site) as fetcher:
        gate = Gate(fetcher.hop, config.network, config.site, remember=archive.set_host, known=archive.hosts(), now=now)
        get = retrying(following(gate.hop, budget=config.network.timeout))
        capture = await get(Request(url="https://example.org/feed.xml"))
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from collector.config import Network, Site
from collector.errors import FetchError, HostClosed, Offline, Refused
from collector.fetch import Hop, following, retrying
from collector.fetch_place import Place, place
from collector.gate_hosts import Hosts, Remember
from collector.gate_turns import Turn, Turns
from collector.robots import MOST_REDIRECTS, Robots, product
from storage.records import Capture, HostState, Request

PATIENCE = 10.0  # seconds that a request waits at a shut door; longer ones are the next run's
LONGEST_CLOSED = 86_400.0  # a Retry-After beyond a day is obeyed as a day
# A 429 that does not say for how long: two short waits within our patience, then doubling until it leaves us alone.
UNASKED, LONGEST_UNASKED = 5.0, 3_600.0
# A host that does not answer at all would cost the whole time-out for each of its pages.
SILENT = frozenset({"timeout", "connect", "reset", "dns"})
MOST_FAILURES, SILENCE, LONGEST_SILENCE = 6, 60.0, 900.0


class Gate:
    """`hop` again, but polite. State is remembered by `remember`; `known` is what earlier runs remembered, by origin.

    `now` tells aware UTC; `patience`: seconds.
    """

    def __init__(
        self,
        hop: Hop,
        network: Network,
        site: Callable[[str], Site],
        *,
        remember: Remember,
        known: Mapping[str, HostState],
        now: Callable[[], datetime],
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        patience: float = PATIENCE,
    ) -> None:
        self._hop, self._network, self._site = hop, network, site
        self._now, self._patience, self._rested = now, patience, True
        self._hosts = Hosts(known, remember)
        self._turns = Turns(network.concurrency, self._new_turn, sleep=sleep)
        ask = retrying(following(self._in_turn, budget=network.timeout, most=MOST_REDIRECTS), sleep=sleep)
        self._robots = Robots(ask, self._hosts, agent=product(network.user_agent), now=now)

    def pause_first(self) -> None:
        """Somebody may have asked any host just now: each is given its pause before its first request, too."""
        self._rested = False

    async def hop(self, request: Request) -> Capture:
        """One answer, when it is this host's turn and its robots.txt allows it.

        Raises Refused "robots" where it does not, HostClosed when the host wants peace for longer than our patience,
        FetchError "robots" when its robots.txt cannot be had, and what the inner hop raises.
        """
        there = place(request.url)
        if self._obeys(there.host):
            try:
                rules = await self._robots.rules(there.origin)
            except FetchError as e:
                raise _of_page(request.url, e) from e
            if not rules.allows(request.url):
                raise Refused(request.url, "robots", "robots.txt disallows it")
            self._turns.of(there.turn).delay = max(self._own_delay(there.host), rules.delay)
        return await self._in_turn(request)

    async def sitemaps(self, url: str) -> tuple[str, ...]:
        """The sitemaps that the robots.txt of this origin names, absolute. Raises FetchError when it cannot be had."""
        return (await self._robots.rules(place(url).origin)).sitemaps

    def delay_of(self, url: str) -> float:
        """Seconds between two requests to this host, as far as is known: a crawl-delay counts once it was read."""
        return self._turns.of(place(url).turn).delay

    async def _in_turn(self, request: Request) -> Capture:
        there = place(request.url)
        turn = self._turns.of(there.turn)
        async with self._turns.taken(turn, lambda: self._shut_for(turn, request.url)):
            try:
                capture = await self._hop(request)
            except FetchError as e:
                self._heed_silence(turn, e)
                raise
            await self._heed(there, turn, capture)
            return capture

    async def _heed(self, there: Place, turn: Turn, capture: Capture) -> None:
        """Shuts the door of a host that asks for peace, whatever it was asked for."""
        turn.failures = 0
        if capture.status not in (429, 503):
            turn.unasked = 0
            return
        seconds = retry_after(capture, self._now())
        if seconds is None and capture.status == 429:
            seconds = min(UNASKED * 2**turn.unasked, LONGEST_UNASKED)
            turn.unasked = min(turn.unasked + 1, 20)
        if seconds:
            turn.close(self._after(min(seconds, LONGEST_CLOSED)), f"it answered {capture.status}")
            await self._hosts.change(there.origin, closed_until=turn.closed_until, closed_reason=turn.closed_reason)

    def _heed_silence(self, turn: Turn, error: FetchError) -> None:
        turn.failures = turn.failures + 1 if error.reason in SILENT else 0
        if (more := turn.failures - MOST_FAILURES) >= 0:
            seconds = min(SILENCE * 2 ** min(more, 20), LONGEST_SILENCE)
            turn.close(self._after(seconds), f"{turn.failures} requests in a row came to nothing, the last by {error}")

    def _shut_for(self, turn: Turn, url: str) -> float:
        """Seconds until the host's door opens again. Raises HostClosed when that is beyond our patience."""
        if turn.closed_until is None:
            return 0.0
        left = (turn.closed_until - self._now()).total_seconds()
        if left > self._patience:
            until = turn.closed_until.astimezone(UTC)
            raise HostClosed(url, until, f"left alone until {until:%Y-%m-%d %H:%M:%S} UTC: {turn.closed_reason}")
        return left

    def _after(self, seconds: float) -> datetime:
        return self._now() + timedelta(seconds=seconds)

    def _obeys(self, host: str) -> bool:
        own = self._site(host).robots
        return self._network.robots if own is None else own

    def _own_delay(self, host: str) -> float:
        own = self._site(host).delay
        return self._network.delay if own is None else own

    def _new_turn(self, name: str) -> Turn:
        host = place(f"http://{name}").host
        turn = Turn(self._site(host).per_host or self._network.per_host, self._own_delay(host))
        if not self._rested:
            turn.ended()
        if (state := self._hosts.closed(name)) and state.closed_until:
            turn.close(state.closed_until, state.closed_reason or "")
        return turn


def retry_after(capture: Capture, now: datetime) -> float | None:
    """Seconds that a Retry-After asks for, as a number or a date (RFC 9110 10.2.3); None when it asks for nothing."""
    said = (capture.header("retry-after") or "").strip()
    if said.isascii() and said.isdigit():
        return float(said[:9])
    try:
        date = parsedate_to_datetime(said)
    except ValueError:
        return None
    date = date if date.tzinfo else date.replace(tzinfo=UTC)
    return max((date - now).total_seconds(), 0.0)


def _of_page(url: str, error: FetchError) -> FetchError:
    """What went wrong with a robots.txt, as the fate of the page that waited for it."""
    if isinstance(error, HostClosed):
        return HostClosed(url, error.until, str(error))
    if isinstance(error, Refused):
        return Refused(url, error.reason, str(error))
    if isinstance(error, Offline):
        return Offline(url, str(error))
    # "robots" when it may pass: its own tries are over, so the page's would only repeat them
    reason = "robots" if error.passing else error.reason
    said = f"nothing may be asked for while robots.txt cannot be had: {error}"
    return FetchError(url, reason, said, passing=error.passing, status=error.status)
