"""
The bytes of a file -> streams that are read forward: gzip members, zstd frames, or the file as it is. In bounded
memory: no more than a block of it is unpacked at a time. Knows not what is in it.

gzip: RFC 1952, members one after the other. zstd: RFC 8878, frames; a skippable frame at the beginning may hold the
dictionary of all of them (https://iipc.github.io/warc-specifications/specifications/warc-zstd/).
"""

import io
import zlib
from collections.abc import Callable
from typing import Any, BinaryIO, Protocol

from backports import zstd

BLOCK = 1 << 14
LONGEST_LINE = 1 << 16
LONGEST_HEAD = 1 << 20  # bytes of lines in one record
GZIP, ZSTD = b"\x1f\x8b\x08", b"\x28\xb5\x2f\xfd"
DICTIONARY = b"\x5d\x2a\x4d\x18"
SKIPPABLE = tuple(bytes([0x50 + low]) + b"\x2a\x4d\x18" for low in range(16))
LARGEST_DICTIONARY = 1 << 24
LARGEST_WINDOW = 27  # log2 of bytes: what one stream may take


class Damaged(Exception):
    """Bytes that are not what they should be, and why, in words."""


class Unpackable(Damaged):
    """Nothing more of this member can be had."""


class Tape:
    """A file that is read forward; what was read too far can be put back. `offset`: of the next byte."""

    def __init__(self, file: BinaryIO) -> None:
        self._file, self._back, self.offset = file, b"", 0

    def read(self, size: int) -> bytes:
        """At most `size` bytes; none at the end."""
        if self._back:
            piece, self._back = self._back[:size], self._back[size:]
        else:
            piece = self._file.read(size)
        self.offset += len(piece)
        return piece

    def put_back(self, data: bytes) -> None:
        self._back = data + self._back
        self.offset -= len(data)

    def peek(self, size: int) -> bytes:
        """The next `size` bytes, or as many as are left."""
        pieces = b""
        while len(pieces) < size and (piece := self.read(size - len(pieces))):
            pieces += piece
        self.put_back(pieces)
        return pieces

    def seek(self, offset: int) -> None:
        self._back, self.offset = b"", self._file.seek(offset)

    def find(self, mark: bytes) -> bool:
        """Go on to the next place where `mark` stands. False: there is none, and the tape is at its end."""
        tail = b""
        while piece := self.read(BLOCK):
            at = (tail + piece).find(mark)
            if at >= 0:
                self.put_back((tail + piece)[at:])
                return True
            tail = (tail + piece)[1 - len(mark) :]
        return False


class Stream(io.BufferedReader):
    """Lines and bytes of one member. `room`: bytes of lines that may still be read; more raise Damaged."""

    room = LONGEST_HEAD

    def readline(self, size: int | None = -1, /) -> bytes:
        line = super().readline(LONGEST_LINE if size is None or size < 0 else min(size, LONGEST_LINE))
        self.room -= len(line)
        if self.room < 0:
            raise Damaged(f"headers of more than {LONGEST_HEAD:,} bytes")
        return line


class Unpacker(Protocol):
    @property
    def eof(self) -> bool: ...

    @property
    def needs_input(self) -> bool: ...

    @property
    def unused_data(self) -> bytes: ...

    def decompress(self, data: bytes, max_length: int) -> bytes: ...


