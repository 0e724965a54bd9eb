"""The references that were read last, so that the pages of a site are read in a row without unpacking it each time."""

from collections import OrderedDict
from collections.abc import Callable

ROOM = 32 << 20  # bytes; pages of 300 kB: a hundred references


class Cache:
    """Bodies by digest: what has been asked for least recently goes first. Used by one thread at a time."""

    def __init__(self, room: int = ROOM) -> None:
        self._kept: OrderedDict[str, bytes] = OrderedDict()
        self._room = room

    def get(self, sha256: str, read: Callable[[str], bytes]) -> bytes:
        """The body, read when it is not here. What `read` raises passes through."""
        if sha256 in self._kept:
            self._kept.move_to_end(sha256)
            return self._kept[sha256]
        body = read(sha256)
        if len(body) <= self._room:
            self._kept[sha256] = body
            self._room -= len(body)
        while self._room < 0:
            self._room += len(self._kept.popitem(last=False)[1])
        return body

    def drop(self, sha256: str) -> None:
        """Forget a body that was removed."""
        self._room += len(self._kept.pop(sha256, b""))
