"""The past of many sites on one loopback port, told apart by Host header: for tests and benches of back-fills.

    python -m tests.past.web ARTICLES     prints its port, ends when its standard input closes

Each site has ARTICLES articles of 2023 to 2025 behind one way into the past: see SITES in `tests.past.maps`, `feeds`,
`lists`, `cdx`; `trouble.test` is small and has all that goes wrong. `/news.xml` of each is a feed of its newest twenty.
`http://control.test/log` gives what was asked, `/forget` clears it, `/publish?host=…` adds an article of now to a site.
"""

import asyncio
import contextlib
import json
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from tests.past import cdx, feeds, lists, maps, trouble
from tests.past.sites import Answer, Ask, Site, html
from tests.web import Running

ROOT = Path(__file__).parent.parent.parent
NOTHING = Answer(b"not here", 404, "text/plain")


def sites(count: int) -> dict[str, Site]:
    """All by host."""
    made = (*maps.sites(count), *feeds.sites(count), *lists.sites(count), *cdx.sites(count), trouble.site())
    return {each.paper.host: each for each in made}


@dataclass
class Asked:
    """One request: seconds of a steady clock at its arrival and at the end of its answer."""

    host: str
    path: str
    body: str
    status: int
    began: float
    ended: float


@dataclass
class Web:
    """What the sites hold, and what was asked of them."""

    sites: dict[str, Site]
    log: list[Asked] = field(default_factory=list)
    times: Counter[str] = field(default_factory=Counter)  # host and path -> how often it was asked for

    def find(self, host: str, target: str, body: bytes) -> Answer:
        """What a site answers."""
        if host == "control.test":
            return self._control(target)
        if (site := self.sites.get(host)) is None:
            return NOTHING
        path, query = urlsplit(target).path, dict(parse_qsl(urlsplit(target).query, keep_blank_values=True))
        if host == cdx.ARCHIVE:  # addresses stand in its paths
            path = target.partition("?")[0] if target.startswith("/cdx/") else target
        if path == "/robots.txt":
            return Answer(site.robots.encode(), kind="text/plain")
        if path == "/news.xml":
            newest = range(site.paper.count + len(site.paper.later))[-20:]
            return feeds.rss(site.paper, reversed(newest))
        number = site.paper.number(path)
        if number is None or host == trouble.HOST:
            self.times[host + path] += 1
            return site.documents(site.paper, Ask(path, query, body, self.times[host + path])) or NOTHING
        return NOTHING if host == cdx.DEAD else html(site.paper.page(number))

    def _control(self, target: str) -> Answer:
        asked = urlsplit(target)
        told: Any = None
        if asked.path == "/log":
            told = [asdict(each) for each in self.log]
        elif asked.path == "/forget":
            self.log.clear()
            self.times.clear()
        elif asked.path == "/publish":
            paper = self.sites[dict(parse_qsl(asked.query))["host"]].paper
            paper.later.append(datetime.now(UTC).replace(microsecond=0))
            told = {"url": paper.url(paper.count + len(paper.later) - 1), "at": time.time()}
        return Answer(json.dumps(told).encode(), kind="application/json")


async def serve(web: Web) -> asyncio.Server:
    """Answer on a free port of 127.0.0.1."""

    over = (ConnectionError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, asyncio.CancelledError)

    async def connected(requests: asyncio.StreamReader, out: asyncio.StreamWriter) -> None:
        with contextlib.suppress(*over):
            while True:
                await _exchange(web, requests, out)
        out.close()

    return await asyncio.start_server(connected, "127.0.0.1", 0)


async def _exchange(web: Web, requests: asyncio.StreamReader, out: asyncio.StreamWriter) -> None:
    line, *rest = (await requests.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    began = time.monotonic()
    headers = {name.lower(): value.strip() for name, _, value in (each.partition(":") for each in rest)}
    host, target = headers["host"].partition(":")[0], line.split(" ")[1]
    body = await requests.readexactly(int(headers.get("content-length", 0)))
    asked = Asked(host, target, body.decode(), 0, began, began)
    if host != "control.test":
        web.log.append(asked)
    answer = web.find(host, target, body)
    asked.status, asked.ended = answer.status, time.monotonic()
    lines = (
        f"HTTP/1.1 {answer.status} {HTTPStatus(answer.status).phrase}",
        f"content-type: {answer.kind}",
        f"content-length: {len(answer.body)}",
        *answer.headers,
    )
    out.write("\r\n".join([*lines, "", ""]).encode() + answer.body)
    await out.drain()
    asked.ended = time.monotonic()


@contextmanager
def running(articles: int) -> Iterator[Running]:
    """A web in a process of its own, for the length of the block."""
    command = [sys.executable, "-m", "tests.past.web", str(articles)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        assert process.stdout is not None and process.stdin is not None
        try:
            yield Running(int(process.stdout.readline()))
        finally:
            process.stdin.close()
            process.wait()


async def main(articles: int) -> None:
    """Serve until standard input closes."""
    server = await serve(Web(sites(articles)))
    print(server.sockets[0].getsockname()[1], flush=True)
    await asyncio.to_thread(sys.stdin.read)
    server.close()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1])))
