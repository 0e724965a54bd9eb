"""A backup is the archive of one moment, whatever is written meanwhile, and whole whenever it is stopped."""

import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from storage.archive import Archive
from storage.archive.bodies import PRUNED
from storage.care import backup as copying
from storage.care.backup import backup
from storage.care.backup_folder import NEXT, RECORD, NoBackup, check, finish, read
from storage.care.sweep import sweep
from storage.raw import Raw
from tests.soundness import faults
from tests.town import FEED, OTHER, STORY, Town, feed, link, page

A, B = "http://e.org/a", "http://e.org/b"
NOW = datetime(2026, 12, 1, 12, 0, tzinfo=UTC)
MONTH = NOW - datetime(2026, 10, 31, 12, 0, tzinfo=UTC)

# A program that keeps and gives up bodies as fast as it can, in two months; it says so when it has begun.
BUSY = """
import os, sys
from datetime import datetime, timedelta
from pathlib import Path
from storage.archive import Archive
from storage.archive.bodies import PRUNED
from storage.care import sweep
from storage.raw import Raw
from storage.records import Capture
data = Path(sys.argv[1])
archive, raw = Archive(data / "archive.db"), Raw(data / "raw")
at = datetime.fromisoformat("2026-11-30T00:00:00+00:00")
kept = []
print("busy", flush=True)
for number in range(10**6):
    body = os.urandom(500).hex().encode()
    when = at + timedelta(days=number % 2)
    with archive.transaction(), raw.transaction():
        digest = raw.put(body, when, "e.org")
        capture = Capture(url="http://e.org/x", final_url="http://e.org/x", fetched_at=when, status=200, body=body)
        kept.append((archive.add_capture(capture, digest, "visit", host="e.org"), digest, when))
    if number % 10 == 9:
        id_, digest, when = kept.pop(0)
        with archive.transaction():
            archive.give_up([id_], PRUNED, when)
        sweep.remove(archive, raw, f"{when:%Y-%m}", [digest])
"""


@pytest.fixture
async def data(town: Callable[..., Town]) -> Path:
    """An archive with a body in each of two months."""
    made = town({FEED: feed(link(A)), A: page("Dredging begins", STORY)})
    await made.run()
    made.web |= {FEED: feed(link(A), link(B)), B: page("Herons", OTHER)}
    await made.run(MONTH)
    made.archive.close()
    made.raw.close()
    return made.folder


@pytest.fixture
def config(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("configured") / "config.yaml"
    path.write_text("sources: [http://e.org/feed]\n")
    return path


@pytest.fixture
def dest(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("elsewhere") / "backup"


@contextmanager
def busy(data: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process writes all the time."""
    with subprocess.Popen([sys.executable, "-c", BUSY, str(data)], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None and process.stdout.readline() == "busy\n"
        try:
            yield process
            assert process.poll() is None, "it was disturbed"
        finally:
            process.kill()


def counted(data: Path) -> int:
    with closing(Archive(data / "archive.db", readonly=True)) as archive:
        return int(archive.value("SELECT count(*) FROM captures"))


def test_made_while_others_write(data: Path, config: Path, dest: Path) -> None:
    """Each of several backups is an archive by itself, none lacks a body that its rows name, the last has the most."""
    numbers = []
    with busy(data):
        for number in range(4):
            time.sleep(0.3)
            backup(data, config, dest, NOW)
            assert check(dest) == []
            shutil.copytree(dest, dest.with_name(f"copy{number}"))
            numbers.append(counted(dest.with_name(f"copy{number}")))
    assert all(faults(dest.with_name(f"copy{number}")) == [] for number in range(4))
    assert numbers == sorted(set(numbers)), "each has more than the one before"
