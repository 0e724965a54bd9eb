"""Real processes: an import that is killed and begun again, and how much memory one takes."""

import gzip
import json
import random
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.imports.made import record, revisit, rows
from tests.soundness import faults
from tests.town import page

CONFIG = "data: {data}\nsources: []\n"
PEAK = """
import resource, sys
from collector.cli import main
try:
    main(sys.argv[1:])
finally:
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr)
"""
WORDS = ["harbour", "council", "river", "bridge", "winter", "ferry", "storm", "market", "school", "minister", "report"]
KEPT = {
    "captures": "SELECT url, fetched_at, sha256, kind, reason FROM captures ORDER BY 1, 2",
    "versions": """SELECT url, number, versions.title, text, reason FROM articles
        JOIN versions ON article_id = articles.id ORDER BY 1, 2""",
    "articles": "SELECT url, key, site, title, first_seen, last_seen, next_look, state FROM articles ORDER BY 1",
    "entries": "SELECT url, key, state, next_visit FROM entries ORDER BY 1",
    "faults": "SELECT place, error FROM import_faults ORDER BY 1",
    "imports": "SELECT size, mark, done, within, counts, ended_at IS NOT NULL FROM imports",
}


def _sentence(words: random.Random) -> str:
    return " ".join(words.choices(WORDS, k=30)).capitalize() + "."


def _records(number: int) -> Iterator[bytes]:
    """Pages of a few hosts, each captured twice with a change, among what else crawlers write."""
    words = random.Random(7)
    for at in range(number):
        url, time_ = f"https://site{at % 5}.example/news/{at}", f"2025-03-10T{at // 60 % 24:02}:{at % 60:02}:00Z"
        text = tuple(_sentence(words) for _ in range(8))
        yield record(page(_sentence(words)[:40], text).encode(), url, at=time_)
        if at % 10 == 3:
            yield record(page(text[0][:40], text[1:]).encode(), url, at=time_.replace("-10T", "-09T"))
        if at % 10 == 5:
            yield record(b"\x89PNG" * 200, f"{url}.png", headers=[("Content-Type", "image/png")])
        if at % 25 == 7:
            yield gzip.compress(b"garbage")
        if at % 40 == 8:
            yield revisit(b"another", url, at=time_)


def _setting(folder: Path) -> list[str]:
    folder.mkdir(exist_ok=True)
    config = folder / "config.yaml"
    config.write_text(CONFIG.format(data=folder / "data"))
    return ["import", "--config", str(config), "--json"]


def _start(arguments: list[str], code: str = "from collector.cli import main; main()") -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", code, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def _progress(data: Path) -> int:
    """How many captures and versions there are by now."""
    try:
        with closing(sqlite3.connect(f"{(data / 'archive.db').as_uri()}?mode=ro", uri=True)) as archive:
            sql = "SELECT (SELECT count(*) FROM captures) + (SELECT count(*) FROM versions)"
            return int(archive.execute(sql).fetchone()[0])
    except sqlite3.OperationalError:
        return 0


def _archived(data: Path) -> dict[str, Any]:
    kept = {name: rows(data, sql) for name, sql in KEPT.items()}
    kept["imports"] = [(*row[:4], json.loads(row[4]), row[5]) for row in kept["imports"]]
    return kept


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_killed_anywhere(tmp_path: Path) -> None:
    """Killed again and again, and begun again: the same archive as of an import that nobody disturbed."""
    file = tmp_path / "a.warc.gz"
    file.write_bytes(b"".join(_records(150)))
    whole = _start([*_setting(tmp_path / "whole"), str(file)])
    said, _ = whole.communicate(timeout=120)
    assert json.loads(said)["counts"]["captures"] == 165
    arguments, data, kills = [*_setting(tmp_path / "cut"), str(file)], tmp_path / "cut" / "data", 0
    while True:
        process, before = _start(arguments), _progress(data)
        while process.poll() is None and _progress(data) < before + 80 + 7 * kills:
            time.sleep(0.02)
        if process.poll() is not None:
            break
        process.kill()
        process.communicate()
        kills += 1
        assert faults(data) == []
    process.communicate()
    assert kills >= 2
    assert _archived(data) == _archived(tmp_path / "whole" / "data")


def _large(path: Path, size: int) -> None:
    """Mostly pictures, among them some above all limits; a page in each megabyte."""
    words = random.Random(5)
    noise = words.randbytes(900_000)
    with path.open("wb") as file:
        for number, each in enumerate(_records(size // 1_000_000)):
            file.write(each)
            payload = noise * (20 if number % 50 == 20 else 1)
            file.write(
                record(payload, f"https://e.org/{number}.png", headers=[("Content-Type", "image/png")], gzip=False)
            )
            if file.tell() >= size:
                return


def _peak(folder: Path, file: Path) -> int:
    process = _start([*_setting(folder), str(file)], PEAK)
    said, errors = process.communicate(timeout=300)
    assert json.loads(said)["counts"]["captures"] > 10
    return int(errors.splitlines()[-1])


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    """Ten times the bytes take the same memory, within a fifth."""
    peaks = []
    for size in (30_000_000, 300_000_000):
        file = tmp_path / f"{size}.warc"
        _large(file, size)
        peaks.append(_peak(tmp_path / str(size), file))
        file.unlink()
    assert peaks[1] < peaks[0] * 1.2, peaks
