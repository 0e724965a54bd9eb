"""A backup is the archive of one moment, whatever is written meanwhile, and whole whenever it is stopped."""

import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest

from storage import lock
from storage.archive import Archive
from storage.archive.bodies import PRUNED
from storage.care.backup import backup
from storage.care.backup_folder import NEXT, NoBackup, check, finish, read
from storage.care.sweep import sweep
from storage.raw import Raw
from tests.soundness import faults
from tests.town import FEED, OTHER, STORY, Town, feed, link, page

A, B = "http://e.org/a", "http://e.org/b"
NOW = datetime(2026, 11, 30, 12, 0, tzinfo=UTC)
MONTH = timedelta(days=30)

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
    made = town({FEED: feed(link(A)), A: page("Dredging begins", STORY)}, now=NOW - MONTH)
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


@pytest.mark.slow
def test_made_while_others_write(data: Path, config: Path, dest: Path) -> None:
    """Each of several backups is an archive by itself, none lacks a body that its rows name, the last has the most."""
    numbers = []
    with busy(data):
        for number in range(3):
            time.sleep(0.2)
            backup(data, config, dest, NOW)
            assert check(dest) == []
            shutil.copytree(dest, dest.with_name(f"copy{number}"))
            numbers.append(counted(dest.with_name(f"copy{number}")))
    assert all(faults(dest.with_name(f"copy{number}")) == [] for number in range(3))
    assert numbers == sorted(set(numbers)), "each has more than the one before"


def test_months_that_have_not_changed(data: Path, config: Path, dest: Path) -> None:
    """A month that is over is copied once, and again only when a byte of it has changed, whatever the clock says."""
    assert {"archive.db", "raw/2026-10.db", "raw/2026-11.db", "config.yaml"} == {
        *backup(data, config, dest, NOW).copied
    }
    assert "raw/2026-10.db" not in backup(data, config, dest, NOW - MONTH).copied
    with closing(Archive(data / "archive.db")) as archive, closing(Raw(data / "raw")) as raw:
        (old,) = archive.rows("SELECT id, sha256 FROM captures WHERE url = ?", [A])[:1]
        with archive.transaction():
            archive.give_up([old["id"]], PRUNED, NOW)
        assert sweep(archive, raw, "2026-10")
    assert "raw/2026-10.db" in backup(data, config, dest, NOW).copied
    assert check(dest) == [] == faults(dest)


def test_a_month_that_was_moved_away(data: Path, config: Path, dest: Path) -> None:
    """What the backup has of it stays, and is checked."""
    backup(data, config, dest, NOW)
    (data / "raw" / "2026-10.db").unlink()
    made = backup(data, config, dest, NOW)
    assert "raw/2026-10.db" in made.files and "raw/2026-10.db" not in made.copied
    assert check(dest) == [] == faults(dest)


async def test_restored(town: Callable[..., Town], data: Path, config: Path, dest: Path) -> None:
    """Copied back to an empty place it is an archive that goes on: what was read is not asked for again."""
    backup(data, config, dest, NOW)
    shutil.rmtree(data)
    for name in ("archive.db", "raw"):
        (shutil.copytree if name == "raw" else shutil.copy2)(dest / name, _made(data) / name)
    again = town({FEED: feed(link(A), link(B)), A: page("Dredging begins", STORY), B: page("Herons", OTHER)}, now=NOW)
    await again.run()
    assert again.articles() == [A, B]
    assert all(request.headers for request in again.asked), "known pages are asked for on conditions"
    assert faults(data) == []


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def test_a_switch_that_was_stopped(data: Path, config: Path, dest: Path) -> None:
    """Once all is copied, what is left of putting it into its place is done before anything else."""
    backup(data, config, dest, NOW - MONTH)
    with closing(Archive(data / "archive.db")) as archive, archive.transaction():
        archive.set_tombstone("e.org/x", "http://e.org/x", "", [], NOW)
    backup(data, config, dest.with_name("other"), NOW)
    shutil.copytree(dest.with_name("other"), dest / NEXT)
    (dest / NEXT / "raw" / "2026-10.db").replace(dest / "raw" / "2026-10.db")
    made = read(dest)
    assert made is not None and made.made_at == (NOW - MONTH).isoformat()
    finish(dest)
    assert check(dest) == [] == faults(dest)
    made = read(dest)
    assert made is not None and made.made_at == NOW.isoformat()
    with closing(Archive(dest / "archive.db")) as archive:
        assert archive.tombstone("e.org/x")
    assert not (dest / NEXT).exists()


