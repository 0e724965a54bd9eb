"""The two parts that `bench.fetch` measures, each in a process of its own: arguments on stdin, JSON on stdout."""

import asyncio
import json
import logging
import resource
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx

from collector import config
from collector.commands.fetch import collect
from collector.commands.progress import Progress


async def bare(port: int, paths: list[tuple[str, str]], in_flight: int) -> int:
    """GET them all, as many at once as `in_flight`; a second time conditionally where they are feeds."""
    limits = httpx.Limits(max_connections=in_flight, max_keepalive_connections=in_flight)
    async with httpx.AsyncClient(limits=limits, timeout=30, trust_env=False) as client:
        await _all(client, port, iter(paths), in_flight)
    return len(paths)


async def _all(client: httpx.AsyncClient, port: int, paths: Iterator[tuple[str, str]], in_flight: int) -> None:
    async def worker() -> None:
        for host, path in paths:
            answer = await client.get(f"http://127.0.0.1:{port}{path}", headers={"host": host})
            answer.raise_for_status()

    await asyncio.gather(*(worker() for _ in range(in_flight)))


def ours(path: Path) -> int:
    """One pass over a configuration, text files and all."""
    logging.disable(logging.CRITICAL)
    with Progress(bar=False) as progress:
        collect(config.load(path), progress)
    assert not progress.failures, progress.failures[:3]
    return progress.counts["article-new"] or progress.counts["source-unchanged"]


def main() -> None:
    """`bare`: port, JSON list of [host, path], requests in flight. `ours`: path of a config.yaml."""
    first, *rest = sys.stdin.read().split("\n")
    began = time.perf_counter()
    if sys.argv[1] == "bare":
        done = asyncio.run(bare(int(first), [tuple(each) for each in json.loads(rest[0])], int(rest[1])))
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
