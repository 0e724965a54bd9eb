"""What the daemon looks like from outside at one moment: its files, its worker processes. Asks the system alone."""

import os
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from storage.archive.queues import Queues


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """Sizes in bytes; of the process itself the metrics tell memory and open files without this."""

    queues: Queues
    archive_bytes: int = 0
    raw_bytes: int = 0
    free_bytes: int | None = None  # None: the folder cannot be asked
    workers: int = 0
    workers_resident_bytes: int = 0
    worker_failures: int = 0  # since the start
    tasks: int = 0  # of the event loop


def snapshot(queues: Queues, data: Path, *, worker_failures: int = 0, tasks: int = 0) -> Snapshot:
    """Measured now. `data`: the folder of archive.db and raw/. Reads the disk: for a thread, once in a while."""
    children = [resident for pid in _children() if (resident := _resident(pid)) is not None]
    return Snapshot(
        queues=queues,
        archive_bytes=_sizes(data.glob("archive.db*")),
        raw_bytes=_sizes((data / "raw").glob("*.db*")),
        free_bytes=_free(data),
        workers=len(children),
        workers_resident_bytes=sum(children),
        worker_failures=worker_failures,
        tasks=tasks,
    )


def _sizes(paths: Iterable[Path]) -> int:
    total = 0
    for path in paths:
        try:
            total += path.stat().st_size
        except OSError:  # a journal that just went, a disk that is away
            continue
    return total


def _free(folder: Path) -> int | None:
    try:
        return shutil.disk_usage(folder).free
    except OSError:
        return None


def _children() -> Iterator[int]:
    """Processes that this one started, where the system tells (proc(5), `/proc/pid/task/tid/children`)."""
    for path in Path("/proc/self/task").glob("*/children"):
        try:
            yield from map(int, path.read_text("ascii").split())
        except OSError:  # the thread ended
            continue


def _resident(pid: int) -> int | None:
    try:
        pages = Path(f"/proc/{pid}/statm").read_text("ascii").split()
    except OSError:  # the process ended
        return None
    return int(pages[1]) * os.sysconf("SC_PAGE_SIZE")
