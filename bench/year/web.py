"""
The simulated web: one hop of one request -> what that host answers at that moment. Knows no pipeline.

It is its own witness: it counts what it is asked for, remembers what it told, and writes down each request that came
sooner than its host allows.
"""

import json
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import timedelta
from random import Random
from urllib.parse import urlsplit

from bench.year.hosts import Host, Spell
from bench.year.newsrooms import BEGIN, HOUR, MINUTE, Newsroom, Story
from collector.errors import FetchError
from storage.records import Capture, Headers, Request

DELAY = 1.0  # seconds between two requests to a host that asks for no more
WORDS = tuple("ash birch cedar dune elm fern gorse heath iris juniper kelp larch moss nettle oak pine reed".split())  # noqa: SIM905 - to be read
WALL = (
    "We value your privacy and ask you to choose which cookies this site may set before you go on to the page that "
    "you asked for. You may change your choice at any time in the settings."
)


class Web:
    """`hop` is the network. `clock`: seconds since the world began; `every`: of a source, None where it is adaptive."""

    def __init__(
        self, hosts: Sequence[Host], line: Spell, clock: Callable[[], float], every: float | None, least: float
    ) -> None:
        self._hosts = {host.newsroom.host: host for host in hosts}
        self.line = line
        self._clock, self._every, self._least = clock, every, least
        self._asked: dict[str, float] = {}
        self._shut: dict[str, float] = {}  # by host: until when it asked for peace
        self._not_before: dict[str, float] = {}  # by host: when its feed may be asked for again
        self._told: dict[str, int] = {}  # by host: stories published when its feed was last told whole or unchanged
        self.counts: Counter[str] = Counter()
        self.good: set[tuple[str, int, int]] = set()  # host, story and state, as they were told
        self._seen: set[tuple[str, int]] = set()
        self.losses: list[tuple[str, float, int]] = []  # host, when, stories that no document ever held
        self.offences: list[str] = []

    async def hop(self, request: Request) -> Capture:
        at, parts = self._clock(), urlsplit(request.url)
        host = self._hosts[parts.netloc]
        if self.line.begin <= at < self.line.end:
            self.counts["line down"] += 1
            raise FetchError(request.url, "connect", "no route", passing=True)
        self._watch(host, parts.path, at)
        if (ill := host.down.at(at)) is not None:
            return self._ill(request, host, ill, at)
        if parts.path == "/robots.txt":
            self.counts["robots"] += 1
            delay = host.manners.delay
            return self._answer(request, 200, f"User-agent: *\nCrawl-delay: {delay}\n" if delay else "")
        if parts.path in ("/feed", "/rss"):
            return self._feed(request, host, parts.path, at)
        return self._page(request, host, host.newsroom.stories[int(parts.path[1:])], at)

    def _watch(self, host: Host, path: str, at: float) -> None:
        """Is this request polite?"""
        name = host.newsroom.host
        delay = max(DELAY, host.manners.delay if path != "/robots.txt" else 0.0)
        if (pause := at - self._asked.get(name, -HOUR)) < delay - 1e-6:
            self.offences.append(f"{name}{path}: {pause:.3f} s after the last request, {delay:g} are asked for")
        if at < self._shut.get(name, 0.0):
            self.offences.append(f"{name}{path}: shut for another {self._shut[name] - at:.0f} s")
        self._asked[name] = at
        if path == "/feed":
            self.counts["polls"] += 1
            if (early := self._not_before.get(name, 0.0) - at) > 1e-6:
                self.offences.append(f"{name}: polled {early:.0f} s too early")
            hour = (BEGIN + timedelta(seconds=at)).hour
            if hour in host.manners.skip_hours and at % HOUR >= MINUTE and name in self._told:
                self.offences.append(f"{name}: polled in an hour that it skips")
            self._not_before[name] = at + (self._every or self._least)

    def _ill(self, request: Request, host: Host, ill: Spell, at: float) -> Capture:
        self.counts["ill"] += 1
        if ill.kind in ("timeout", "dns"):
            raise FetchError(request.url, ill.kind, "no answer", passing=True)
        if ill.kind != "retry-after":
            return self._answer(request, int(ill.kind))
        seconds = int(min(ill.end - at, HOUR)) + 1
        self._shut[host.newsroom.host] = at + seconds
        return self._answer(request, 503, headers=(("retry-after", str(seconds)),))

    def _feed(self, request: Request, host: Host, path: str, at: float) -> Capture:
        newsroom, manners = host.newsroom, host.manners
        if at >= host.dies:
            return self._answer(request, 404)
        if path == "/feed" and at >= host.moves:
            return self._answer(request, 301, headers=(("location", "/rss"),))
        self._account(newsroom, at)
        asks = max(manners.ttl, manners.max_age if self._every is None else 0.0)
        self._not_before[newsroom.host] = max(self._not_before[newsroom.host], at + asks)
        headers: Headers = (("cache-control", f"max-age={manners.max_age:g}"),) if manners.max_age else ()
        etag = f'"{host.revision(at)}"'
        if manners.etags:
            headers += (("etag", etag),)
            if request.headers.get("If-None-Match") == etag:
                self.counts["polls unchanged"] += 1
                return self._answer(request, 304, headers=headers)
        return self._answer(request, 200, _document(host, at), headers)

    def _account(self, newsroom: Newsroom, at: float) -> None:
        """Write down the stories that came and went since its feed was told last."""
        published, told = newsroom.published(at), self._told.get(newsroom.host)
        if told is not None:
            lost = sum(newsroom.leaves(story) <= at < story.gone for story in newsroom.stories[told:published])
            if lost:
                self.losses.append((newsroom.feed, at, lost))
        self._told[newsroom.host] = published

    def _page(self, request: Request, host: Host, story: Story, at: float) -> Capture:
        name, state, design = host.newsroom.host, story.state(at), sum(each <= at for each in host.redesigns)
        self.counts["looks" if (name, story.number) in self._seen else "visits"] += 1
        if (wall := host.walls.at(at)) is not None:
            self.counts["walls"] += 1
            return self._answer(request, 200, f"wall: {wall.kind}\n\nBefore you go on\n\n{WALL}")
        if at >= story.gone:
            return self._answer(request, story.gone_status)
        etag = f'"{state}-{design}"'
        headers: Headers = (("etag", etag),) if host.manners.etags else ()
        if headers and request.headers.get("If-None-Match") == etag:
            return self._answer(request, 304, headers=headers)
        self._seen.add((name, story.number))
        self.good.add((name, story.number, state))
        body = f"design: {design}\n\n{title(story, state)}\n\n{text(host.newsroom, story, state)}"
        return self._answer(request, 200, body, headers)

    def _answer(self, request: Request, status: int, body: str = "", headers: Headers = ()) -> Capture:
        fetched_at = BEGIN + timedelta(seconds=self._clock())
        return Capture(
            url=request.url,
            final_url=request.url,
            fetched_at=fetched_at,
            status=status,
            headers=(("content-type", "text/plain"), *headers),
            body=body.encode(),
        )


