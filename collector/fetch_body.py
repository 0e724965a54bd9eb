"""
A body as it comes from the network -> decoded bytes, or a file of them, within a limit and in bounded memory.

Every decoder gives at most PIECE bytes at a time, so a bomb ends at the limit and not after it was unpacked.
Knows no address, no time and no redirect.
"""

import io
import zlib
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, contextmanager
from pathlib import Path
from typing import Protocol

import brotli

ACCEPTED = "gzip, deflate, br"
PIECE = 64 * 1024
LARGE = 1 << 20  # bodies above this size ask for room
GZIP, GZIP_MAGIC = zlib.MAX_WBITS | 16, b"\x1f\x8b"
MOST_LAYERS = 3  # encodings upon encodings; curl stops at five


class BodyError(Exception):
    """No whole body. `reason`: too-large, truncated or encoding."""

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason


class Unwritable(OSError):
    """Our own disk does not take a body."""


class Decoder(Protocol):
    @property
    def finished(self) -> bool: ...

    def feed(self, data: bytes) -> Iterator[bytes]:
        """Pieces of at most PIECE bytes. Raises BodyError."""


Room = Callable[[], AbstractAsyncContextManager[None]]


def decode(data: bytes, encoding: str, limit: int, more: Mapping[str, Callable[[], Decoder]]) -> bytes:
    """A body that is at hand, decoded, of at most `limit` bytes. `more`: decoders of other encodings by their names.

    Raises BodyError.
    """
    decoders = [more[name]() if name in more else _decoder(name) for name in _layers(encoding)]
    with io.BytesIO() as kept:
        for piece in _decoded(data, decoders):
            if kept.tell() + len(piece) > limit:
                raise BodyError("too-large", f"more than {limit:,} bytes")
            kept.write(piece)
        _check_end(decoders, encoding, began=bool(data))
        return kept.getvalue()


async def read(chunks: AsyncIterator[bytes], encoding: str, limit: int, room: Room) -> bytes:
    """The decoded body of at most `limit` bytes; `room` is held while a body larger than LARGE is read.

    Raises BodyError.
    """
    # getvalue() hands the buffer over without a copy, and `with` drops it where an error would keep it alive
    with io.BytesIO() as kept:
        async with AsyncExitStack() as rooms:
            async for piece in _pieces(chunks, encoding, limit):
                if kept.tell() <= LARGE < kept.tell() + len(piece):
                    await rooms.enter_async_context(room())
                kept.write(piece)
            return kept.getvalue()


async def save(chunks: AsyncIterator[bytes], encoding: str, limit: int, into: Path) -> int:
    """Write the decoded body of at most `limit` bytes to a file; returns their number. Raises BodyError, Unwritable."""
    with _our_disk(into):
        file = into.open("wb")
    try:
        async for piece in _pieces(chunks, encoding, limit):
            with _our_disk(into):
                file.write(piece)  # in no thread of its own: a piece is small, and goes to the system's memory
        return file.tell()
    finally:
        with _our_disk(into):
            file.close()


@contextmanager
def whole(file: Path | None) -> Iterator[None]:
    """What is written to the file inside is whole, or is no more."""
    try:
        yield
    except BaseException:
        if file is not None:
            file.unlink(missing_ok=True)
        raise


@contextmanager
def _our_disk(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise Unwritable(error.errno, error.strerror, str(path)) from error


async def _pieces(chunks: AsyncIterator[bytes], encoding: str, limit: int) -> AsyncIterator[bytes]:
    decoders = [_decoder(name) for name in _layers(encoding)]
    began, size = False, 0
    async for chunk in chunks:
        began = began or bool(chunk)
        for piece in _decoded(chunk, decoders):
            size += len(piece)
            if size > limit:
                raise BodyError("too-large", f"more than {limit:,} bytes")
            yield piece
    _check_end(decoders, encoding, began=began)


def _check_end(decoders: Sequence[Decoder], encoding: str, *, began: bool) -> None:
    if began and not all(decoder.finished for decoder in decoders):
        raise BodyError("truncated", f"the {encoding} stream ends early")


def _layers(encoding: str) -> list[str]:
    """Content-Encoding lists the layers from the inside out (RFC 9110 8.4); they come off from the outside in."""
    names = [name.strip().lower() for name in encoding.split(",")]
    names = [name for name in names if name not in ("", "identity")]
    if len(names) > MOST_LAYERS:
        raise BodyError("encoding", f"{len(names)} content encodings upon each other")
    return names[::-1]


def _decoded(data: bytes, decoders: list[Decoder]) -> Iterator[bytes]:
    if not decoders:
        yield data
        return
    for piece in decoders[0].feed(data):
        yield from _decoded(piece, decoders[1:])


def _decoder(name: str) -> Decoder:
    match name:
        case "gzip" | "x-gzip":
            return _Zlib(GZIP)
        case "deflate":
            return _Deflate()
        case "br":
            return _Brotli()
        case _:
            raise BodyError("encoding", f"unknown content encoding {name[:40]!r}")


class _Zlib:
    """What zlib unpacks: gzip of one or more members, zlib, or bare deflate, as `bits` say."""

    def __init__(self, bits: int) -> None:
        self._bits = bits
        self._inflate = zlib.decompressobj(bits)
        self.finished = False

    def feed(self, data: bytes) -> Iterator[bytes]:
        more = True
        while data or more:  # zlib may hold output back when all input is taken
            if self.finished and not self._next_member(data):
                return
            piece = self._inflated(data)
            if piece:
                yield piece
            more, self.finished = bool(piece), self._inflate.eof
            data = self._inflate.unused_data if self.finished else self._inflate.unconsumed_tail

    def _next_member(self, data: bytes) -> bool:
        """A gzip body may hold several members (RFC 1952 2.2); padding after the last one is common and harmless."""
        if self._bits != GZIP or not data or not data.startswith(GZIP_MAGIC[: len(data)]):
            return False
        self._inflate, self.finished = zlib.decompressobj(self._bits), False
        return True

    def _inflated(self, data: bytes) -> bytes:
        try:
            return self._inflate.decompress(data, PIECE)
        except zlib.error as e:
            raise BodyError("encoding", f"broken compressed body: {e}") from e


class _Deflate:
    """ "deflate" is zlib (RFC 9110 8.4.1.2), but some servers send it bare: the first two bytes tell (RFC 1950 2.2)."""

    def __init__(self) -> None:
        self._head = b""
        self._inner: _Zlib | None = None

    @property
    def finished(self) -> bool:
        return self._inner is not None and self._inner.finished

    def feed(self, data: bytes) -> Iterator[bytes]:
        if self._inner is None:
            self._head = data = self._head + data
            if len(data) < 2:
                return
            is_zlib = data[0] & 0x0F == 8 and int.from_bytes(data[:2], "big") % 31 == 0
            self._inner = _Zlib(zlib.MAX_WBITS if is_zlib else -zlib.MAX_WBITS)
        yield from self._inner.feed(data)


class _Brotli:
    def __init__(self) -> None:
        self._inflate = brotli.Decompressor()
        self.finished = False

    def feed(self, data: bytes) -> Iterator[bytes]:
        if self.finished:
            return  # padding after the end
        try:
            piece = self._inflate.process(data, output_buffer_limit=PIECE)
            while piece or not self._inflate.can_accept_more_data():
                yield piece
                piece = self._inflate.process(b"", output_buffer_limit=PIECE)
        except brotli.error as e:
            raise BodyError("encoding", f"broken compressed body: {e}") from e
        self.finished = self._inflate.is_finished()
