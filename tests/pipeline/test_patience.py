"""What fails for want of storage waits, is kept in the end, and leaves archive and bodies sound."""

import asyncio
import hashlib
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from collector.pipeline.events import Event
from collector.pipeline.patience import Patient
from collector.pipeline.run import both
from storage.archive import Archive
from storage.archive.base import ArchiveGone
from storage.raw import Raw
from storage.records import Capture
from storage.trouble import Replaced
from storage.writer import Writer
from tests.disks import disk, remount

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
ROOT = Path(__file__).parents[2]
BODIES = [b"".join(hashlib.sha256(f"{n} {m}".encode()).digest() for m in range(5000)) for n in range(30)]  # 160 kB each


@dataclass
class Keeper:
    """An archive with its bodies, and a patient writer whose seconds are short."""

    archive: Archive
    raw: Raw
    patient: Patient
    writer: Writer
    events: list[Event] = field(default_factory=list)

    async def keep(self, body: bytes) -> int:
        def store() -> int:
            digest = self.raw.put(body, NOW)
            url = f"https://e.org/{digest}"
            capture = Capture(url=url, final_url=url, fetched_at=NOW, status=200, body=body)
            return self.archive.add_capture(capture, digest, "visit")

        return await self.patient(store)

    def kinds(self) -> list[str]:
        return [event.kind for event in self.events]


@asynccontextmanager
async def keeper(folder: Path) -> AsyncIterator[Keeper]:
    archive = Archive(folder / "archive.db")
    archive.value("PRAGMA busy_timeout = 50")
    raw = Raw(folder / "raw", make=archive.last_captured_at() is None)
    with closing(archive), closing(raw):
        writer = Writer("test", lambda: both(archive, raw), archive.step)
        events: list[Event] = []
        patient = Patient(writer, events.append, sleep=lambda seconds: asyncio.sleep(min(seconds, 4) / 50))
        yield Keeper(archive, raw, patient, writer, events)
        writer.close()


def assert_sound(folder: Path, bodies: list[bytes]) -> None:
    """Each body is named once, in the archive and in its month, and hashes as it is named."""
    with closing(sqlite3.connect(folder / "archive.db")) as archive, closing(Raw(folder / "raw", make=False)) as raw:
        assert archive.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        named = [digest for (digest,) in archive.execute("SELECT sha256 FROM captures")]
        assert sorted(named) == sorted(hashlib.sha256(body).hexdigest() for body in bodies)
        assert {hashlib.sha256(raw.get(digest, NOW)).hexdigest() for digest in named} == set(named)
    with closing(sqlite3.connect(folder / "raw" / "2026-11.db")) as month:
        assert month.execute("PRAGMA integrity_check").fetchone() == ("ok",)


