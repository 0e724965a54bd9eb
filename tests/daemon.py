"""`newskeep run` in a process of its own, and questions to its archive and to its web: for tests and benches."""

import json
import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from itertools import pairwise
from pathlib import Path
from typing import Any, Self, TypeVar
from urllib.error import URLError
from urllib.request import urlopen

ROOT = Path(__file__).parent.parent
T = TypeVar("T")


def configure(
    folder: Path,
    web_port: int,
    hosts: Iterable[str],
    *,
    every: str,
    look_again: str,
    delay: float,
    more: str = "",
) -> None:
    """Write config.yaml: a feed a host, every name led to the web. `more`: lines of `network`."""
    sources = "".join(f"  - {{url: http://{host}/feed.xml, every: {every}}}\n" for host in hosts)
    network = f"  delay: {delay}\n{more}  resolve: {{'*': '127.0.0.1:{web_port}'}}\n"
    http = known[0] if (known := _listener(folder / "config.yaml")) else f"127.0.0.1:{_free_port()}"
    text = f"sources:\n{sources}network:\n{network}look_again: [{look_again}]\nleast_free: 1MB\nhttp: {http}\n"
    (folder / "config.yaml").write_text(text)


def _listener(path: Path) -> list[str]:
    lines = path.read_text().splitlines() if path.exists() else []
    return [line.removeprefix("http: ") for line in lines if line.startswith("http: ")]


def _free_port() -> int:
    with closing(socket.socket()) as tried:
        tried.bind(("127.0.0.1", 0))
        port: int = tried.getsockname()[1]
        return port


class Daemon:
    """`newskeep run` in `folder`, whose config.yaml names where it answers for its health."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def process(self) -> subprocess.Popen[bytes]:
        assert self._process is not None, "start it first"
        return self._process

    @property
    def pid(self) -> int:
        return self.process.pid

    def start(self) -> Self:
        """Start it, and return when it says that it is well."""
        with (self.folder / "log.jsonl").open("ab") as log:
            self._process = subprocess.Popen(
                _command("run"), cwd=self.folder, stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=_environment()
            )
        until(30, "the daemon is well", self.well)
        return self

    def well(self) -> bool:
        """What it says of itself. Fails when it runs no longer."""
        assert self.process.poll() is None, self.log()[-2000:]
        try:
            return bool(self.get("/healthz"))
        except (URLError, ConnectionError):
            return False

    def get(self, path: str) -> str:
        """The answer of its HTTP port. Raises URLError."""
        (address,) = _listener(self.folder / "config.yaml")
        with urlopen(f"http://{address}{path}", timeout=5) as answer:
            text: str = answer.read().decode()
            return text

    def send(self, number: signal.Signals) -> None:
        self.process.send_signal(number)

    def stop(self, number: signal.Signals = signal.SIGTERM, within: float = 10) -> int:
        """Its exit code. Fails when it takes longer than `within` seconds to end."""
        began = time.monotonic()
        self.send(number)
        code = self.process.wait(within + 20)
        took = time.monotonic() - began
        assert took <= within, f"it took {took:.1f} s to stop"
        return code

    def end(self) -> None:
        """It runs no longer, however that was."""
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(signal.SIGCONT)
            self._process.kill()
            self._process.wait()

    def workers(self) -> list[int]:
        """The processes that it has started."""
        listed = Path(f"/proc/{self.pid}/task").glob("*/children")
        return [int(child) for each in listed for child in each.read_text().split()]

    def log(self) -> str:
        """All that it has said, over all its lives."""
        return (self.folder / "log.jsonl").read_text()

    def rows(self, sql: str, *values: object) -> list[dict[str, Any]]:
        """A question to the archive, beside the daemon."""
        path = self.folder / "data" / "archive.db"
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=10)) as opened:
            opened.row_factory = sqlite3.Row
            return [dict(row) for row in opened.execute(sql, values)]

    def value(self, sql: str, *values: object) -> Any:
        (row,) = self.rows(sql, *values)
        (value,) = row.values()
        return value

    def article(self, url: str) -> dict[str, Any]:
        """An article with its current version's number and text; nothing while it is not there."""
        sql = (
            "SELECT articles.state, articles.gone_at, versions.number, versions.text FROM articles"
            " JOIN versions ON versions.id = articles.version_id WHERE articles.url = ?"
        )
        return next(iter(self.rows(sql, url)), {})

    def delays(self, published: Iterable[dict[str, Any]], within: float) -> list[float]:
        """Seconds from each story's publication until its article was there to be seen. Fails after `within`."""
        arrivals = Arrivals(self)
        for told in published:
            arrivals.add(told)
        return arrivals.all(within)