class Packing:
    """How a file is packed, told by its first bytes. `magic`: what each member begins with; b"" for none."""

    def __init__(self, tape: Tape) -> None:
        """Raises Damaged where a dictionary cannot be read."""
        self.magic = b""
        self._unpacker: Callable[[], Unpacker] | None = None
        head = _telling(tape)
        if head.startswith(GZIP):
            self.magic, self._unpacker = GZIP, _Gzip
        elif head == ZSTD or head in SKIPPABLE:
            words = _dictionary(tape) if head == DICTIONARY else None
            options = {int(zstd.DecompressionParameter.window_log_max): LARGEST_WINDOW}
            self.magic, self._unpacker = ZSTD, lambda: zstd.ZstdDecompressor(words, options)

    def at_end(self, tape: Tape) -> bool:
        """Is there no other member? Frames that hold no data are passed over."""
        while self.magic == ZSTD and tape.peek(4) in SKIPPABLE:
            _skip(tape)
        return not tape.peek(1)

    def open(self, tape: Tape) -> Stream:
        """The member at which the tape stands. Read to its end, the tape stands at the next one; raises Damaged."""
        if self._unpacker is None:
            return Stream(_Plain(tape), BLOCK)
        return Stream(_Packed(tape, self._unpacker()), BLOCK)


def _telling(tape: Tape) -> bytes:
    """The first four bytes; where they tell nothing, those of the first member behind them."""
    head = tape.peek(4)
    if head.startswith(GZIP) or head in (ZSTD, b"WARC", *SKIPPABLE):
        return head
    block = tape.peek(LONGEST_HEAD)
    places = {block.find(mark): mark for mark in (GZIP, ZSTD, b"WARC/") if mark in block}
    return places[min(places)] if places else head


def _dictionary(tape: Tape) -> zstd.ZstdDict:
    """The dictionary that the file begins with, itself packed or not."""
    size = int.from_bytes(tape.peek(8)[4:], "little")
    if size > LARGEST_DICTIONARY:
        raise Damaged(f"a dictionary of {size:,} bytes")
    data = tape.peek(8 + size)[8:]
    if len(data) < size:
        raise Damaged("a dictionary that is cut off")
    try:
        return zstd.ZstdDict(zstd.decompress(data) if data.startswith(ZSTD) else data)
    except (zstd.ZstdError, ValueError) as error:
        raise Damaged(f"a dictionary that cannot be read: {error}") from error


def _skip(tape: Tape) -> None:
    """Past a skippable frame: four bytes of magic, four of length."""
    tape.seek(tape.offset + 8 + int.from_bytes(tape.peek(8)[4:], "little"))


class _Gzip:
    """zlib's decompressor with the manners of zstd's."""

    def __init__(self) -> None:
        self._inflate = zlib.decompressobj(zlib.MAX_WBITS | 16)

    @property
    def eof(self) -> bool:
        return self._inflate.eof

    @property
    def needs_input(self) -> bool:
        return not self._inflate.unconsumed_tail

    @property
    def unused_data(self) -> bytes:
        return self._inflate.unused_data

    def decompress(self, data: bytes, max_length: int) -> bytes:
        return self._inflate.decompress(self._inflate.unconsumed_tail + data, max_length)


class _Plain(io.RawIOBase):
    def __init__(self, tape: Tape) -> None:
        self._tape = tape

    def readable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._tape.offset

    def readinto(self, room: Any, /) -> int:
        view = memoryview(room).cast("B")
        piece = self._tape.read(len(view))
        view[: len(piece)] = piece
        return len(piece)


class _Packed(_Plain):
    def __init__(self, tape: Tape, unpacker: Unpacker) -> None:
        super().__init__(tape)
        self._unpacker = unpacker
        self._ended = False

    def readinto(self, room: Any, /) -> int:
        view = memoryview(room).cast("B")
        try:
            piece = self._some(len(view))
        except (zlib.error, zstd.ZstdError) as error:
            raise Unpackable(f"it cannot be unpacked: {error}") from error
        view[: len(piece)] = piece
        return len(piece)

    def _some(self, size: int) -> bytes:
        unpacker = self._unpacker
        while not unpacker.eof:
            data = self._tape.read(BLOCK) if unpacker.needs_input else b""
            piece = unpacker.decompress(data, size)
            if piece:
                return piece
            if not data and unpacker.needs_input and not unpacker.eof:
                raise Unpackable("it is cut off")
        if not self._ended:
            self._ended = True
            self._tape.put_back(unpacker.unused_data)
        return b""
