"""The daemon under high load, for as long as you like: does anything grow?

    python -m bench.soak [--minutes 30] [--sites 300] [--rate 12] [--json]

A web of that many good sites and some of each bad kind (`tests.web`) on loopback; RATE stories are published each
second, and a fifth as many edited. Every 15 seconds: resident memory of the daemon and of its workers, open files,
threads, asyncio tasks, work done; on stderr as it goes, at the end as a table and as a plot of text. Exit code 1 when
memory at the end is more than a tenth above that after five minutes, when files, threads or tasks grew, when a host
was asked impolitely, or when the daemon did not keep up.
"""

import argparse
import json
import random
import re
import sys
import tempfile
import time
from collections import deque
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from bench.soak_curve import Sample, ends, judge, mean, plot, table
from tests import daemon, web
from tests.daemon import Daemon

SAMPLE_EVERY = 15.0  # seconds
EVERY, LOOKS, DELAY = "10s", "15s, 1m, 5m", 0.1
BAD_OF_EACH = 2
ARTICLES, WINDOW = 2, 30  # of a site at the start, of a feed
LATEST = 500  # stories among which the edited ones are
MOST_WAITING = 10.0  # seconds' worth of stories that may be on their way at the end


def main() -> None:
    """Measure and print; exit 1 when a bound is not held."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--sites", type=int, default=300)
    parser.add_argument("--rate", type=float, default=12, help="stories published a second, over all sites")
    parser.add_argument("--json", action="store_true", help="the samples as one JSON document")
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        samples, wrong = soak(Path(folder), 60 * wanted.minutes, wanted.sites, wanted.rate)
    if wanted.json:
        print(json.dumps({"samples": [asdict(each) for each in samples], "wrong": wrong}))
    else:
        print(report(samples, wrong))
    sys.exit(bool(wrong))


def report(samples: Sequence[Sample], wrong: Sequence[str]) -> str:
    """The curve and what to think of it, for people."""
    early, late = (mean(each, lambda sample: sample.memory) for each in ends(samples))
    said = f"memory {early:.1f} MB once settled, {late:.1f} MB at the end ({late / early - 1:+.1%})"
    drawn = plot(samples, lambda sample: sample.memory, "resident memory of the daemon, MB")
    return "\n\n".join([table(samples), drawn, said, *(wrong or ["nothing grows"])])


def soak(folder: Path, seconds: float, sites: int, rate: float) -> tuple[list[Sample], list[str]]:
    """The samples, and what is wrong, in words."""
    good = [f"site{n}.test" for n in range(sites)]
    bad = [f"{name}{n}.test" for name in web.BAD for n in range(BAD_OF_EACH)]
    with web.running(ARTICLES, window=WINDOW) as served:
        more = "  timeout: 3s\n"
        daemon.configure(folder, served.port, good + bad, every=EVERY, look_again=LOOKS, delay=DELAY, more=more)
        with daemon.running(folder) as living:
            load = _Load(served, living, good, rate)
            samples = load.run(seconds)
            well = living.well()
            code = living.stop()
    wrong = [*judge(samples), *load.impolite[:5]]
    if samples[-1].waiting > MOST_WAITING * rate:
        wrong.append(f"{samples[-1].waiting} stories wait to be read: it does not keep up")
    if not well or code:
        wrong.append(f"not well at the end (exit code {code})")
    return samples, wrong


class _Load:
    """Keeps the sites busy, and looks at the daemon now and then."""

    def __init__(self, served: web.Running, living: Daemon, hosts: Sequence[str], rate: float) -> None:
        self._served, self._living, self._hosts, self._rate = served, living, hosts, rate
        self._dice = random.Random(30)
        self._latest: deque[tuple[str, int]] = deque(maxlen=LATEST)
        self._requests = 0
        self.impolite: list[str] = []

    def run(self, seconds: float) -> list[Sample]:
        began, published = time.monotonic(), 0
        samples = [self._sample(0.0)]
        while (now := time.monotonic() - began) < seconds:
            while published < now * self._rate:
                self._publish()
                published += 1
            if now - samples[-1].seconds >= SAMPLE_EVERY:
                samples.append(self._sample(now))
                print(samples[-1], file=sys.stderr, flush=True)
            time.sleep(0.05)
        return [*samples, self._sample(seconds)]

    def _publish(self) -> None:
        host = self._dice.choice(self._hosts)
        url = self._served.do("publish", host)["url"]
        self._latest.append((host, int(url.rpartition("/")[2])))
        if self._dice.random() < 0.2:
            host, number = self._dice.choice(self._latest)
            self._served.do("edit", host, story=number)

    def _sample(self, now: float) -> Sample:
        log = self._served.ask("/log")
        self._served.ask("/forget")
        self._requests += len(log)
        self.impolite += daemon.impolite([each for each in log if each["host"].startswith("site")], DELAY)
        status = _status(self._living.pid)
        counted = "SELECT (SELECT count(*) FROM articles) AS articles, (SELECT count(*) FROM versions) AS versions,"
        counted += " (SELECT count(*) FROM entries WHERE state IN ('new', 'fetched')) AS waiting"
        (counts,) = self._living.rows(counted)
        return Sample(
            seconds=now,
            memory=_megabytes(status),
            workers_memory=sum(_megabytes(_status(pid)) for pid in self._living.workers()),
            files=len(list(Path(f"/proc/{self._living.pid}/fd").iterdir())),
            threads=int(status["Threads"]),
            tasks=_tasks(self._living),
            cpu=_cpu(self._living.pid),
            wal=_size(self._living.folder / "data" / "archive.db-wal"),
            requests=self._requests,
            **counts,
        )


def _status(pid: int) -> dict[str, str]:
    """What the kernel says of a process; nothing of one that is gone."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return {}
    return {name: value.strip() for name, _, value in (line.partition(":") for line in lines)}


def _megabytes(status: dict[str, str]) -> float:
    return int(status.get("VmRSS", "0 kB").split()[0]) / 1024


def _cpu(pid: int) -> float:
    """Seconds of processor time, in user and system mode: fields 14 and 15 of proc(5), in hundredths."""
    after_name = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(after_name[11]) + int(after_name[12])) / 100


def _tasks(living: Daemon) -> int:
    """Asyncio tasks, as its own figures tell."""
    found = re.search(r"^newskeep_tasks (\S+)", living.get("/metrics"), flags=re.MULTILINE)
    return int(float(found[1])) if found else 0


def _size(path: Path) -> float:
    return path.stat().st_size / 1e6 if path.exists() else 0.0


if __name__ == "__main__":
    main()
