"""A body <-> one zstd frame that stands alone, or leans on another body as its prefix. Knows no file.

RFC 8878 has the format; a prefix is what `zstd --patch-from` calls its reference.
"""

from backports import zstd
from backports.zstd import CompressionParameter as Setting

from storage.raw.errors import DamagedBody

LEVEL = 6  # against -3 a leaning page is a tenth smaller, a lone one a twelfth, for half a millisecond more
NARROWEST, WIDEST = 10, 27  # powers of two: zstd takes no window below, and reads none above without being told
SHORTEST = 8  # bytes of a reference; a shorter one is as good as none


def pack(body: bytes, reference: bytes = b"") -> bytes:
    """One frame, with a checksum of its content. It is read back with the same reference only."""
    settings: dict[int, int] = {Setting.compression_level: LEVEL, Setting.checksum_flag: 1}
    if len(reference) < SHORTEST:
        return zstd.compress(body, options=settings)
    # The window has to reach from the end of the body back to the reference's beginning. Long-distance matching stays
    # off: at these sizes it costs more bytes than it finds.
    reach = (len(body) + len(reference)).bit_length()
    settings[Setting.window_log] = min(max(reach, NARROWEST), WIDEST)
    return zstd.compress(body, options=settings, zstd_dict=_prefix(reference))


def unpack(data: bytes, reference: bytes = b"") -> bytes:
    """The body. Raises DamagedBody when the frame is damaged, or leans on another reference."""
    try:
        return zstd.decompress(data, zstd_dict=_prefix(reference) if len(reference) >= SHORTEST else None)
    except zstd.ZstdError as error:
        raise DamagedBody(str(error)) from error


def _prefix(reference: bytes) -> tuple[zstd.ZstdDict, int]:
    prefix: tuple[zstd.ZstdDict, int] = zstd.ZstdDict(reference, is_raw=True).as_prefix
    return prefix
