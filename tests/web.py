"""A small web on one loopback port, sites told apart by Host header: for tests and benches of whole runs.

    python -m tests.web ARTICLES KILOBYTES [WINDOW]     prints its port, ends when its standard input closes

Good sites are `site0.test`, `site1.test` …: a feed of the newest WINDOW stories (all, when it is left out) and ARTICLES
pages each, with ETags. Bad ones are named for what they do, see BAD. `http://control.test/publish` adds one story to
each good site, `/log` gives what was asked so far, `/forget` clears it; what else may be changed: `tests.web_control`.
"""

import asyncio
import contextlib
import gzip
import hashlib
import json
import random
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from urllib.request import Request, urlopen

from tests.web_control import CONSENT
from tests.web_control import Web as Sites

WORDS = (
    *("harbour", "tide", "council", "bridge", "marsh", "ferry", "lantern", "orchard", "mill", "river", "school"),
    *("library", "winter", "market", "engine", "survey", "tunnel", "garden", "signal", "timber", "copper"),
    *("meadow", "kettle", "window", "planet", "harvest", "island", "quarry", "railway", "theatre"),
)

# So many that two stories share three words in a row as rarely as real ones do.
VOCABULARY = (*WORDS, *(f"{one}{two}" for one in WORDS for two in WORDS))

PROMO = "The harbour letter tells five stories each morning, and it is sent before the first ferry leaves the island."

UPDATE = "The council has answered since, and the harbour master added a few words of her own to report number"


def story(host: str, number: int, kilobytes: int, edits: int = 0) -> str:
    """A page of about that size in our own words, the same for the same arguments; on `letters…` with PROMO in it.

    Each edit adds a paragraph at its end.
    """
    dice = random.Random(f"{host}/{number}")
    paragraphs: list[str] = []
    while sum(len(each) for each in paragraphs) < kilobytes * 600:
        sentences = (" ".join(dice.choices(VOCABULARY, k=dice.randint(8, 18))).capitalize() for _ in range(3))
        paragraphs.append(". ".join(sentences) + ".")
    menu = "".join(f'<li><a href="/section/{each}">{each.title()}</a></li>' for each in WORDS)
    cards = "".join(
        f'<div class="card"><a href="/old/{n}">{" ".join(dice.choices(WORDS, k=7))}</a></div>'
        for n in range(kilobytes * 4)
    )
    title = f"{' '.join(dice.choices(WORDS, k=5)).capitalize()} {number}"
    text = [f"<p>{each}</p>" for each in [*paragraphs, *(f"{UPDATE} {n}." for n in range(1, edits + 1))]]
    if host.startswith("letters"):
        text.insert(2, f'<div class="box"><p>{PROMO}</p></div>')
    return (
        f"<!doctype html><html lang=en><head><meta charset=utf-8><title>{title} | {host}</title>"
        f'<link rel=canonical href="http://{host}/story/{number}">'
        f'<meta property="article:published_time" content="2026-03-{1 + number % 28:02}T08:00:00+00:00"></head>'
        f"<body><nav><ul>{menu}</ul></nav><article><h1>{title}</h1>"
        f"{''.join(text)}</article><aside>{cards}</aside>"
        f"<footer>Imprint, privacy, all rights reserved</footer></body></html>"
    )


