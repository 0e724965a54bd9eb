"""A process that has newskeep loaded and forks a child for each command: one that is killed costs no start of Python.

    python -m tests.killer FOLDER      each line of stdin: JSON of [seconds or null, argument, ...]

It answers each line with the exit code, negative for a signal, and the seconds that it took.
"""

import json
import os
import signal
import subprocess
import sys
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from collector.cli import main as newskeep

ROOT = Path(__file__).parent.parent


class Killer:
    """The other end of the process, for tests."""

    def __init__(self, told: IO[str], said: IO[str]) -> None:
        self._told, self._said = told, said

    def run(self, folder: Path, *arguments: str, kill_after: float | None = None) -> tuple[int, float]:
        """Run a command in a folder, killed with -9 after so many seconds. Its exit code, and how long it took."""
        self._told.write(json.dumps([str(folder), kill_after, *arguments]) + "\n")
        self._told.flush()
        code, seconds = json.loads(self._said.readline())
        return code, seconds


@contextmanager
def running() -> Iterator[Killer]:
    """The process, for as long as the block takes."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.killer"], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdin is not None and process.stdout is not None
    with process:
        yield Killer(process.stdin, process.stdout)
        process.stdin.close()


def main() -> None:
    for line in sys.stdin:
        folder, kill_after, *arguments = json.loads(line)
        began = time.monotonic()
        child = os.fork()
        if not child:
            _be(folder, arguments)
        with suppress(PermissionError):  # the child has done it, and begun
            os.setpgid(child, child)
        while kill_after is None or time.monotonic() - began < kill_after:
            if (ended := os.waitpid(child, os.WNOHANG))[0]:
                break
            time.sleep(0.001)
        else:
            os.killpg(child, signal.SIGKILL)
            ended = os.waitpid(child, 0)
        print(json.dumps([os.waitstatus_to_exitcode(ended[1]), time.monotonic() - began]), flush=True)


def _be(folder: str, arguments: list[str]) -> None:
    """The command, in a group of its own with its workers."""
    os.setpgid(0, 0)
    code = 1
    os.chdir(folder)
    sink = os.open("said.txt", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    for stream in (1, 2):
        os.dup2(sink, stream)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    try:
        newskeep(arguments, prog_name="newskeep")
        code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 0 if end.code is None else 1
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    main()
