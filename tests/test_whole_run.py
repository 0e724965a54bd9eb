"""Whole runs of the command against a web of many sites: all of it once, politely, and only what is new."""

import hashlib
import json
import os
import random
import sqlite3
import subprocess
import sys
import time
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from storage.archive import Archive
from storage.raw import Raw
from tests import web

SITES = 100
ARTICLES = 20
DELAY = 0.05


def configure(folder: Path, port: int, hosts: list[str], *, delay: float = DELAY, extra: str = "") -> Path:
    sources = "\n".join(f"  - http://{host}/feed.xml" for host in hosts)
    path = folder / "config.yaml"
    path.write_text(f"sources:\n{sources}\nnetwork:\n  delay: {delay}\n{extra}  resolve: {{'*': '127.0.0.1:{port}'}}\n")
    return path


def newskeep(*arguments: object, cwd: Path, wanted: int = 0, timeout: float = 110) -> Any:
    """Run the command; its JSON."""
    done = subprocess.run(
        [sys.executable, "-m", "collector", *map(str, arguments), "--json"],
        cwd=cwd,
        capture_output=True,
        text=True,
        env=_environment(),
        timeout=timeout,
        check=False,
    )
    assert done.returncode == wanted, done.stderr[-3000:]
    return json.loads(done.stdout)


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)}


