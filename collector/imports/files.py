"""
WARC files, and those in a WACZ (https://specs.webrecorder.net/wacz/1.1.1/: a zip with WARC files in archive/).

Of a WACZ nothing is unpacked to the disk: each file in it is read where it lies. Knows not what records mean.
"""

import hashlib
import io
import struct
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO, cast

from collector.errors import CollectorError
from collector.imports import warc
from collector.imports.items import Choice, Item, Kind, Place

ENDS = 1 << 16  # bytes of a file's beginning and end that tell it from others
WARC_NAMES = (".warc", ".warc.gz", ".warc.zst")
LOCAL = struct.Struct("<26xHH")  # of a zip's local file header: the lengths of name and extra field (APPNOTE 4.3.7)
BUFFER = 1 << 18


class Warc:
    """A file of records. Raises OSError when it cannot be read."""

    kind: Kind = "warc"

    def __init__(self, file: Path) -> None:
        self._file, self.path, self.size = file, str(file.absolute()), file.stat().st_size
        with self._open() as opened:
            head = opened.read(ENDS)
            opened.seek(max(0, self.size - ENDS))
            self.mark = hashlib.sha256(head + opened.read(ENDS)).hexdigest()

    @property
    def end(self) -> int:
        return self.size

    def items(self, after: Place, choice: Choice, limit: int, now: datetime) -> Iterator[Item]:
        with self._open() as opened:
            yield from warc.items(opened, after, choice, limit, now)

    @contextmanager
    def _open(self) -> Iterator[BinaryIO]:
        with self._file.open("rb") as opened:
            yield opened


class Packed(Warc):
    """One of the files in a WACZ."""

    kind: Kind = "wacz"

    def __init__(self, file: Path, name: str) -> None:
        self._name = name
        super().__init__(file)
        with zipfile.ZipFile(file) as whole:
            self.size = whole.getinfo(name).file_size
        self.path = f"{self.path}!{name}"

    @contextmanager
    def _open(self) -> Iterator[BinaryIO]:
        with zipfile.ZipFile(self._file) as whole, self._file.open("rb") as raw:
            info = whole.getinfo(self._name)
            if info.compress_type == zipfile.ZIP_STORED and not info.flag_bits & 1:
                raw.seek(info.header_offset)
                name, extra = LOCAL.unpack(raw.read(LOCAL.size))
                begin = info.header_offset + LOCAL.size + name + extra
                yield cast(BinaryIO, io.BufferedReader(_Window(raw, begin, info.file_size), BUFFER))
            else:
                with whole.open(info) as opened:
                    yield cast(BinaryIO, opened)


def packed(file: Path) -> list[Packed]:
    """The WARC files in a WACZ, by their names. Raises CollectorError when it is no whole zip, or holds none."""
    try:
        with zipfile.ZipFile(file) as whole:
            names = sorted(name for name in whole.namelist() if name.lower().endswith(WARC_NAMES))
        found = [Packed(file, name) for name in names]
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:  # cut off; an unknown method; encrypted
        raise CollectorError(f"{file}: cannot be read as WACZ: {error}") from error
    if not found:
        raise CollectorError(f"{file}: holds no WARC file")
    return found


class _Window(io.RawIOBase):
    """A stretch of a file as a file of its own."""

    def __init__(self, file: BinaryIO, begin: int, size: int) -> None:
        self._file, self._begin, self._size, self._at = file, begin, size, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        self._at = max(0, base + offset)
        return self._at

    def tell(self) -> int:
        return self._at

    def readinto(self, room: Any, /) -> int:
        view = memoryview(room).cast("B")
        self._file.seek(self._begin + self._at)
        piece = self._file.read(min(len(view), max(0, self._size - self._at)))
        view[: len(piece)] = piece
        self._at += len(piece)
        return len(piece)
