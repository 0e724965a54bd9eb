"""A body <-> one zstd frame that stands alone, or leans on another body as its prefix. Knows no file.

RFC 8878 has the format; a prefix is what `zstd --patch-from` calls its reference.
"""

from collections.abc import Iterator

from backports import zstd
from backports.zstd import CompressionParameter as Setting

from storage.raw.errors import DamagedBody

LEVEL = 6  # against -3 a leaning page is a tenth smaller, a lone one a twelfth, for half a millisecond more
NARROWEST, WIDEST = 10, 27  # powers of two: zstd takes no window below, and reads none above without being told
SHORTEST = 8  # bytes of a reference; a shorter one is as good as none
PIECE = 1 << 18  # bytes of a large body that are in memory at once

_ALONE: dict[int, int] = {Setting.compression_level: LEVEL, Setting.checksum_flag: 1}


def pack(body: bytes, reference: bytes = b"") -> bytes:
    """One frame, with a checksum of its content. It is read back with the same reference only."""
    if len(reference) < SHORTEST:
        return zstd.compress(body, options=_ALONE)
    # The window has to reach from the end of the body back to the reference's beginning. Long-distance matching stays
    # off: at these sizes it costs more bytes than it finds.
    reach = (len(body) + len(reference)).bit_length()
    settings = {**_ALONE, Setting.window_log: min(max(reach, NARROWEST), WIDEST)}
    return zstd.compress(body, options=settings, zstd_dict=_prefix(reference))


def packer(size: int) -> zstd.ZstdCompressor:
    """What makes such a frame, without a reference, of a body of `size` bytes that is fed in pieces."""
    made = zstd.ZstdCompressor(options=_ALONE)
    made.set_pledged_input_size(size)
    return made


def unpack(data: bytes, reference: bytes = b"") -> bytes:
    """The body. Raises DamagedBody when the frame is damaged, or leans on another reference."""
    try:
        return zstd.decompress(data, zstd_dict=_prefix(reference))
    except zstd.ZstdError as error:
        raise DamagedBody(str(error)) from error


def unpacked(data: bytes, reference: bytes = b"") -> Iterator[bytes]:
    """The body in pieces of at most PIECE bytes. Raises DamagedBody behind them when they are not all of it."""
    inflate, read = zstd.ZstdDecompressor(zstd_dict=_prefix(reference)), 0
    while not inflate.eof:
        part = data[read : read + PIECE] if inflate.needs_input else b""  # of what it is given it keeps a copy
        if inflate.needs_input and not part:
            raise DamagedBody("its frame ends early")
        read += len(part)
        try:
            yield inflate.decompress(part, PIECE)
        except zstd.ZstdError as error:
            raise DamagedBody(str(error)) from error
    if inflate.unused_data or read < len(data):
        raise DamagedBody("other bytes follow its frame")


def _prefix(reference: bytes) -> tuple[zstd.ZstdDict, int] | None:
    if len(reference) < SHORTEST:
        return None
    prefix: tuple[zstd.ZstdDict, int] = zstd.ZstdDict(reference, is_raw=True).as_prefix
    return prefix
