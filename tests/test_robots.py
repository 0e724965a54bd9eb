"""What a robots.txt allows, and asking for it as RFC 9309 says."""

import asyncio
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta

import pytest

from collector.errors import FetchError, HostClosed, Refused
from collector.gate_hosts import Hosts
from collector.robots import Robots, parse, product
from storage.records import Capture, HostState, Request

SITE = "https://news.example"
NOW = datetime(2025, 8, 23, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "path", "allowed"),
    [
        ("", "/a", True),
        ("User-agent: *\nDisallow: /a", "/a", False),
        ("User-agent: *\nDisallow: /a", "/b", True),
        ("User-agent: *\nDisallow:", "/a", True),
        ("\ufeffUser-agent: *\nDisallow: /a", "/a", False),
        ("User-agent: *\rDisallow: /a\r", "/a", False),
        ("User-agent: *\r\nDisallow: /a\r\nAllow: /a/b\r\n", "/a/b/c", True),
        ("USER-AGENT : *\n disallow : /a # not yet", "/a", False),
        ("user agent *\nDisalow /a", "/a", False),
        ("User-agent: *\nDisallow: /*?print=\nDisallow: /*.pdf$", "/a?print=1", False),
        ("User-agent: *\nDisallow: /*?print=\nDisallow: /*.pdf$", "/a.pdf", False),
        ("User-agent: *\nDisallow: /*?print=\nDisallow: /*.pdf$", "/a.pdf?x", True),
        ("User-agent: *\nDisallow: /\nUser-agent: Newskeep\nDisallow: /private", "/a", True),
        ("User-agent: *\nDisallow:\nUser-agent: newskeep/0.1 (archive)\nDisallow: /a", "/a", False),
        ("User-agent: newskeep\nNoindex: /x\nUser-agent: other\nDisallow: /a", "/a", False),  # no end of the group
        ("User-agent:\nDisallow: /a", "/a", True),
        ("User-agent: news\nDisallow: /a", "/a", True),
        ("User-agent: other\nUser-agent: newskeep\nUser-agent: another\nDisallow: /a", "/a", False),
        ("User-agent: *\nDisallow: /" + "a" * 20_000, "/" + "a" * 17_000, False),  # cut, so it reaches further
        ("User-agent: *\nDisallow: /a\n" + "#" * 600_000 + "\nDisallow: /b", "/b", True),  # beyond 500 KiB
        ("User-agent: *\nDisallow: /caf\u00e9", "/caf%C3%A9/menu", False),
        ("<!DOCTYPE html><title>Not found</title><p>Disallow: /a</p>", "/a", True),
    ],
)
def test_rules(text: str, path: str, allowed: bool) -> None:
    """Groups, longest match, wildcards, and the odd files that sites really have."""
    assert parse(text.encode(), "newskeep").allows(f"{SITE}{path}") is allowed


@pytest.mark.parametrize(
    ("text", "delay"),
    [
        ("User-agent: *\nCrawl-delay: 2.5", 2.5),
        ("User-agent: *\nCrawl-delay: 86400", 60),
        ("User-agent: *\nCrawl-delay: soon", 0),
        ("User-agent: *\nCrawl-delay: -1", 0),
        ("User-agent: other\nCrawl-delay: 5", 0),
    ],
)
def test_crawl_delay(text: str, delay: float) -> None:
    """Seconds of our own group, at most a minute."""
    assert parse(text.encode(), "newskeep").delay == delay


def test_sitemaps() -> None:
    """Sitemaps stand outside of groups and may be relative."""
    text = b"Sitemap: https://news.example/a.xml\nUser-agent: *\nDisallow: /\nsitemap: /b.xml"
    assert parse(text, "newskeep", SITE).sitemaps == ("https://news.example/a.xml", "https://news.example/b.xml")


@pytest.mark.parametrize(
    ("agent", "token"),
    [("newskeep/0.1 (+https://example.org/bot)", "newskeep"), ("My-Bot (x)", "My-Bot"), ("", "*")],
)
def test_product(agent: str, token: str) -> None:
    """The product token is what stands before the version."""
    assert product(agent) == token