def test_check_sees_one_byte(data: Path, config: Path, dest: Path) -> None:
    """A byte that flipped in any of the files, and a file that is missing."""
    for name in backup(data, config, dest, NOW).files:
        good = (dest / name).read_bytes()
        wrong = bytearray(good)
        wrong[len(wrong) // 2] ^= 1
        (dest / name).write_bytes(wrong)
        assert check(dest) == [f"{dest / name}: is not what was written"]
        (dest / name).unlink()
        assert check(dest) == [f"{dest / name}: is missing"]
        (dest / name).write_bytes(good)
    assert check(dest) == []


def test_where_none_is_made(data: Path, config: Path, dest: Path) -> None:
    """Not within the archive, not over something else, not where there is no room; nothing is changed then."""
    with pytest.raises(NoBackup, match="beside or within"):
        backup(data, config, data / "backup", NOW)
    _made(dest)
    (dest / "holiday.jpg").write_bytes(b"sea")
    with pytest.raises(NoBackup, match="holds something else"):
        backup(data, config, dest, NOW)
    with pytest.raises(NoBackup, match="holds no backup"):
        check(dest)
    assert [path.name for path in dest.iterdir()] == ["holiday.jpg"]


def test_a_first_one_that_came_to_nothing(
    data: Path, config: Path, dest: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A disk that was full, a kill in its first moments: what is left is in no other's way."""
    with monkeypatch.context() as full:
        full.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=0))
        with pytest.raises(NoBackup, match="make room there"):
            backup(data, config, dest, NOW)
    assert [path.name for path in dest.iterdir()] == [lock.NAME]
    assert backup(data, config, dest, NOW).files
    assert check(dest) == []


def test_stopped_within_the_record(data: Path, config: Path, dest: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Half of a record is none: the next one begins anew."""

    def half(path: Path, data: bytes) -> None:
        with path.open("wb") as file:
            file.write(data[:10])
        raise KeyboardInterrupt

    with monkeypatch.context() as stopped:
        stopped.setattr(Path, "write_bytes", half)
        with pytest.raises(KeyboardInterrupt):
            backup(data, config, dest, NOW)
    assert backup(data, config, dest, NOW).files
    assert check(dest) == []


KILLED = """
import os, signal, sys, threading
from datetime import datetime, UTC
from pathlib import Path
from storage.care.backup import backup
data, config, dest, after = *map(Path, sys.argv[1:4]), float(sys.argv[4])
threading.Timer(after, os.kill, [os.getpid(), signal.SIGKILL]).start()
backup(data, config, dest, datetime.now(UTC))
os._exit(0)
"""


@pytest.mark.slow
def test_killed_anywhere(data: Path, config: Path, dest: Path) -> None:
    """Whenever it is killed, the folder holds a whole backup, of before or of now."""
    with closing(Raw(data / "raw")) as raw, raw.transaction():
        for number in range(40):
            raw.put(random.Random(number).randbytes(400_000), NOW)
    backup(data, config, dest, NOW)
    codes = []
    for number in range(6):
        with closing(Raw(data / "raw")) as raw, raw.transaction():
            raw.put(b"%d" % number, NOW)
        program = [sys.executable, "-c", KILLED, *map(str, (data, config, dest)), str(0.02 * number**2)]
        codes.append(subprocess.run(program, check=False).returncode)
        assert check(dest) == [] == faults(dest)
    assert -signal.SIGKILL in codes
