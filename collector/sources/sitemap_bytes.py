"""
The file of a sitemap -> its text in UTF-8, piece by piece, so that it never stands in memory whole. Knows no addresses.

file | gzip unpacked, member by member | charset by its head | whole tags, or whole lines
"""

import codecs
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import BinaryIO

from collector.errors import SourceError
from collector.sources import sniff
from storage.records import Charset

LIMIT = 500 * 1024 * 1024  # bytes unpacked: ten times what the standard allows, which real sites exceed
_CHUNK = 64 * 1024
_LONGEST = 1024 * 1024  # bytes without an end of a tag or line; a longer one is cut where it is
_GZIP = b"\x1f\x8b"


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A document to be read once. `pieces`: its text without mark and XML declaration, each ends with a tag or line."""

    form: sniff.Form
    charset: Charset
    pieces: Iterator[bytes]


def opened(file: BinaryIO, content_type: str | None = None, host: str | None = None) -> Opened:
    """What stands in `file` from where it is. content_type, host: as in `charset.decode`.

    The charset is told by the first 64 kB. Raises SourceError, also while it is read: gzip that cannot be unpacked,
    more than 500 MB. Gzip that is cut short is read as far as it goes.
    """
    chunks = _inflated(file)
    head = _head(chunks)
    _, charset = sniff.as_utf8(_whole(head), content_type, host)
    texts = _in_utf8(chain([head], chunks), charset.codec)
    begin, _ = sniff.as_utf8(next(texts, b""), host="utf-8")
    form = sniff.form_of(begin)
    ends = _end_of_lines if form == "addresses" else _end_of_tags
    rest = _pieces(chain([begin], texts), ends, keep_tail=form == "addresses")
    return Opened(form=form, charset=charset, pieces=rest)


def _head(chunks: Iterator[bytes]) -> bytes:
    head = b""
    for chunk in chunks:
        head += chunk
        if len(head) >= _CHUNK:
            break
    return head


def _whole(head: bytes) -> bytes:
    """Without a letter that is cut in two at the end: it would count as broken."""
    return head[: max(head.rfind(b">"), head.rfind(b"\n")) + 1] or head


def _inflated(file: BinaryIO) -> Iterator[bytes]:
    """The bytes of the file, unpacked if they are gzip. What stands behind the last member is no part of it."""
    raw = file.read(_CHUNK)
    chunks = _unpacked(raw, file) if raw.startswith(_GZIP) else chain([raw], iter(lambda: file.read(_CHUNK), b""))
    room = LIMIT
    for chunk in chunks:
        room -= len(chunk)
        if room < 0:
            raise SourceError(f"a sitemap of more than {LIMIT // 1024**2} MB")
        yield chunk


def _unpacked(rest: bytes, file: BinaryIO) -> Iterator[bytes]:
    while rest.startswith(_GZIP):
        member = zlib.decompressobj(wbits=31)
        while not member.eof and (rest := rest or file.read(_CHUNK)):
            try:
                yield member.decompress(rest, _CHUNK)
            except zlib.error as e:
                raise SourceError(f"gzip that cannot be unpacked: {e}") from e
            rest = member.unconsumed_tail
        rest = member.unused_data
        if len(rest) < len(_GZIP):
            rest += file.read(_CHUNK)


def _in_utf8(chunks: Iterator[bytes], codec: str) -> Iterator[bytes]:
    decoder = codecs.getincrementaldecoder(codec)("replace")
    for chunk in chunks:
        yield decoder.decode(chunk).encode(errors="replace")
    yield decoder.decode(b"", final=True).encode(errors="replace")


def _pieces(texts: Iterator[bytes], ends: Callable[[bytes], int], *, keep_tail: bool) -> Iterator[bytes]:
    """Cut behind the last whole tag or line; of a document cut short, the half address at the end is none."""
    rest = b""
    for text in texts:
        rest += text
        end = ends(rest) or (len(rest) if len(rest) > _LONGEST else 0)
        if end:
            yield rest[:end]
            rest = rest[end:]
    if rest and keep_tail:
        yield rest


def _end_of_lines(text: bytes) -> int:
    return max(text.rfind(b"\n"), text.rfind(b"\r")) + 1


def _end_of_tags(text: bytes) -> int:
    """Behind the last tag; before a CDATA section that does not end yet, in which `>` is a letter."""
    end = text.rfind(b">") + 1
    data = text.rfind(b"<![CDATA[", 0, end)
    return data if data != -1 and text.find(b"]]>", data, end) == -1 else end
