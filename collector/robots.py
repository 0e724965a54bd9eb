"""
robots.txt: what its text allows (protego behind a normaliser), and asking for it as RFC 9309 says.

Knows no queue: it is given a get that waits for the host's turn.
"""

import asyncio
import re
from collections import OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from protego import Protego

from collector.errors import FetchError, HostClosed, Refused
from collector.fetch import Hop
from collector.gate_hosts import Hosts
from collector.sources.discovery import sitemaps_of_robots
from storage.records import Capture, HostState, Request

MOST_BYTES = 500 * 1024  # RFC 9309 2.5
MOST_LINE = 16_664  # as Google's parser
MOST_REDIRECTS = 5  # RFC 9309 2.3.1.2
LONGEST_DELAY = 60.0  # a larger crawl-delay is obeyed as this
FRESH = timedelta(hours=24)  # RFC 9309 2.4
FRESH_FAILURE = timedelta(minutes=10)
GOOD_WITHOUT_ANSWER = timedelta(days=30)  # RFC 9309 2.3.1.4, 2.4: an old copy may stand in for so long
PARSED = 1_000  # of so many origins the parsed rules are kept

LINE_END = re.compile(r"\r\n?|\n")
DIRECTIVE = re.compile(  # with the misspellings that Google and protego accept, and a forgotten colon
    r"\s*(?P<agent>user[ -]?agent)\s*[:\s](?P<token>[^/]*)"
    r"|\s*(?P<name>allow|disallow|dissallow|dissalow|disalow|diasllow|disallaw|crawl[ -]delay|site-?maps?)"
    r"\s*[:\s](?P<value>.*)",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Rules:
    """What one origin asks of us. `delay`: its crawl-delay in seconds, 0 when it names none."""

    agent: str
    parsed: Protego | None = None  # None: no restrictions
    delay: float = 0.0
    sitemaps: tuple[str, ...] = ()

    def allows(self, url: str) -> bool:
        return self.parsed is None or self.parsed.can_fetch(url, self.agent)


def parse(body: bytes, agent: str, origin: str = "") -> Rules:
    """The rules for the product token `agent`; relative sitemaps are joined to `origin`."""
    parsed = Protego.parse("\n".join(_normal(body[:MOST_BYTES], agent)))
    delay = min(max(parsed.crawl_delay(agent) or 0.0, 0.0), LONGEST_DELAY)
    sitemaps = sitemaps_of_robots(body[:MOST_BYTES], f"{origin}/robots.txt")
    return Rules(agent, parsed, delay, sitemaps)


def product(user_agent: str) -> str:
    """The token that a robots.txt names us by: "newskeep" of "newskeep/0.1 (+https://…)" (RFC 9309 2.2.1)."""
    return re.split(r"[/\s]", user_agent.strip(), maxsplit=1)[0] or "*"


def _normal(body: bytes, agent: str) -> Iterator[str]:
    """Lines that protego reads as Google does: unknown directives, which would close a group, are dropped."""
    for line in LINE_END.split(body.removeprefix(b"\xef\xbb\xbf").decode(errors="replace")):
        if not (found := DIRECTIVE.match(line[:MOST_LINE])):
            continue
        if found["agent"]:
            token = next(iter(found["token"].split()), "")
            # protego takes "news" for the beginning of "newskeep"; RFC 9309 2.2.1 wants the whole token
            yield f"user-agent: {token if token.lower() in ('*', agent.lower()) else '(other)'}"
        else:  # joined: protego would take odd white space inside a value for the end of the line
            yield f"{found['name']}: {' '.join(found['value'].split())}"


def _leads_nowhere(error: FetchError, url: str) -> bool:
    """RFC 9309 2.3.1.2: more than five redirects are as good as no robots.txt, and so are those we may not follow."""
    if error.reason == "redirects":
        return True
    return isinstance(error, Refused) and (error.url != url or error.reason != "address")


class Robots:
    """The rules of every origin, asked for once a day. Their age survives restarts."""

    def __init__(self, get: Hop, hosts: Hosts, *, agent: str, now: Callable[[], datetime]) -> None:
        self._get, self._hosts, self._agent, self._now = get, hosts, agent, now
        self._parsed: OrderedDict[str, tuple[datetime | None, Rules]] = OrderedDict()
        self._asking: dict[str, asyncio.Task[HostState]] = {}
        self._stands_in: dict[str, datetime] = {}  # until when an old copy is good enough

    async def rules(self, origin: str) -> Rules:
        """Raises FetchError when it cannot be had, HostClosed and Refused among them: then nothing may be asked for."""
        state = self._hosts.state(origin)
        if not self._fresh(state):
            state = await self._asked(origin)
        if state.robots_status is not None and state.robots_status >= 500:
            # RFC 9309 2.3.1.4: unreachable means complete disallow
            raise FetchError(
                f"{origin}/robots.txt",
                f"status-{state.robots_status}",
                f"answered {state.robots_status}",
                passing=True,
                status=state.robots_status,
            )
        return self._rules(state)

    def _fresh(self, state: HostState) -> bool:
        if state.robots_status is None or state.robots_fetched_at is None:
            return False
        now = self._now()
        age = FRESH_FAILURE if state.robots_status >= 500 else FRESH
        return now - state.robots_fetched_at < age or now < self._stands_in.get(state.origin, now)

    async def _asked(self, origin: str) -> HostState:
        """All who ask at once wait for one answer; who is cancelled leaves the others theirs."""
        task = self._asking.get(origin)
        if task is None:
            task = self._asking[origin] = asyncio.create_task(self._ask(origin))
            task.add_done_callback(lambda done: self._asking.pop(origin, None))
        return await asyncio.shield(task)

    async def _ask(self, origin: str) -> HostState:
        url = f"{origin}/robots.txt"
        try:
            return await self._answered(origin, await self._get(Request(url=url)))
        except HostClosed:
            raise
        except FetchError as e:
            if _leads_nowhere(e, url):
                return await self._keep(origin, 404, None)
            if isinstance(e, Refused):
                raise
            if self._old_copy_stands_in(origin):
                return self._hosts.state(origin)
            if e.status is not None and e.status >= 500:
                return await self._keep(origin, e.status, None)
            raise

    async def _answered(self, origin: str, capture: Capture) -> HostState:
        # RFC 9309 2.3.1.3: 4xx means no restrictions
        body = capture.body[:MOST_BYTES] if 200 <= capture.status < 300 else None
        return await self._keep(origin, capture.status, body)

    async def _keep(self, origin: str, status: int, body: bytes | None) -> HostState:
        return await self._hosts.change(origin, robots_status=status, robots_body=body, robots_fetched_at=self._now())

    def _old_copy_stands_in(self, origin: str) -> bool:
        state, now = self._hosts.state(origin), self._now()
        if state.robots_status is None or state.robots_status >= 500 or state.robots_fetched_at is None:
            return False
        if now - state.robots_fetched_at > GOOD_WITHOUT_ANSWER:
            return False
        self._stands_in[origin] = now + FRESH_FAILURE
        return True

    def _rules(self, state: HostState) -> Rules:
        if state.robots_body is None:
            return Rules(self._agent)
        kept = self._parsed.get(state.origin)
        if kept is None or kept[0] != state.robots_fetched_at:
            kept = state.robots_fetched_at, parse(state.robots_body, self._agent, state.origin)
            self._parsed[state.origin] = kept
        self._parsed.move_to_end(state.origin)
        if len(self._parsed) > PARSED:
            self._parsed.popitem(last=False)
        return kept[1]
