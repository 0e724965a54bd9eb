"""Politeness, judged by servers that write down when they were asked."""

import asyncio
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import pairwise
from typing import Any

import pytest

from collector.config import Network, Site
from collector.errors import FetchError, HostClosed, Refused
from collector.fetch import Fetcher, Hop, following, retrying
from collector.gate import Gate, retry_after
from storage.records import Capture, HostState, Request
from tests.loopback import Asked, Web, answer, no_site, pages, serving

NOW = datetime(2025, 8, 23, 12, tzinfo=UTC)


class Wall:
    """A wall clock that moves as told, and when somebody sleeps."""

    def __init__(self) -> None:
        self.now, self.slept = NOW, list[float]()

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += timedelta(seconds=seconds)
        await asyncio.sleep(0)


def gate_over(hop: Hop, wall: Wall, *, known: Mapping[str, HostState] | None = None, **network: Any) -> Gate:
    """A gate without robots.txt and pauses, unless `network` says so; what it remembers goes into `known`."""
    states = known if isinstance(known, dict) else {}

    async def remember(state: HostState) -> None:
        states[state.origin] = state

    values = Network.model_validate({"robots": False, "delay": 0.0, **network})
    return Gate(hop, values, no_site, remember=remember, known=states, now=lambda: wall.now, sleep=wall.sleep)


def net(*answers: tuple[int, dict[str, str]] | str, asked: list[str] | None = None) -> Hop:
    """A network that gives one answer after the other, the last one for ever: status and headers, or an error."""
    log = asked if asked is not None else []

    async def hop(request: Request) -> Capture:
        log.append(request.url)
        outcome = answers[min(len(log), len(answers)) - 1]
        if isinstance(outcome, str):
            raise FetchError(request.url, outcome, "as planned", passing=True)
        status, headers = outcome
        fields = tuple(headers.items())
        return Capture(url=request.url, final_url=request.url, fetched_at=NOW, status=status, headers=fields)

    return hop


@asynccontextmanager
async def polite(web: Web, site: Mapping[str, Site] | None = None, **network: Any) -> AsyncIterator[tuple[Gate, Hop]]:
    """The whole edge over a real server, as the pipeline puts it together."""

    async def remember(state: HostState) -> None:
        pass

    values = web.network(**network)
    find = lambda host: (site or {}).get(host, Site())  # noqa: E731 - one expression
    async with Fetcher(values, find) as fetcher:
        gate = Gate(fetcher.hop, values, find, remember=remember, known={}, now=lambda: datetime.now(UTC))
        yield gate, retrying(following(gate.hop, budget=values.timeout))


async def ask(get: Hop, urls: Iterable[str]) -> list[Capture | BaseException]:
    return await asyncio.gather(*(get(Request(url=url)) for url in urls), return_exceptions=True)


def gaps(web: Web) -> dict[str, float]:
    """The shortest time between two arrivals, by host."""
    times = defaultdict[str, list[float]](list)
    for asked in web.log:
        times[asked.host].append(asked.at)
    return {host: min(b - a for a, b in pairwise(sorted(at))) for host, at in times.items() if len(at) > 1}


async def slowly(asked: Asked, writer: asyncio.StreamWriter) -> None:
    await asyncio.sleep(0.01)
    writer.write(answer(404 if asked.path == "/robots.txt" else 200, b"ok"))


# The turn


async def test_never_two_at_once_nor_too_close() -> None:
    """Five hosts, eight pages each and their robots.txt: one at a time, `delay` apart, and all hosts side by side."""
    async with serving(slowly) as web, polite(web, delay=0.05) as (_, get):
        urls = [web.url(f"/{page}", f"site{host}.example") for page in range(8) for host in range(5)]
        began = time.monotonic()
        results = await ask(get, urls)
        took = time.monotonic() - began
    assert all(isinstance(result, Capture) for result in results)
    assert len(web.log) == 5 * (8 + 1)
    assert set(web.most_at_once.values()) == {1}
    assert min(gaps(web).values()) >= 0.05
    assert took < 0.7 * 5 * 9 * 0.06, "hosts do not wait for each other"


