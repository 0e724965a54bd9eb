"""From loopback to archived, beside a bare httpx loop on the same web in the same run.

    python -m bench.fetch [--pages 2000] [--feeds 5000] [--rounds 3] [--json]

pages:  2,000 pages of about 20 KB on 100 hosts, `delay: 0`: fetched, kept raw, read, filed, written as text files.
feeds:  5,000 feeds on 5,000 hosts that all answer 304.
bare:   one httpx.AsyncClient that asks the same hosts for the same addresses, its names led to the same port, and
        throws the answers away; at the best of several numbers of requests in flight.

Each round runs all of them in turn, each in a process of its own, against a server in another; medians are compared.
The bounds that we hold ourselves to: pages at a quarter of the bare loop's rate or more, feeds at half of it or more.
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from tests import web

HOSTS = 100
IN_FLIGHT = (8, 32, 100)  # of the bare loop
BOUNDS = {"pages": 0.25, "feeds": 0.5}


def main() -> None:
    """Measure and print; exit 1 when a bound is not held."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=2000)
    parser.add_argument("--feeds", type=int, default=5000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", action="store_true", help="one JSON document instead of a table")
    wanted = parser.parse_args()
    pages = [pages_round(wanted.pages) for _ in range(wanted.rounds)]
    feeds = [feeds_round(wanted.feeds) for _ in range(wanted.rounds)]
    result = {"pages": compare(pages), "feeds": compare(feeds)}
    if wanted.json:
        print(json.dumps(result, indent=2))
    else:
        print(table(result))
    sys.exit(any(result[name]["ratio"] < bound for name, bound in BOUNDS.items()))


def pages_round(number: int) -> dict[str, Any]:
    """One bare loop and one run of ours over the same pages."""
    each = number // HOSTS
    with web.running(each, 20) as served, tempfile.TemporaryDirectory() as folder:
        hosts = [f"site{n}.test" for n in range(HOSTS)]
        urls = [f"http://{host}/story/{n}" for n in range(each) for host in hosts]
        bare = best(measured("bare", served.port, json.dumps(urls), n) for n in IN_FLIGHT)
        path = configure(Path(folder), served.port, hosts)
        return {"bare": bare, "ours": measured("ours", path) | {"done": number}}


def feeds_round(number: int) -> dict[str, Any]:
    """One bare loop and one run of ours over feeds that did not change; ours has seen them once before."""
    with web.running(0) as served, tempfile.TemporaryDirectory() as folder:
        hosts = [f"feed{n}.test" for n in range(number)]
        urls = [f"http://{host}/feed.xml" for host in hosts]
        path = configure(Path(folder), served.port, hosts)
        measured("ours", path)
        bare = best(measured("bare", served.port, json.dumps(urls), n) for n in IN_FLIGHT)
        return {"bare": bare, "ours": measured("ours", path) | {"done": number}}


def configure(folder: Path, port: int, hosts: list[str]) -> Path:
    """A config.yaml for feeds on these hosts."""
    path = folder / "config.yaml"
    sources = "".join(f"  - http://{host}/feed.xml\n" for host in hosts)
    path.write_text(f"sources:\n{sources}network: {{delay: 0, resolve: {{'*': '127.0.0.1:{port}'}}}}\n")
    return path


def measured(part: str, *arguments: object) -> dict[str, Any]:
    """Run one part in a process of its own."""
    command = [sys.executable, "-m", "bench.fetch_parts", part]
    text = "\n".join(map(str, arguments))
    done = subprocess.run(command, input=text, capture_output=True, text=True, check=True)
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def best(runs: Any) -> dict[str, Any]:
    """The fastest."""
    fastest: dict[str, Any] = min(runs, key=lambda run: run["seconds"])
    return fastest


def compare(rounds: list[dict[str, Any]]) -> dict[str, Any]:
    """Median rates a second, their ratio, and the peak memory of ours."""
    bare = statistics.median(each["bare"]["done"] / each["bare"]["seconds"] for each in rounds)
    ours = statistics.median(each["ours"]["done"] / each["ours"]["seconds"] for each in rounds)
    return {
        "bare": round(bare, 1),
        "ours": round(ours, 1),
        "ratio": round(ours / bare, 3),
        "ratios": [
            round(each["ours"]["done"] / each["ours"]["seconds"] * each["bare"]["seconds"] / each["bare"]["done"], 3)
            for each in rounds
        ],
        "peak_mb": max(each["ours"]["peak_mb"] for each in rounds),
        "peak_mb_worker": max(each["ours"]["peak_mb_worker"] for each in rounds),
    }


def table(result: dict[str, Any]) -> str:
    """For people."""
    lines = ["         bare httpx/s    ours/s   ratio   bound   peak MB   largest worker MB"]
    for name, row in result.items():
        lines.append(
            f"{name:8} {row['bare']:12,.0f} {row['ours']:9,.0f} {row['ratio']:7.2f} {BOUNDS[name]:7.2f}"
            f" {row['peak_mb']:9,.0f} {row['peak_mb_worker']:19,.0f}"
        )
    return "\n".join(lines)


if __name__ == "__main__":
    main()