def _document(host: Host, at: float) -> str:
    """A feed, in a form of its own: stories newest first."""
    told = host.manners.tells_edits
    stories = [_told(story, story.state(at) if told else 0) for story in reversed(host.newsroom.in_feed(at))]
    return json.dumps({"ttl": host.manners.ttl // 60, "skip_hours": host.manners.skip_hours, "stories": stories})


def _told(story: Story, state: int) -> tuple[int, str, float, float]:
    return story.number, title(story, state), story.at, story.edits[state - 1] if state else story.at


def title(story: Story, state: int) -> str:
    number = story.number
    words = (WORDS[number % 17], WORDS[number // 17 % 17], WORDS[number // 289 % 17])
    return f"{' '.join(words).capitalize()} {number}{', the day after' if state > 1 else ''}"


def text(newsroom: Newsroom, story: Story, state: int) -> str:
    """About 120 words; each edit adds a paragraph, the last of which tells whose text this is and in what state."""
    dice = Random(newsroom.number * 1_000_003 + story.number)
    paragraphs = [" ".join(dice.choices(WORDS, k=30)) for _ in range(4)]
    paragraphs += [" ".join(dice.choices(WORDS, k=12)) for _ in range(state)]
    return "\n\n".join((*paragraphs, f"Story {story.number} of {newsroom.host}, state {state}."))