@pytest.mark.slow
async def test_every_kind_of_request_waits() -> None:
    """Redirects, retries and robots.txt are requests like any other."""
    statuses = iter([503, 200])

    async def handle(asked: Asked, writer: asyncio.StreamWriter) -> None:
        if asked.path == "/robots.txt":
            writer.write(answer(302, Location="/robots2.txt"))
        elif asked.path == "/old":
            writer.write(answer(301, Location="/new"))
        else:
            writer.write(answer(next(statuses) if asked.path == "/new" else 404))

    async with serving(handle) as web, polite(web, delay=0.1) as (_, get):
        assert (await get(Request(url=web.url("/old", "a.example")))).status == 200
    assert web.paths() == ["/robots.txt", "/robots2.txt", "/old", "/new", "/old", "/new"]
    assert min(gaps(web).values()) >= 0.1


@pytest.mark.slow
async def test_per_host() -> None:
    """`per_host` requests run side by side, their starts `delay` apart (less the time a new connection takes)."""

    async def handle(asked: Asked, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(0.3)
        writer.write(answer(200))

    site = {"b.example": Site(per_host=1)}
    async with serving(handle) as web, polite(web, site, delay=0.04, per_host=3, robots=False) as (_, get):
        await ask(get, [web.url(f"/{i}", host) for i in range(6) for host in ("a.example", "b.example")])
    assert web.most_at_once == {f"a.example:{web.port}": 3, f"b.example:{web.port}": 1}
    assert min(gaps(web).values()) >= 0.01


async def test_a_slow_host_holds_no_places() -> None:
    """Twenty pages that wait for one slow host leave both shared places to the others."""

    async def handle(asked: Asked, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(0.3 if asked.host.startswith("slow") else 0.0)
        writer.write(answer(200))

    async with serving(handle) as web, polite(web, concurrency=2, robots=False) as (_, get):
        slow = [asyncio.ensure_future(get(Request(url=web.url(f"/{i}", "slow.example")))) for i in range(20)]
        await asyncio.sleep(0.05)
        began = time.monotonic()
        await ask(get, [web.url("/", f"fast{i}.example") for i in range(20)])
        assert time.monotonic() - began < 2
        for task in slow:
            task.cancel()
        await asyncio.gather(*slow, return_exceptions=True)


async def test_first_come_first_served() -> None:
    """A host's requests go out in the order in which they were asked for, and the queue survives who leaves it."""
    async with serving(slowly) as web, polite(web, robots=False) as (_, get):
        tasks = [asyncio.ensure_future(get(Request(url=web.url(f"/{i}")))) for i in range(10)]
        await asyncio.sleep(0.015)
        tasks[5].cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    assert web.paths() == [f"/{i}" for i in range(10) if i != 5]


@pytest.mark.slow
async def test_waiting_costs_no_budget() -> None:
    """The time-out begins when it is the request's turn."""

    async def handle(asked: Asked, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(0.1)
        writer.write(answer(200))

    async with serving(handle) as web, polite(web, timeout=0.5, robots=False) as (_, get):
        results = await ask(get, [web.url(f"/{i}") for i in range(8)])
    assert [result.status for result in results if isinstance(result, Capture)] == [200] * 8


async def test_http_and_https_share_a_turn() -> None:
    """Both schemes of a host are one machine; another port is another server."""
    most, busy = 0, 0

    async def hop(request: Request) -> Capture:
        nonlocal most, busy
        busy += 1
        most = max(most, busy)
        await asyncio.sleep(0.01)
        busy -= 1
        return Capture(url=request.url, final_url=request.url, fetched_at=NOW, status=200)

    gate = gate_over(hop, Wall())
    await ask(gate.hop, ["http://a.example/", "https://a.example/", "https://A.example:443/", "http://a.example:80/"])
    assert most == 1
    await ask(gate.hop, ["http://a.example/", "http://a.example:8080/"])
    assert most == 2


async def test_the_gate_is_cheap() -> None:
    """Polling thousands of hosts once costs well below half a millisecond each."""
    gate = gate_over(net((200, {})), Wall())
    began = time.process_time()
    await ask(gate.hop, [f"http://site{i}.example/feed" for i in range(3_000)])
    assert (time.process_time() - began) / 3_000 < 0.0005


# robots.txt

ROBOTS = answer(200, b"User-agent: newskeep\nDisallow: /private\nCrawl-delay: 0.2\nSitemap: /map.xml\n")


async def test_robots() -> None:
    """robots.txt comes first and once, is obeyed, and raises the pause; its sitemaps can be had."""
    served = {"/robots.txt": ROBOTS, "/a": answer(200), "/b": answer(200), "/private": answer(200)}
    async with serving(pages(served)) as web, polite(web) as (gate, get):
        first, second, private = await ask(get, [web.url(path, "a.example") for path in ("/a", "/b", "/private")])
        assert await gate.sitemaps(web.url("/x", "a.example")) == (web.url("/map.xml", "a.example"),)
        assert gate.delay_of(web.url("/", "a.example")) == 0.2
    assert isinstance(first, Capture)
    assert isinstance(second, Capture)
    assert isinstance(private, Refused)
    assert private.reason == "robots"
    assert web.paths() == ["/robots.txt", "/a", "/b"]
    assert min(gaps(web).values()) >= 0.2


async def test_robots_off() -> None:
    """Robots can be left out for all hosts, or for one."""
    served, site = {"/robots.txt": ROBOTS, "/private": answer(200)}, {"mine.example": Site(robots=False)}
    async with serving(pages(served)) as web, polite(web, site) as (_, get):
        assert (await get(Request(url=web.url("/private", "mine.example")))).status == 200
        with pytest.raises(Refused):
            await get(Request(url=web.url("/private", "other.example")))
    assert web.paths() == ["/private", "/robots.txt"]


@pytest.mark.parametrize(
    ("robots", "words"),
    [(answer(500), "answered 500"), (b"", "hung up"), (b"nonsense\r\n\r\n", "not proper HTTP")],
)
async def test_robots_unreachable(robots: bytes, words: str) -> None:
    """Without robots.txt nothing may be asked for; the page's error names it and the cause, and may pass."""

    async def handle(asked: Asked, writer: asyncio.StreamWriter) -> None:
        writer.write(robots)
        writer.close()

    async with serving(handle) as web, Fetcher(web.network(), no_site) as fetcher:
        wall = Wall()
        gate = gate_over(fetcher.hop, wall, robots=True)
        with pytest.raises(FetchError, match=words) as caught:
            await retrying(gate.hop, sleep=wall.sleep)(Request(url=web.url("/a")))
    assert (caught.value.url, caught.value.reason, caught.value.passing) == (web.url("/a"), "robots", True)
    assert "robots.txt" in str(caught.value)
    assert web.paths() == ["/robots.txt"] * 3, "three tries, and not three for each of the page's"


async def test_robots_redirected_to_another_host() -> None:
    """A robots.txt may live elsewhere; its rules are for the host that was asked (RFC 9309 2.3.1.2)."""

    async def handle(asked: Asked, writer: asyncio.StreamWriter) -> None:
        elsewhere = f"http://other.example:{web.port}/robots.txt"
        here = asked.host.startswith("a.") and asked.path == "/robots.txt"
        writer.write(
            answer(301, Location=elsewhere) if here else ROBOTS if asked.path == "/robots.txt" else answer(200)
        )

    async with serving(handle) as web, polite(web) as (_, get):
        with pytest.raises(Refused, match="disallows"):
            await get(Request(url=web.url("/private", "a.example")))


# Doors that a host shuts


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ("120", 120),
        (" 0 ", 0),
        ("99999999999999999999", 999_999_999),
        (format_datetime(NOW + timedelta(hours=1), usegmt=True), 3600),
        (format_datetime(NOW - timedelta(hours=1), usegmt=True), 0),
        ("Sat, 23 Aug 2025 12:01:00", 60),
        ("soon", None),
        ("-5", None),
        ("1.5", None),
        ("²", None),
        ("", None),
    ],
)
def test_retry_after(said: str, seconds: float | None) -> None:
    """Seconds or a date (RFC 9110 10.2.3); nonsense asks for nothing."""
    capture = Capture(
        url="http://a.example/", final_url="", fetched_at=NOW, status=503, headers=(("retry-after", said),)
    )
    assert retry_after(capture, NOW) == seconds


@pytest.mark.parametrize(
    ("status", "said", "hours"),
    [
        (429, "3600", 1),
        (503, format_datetime(NOW + timedelta(hours=2), usegmt=True), 2),
        (503, "999999", 24),  # a day at most
    ],
)
async def test_a_door_is_shut_and_stays_shut(status: int, said: str, hours: int) -> None:
    """Retry-After shuts the host for every kind of request, over both schemes, across restarts, and opens in time."""
    wall, asked, known = Wall(), list[str](), dict[str, HostState]()
    inner = net((status, {"retry-after": said}), (200, {}), asked=asked)
    gate = gate_over(inner, wall, known=known)
    until = NOW + timedelta(hours=hours)
    assert (await gate.hop(Request(url="http://a.example/feed"))).status == status
    for door in (gate, gate_over(inner, wall, known=known)):
        for url in ("http://a.example/page", "https://a.example/robots.txt"):
            with pytest.raises(HostClosed, match=f"{status}") as caught:
                await door.hop(Request(url=url))
            assert (caught.value.until, caught.value.passing, caught.value.url) == (until, True, url)
    assert (await gate.hop(Request(url="http://b.example/"))).status == 200
    assert known["http://a.example"].closed_until == until
    wall.now = until
    assert (await gate.hop(Request(url="http://a.example/page"))).status == 200
    assert asked == ["http://a.example/feed", "http://b.example/", "http://a.example/page"]


async def test_a_short_wait_is_waited_out() -> None:
    """Within our patience a request waits at the door, and its retry is the one that gets in."""
    wall, asked = Wall(), list[str]()
    gate = gate_over(net((429, {"retry-after": "8"}), (200, {}), asked=asked), wall)
    assert (await retrying(gate.hop, sleep=wall.sleep)(Request(url="http://a.example/"))).status == 200
    assert wall.now - NOW >= timedelta(seconds=8)
    assert len(asked) == 2


async def test_a_shut_door_empties_the_queue() -> None:
    """Those who stood in line when the door was shut learn of it at once."""
    wall, asked = Wall(), list[str]()
    gate = gate_over(net((429, {"retry-after": "600"}), asked=asked), wall)
    results = await ask(gate.hop, [f"http://a.example/{i}" for i in range(20)])
    assert [type(result) for result in results] == [Capture] + [HostClosed] * 19
    assert len(asked) == 1


async def test_a_429_that_does_not_say_for_how_long() -> None:
    """It is waited out twice, each time longer; then the host is left for the next run."""
    wall, asked = Wall(), list[str]()
    gate = gate_over(net((429, {}), asked=asked), wall)
    with pytest.raises(FetchError) as caught:
        await retrying(gate.hop, sleep=wall.sleep)(Request(url="http://a.example/"))
    assert caught.value.status == 429
    assert wall.now - NOW >= timedelta(seconds=5 + 10)
    with pytest.raises(HostClosed):
        await gate.hop(Request(url="http://a.example/2"))
    assert len(asked) == 3


async def test_a_503_that_does_not_say_for_how_long() -> None:
    """It shuts no door: the retries alone deal with it."""
    wall, known = Wall(), dict[str, HostState]()
    gate = gate_over(net((503, {}), (200, {})), wall, known=known)
    assert (await retrying(gate.hop, sleep=wall.sleep)(Request(url="http://a.example/"))).status == 200
    assert known == {}


async def test_a_silent_host_is_left_alone_for_a_while() -> None:
    """Six requests in a row without an answer shut the door, so that a dead host does not cost a time-out a page."""
    wall, asked = Wall(), list[str]()
    gate = gate_over(net(*["timeout"] * 7, (200, {}), asked=asked), wall)
    reasons = [
        error.reason
        for error in await ask(gate.hop, [f"http://a.example/{i}" for i in range(30)])
        if isinstance(error, FetchError)
    ]
    assert reasons == ["timeout"] * 6 + ["host-closed"] * 24
    wall.now += timedelta(seconds=61)
    assert [type(result) for result in await ask(gate.hop, ["http://a.example/"] * 2)] == [FetchError, HostClosed]
    wall.now += timedelta(seconds=121)
    assert [type(result) for result in await ask(gate.hop, ["http://a.example/"] * 2)] == [Capture, Capture]


async def test_not_of_the_web() -> None:
    """What is no address of the web is refused before anybody waits."""
    for url in ("file:///etc/passwd", "javascript:alert(1)", "http://", ""):
        with pytest.raises(Refused):
            await gate_over(net((200, {})), Wall()).hop(Request(url=url))
