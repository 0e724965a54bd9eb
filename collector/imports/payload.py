"""
What an HTTP message in a record carries -> the bytes of the page: chunks joined, content encodings taken off.

Crawlers often take these off themselves and leave the headers as they were: what is plainly no such encoding is the
page itself. Knows no record and no file.
"""

import base64
import binascii
import hashlib
import re
from collections.abc import Callable, Iterable, Iterator

from backports import zstd

from collector import fetch_body
from collector.fetch_body import PIECE, BodyError, Decoder

CHUNK = re.compile(rb"[ \t]*([0-9A-Fa-f]{1,8})[ \t]*(?:;[^\r\n]*)?\r\n")
WINDOW = {int(zstd.DecompressionParameter.window_log_max): 23}  # RFC 9659: no more than 8 MB
MARKUP = re.compile(rb"(?:\xef\xbb\xbf)?\s*<")


def unchunked(data: bytes) -> bytes:
    """The chunks joined (RFC 9112, 7.1), trailers left out; what does not begin with one is no chunked body at all.

    Raises BodyError.
    """
    if CHUNK.match(data) is None:
        return data
    pieces: list[bytes] = []
    at = 0
    while (head := CHUNK.match(data, at)) is not None:
        size, at = int(head[1], 16), head.end() + int(head[1], 16)
        if size == 0:
            return b"".join(pieces)
        if data[at : at + 2] != b"\r\n":
            break
        pieces.append(data[head.end() : at])
        at += 2
    raise BodyError("truncated", "the chunked body ends early" if at >= len(data) else "a chunk of another length")


def decoded(data: bytes, encoding: str, limit: int) -> bytes:
    """The body without its content encodings, of at most `limit` bytes. Raises BodyError."""
    try:
        return fetch_body.decode(data, encoding, limit, MORE)
    except BodyError as error:
        if error.reason == "encoding" and MARKUP.match(data) and len(data) <= limit:
            return data
        raise


def fits(digest: str, bodies: Iterable[bytes]) -> bool:
    """Is this the digest of one of the bodies? `sha1:3I42H3S6…`, in base 32 or 16. True for an unknown algorithm."""
    algorithm, _, value = digest.strip().partition(":")
    name = algorithm.lower().replace("-", "")
    if name not in ("md5", "sha1", "sha256", "sha512"):
        return True
    return any(_same(value.strip(), hashlib.new(name, body, usedforsecurity=False).digest()) for body in bodies)


def _same(value: str, digest: bytes) -> bool:
    if len(value) == 2 * len(digest):
        return value.lower() == digest.hex()
    try:
        return base64.b32decode(value.upper() + "=" * (-len(value) % 8)) == digest
    except (binascii.Error, ValueError):
        return False


class _Zstd:
    """Content-Encoding: zstd (RFC 8878)."""

    def __init__(self) -> None:
        self._inflate = zstd.ZstdDecompressor(options=WINDOW)

    @property
    def finished(self) -> bool:
        return self._inflate.eof

    def feed(self, data: bytes) -> Iterator[bytes]:
        while not self._inflate.eof:
            try:
                piece = self._inflate.decompress(data, PIECE)
            except zstd.ZstdError as error:
                raise BodyError("encoding", f"broken compressed body: {error}") from error
            data = b""
            if piece:
                yield piece
            elif self._inflate.needs_input:
                return


MORE: dict[str, Callable[[], Decoder]] = {"zstd": _Zstd}