async def until(happened: Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while not happened():
            await asyncio.sleep(0.01)


async def test_disk_full(tmp_path: Path) -> None:
    """On a disk with room for a few bodies all of them wait, other work too; with room again, all are kept."""
    with disk(tmp_path / "data", "2m") as folder:
        async with keeper(folder) as here:
            jobs = [asyncio.ensure_future(here.keep(body)) for body in BODIES]
            await until(lambda: here.patient.since is not None)
            assert "full" in here.patient.error
            await asyncio.sleep(0.3)
            assert not all(job.done() for job in jobs)
            remount(folder, "size=32m")
            ids = await asyncio.wait_for(asyncio.gather(*jobs), timeout=20)
            assert len(set(ids)) == len(BODIES)
            assert here.kinds() == ["storage-failed", "storage-mended"]
            assert (here.patient.since, here.patient.error) == (None, "")
        assert_sound(folder, BODIES)


async def test_archive_full_bodies_not(tmp_path: Path) -> None:
    """The archive's commit fails after the bodies' did: they are orphans until the rows that name them are kept."""
    async with keeper(tmp_path) as here:
        await here.keep(BODIES[0])
        here.archive.value(f"PRAGMA max_page_count = {here.archive.value('PRAGMA page_count')}")
        job = asyncio.ensure_future(asyncio.gather(*(here.keep(body) for body in BODIES[1:])))
        await until(lambda: here.patient.since is not None)
        await here.patient(lambda: here.archive.value("PRAGMA max_page_count = 1000000"))
        await asyncio.wait_for(job, timeout=20)
        assert here.kinds() == ["storage-failed", "storage-mended"]
    assert_sound(tmp_path, BODIES)


async def test_disk_read_only(tmp_path: Path) -> None:
    """A disk that went read-only, as one with errors does, is waited for like a full one."""
    with disk(tmp_path / "raw") as bodies:
        async with keeper(tmp_path) as here:
            await here.keep(BODIES[0])
            here.raw.close()  # a disk goes read-only by a person's hand only while nothing on it is written
            remount(bodies, "ro")
            job = asyncio.ensure_future(here.keep(BODIES[1]))
            await until(lambda: here.patient.since is not None)
            remount(bodies, "rw")
            await asyncio.wait_for(job, timeout=20)
            assert here.kinds() == ["storage-failed", "storage-mended"]
        assert_sound(tmp_path, BODIES[:2])


# Holds the archive given as its argument until its input ends.
HOLD = """
import sqlite3, sys
held = sqlite3.connect(sys.argv[1], isolation_level=None)
held.execute("BEGIN EXCLUSIVE")
print("held", flush=True)
sys.stdin.read()
held.execute("ROLLBACK")
"""


async def test_archive_held_by_another_program(tmp_path: Path) -> None:
    """Longer than any try waits: work stops, readers go on, and it goes on by itself when the other lets go."""
    async with keeper(tmp_path) as here:
        await here.keep(BODIES[0])
        other = await asyncio.create_subprocess_exec(
            *(sys.executable, "-c", HOLD, tmp_path / "archive.db"), stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        assert other.stdin is not None
        assert other.stdout is not None
        await other.stdout.readline()
        job = asyncio.ensure_future(here.keep(BODIES[1]))
        await until(lambda: here.patient.since is not None)
        assert "another program holds it" in here.patient.error
        with closing(Archive(tmp_path / "archive.db", readonly=True)) as reader:
            assert reader.counts()["captures"] == {"unread": 1}
        other.stdin.close()
        await asyncio.wait_for(job, timeout=20)
        await other.wait()
        assert here.kinds() == ["storage-failed", "storage-mended"]
    assert_sound(tmp_path, BODIES[:2])


async def test_folder_of_bodies_goes(tmp_path: Path) -> None:
    """What needs no body goes on, what does waits until the folder is back: one message each, whatever succeeds."""
    async with keeper(tmp_path) as here:
        await here.keep(BODIES[0])
        (tmp_path / "raw").rename(tmp_path / "away")
        jobs = asyncio.gather(*(here.keep(body) for body in BODIES[1:5]))
        await until(lambda: here.patient.since is not None)
        assert await here.patient(here.archive.counts)
        assert here.kinds() == ["storage-failed"]
        (tmp_path / "away").rename(tmp_path / "raw")
        await asyncio.wait_for(jobs, timeout=20)
        assert here.kinds() == ["storage-failed", "storage-mended"]
    assert_sound(tmp_path, BODIES[:5])


async def test_folder_of_bodies_is_not_there_at_the_start(tmp_path: Path) -> None:
    """A second run whose disk of bodies is not mounted waits for it, and makes no folder of its own."""
    async with keeper(tmp_path) as here:
        await here.keep(BODIES[0])
    (tmp_path / "raw").rename(tmp_path / "away")
    async with keeper(tmp_path) as here:
        job = asyncio.ensure_future(here.keep(BODIES[1]))
        await until(lambda: here.patient.since is not None)
        assert "mount it" in here.patient.error
        assert not (tmp_path / "raw").exists()
        (tmp_path / "away").rename(tmp_path / "raw")
        await asyncio.wait_for(job, timeout=20)
    assert_sound(tmp_path, BODIES[:2])


async def test_archive_goes(tmp_path: Path) -> None:
    """Gone, it is waited for; another file in its place ends the run."""
    path, away = tmp_path / "archive.db", tmp_path / "away.db"
    async with keeper(tmp_path) as here:
        path.rename(away)
        job = asyncio.ensure_future(here.keep(BODIES[0]))
        await until(lambda: here.patient.since is not None)
        away.rename(path)
        await asyncio.wait_for(job, timeout=20)
        path.rename(away)
        shutil.copy(away, path)
        with pytest.raises(Replaced):
            await here.keep(BODIES[1])
        path.unlink()
        away.rename(path)
    assert_sound(tmp_path, BODIES[:1])


async def test_stopped_while_it_waits(tmp_path: Path) -> None:
    """A signal to stop gets through at once, though the storage never comes back."""
    async with keeper(tmp_path) as here:
        (tmp_path / "archive.db").rename(tmp_path / "away.db")
        jobs = [asyncio.ensure_future(here.keep(body)) for body in BODIES]
        await until(lambda: here.patient.since is not None)
        for job in jobs:
            job.cancel()
        ended = await asyncio.wait_for(asyncio.gather(*jobs, return_exceptions=True), timeout=10)
        assert all(isinstance(each, asyncio.CancelledError) for each in ended)
        assert here.kinds() == ["storage-failed"]
        (tmp_path / "away.db").rename(tmp_path / "archive.db")


# Keeps the bodies while no file may grow past 300 kB; is killed, or gets room, when it has said that it waits.
CHILD = """
import asyncio, resource, sys
from pathlib import Path
from tests.pipeline.test_patience import BODIES, keeper, until

async def run(folder):
    hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
    async with keeper(folder) as here:
        await here.keep(BODIES[0])
        resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, hard))
        jobs = asyncio.gather(*(here.keep(body) for body in BODIES[1:6]))
        await until(lambda: here.patient.since is not None)
        print("waits", flush=True)
        sys.stdin.readline()
        resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
        await jobs

asyncio.run(run(Path(sys.argv[1])))
"""


@pytest.mark.slow
@pytest.mark.parametrize("killed", [False, True])
def test_a_file_that_may_not_grow(tmp_path: Path, killed: bool) -> None:
    """An input/output error in the midst of a write: kept when it passes; killed instead, what was kept is sound."""
    child = subprocess.Popen(
        [sys.executable, "-c", CHILD, tmp_path], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert child.stdin is not None
    assert child.stdout is not None
    with child.stdin, child.stdout:
        assert child.stdout.readline() == b"waits\n"
        if killed:
            os.kill(child.pid, signal.SIGKILL)
        else:
            child.stdin.write(b"go on\n")
            child.stdin.flush()
        child.wait(timeout=30)
    assert child.returncode == (-signal.SIGKILL if killed else 0)
    assert_sound(tmp_path, BODIES[:1] if killed else BODIES[:6])


async def test_waits_longer_and_longer() -> None:
    """1, 2, 4 … 30 seconds between tries; those who wait beside the first try only after it was kept."""
    slept: list[float] = []
    tries: list[str] = []
    events: list[Event] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)
        await asyncio.sleep(0)

    async def write(function: Callable[[str], str], letter: str) -> str:
        tries.append(letter)
        if len(tries) < 12:
            raise ArchiveGone("archive.db is gone")
        return function(letter)

    patient = Patient(write, events.append, sleep=sleep, clock=lambda: float(len(slept)))
    kept: list[str] = await asyncio.gather(*(patient(str, letter) for letter in "ab"))
    assert kept == ["a", "b"]
    assert slept == [1, 2, 4, 8, 16, 30, 30, 30, 30, 30, 0]
    assert "".join(tries) == "ab" + "a" * 10 + "b"
    assert [(event.kind, event.seconds) for event in events] == [("storage-failed", 0), ("storage-mended", 11)]
    assert "gone; nothing is lost" in events[0].told


@pytest.mark.parametrize("error", [ValueError("mine"), sqlite3.IntegrityError("twice"), FileNotFoundError(2, "no")])
async def test_what_no_waiting_mends(error: Exception) -> None:
    """A mistake of a job is its caller's at once, first or while it waits, and nobody is told of storage."""
    for failures in ([error], [ArchiveGone("gone"), error]):
        events: list[Event] = []
        patient = Patient(failing(failures), events.append, sleep=lambda _: asyncio.sleep(0))
        with pytest.raises(type(error)):
            await patient(lambda: None)
        assert patient.since is None
        assert [event.kind for event in events] == ["storage-failed"][: len(failures) - 1]


def failing(errors: list[Exception]) -> Callable[..., Awaitable[Any]]:
    left = list(errors)

    async def write(_function: Callable[..., Any]) -> Any:
        raise left.pop(0)

    return write