class Arrivals:
    """Stories on their way: `seconds` holds, of each that came, the time from its publication."""

    def __init__(self, living: Daemon) -> None:
        self._living = living
        self._waiting: dict[str, float] = {}
        self.seconds: list[float] = []

    def add(self, told: dict[str, Any]) -> None:
        """What the web answered to `publish`."""
        self._waiting[told["url"]] = told["at"]

    def look(self) -> bool:
        """Note which have come; is none on its way any more?"""
        sql = "SELECT url FROM articles WHERE url IN (SELECT value FROM json_each(?))"
        for row in self._living.rows(sql, json.dumps(list(self._waiting))):
            self.seconds.append(time.time() - self._waiting.pop(row["url"]))
        return not self._waiting

    def all(self, within: float) -> list[float]:
        """The seconds of all. Fails after `within`."""
        end = time.monotonic() + within
        while not self.look():
            assert time.monotonic() < end, f"not archived within {within:g} s: {sorted(self._waiting)}"
            time.sleep(0.05)
        return self.seconds


@contextmanager
def running(folder: Path) -> Iterator[Daemon]:
    """A daemon for the length of the block."""
    daemon = Daemon(folder)
    try:
        yield daemon.start()
    finally:
        daemon.end()


def kill(pid: int) -> None:
    """kill -9, unless it has just gone by itself."""
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


def newskeep(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """A command beside the daemon, run to its end."""
    return subprocess.run(
        _command(*arguments), cwd=folder, env=_environment(), capture_output=True, text=True, timeout=60, check=False
    )


def newskeep_json(folder: Path, *arguments: str) -> Any:
    """What a command says as JSON, whatever its exit code."""
    return json.loads(newskeep(folder, *arguments, "--json").stdout)


def silent(folder: Path) -> set[str]:
    """The hosts of the sources that `newskeep status` calls silent."""
    lines = [line for line in newskeep(folder, "status").stdout.splitlines() if "has announced nothing new" in line]
    return {host for line in lines for host in re.findall(r"[a-z0-9]+\.test", line)}


def _command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "collector", *arguments]


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT)}


def until(seconds: float, what: str, check: Callable[[], T]) -> T:
    """The first answer that is true. Fails when there is none within `seconds`."""
    end = time.monotonic() + seconds
    while not (answer := check()):
        assert time.monotonic() < end, f"not within {seconds:g} s: {what}"
        time.sleep(0.05)
    return answer


def impolite(log: Iterable[dict[str, Any]], delay: float) -> list[str]:
    """Where a host was asked twice at once, or again within `delay` seconds, by the server's own clock."""
    by_host: dict[str, list[dict[str, Any]]] = {}
    for asked in sorted(log, key=lambda each: float(each["began"])):
        by_host.setdefault(asked["host"], []).append(asked)
    pairs = (pair for visits in by_host.values() for pair in pairwise(visits))
    return [
        f"{one['host']}: {one['path']} ended at {one['ended']:.3f}, {other['path']} began at {other['began']:.3f}"
        for one, other in pairs
        if other["began"] < one["ended"] or other["began"] - one["began"] < delay
    ]