def feed(host: str, numbers: range) -> str:
    """RSS 2.0 of these stories."""
    items = "".join(
        f"<item><title>Story {n}</title><link>http://{host}/story/{n}?utm_source=rss</link>"
        f"<guid>http://{host}/story/{n}</guid></item>"
        for n in reversed(numbers)
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>{host}</title>{items}</channel></rss>'


@dataclass
class Asked:
    """One request: seconds of a steady clock at its arrival and at the end of its answer."""

    host: str
    path: str
    conditional: bool
    status: int
    began: float
    ended: float


@dataclass
class Web(Sites):
    """What the sites hold, and what was asked of them."""

    log: list[Asked] = field(default_factory=list)

    def find(self, host: str, path: str) -> tuple[int, str, bytes]:
        """Status, content type and body of what a good site answers."""
        site, path = self.site(host), path.partition("?")[0]
        if path == "/feed.xml":
            return site.feed_status, "application/rss+xml", feed(host, self.fed(host)).encode()
        if path.startswith("/story/") and (number := int(path[7:])) in self.stories(host):
            if site.walled:
                return 200, "text/html; charset=utf-8", CONSENT.encode()
            if number not in site.taken:
                page = story(host, number, self.kilobytes, site.edits[number])
                return 200, "text/html; charset=utf-8", page.encode()
            return site.taken[number], "text/plain", b"taken away"
        return 404, "text/plain", b"not here"


Answer = Callable[[asyncio.StreamWriter, str], Awaitable[int]]


def _head(status: str, *lines: str) -> bytes:
    return "\r\n".join([f"HTTP/1.1 {status}", *lines, "", ""]).encode()


async def _drip(out: asyncio.StreamWriter, path: str) -> int:
    out.write(_head("200 OK", "content-type: text/xml", "content-length: 100000"))
    for _ in range(600):
        out.write(b"<")
        await out.drain()
        await asyncio.sleep(0.1)
    return 200


async def _reset(out: asyncio.StreamWriter, path: str) -> int:
    out.transport.abort()
    return 0


async def _truncate(out: asyncio.StreamWriter, path: str) -> int:
    out.write(_head("200 OK", "content-type: text/xml", "content-length: 5000") + b"<rss>")
    return 200


async def _loop(out: asyncio.StreamWriter, path: str) -> int:
    out.write(_head("302 Found", f"location: {path}x", "content-length: 0"))
    return 302


async def _bomb(out: asyncio.StreamWriter, path: str) -> int:
    out.write(
        _head("200 OK", "content-type: text/xml", "content-encoding: gzip", f"content-length: {len(_BOMB)}") + _BOMB
    )
    return 200


async def _endless(out: asyncio.StreamWriter, path: str) -> int:
    out.write(_head("200 OK", "content-type: text/xml"))
    for _ in range(4000):
        out.write(b"<item>" * 10_000)
        await out.drain()
    return 200


async def _lies(out: asyncio.StreamWriter, path: str) -> int:
    body = "<p>caf\u00e9 is no feed</p>".encode()
    out.write(
        _head("200 OK", "content-type: application/rss+xml; charset=utf-7", f"content-length: {len(body) * 2}") + body
    )
    return 200


async def _metadata(out: asyncio.StreamWriter, path: str) -> int:
    out.write(_head("302 Found", "location: http://169.254.169.254/latest/meta-data/", "content-length: 0"))
    return 302


async def _busy(out: asyncio.StreamWriter, path: str) -> int:
    out.write(_head("429 Too Many Requests", "retry-after: 3600", "content-length: 0"))
    return 429


async def _down(out: asyncio.StreamWriter, path: str) -> int:
    out.write(_head("503 Service Unavailable", "content-length: 0"))
    return 503


BAD: dict[str, Answer] = {
    "drip": _drip,
    "reset": _reset,
    "truncate": _truncate,
    "loop": _loop,
    "bomb": _bomb,
    "endless": _endless,
    "lies": _lies,
    "metadata": _metadata,
    "busy": _busy,
    "down": _down,
}
_BOMB = gzip.compress(bytes(300_000_000), 1)[:400_000]


async def serve(web: Web) -> asyncio.Server:
    """Answer on a free port of 127.0.0.1."""

    async def connected(requests: asyncio.StreamReader, out: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            while await _exchange(web, requests, out):
                pass
        out.close()

    return await asyncio.start_server(connected, "127.0.0.1", 0)


async def _exchange(web: Web, requests: asyncio.StreamReader, out: asyncio.StreamWriter) -> bool:
    """One request and its answer; False when the connection is over."""
    head = (await requests.readuntil(b"\r\n\r\n")).decode("latin-1")
    began = time.monotonic()
    line, *rest = head.split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (each.partition(":") for each in rest)}
    host, path = headers["host"].partition(":")[0], line.split(" ")[1]
    asked = Asked(host, path, "if-none-match" in headers or "if-modified-since" in headers, 0, began, began)
    if host != "control.test":
        web.log.append(asked)
    bad = BAD.get(host.partition(".")[0].rstrip("0123456789"))
    if bad is not None and path != "/robots.txt":
        try:
            asked.status = await bad(out, path)
            await out.drain()
        finally:
            asked.ended = time.monotonic()
        return False
    if host == "control.test":
        status, kind, body = _control(web, path)
    else:
        if slow := web.site(host).slow:
            await asyncio.sleep(slow)
        status, kind, body = web.find(host, path)
    etag = f'"{hashlib.md5(body).hexdigest()}"'
    if status == 200 and headers.get("if-none-match") == etag:
        status, body = 304, b""
    reason = HTTPStatus(status).phrase
    out.write(
        _head(f"{status} {reason}", f"content-type: {kind}", f"etag: {etag}", f"content-length: {len(body)}") + body
    )
    asked.status, asked.ended = status, time.monotonic()
    await out.drain()
    return True


def _control(web: Web, path: str) -> tuple[int, str, bytes]:
    if path == "/log":
        answer: Any = [asdict(asked) for asked in web.log]
    elif path == "/forget":
        web.log.clear()
        answer = []
    else:
        answer = web.command(path)
    return 200, "application/json", json.dumps(answer).encode()


@dataclass(frozen=True)
class Running:
    """A web in a process of its own."""

    port: int

    def ask(self, path: str) -> Any:
        with urlopen(Request(f"http://127.0.0.1:{self.port}{path}", headers={"host": "control.test"})) as answer:
            return json.load(answer)

    def do(self, command: str, host: str, **values: float) -> Any:
        """A command of `tests.web_control` for one site."""
        return self.ask(f"/{command}?{urlencode({'host': host, **values})}")


@contextmanager
def running(articles: int, kilobytes: int = 4, window: int | None = None) -> Iterator[Running]:
    """A web in a process of its own, for the length of the block."""
    numbers = [articles, kilobytes] if window is None else [articles, kilobytes, window]
    command = [sys.executable, "-m", "tests.web", *map(str, numbers)]
    root = Path(__file__).parent.parent
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=root) as process:
        assert process.stdout is not None and process.stdin is not None
        try:
            yield Running(int(process.stdout.readline()))
        finally:
            process.stdin.close()
            process.wait()


async def main(articles: int, kilobytes: int, window: int | None = None) -> None:
    """Serve until standard input closes."""
    server = await serve(Web(articles, kilobytes, window))
    print(server.sockets[0].getsockname()[1], flush=True)
    await asyncio.to_thread(sys.stdin.read)
    server.close()


if __name__ == "__main__":
    asyncio.run(main(*map(int, sys.argv[1:])))
