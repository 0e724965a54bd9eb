"""One instance a data folder: a lock that dies with its process."""

import errno
import fcntl
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

NAME = "newskeep.lock"  # the file that is held; it stays
MOMENT = 1.0  # seconds: a process that was killed between fork and exec of its child lives on in that child as long
TAKEN = frozenset({errno.EWOULDBLOCK, errno.EACCES})  # flock(2); NFS answers with the second

Flock = Callable[[int, int], None]


class Locked(RuntimeError):
    """Another process works in this data folder. `holder`: which one, in words."""

    def __init__(self, message: str, holder: str = "another process") -> None:
        super().__init__(message)
        self.holder = holder


class NoLocks(OSError):
    """The file system of the data folder knows no locks."""


@contextmanager
def locked(folder: Path, *, flock: Flock = fcntl.flock) -> Iterator[None]:
    """Hold the folder for the length of the block.

    Raises Locked, with the other's process id where it is known, NoLocks where none can be held, OSError where
    nothing can be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / NAME).open("a+") as file:  # close-on-exec: no worker inherits it
        _take(file, folder, flock)
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        try:
            yield
        finally:
            with suppress(OSError):  # the disk is gone
                file.truncate(0)  # a number that outlived its process would be another's one day


def _take(file: IO[str], folder: Path, flock: Flock) -> None:
    until = time.monotonic() + MOMENT
    while True:
        try:
            return flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            if error.errno not in TAKEN:
                said = f"{folder}: its file system knows no locks ({error}); keep `data` on a local disk"
                raise NoLocks(said) from error
            if time.monotonic() > until:
                holder = _holder(file)
                raise Locked(f"{folder}: {holder} is at work here; wait for it to end, or stop it", holder) from error
        time.sleep(MOMENT / 20)


def _holder(file: IO[str]) -> str:
    file.seek(0)
    number = file.read().strip()
    return f"process {number}" if number else "another process"