def visits(log: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [asked for asked in log if asked["path"].startswith("/story/")]


@pytest.mark.slow
def test_a_web_of_a_hundred_sites(tmp_path: Path) -> None:
    """First all 2,000 once, then only conditional questions, then exactly the 100 new ones; politely throughout."""
    with web.running(ARTICLES) as served:
        configure(tmp_path, served.port, [f"site{n}.test" for n in range(SITES)])
        assert newskeep("fetch", cwd=tmp_path)["articles"]["new"] == SITES * ARTICLES
        first = served.ask("/log")
        asked = [(each["host"], each["path"]) for each in first]
        assert len(set(asked)) == len(asked) == SITES * (ARTICLES + 2)  # robots.txt and the feed, too
        _assert_polite(first)

        served.ask("/forget")
        again = newskeep("fetch", cwd=tmp_path)
        second = served.ask("/log")
        assert again["sources"] == {"read": 0, "unchanged": SITES, "failed": 0}
        assert again["articles"]["new"] == 0
        assert [each["path"] for each in second] == ["/feed.xml"] * SITES
        assert all(each["conditional"] and each["status"] == 304 for each in second)

        exported = newskeep("export", "out", cwd=tmp_path)
        assert exported["added"] == SITES * ARTICLES == len(list((tmp_path / "out").glob("*.txt")))

        served.ask("/forget")
        served.ask("/publish")
        third = newskeep("fetch", cwd=tmp_path)
        assert third["articles"]["new"] == SITES == third["corpus"]["added"]
        assert len(visits(served.ask("/log"))) == SITES
        _assert_polite(served.ask("/log"))
    assert_sound(tmp_path / "data", SITES * (ARTICLES + 1))


def _assert_polite(log: list[dict[str, Any]]) -> None:
    """Never two requests to one host at once, nor two closer than the pause; by the server's own clock."""
    by_host: dict[str, list[dict[str, Any]]] = {}
    for asked in sorted(log, key=lambda each: each["began"]):
        by_host.setdefault(asked["host"], []).append(asked)
    for visits_of_host in by_host.values():
        for one, other in pairwise(visits_of_host):
            assert other["began"] >= one["ended"], f"two at once: {one} {other}"
            assert other["began"] - one["began"] >= DELAY, f"too close: {one} {other}"


def assert_sound(data: Path, articles: int) -> None:
    """Every article once, with its version, its capture and the bytes of it; every file whole."""
    archive, raw = Archive(data / "archive.db"), Raw(data / "raw")
    try:
        assert archive.value("SELECT count(*) FROM articles") == articles
        assert archive.value("SELECT count(*) FROM versions") == articles
        assert archive.value("SELECT count(*) FROM articles_fts_docsize") == articles
        assert archive.value("SELECT count(*) FROM entries WHERE state <> 'done'") == 0
        archive.write("INSERT INTO articles_fts(articles_fts) VALUES ('integrity-check')")
        for row in archive.rows("SELECT sha256, fetched_at, size FROM captures"):
            body = raw.get(row["sha256"], datetime.fromisoformat(row["fetched_at"]))
            assert hashlib.sha256(body).hexdigest() == row["sha256"]
            assert len(body) == row["size"]
        assert archive.rows("PRAGMA foreign_key_check") == []
    finally:
        archive.close()
        raw.close()
    for file in [data / "archive.db", *data.glob("raw/*.db")]:
        opened = sqlite3.connect(file)
        assert opened.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        opened.close()


@pytest.mark.slow
def test_killed_twenty_times(tmp_path: Path) -> None:
    """kill -9 at random moments, then one undisturbed run: every article exactly once, every byte in its place."""
    dice, sites, articles = random.Random(9), 8, 25
    with web.running(articles) as served:
        configure(tmp_path, served.port, [f"site{n}.test" for n in range(sites)], delay=0.02)
        for _ in range(20):
            process = subprocess.Popen(
                [sys.executable, "-m", "collector", "fetch"],
                cwd=tmp_path,
                env=_environment(),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            time.sleep(dice.uniform(0.4, 1.6))
            process.kill()
            process.wait()
        newskeep("fetch", cwd=tmp_path)
    assert_sound(tmp_path / "data", sites * articles)
    assert len(list((tmp_path / "data" / "corpus").glob("*.txt"))) == sites * articles


@pytest.mark.slow
def test_one_site_in_five_misbehaves(tmp_path: Path) -> None:
    """All good sites are complete, each bad one has its reason, and memory stays in bounds."""
    good, articles = [f"site{n}.test" for n in range(40)], 5
    bad = [f"{name}.test" for name in web.BAD]
    with web.running(articles) as served:
        configure(tmp_path, served.port, good + bad, extra="  timeout: 3s\n")
        peak = Peak([sys.executable, "-m", "collector", "fetch", "--json"], tmp_path)
    assert peak.code == 1
    assert peak.megabytes < 400
    archive = Archive(tmp_path / "data" / "archive.db")
    done = archive.value("SELECT count(*) FROM articles")
    rows = archive.rows("SELECT url, last_error FROM sources WHERE last_error IS NOT NULL")
    reasons = {row["url"].split("/")[2]: row["last_error"] for row in rows}
    archive.close()
    assert done == len(good) * articles
    assert reasons.keys() == set(bad)
    for name, said in REASONS.items():
        assert any(word in reasons[f"{name}.test"] for word in said), f"{name}: {reasons[f'{name}.test']}"


REASONS = {
    "drip": ["within 3 s"],
    "reset": ["reset", "disconnected", "closed"],
    "truncate": ["closed", "incomplete", "cut"],
    "loop": ["more than 10 redirects"],
    "bomb": ["10,000,000"],
    "endless": ["10,000,000"],
    "lies": ["closed", "incomplete", "cut"],
    "metadata": ["169.254.169.254"],
    "busy": ["429"],
    "down": ["503"],
}


class Peak:
    """Runs a command to its end: its exit code, and the most memory that it and its children held at once."""

    def __init__(self, command: list[str], cwd: Path) -> None:
        self.megabytes = 0.0
        with subprocess.Popen(
            command, cwd=cwd, env=_environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ) as process:
            while process.poll() is None:
                self.megabytes = max(self.megabytes, sum(map(_resident, _family(process.pid))))
                time.sleep(0.05)
        self.code = process.returncode


def _family(pid: int) -> list[int]:
    children = Path(f"/proc/{pid}/task/{pid}/children")
    try:
        return [pid, *(each for child in children.read_text().split() for each in _family(int(child)))]
    except OSError:
        return [pid]


def _resident(pid: int) -> float:
    """Megabytes of a process; 0 when it is gone."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0.0
    line = next((each for each in status.splitlines() if each.startswith("VmRSS:")), "VmRSS: 0 kB")
    return int(line.split()[1]) / 1024
