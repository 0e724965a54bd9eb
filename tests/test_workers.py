"""A job that hangs, crashes or outgrows its memory costs itself alone."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from collector.errors import NoWorker, SourceError, WorkerError
from collector.workers import Workers
from storage.records import Result

NOW = datetime(2026, 11, 22, tzinfo=UTC)
PAGE = (
    b"<html><body><article><h1>Tide</h1><p>"
    + b"The tide came in at noon, as it does. " * 9
    + b"</p></article></body></html>"
)


async def read(workers: Workers) -> Result:
    result: Result = await workers.run("extract", PAGE, "https://e.org/tide", "text/html", NOW)
    return result


async def test_a_job_is_answered() -> None:
    """A page goes in, its article comes out; many at once share the processes."""
    async with Workers(2) as workers:
        results = await asyncio.gather(*(read(workers) for _ in range(20)))
    assert {result.articles[0].title for result in results} == {"Tide"}


@pytest.mark.parametrize(
    ("job", "argument", "said"),
    [
        pytest.param("hang", None, "no answer within 1 seconds", marks=pytest.mark.slow),
        ("crash", None, "SIGSEGV"),
        pytest.param("leave", 3, "exit code 3", marks=pytest.mark.slow),
        pytest.param("killed", None, "SIGKILL", marks=pytest.mark.slow),  # it is tried again and again first
        pytest.param("grow", 8 << 30, "MemoryError", marks=pytest.mark.slow),
        pytest.param("raise", "odd page", "ValueError: odd page", marks=pytest.mark.slow),
    ],
)
async def test_a_bad_job_costs_itself_alone(job: str, argument: object, said: str) -> None:
    """It raises WorkerError that says why; jobs before, beside and after it are answered."""
    async with Workers(2, limit=1.0, module="tests.bad_worker") as workers:
        good = [asyncio.ensure_future(workers.run("echo", number)) for number in range(10)]
        with pytest.raises(WorkerError, match=said):
            await workers.run(job, argument)
        assert await asyncio.gather(*good) == list(range(10))
        assert await workers.run("echo", "still here") == "still here"


@pytest.mark.slow
@pytest.mark.parametrize(("tries", "answered"), [(2, True), (9, False)])
async def test_no_worker_can_be_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tries: int, answered: bool
) -> None:
    """No page is at fault: its job waits; and when it lasts, the error is not the page's."""
    left = tmp_path / "left"
    left.write_bytes(b"." * tries)
    monkeypatch.setenv("LATE_WORKER", str(left))
    async with Workers(1, module="tests.late_worker", start_after=(0.0, 0.01, 0.01, 0.01)) as workers:
        if answered:
            assert await workers.run("echo", "at last") == "at last"
        else:
            with pytest.raises(NoWorker, match=r"no worker can be started.*exit code 7"):
                await workers.run("echo", "never")


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
@pytest.mark.slow
async def test_a_worker_killed_from_outside_costs_nothing(number: signal.Signals) -> None:
    """Neither the job that it was at nor the next one: both are done by other workers."""
    async with Workers(1, limit=20.0, module="tests.bad_worker") as workers:
        os.kill(await workers.run("pid", None), number)
        busy = await workers.run("pid", None)
        slow = asyncio.ensure_future(workers.run("sleep", 0.5))
        await asyncio.sleep(0.2)
        os.kill(busy, number)
        await slow
        assert await workers.run("pid", None) != busy


async def test_our_own_errors_come_back_as_they_are() -> None:
    """What a job says in our words is said again by its caller."""
    async with Workers(1) as workers:
        with pytest.raises(SourceError, match="an empty document"):
            await workers.run(
                *("parse", b"", "https://e.org/feed"), content_type="text/xml", kind=None, fetched_at=NOW, status=200
            )


async def test_a_cancelled_job_leaves_no_answer_behind() -> None:
    """The next job does not get the answer of one that was given up."""
    async with Workers(1, limit=5.0, module="tests.bad_worker") as workers:
        slow = asyncio.ensure_future(workers.run("sleep", 0.5))
        await asyncio.sleep(0.2)
        slow.cancel()
        assert await workers.run("echo", "mine") == "mine"


@pytest.mark.slow
def test_workers_end_with_their_parent(tmp_path: Path) -> None:
    """A parent that is killed leaves no process behind, even when its worker was busy."""
    script = tmp_path / "parent.py"
    script.write_text(
        "import asyncio\n"
        "from collector.workers import Workers\n"
        "async def main():\n"
        "    workers = Workers(1, limit=1.0, module='tests.bad_worker')\n"
        "    print(await workers.run('pid', None), flush=True)\n"
        "    await workers.run('hang', None)\n"
        "asyncio.run(main())\n"
    )
    parent = subprocess.Popen([sys.executable, script], stdout=subprocess.PIPE, text=True, cwd=Path.cwd(), env=_env())
    assert parent.stdout is not None
    worker = int(parent.stdout.readline())
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    parent.stdout.close()
    deadline = time.monotonic() + 20
    while _alive(worker):
        assert time.monotonic() < deadline, "the worker outlived its parent"
        time.sleep(0.1)


def _env() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(Path.cwd())}


def _alive(pid: int) -> bool:
    """Running, and not merely waiting for init to read its exit code."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def test_workers_are_light() -> None:
    """They hold what reads pages and bodies, not the archive with its libraries: each start costs what it imports."""
    code = "import collector.worker, sys; print(*(each for each in sys.modules))"
    held = set(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split())
    assert not held & {"storage.archive", "sqlite_utils", "httpx", "apscheduler", "structlog", "warcio", "tqdm"}
