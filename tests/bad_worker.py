"""A worker process whose jobs misbehave on demand. Run as `python -m tests.bad_worker`, as `workers` runs its own."""

import ctypes
import os
import signal
import sys
import time

from collector import worker


def _hang(_: object) -> None:
    while True:
        pass


def _raise(message: str) -> None:
    raise ValueError(message)


worker.JOBS |= {
    "echo": lambda value: value,
    "pid": lambda _: os.getpid(),
    "sleep": time.sleep,
    "hang": _hang,
    "crash": lambda _: ctypes.string_at(0),
    "leave": os._exit,
    "killed": lambda _: os.kill(os.getpid(), signal.SIGKILL),
    "grow": lambda size: len(bytearray(size)),
    "raise": _raise,
}

if __name__ == "__main__":
    worker.main(float(sys.argv[1]), int(sys.argv[2]))
