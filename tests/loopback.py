"""A web server on loopback for the tests of the network edge: raw sockets, so that it can misbehave byte for byte."""

import asyncio
import ssl
import sys
import time
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from ipaddress import ip_address

from collector.config import Network, Site


@dataclass(frozen=True, slots=True)
class Asked:
    """One request as it came in."""

    host: str
    path: str
    headers: dict[str, str]
    at: float
    method: str = "GET"
    body: bytes = b""


Handler = Callable[[Asked, asyncio.StreamWriter], Awaitable[None]]


@dataclass
class Web:
    """What the server saw. `most_at_once`: by host, requests that had no whole answer yet."""

    port: int = 0
    log: list[Asked] = field(default_factory=list)
    most_at_once: Counter[str] = field(default_factory=Counter)
    connections: int = 0

    def url(self, path: str = "/", host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"

    def paths(self) -> list[str]:
        return [asked.path for asked in self.log]

    def network(self, **values: object) -> Network:
        """Every name leads here, and nothing waits, unless `values` say so."""
        given = {"allow_private": True, "delay": 0.0, "timeout": 5.0, "resolve": {"*": f"127.0.0.1:{self.port}"}}
        return Network.model_validate({**given, **values})


def no_site(host: str) -> Site:
    return Site()


@asynccontextmanager
async def serving(handler: Handler, tls: ssl.SSLContext | None = None) -> AsyncIterator[Web]:
    """A server that hands each request to `handler` until that closes the connection or the client goes."""
    web, busy, tasks = Web(), defaultdict[str, int](int), set[asyncio.Task[None]]()

    async def connection(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        web.connections += 1
        with suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            while not writer.is_closing():
                asked = await _asked(reader)
                web.log.append(asked)
                busy[asked.host] += 1
                web.most_at_once[asked.host] = max(web.most_at_once[asked.host], busy[asked.host])
                try:
                    await handler(asked, writer)
                finally:
                    busy[asked.host] -= 1
                await writer.drain()
        with suppress(ConnectionError):
            writer.close()
            await writer.wait_closed()

    def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.ensure_future(connection(reader, writer))
        tasks.add(task)
        task.add_done_callback(tasks.discard)

    server = await asyncio.start_server(accept, "127.0.0.1", 0, ssl=tls)
    web.port = server.sockets[0].getsockname()[1]
    try:
        yield web
    finally:
        server.close()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def answer(status: int = 200, body: bytes = b"", **headers: str) -> bytes:
    """A whole answer; header names with `_` for `-`."""
    lines = [f"HTTP/1.1 {status} X", f"Content-Length: {len(body)}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode() + body


def pages(answers: dict[str, bytes]) -> Handler:
    """Fixed answers by path; 404 for the rest."""

    async def handle(asked: Asked, writer: asyncio.StreamWriter) -> None:
        writer.write(answers.get(asked.path, answer(404)))

    return handle


async def _asked(reader: asyncio.StreamReader) -> Asked:
    first, *rest = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    headers = dict(line.lower().split(": ", 1) for line in rest if line)
    body = await reader.readexactly(int(headers.get("content-length", "0")))
    method, path, _ = first.split(" ")
    return Asked(headers.get("host", ""), path, headers, time.monotonic(), method, body)


DIALLED: list[str] = []


def _only_loopback(event: str, values: tuple[object, ...]) -> None:
    """No test of this process connects to anything but this machine, whatever the code under test believes."""
    if event == "socket.connect" and isinstance(values[1], tuple):
        DIALLED.append(str(values[1][0]))
        if not ip_address(DIALLED[-1]).is_loopback:
            raise AssertionError(f"dialled {DIALLED[-1]}")


sys.addaudithook(_only_loopback)
