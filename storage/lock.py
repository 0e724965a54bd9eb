"""One instance a data folder: a lock that dies with its process."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class Locked(RuntimeError):
    """Another process works in this data folder."""


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the folder for the length of the block. Raises Locked, with the other's process id where it is known."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "newskeep.lock"
    with path.open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            file.seek(0)
            holder = file.read().strip() or "another process"
            raise Locked(f"{folder}: process {holder} is at work here; wait for it to end, or stop it") from error
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield
