"""Back-fills of the web of the past by the command itself, and what its log proves of them: for tests and benches."""

import json
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from tests.past import cdx
from tests.past.sites import Site
from tests.web import Running

ROOT = Path(__file__).parent.parent.parent


def configure(folder: Path, port: int, *, sources: Iterable[str] = (), delay: float = 0, more: str = "") -> None:
    """Write config.yaml: every name leads to the web, cdx.test is the web archive."""
    told = "".join(f"  - {{url: {url}, every: 1s}}\n" for url in sources)
    network = f"network: {{delay: {delay}, resolve: {{'*': '127.0.0.1:{port}'}}}}\n"
    text = f"sources:\n{told}{network}wayback: http://{cdx.ARCHIVE}\nleast_free: 1MB\n{more}"
    (folder / "config.yaml").write_text(text)


def command(*arguments: object) -> list[str]:
    return [sys.executable, "-m", "collector", *map(str, arguments)]


def newskeep(folder: Path, *arguments: object, within: float = 300) -> subprocess.CompletedProcess[str]:
    """A command in `folder`, run to its end."""
    return subprocess.run(
        command(*arguments),
        cwd=folder,
        env={"PYTHONPATH": str(ROOT), "PATH": ""},
        capture_output=True,
        text=True,
        timeout=within,
        check=False,
    )


def rows(folder: Path, sql: str, *values: object) -> list[tuple[Any, ...]]:
    """A question to the archive in `folder`."""
    with closing(sqlite3.connect(f"file:{folder}/data/archive.db?mode=ro", uri=True, timeout=10)) as opened:
        return list(opened.execute(sql, values))


def days(since: date, until: date) -> tuple[str, ...]:
    """As they are typed."""
    return ("--since", since.isoformat(), "--until", until.isoformat())


@dataclass(frozen=True)
class Proof:
    """What a log tells of one site. fetched: article -> how often its page was had; others: pages that are no article.

    documents: all other requests, robots.txt aside.
    """

    wanted: range
    least: int
    fetched: Counter[int]
    documents: list[str]

    @property
    def missing(self) -> list[int]:
        return [number for number in self.wanted if number not in self.fetched]

    @property
    def surplus(self) -> list[int]:
        return sorted(self.fetched.keys() - set(self.wanted))

    @property
    def twice(self) -> list[int]:
        return [number for number, times in self.fetched.items() if times > 1]

    @property
    def ratio(self) -> float:
        return len(self.documents) / self.least

    def __str__(self) -> str:
        return (
            f"{len(self.wanted)} articles, {len(self.fetched)} fetched, {len(self.surplus)} of them others,"
            f" {len(self.documents)} listing requests, {self.least} at least: {self.ratio:.3f}"
        )


def prove(log: Iterable[dict[str, Any]], site: Site, since: date, until: date) -> Proof:
    """What was asked of a site, and of the web archive for it."""
    wanted, fetched, documents = site.paper.within(since, until), Counter[int](), list[str]()
    for asked in log:
        path = _path(asked)
        if asked["host"] not in (site.paper.host, cdx.ARCHIVE) or path == "/robots.txt":
            continue
        if (number := site.paper.number(path)) is not None:
            fetched[number] += 1
        else:
            documents.append(f"{asked['status']} {asked['path']} {asked['body']}".strip())
    return Proof(wanted, site.least(site.paper, wanted), fetched, documents)


def _path(asked: dict[str, Any]) -> str:
    """Of the page itself, where a web archive's copy of it was asked for."""
    path: str = asked["path"]
    return urlsplit(path.partition("id_/")[2]).path if path.startswith("/web/") else path


@dataclass(frozen=True)
class Run:
    """One back-fill by the command: exit code, what it said, and the proof."""

    code: int
    told: Any
    said: str
    seconds: float
    proof: Proof


def backfill(folder: Path, web: Running, site: Site, since: date, until: date, *more: object) -> Run:
    """The past of a site, in an archive of its own in `folder`."""
    web.ask("/forget")
    began = time.monotonic()
    done = newskeep(folder, "backfill", f"http://{site.paper.host}/", *days(since, until), "--json", *more)
    seconds = time.monotonic() - began
    told = json.loads(done.stdout) if done.stdout.strip() else None
    return Run(done.returncode, told, done.stderr, seconds, prove(web.ask("/log"), site, since, until))
