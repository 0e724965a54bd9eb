"""
Bytes of a page -> its text. Servers and pages lie about their charset: a claim counts if the bytes bear it out.

mark | UTF-16 and ISO-2022-JP by their bytes | the host's setting | header | meta | valid as UTF-8 | nearly so | a guess
"""

import codecs
import re
from collections.abc import Iterator
from typing import NamedTuple

from collector.extract.charset_labels import WIDE, codec_of
from storage.records import Charset, CharsetBy

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16's, with which it begins
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# How a page in UTF-16 begins that lacks its mark; what ISO-2022-JP, which is valid ASCII, says before its letters.
_SHAPES = (
    (re.compile(rb"(?:[ \t\r\n]\x00)*<\x00"), "utf-16-le"),
    (re.compile(rb"(?:\x00[ \t\r\n])*\x00<"), "utf-16-be"),
)
_UNICODE = frozenset(("utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be", "gb18030"))  # can write U+FFFD
_JAPANESE = re.compile(rb"\x1b\$[@B]")
_META = re.compile(rb"""<meta[^>]{0,300}?charset\s*=\s*["']?\s*([\w:.\-]{2,40})""", re.IGNORECASE)
_HTTP = re.compile(r"""charset\s*=\s*["']?\s*([\w:.\-]{2,40})""", re.IGNORECASE)
_XML = re.compile(rb"""^\s*<\?xml[^>]{0,100}?encoding\s*=\s*["']([\w:.\-]{2,40})""", re.IGNORECASE)
_BINARY = (b"%PDF-", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"PK\x03\x04", b"\x1f\x8b")
_CONTROLS = re.compile(r"[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f]")  # NUL and ESC stand in pages that are text
_HEAD = 4096  # bytes searched for a declaration; the standard says 1024, pages are worse
_UTF8_ENOUGH = 16  # letters: a few of a wide charset can pass for UTF-8, many can not
_MOSTLY_UTF8, _MOSTLY = 5, 50  # letters read for each that is broken: UTF-8 is not met by chance, others are


class Read(NamedTuple):
    """The text of a page, and how its bytes were made text."""

    text: str
    charset: Charset


def decode(html: bytes, content_type: str | None = None, host: str | None = None) -> Read:
    """The text of a page. `content_type`: as its server said it. `host`: a label that the operator set for its host.

    The order is that of the standard (https://html.spec.whatwg.org/#determining-the-character-encoding): byte order
    mark, user, transport, meta, analysis. But text that is UTF-8 beyond ASCII wins over a single-byte charset, in which
    any bytes are valid, and what is broken in one claim is tried by the next. The operator's word is not tried: his
    charset stands, and what it cannot read is counted. Never raises: what cannot be read becomes U+FFFD.
    """
    for mark, codec in _MARKS:
        if html.startswith(mark):
            return _forced(html[len(mark) :], codec, "bom")
    if shape := _shape(html):
        return _forced(html, shape, "valid")
    utf8 = _strict(html, "utf-8", "valid") or _mostly(html, "utf-8", "valid", _MOSTLY_UTF8)
    if host and (said := codec_of(host)) and not _is_utf8_after_all(said, utf8):
        return _forced(html, said, "host")
    claims = dict.fromkeys(_claims(html, content_type))
    for by, codec in claims:
        if codec == "utf-8" and utf8 is not None:
            return Read(utf8.text, Charset(codec=codec, by=by, replaced=utf8.charset.replaced))
        if not _is_utf8_after_all(codec, utf8) and (read := _strict(html, codec, by)):
            return read
    nearly = (_mostly(html, codec, by, _MOSTLY) for by, codec in claims)
    return utf8 or next(filter(None, nearly), None) or _forced(html, "cp1252", "guess")


def is_text(html: bytes, content_type: str | None = None, host: str | None = None) -> bool:
    """Are these bytes writing? Pictures, PDF and archives are not: a tenth of what is compressed are control signs."""
    if html.startswith(_BINARY):
        return False
    head = decode(html[:_HEAD], content_type, host).text
    return len(_CONTROLS.findall(head)) <= 4 + len(head) // 50


def _shape(html: bytes) -> str | None:
    """The charset whose bytes cannot be taken for another's, whatever is said of them."""
    if html.isascii() and _JAPANESE.search(html):
        return "iso2022_jp"
    return next((codec for begin, codec in _SHAPES if begin.match(html)), None)


def _claims(html: bytes, content_type: str | None) -> Iterator[tuple[CharsetBy, str]]:
    """What server and page say, in the order in which it counts; labels of no charset of the web say nothing."""
    head = html[:_HEAD]
    said: list[tuple[CharsetBy, str]] = [("header", label) for label in _HTTP.findall(content_type or "")]
    said += [("meta", label.decode("ascii", "replace")) for label in _META.findall(head) + _XML.findall(head)]
    for by, label in said:
        if codec := codec_of(label):
            yield by, codec


def _is_utf8_after_all(codec: str, utf8: Read | None) -> bool:
    """Do bytes that `codec` is claimed for say that they are UTF-8, be it with a few letters of another charset?"""
    if codec == "utf-8" or utf8 is None or utf8.text.isascii():
        return False
    return codec not in WIDE or (not utf8.charset.replaced and _letters(utf8.text) >= _UTF8_ENOUGH)


def _strict(html: bytes, codec: str, by: CharsetBy) -> Read | None:
    """The text if every byte is valid; a sequence cut off at the very end (a truncated body) is forgiven."""
    try:
        return Read(_text(html, codec, "strict"), Charset(codec=codec, by=by))
    except UnicodeDecodeError:
        return None


def _mostly(html: bytes, codec: str, by: CharsetBy, for_each: int) -> Read | None:
    """The text if there are so many letters beyond ASCII for each that is broken."""
    read = _forced(html, codec, by)
    return read if _letters(read.text) >= for_each * read.charset.replaced else None


def _forced(html: bytes, codec: str, by: CharsetBy) -> Read:
    text = _text(html, codec, "replace")
    written = html.count("\ufffd".encode(codec)) if codec in _UNICODE else 0  # on the page: they are not our making
    return Read(text, Charset(codec=codec, by=by, replaced=max(0, text.count("\ufffd") - written)))


def _text(html: bytes, codec: str, errors: str) -> str:
    return codecs.getincrementaldecoder(codec)(errors).decode(html)


def _letters(text: str) -> int:
    """Those beyond ASCII, the broken ones too."""
    return len(text) - len(text.encode("ascii", "ignore"))
