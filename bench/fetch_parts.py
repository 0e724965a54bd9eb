"""The two parts that `bench.fetch` measures, each in a process of its own: arguments on stdin, JSON on stdout."""

import asyncio
import json
import logging
import resource
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import httpx
from httpcore import SOCKET_OPTION, AsyncNetworkStream
from httpcore._backends.auto import AutoBackend

from collector import config
from collector.commands.fetch import collect
from collector.commands.progress import Progress


class Loopback(AutoBackend):
    """Every name leads to one port of 127.0.0.1."""

    def __init__(self, port: int) -> None:
        super().__init__()
        self._port = port

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[SOCKET_OPTION] | None = None,
    ) -> AsyncNetworkStream:
        return await super().connect_tcp("127.0.0.1", self._port, timeout, local_address, socket_options)


async def bare(port: int, urls: list[str], in_flight: int) -> int:
    """GET them all, as many at once as `in_flight`."""
    transport = httpx.AsyncHTTPTransport(limits=httpx.Limits(max_connections=100, max_keepalive_connections=100))
    transport._pool._network_backend = Loopback(port)
    async with httpx.AsyncClient(transport=transport, timeout=30) as client:
        left = iter(urls)

        async def worker() -> None:
            for url in left:
                (await client.get(url)).raise_for_status()

        await asyncio.gather(*(worker() for _ in range(in_flight)))
    return len(urls)


def ours(path: Path) -> int:
    """One pass over a configuration, text files and all."""
    logging.disable(logging.CRITICAL)
    with Progress(bar=False) as progress:
        collect(config.load(path), progress)
    assert not progress.failures, progress.failures[:3]
    return progress.counts["article-new"] or progress.counts["source-unchanged"]


def main() -> None:
    """`bare`: port, JSON list of addresses, requests in flight. `ours`: path of a config.yaml."""
    first, *rest = sys.stdin.read().split("\n")
    began = time.perf_counter()
    if sys.argv[1] == "bare":
        done = asyncio.run(bare(int(first), json.loads(rest[0]), int(rest[1])))
    else:
        done = ours(Path(first))
    seconds = time.perf_counter() - began
    print(json.dumps({"done": done, "seconds": seconds} | memory()))


def memory() -> dict[str, Any]:
    """Peak megabytes of this process, and of the largest of its children."""
    return {
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "peak_mb_worker": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024,
    }


if __name__ == "__main__":
    main()
