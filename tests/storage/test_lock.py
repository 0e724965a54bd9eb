"""One instance a data folder."""

import errno
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from storage.lock import Locked, NoLocks, locked

# Holds the folder, starts a child as workers are started, and waits for its end.
HOLDER = """
import asyncio, sys
from pathlib import Path
from storage.lock import locked

async def hold():
    child = await asyncio.create_subprocess_exec(sys.executable, "-c", "import time; time.sleep(60)")
    print(child.pid, flush=True)
    await child.wait()

with locked(Path(sys.argv[1])):
    asyncio.run(hold())
"""
ROOT = Path(__file__).parents[2]


@pytest.mark.slow
def test_dies_with_its_process_though_a_worker_lives_on(tmp_path: Path) -> None:
    """Held, it names its process; killed with -9, the next instance begins at once, beside the orphaned worker."""
    holder = subprocess.Popen([sys.executable, "-c", HOLDER, tmp_path], cwd=ROOT, stdout=subprocess.PIPE)
    assert holder.stdout is not None
    child = int(holder.stdout.readline())
    try:
        with pytest.raises(Locked, match=f"process {holder.pid} is at work here"), locked(tmp_path):
            pass
        holder.kill()
        holder.wait()
        os.kill(child, 0)  # it lives
        began = time.monotonic()
        with locked(tmp_path):
            assert time.monotonic() - began < 0.5
    finally:
        os.kill(child, signal.SIGKILL)
        holder.stdout.close()


def test_a_number_that_is_left_names_nobody(tmp_path: Path) -> None:
    """After an orderly end the file names no process; the folder is free."""
    for _ in range(2):
        with locked(tmp_path):
            assert (tmp_path / "newskeep.lock").read_text() == str(os.getpid())
        assert (tmp_path / "newskeep.lock").read_text() == ""


def test_freed_within_a_moment(tmp_path: Path) -> None:
    """A holder that is just ending does not turn the next one away."""
    said = [OSError(errno.EWOULDBLOCK, "held"), OSError(errno.EWOULDBLOCK, "held")]

    def flock(_file: int, _how: int) -> None:
        if said:
            raise said.pop()

    with locked(tmp_path, flock=flock):
        assert not said


@pytest.mark.parametrize("code", [errno.ENOLCK, errno.ENOTSUP, errno.ENOSYS, errno.EINVAL])
def test_a_file_system_without_locks(tmp_path: Path, code: int) -> None:
    """It is said at once what to do."""

    def flock(_file: int, _how: int) -> None:
        raise OSError(code, os.strerror(code))

    with pytest.raises(NoLocks, match="local disk"), locked(tmp_path, flock=flock):
        pass