class Net:
    """A network of robots.txt alone: `outcome` is a status, a body or an error; `now` moves as told."""

    def __init__(self, outcome: int | bytes | FetchError) -> None:
        self.outcome, self.asked, self.now = outcome, 0, NOW
        self.kept: dict[str, HostState] = {}

    def robots(self, known: Mapping[str, HostState] | None = None) -> Robots:
        return Robots(self.get, Hosts(known or {}, self.remember), agent="newskeep", now=lambda: self.now)

    async def remember(self, state: HostState) -> None:
        self.kept[state.origin] = state

    async def get(self, request: Request) -> Capture:
        self.asked += 1
        await asyncio.sleep(0)
        if isinstance(self.outcome, FetchError):
            raise self.outcome
        status, body = (self.outcome, b"") if isinstance(self.outcome, int) else (200, self.outcome)
        return Capture(url=request.url, final_url=request.url, fetched_at=self.now, status=status, body=body)


def failed(reason: str, status: int | None = None, passing: bool = True) -> FetchError:
    return FetchError(f"{SITE}/robots.txt", reason, "as planned", passing=passing, status=status)


CLOSED = b"User-agent: *\nDisallow: /"


@pytest.mark.parametrize(
    ("outcome", "allowed"),
    [
        (b"", True),
        (CLOSED, False),
        (404, True),
        (401, True),
        (403, True),
        (304, True),
        (failed("redirects", passing=False), True),
        (Refused("http://10.0.0.1/robots.txt", "address", "inside"), True),
    ],
)
async def test_answers(outcome: int | bytes | FetchError, allowed: bool) -> None:
    """4xx, too many redirects and redirects we may not follow mean no restrictions (RFC 9309 2.3.1.2, 2.3.1.3)."""
    assert (await Net(outcome).robots().rules(SITE)).allows(f"{SITE}/a") is allowed


@pytest.mark.parametrize("error", [failed("status-503", 503), failed("dns"), failed("tls", passing=False)])
async def test_unreachable(error: FetchError) -> None:
    """5xx and no answer mean that nothing may be asked for (RFC 9309 2.3.1.4)."""
    net = Net(error)
    with pytest.raises(FetchError):
        await net.robots().rules(SITE)


@pytest.mark.parametrize(
    ("outcome", "after", "asked"),
    [
        (CLOSED, timedelta(hours=23), 1),
        (CLOSED, timedelta(hours=25), 2),
        (404, timedelta(hours=23), 1),
        (failed("status-503", 503), timedelta(minutes=9), 1),
        (failed("status-503", 503), timedelta(minutes=11), 2),
        (failed("timeout"), timedelta(), 2),
    ],
)
async def test_age_survives_restarts(outcome: bytes | int | FetchError, after: timedelta, asked: int) -> None:
    """An answer is good for a day, a 5xx for ten minutes, silence for nothing; a new process goes on with it."""
    net = Net(outcome)
    verdicts: list[bool | str] = []
    for _ in range(2):
        try:
            verdicts.append((await net.robots(net.kept).rules(SITE)).allows(f"{SITE}/a"))
        except FetchError as e:
            verdicts.append(e.reason)
        net.now += after
    assert net.asked == asked
    assert verdicts[0] == verdicts[1]


@pytest.mark.parametrize(("age", "reached"), [(timedelta(days=29), True), (timedelta(days=31), False)])
async def test_old_copy(age: timedelta, reached: bool) -> None:
    """While robots.txt cannot be had, a copy up to 30 days old stands in, and is not asked for at every page."""
    net = Net(failed("status-500", 500))
    known = {SITE: HostState(origin=SITE, robots_status=200, robots_body=CLOSED, robots_fetched_at=NOW - age)}
    robots = net.robots(known)
    for _ in range(3):
        if reached:
            assert not (await robots.rules(SITE)).allows(f"{SITE}/a")
        else:
            with pytest.raises(FetchError):
                await robots.rules(SITE)
    assert net.asked == 1


async def test_one_question_for_all() -> None:
    """All who ask at once wait for one answer; who gives up leaves the others theirs."""
    net = Net(CLOSED)
    robots = net.robots()
    waiting = [asyncio.create_task(robots.rules(SITE)) for _ in range(20)]
    await asyncio.sleep(0)
    waiting[0].cancel()
    results = await asyncio.gather(*waiting, return_exceptions=True)
    assert net.asked == 1
    assert isinstance(results[0], asyncio.CancelledError)
    assert all(not isinstance(result, BaseException) for result in results[1:])


@pytest.mark.parametrize(
    "make",
    [
        lambda: HostClosed(f"{SITE}/robots.txt", NOW, "asked for peace"),
        lambda: Refused(f"{SITE}/robots.txt", "address", "inside"),
    ],
)
async def test_no_verdict(make: Callable[[], FetchError]) -> None:
    """A shut door and a forbidden address say nothing about robots.txt, so nothing is remembered of it."""
    net = Net(make())
    with pytest.raises(type(make())):
        await net.robots().rules(SITE)
    assert net.kept == {}
