"""What a page reads from: the archive as it is in one moment, and the bodies beside it."""

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path

from storage.archive import Archive
from storage.archive.base import Row
from storage.datasette.links import Links
from storage.raw import Raw
from storage.raw.errors import MissingBody, RawFolderGone


@dataclass
class Reading:
    """For the length of one page, in one thread. database: the archive's name in Datasette. now: of the page.

    hide: what may not be told of the address of a source, a key or a password, made ***.
    link: addresses of our pages. absolute: one of them as those ask for it who are elsewhere.
    """

    archive: Archive
    database: str
    now: datetime
    hide: Callable[[str], str]
    link: Links
    absolute: Callable[[str], str]

    @cached_property
    def _raw(self) -> Raw:
        return Raw(Path(self.archive.path).parent / "raw", readonly=True)

    def body(self, capture: Row) -> bytes | None:
        """The bytes of a capture: a row with `sha256` and `fetched_at`. None where they are not there, or damaged."""
        try:
            return self._raw.get(capture["sha256"], datetime.fromisoformat(capture["fetched_at"]))
        except (MissingBody, RawFolderGone, sqlite3.Error):
            return None

    def close(self) -> None:
        if "_raw" in self.__dict__:
            self._raw.close()
