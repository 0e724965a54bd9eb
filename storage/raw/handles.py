"""Files that are open in this process by SQLite, counted, so that they can be read as plain bytes without harm.

To close a file takes every lock of the process off it, those of SQLite's own connections, too: another process would
take itself for the last one and delete the -wal that is still written to (https://sqlite.org/howtocorrupt.html, 2.2).
So what was opened to be read as bytes stays open until the last connection to a month file is closed; of a file whose
connections nobody counts, as archive.db, for good.
"""

import os
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from storage.trouble import Identity, identity

_lock = threading.Lock()
_users: Counter[Identity] = Counter()
_plain: dict[Identity, int] = {}


def use(path: Path) -> Identity | None:
    """A connection to the file begins, or is about to; None while there is no file."""
    with _lock:
        found = identity(path)
        if found is not None:
            _users[found] += 1
        return found


def done(found: Identity | None) -> None:
    """It is closed."""
    with _lock:
        if found is not None and _left(found) == 0 and found in _plain:
            os.close(_plain.pop(found))


@contextmanager
def plain(path: Path) -> Iterator[int]:
    """A handle to read the file as it is, by `os.pread` alone. Raises FileNotFoundError."""
    with _lock:
        found = identity(path)
        if found is None or found not in _plain:
            handle = os.open(path, os.O_RDONLY)
            stat = os.fstat(handle)
            found = stat.st_dev, stat.st_ino
            _plain[found] = handle
        _users[found] += 1
    try:
        yield _plain[found]
    finally:
        with _lock:
            _left(found)


def _left(found: Identity) -> int:
    _users[found] -= 1
    return _users[found] or _users.pop(found)
