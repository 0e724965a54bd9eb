"""Bytes of a page -> its text. Servers and pages lie about their charset: a claim counts if the bytes bear it out."""

import codecs
import re

# https://encoding.spec.whatwg.org/#names-and-labels: codec of Python -> the labels that mean it on the web
_CODECS = {
    "utf-8": "utf-8 utf8 unicode-1-1-utf-8 unicode11utf8 unicode20utf8 x-unicode20utf8 utf-16 utf-16le utf-16be "
    "unicode csunicode ucs-2 iso-10646-ucs-2 unicodefeff unicodefffe",  # read as ASCII so far: no UTF-16
    "cp1252": "windows-1252 cp1252 x-cp1252 iso-8859-1 iso8859-1 iso88591 iso_8859-1 iso_8859-1:1987 latin1 l1 ascii "
    "us-ascii ansi_x3.4-1968 cp819 ibm819 csisolatin1 iso-ir-100",
    "cp1250": "windows-1250 cp1250 x-cp1250",
    "cp1251": "windows-1251 cp1251 x-cp1251",
    "cp1253": "windows-1253 cp1253 x-cp1253",
    "cp1254": "windows-1254 cp1254 x-cp1254 iso-8859-9 iso8859-9 iso88599 iso_8859-9 latin5 l5 csisolatin5 iso-ir-148",
    "cp1255": "windows-1255 cp1255 x-cp1255",
    "cp1256": "windows-1256 cp1256 x-cp1256",
    "cp1257": "windows-1257 cp1257 x-cp1257",
    "cp1258": "windows-1258 cp1258 x-cp1258",
    "cp866": "ibm866 cp866 866 csibm866",
    "cp874": "windows-874 dos-874 tis-620 iso-8859-11 iso8859-11 iso885911",
    "iso8859-2": "iso-8859-2 iso8859-2 iso88592 iso_8859-2 latin2 l2 csisolatin2 iso-ir-101",
    "iso8859-3": "iso-8859-3 iso8859-3 iso_8859-3 latin3 l3",
    "iso8859-4": "iso-8859-4 iso8859-4 iso_8859-4 latin4 l4",
    "iso8859-5": "iso-8859-5 iso8859-5 iso88595 iso_8859-5 cyrillic csisolatincyrillic",
    "iso8859-6": "iso-8859-6 iso8859-6 iso_8859-6 arabic asmo-708 csisolatinarabic iso-8859-6-i iso-8859-6-e",
    "iso8859-7": "iso-8859-7 iso8859-7 iso88597 iso_8859-7 greek greek8 csisolatingreek elot_928 sun_eu_greek",
    "iso8859-8": "iso-8859-8 iso8859-8 iso_8859-8 hebrew visual csisolatinhebrew iso-8859-8-i iso-8859-8-e logical",
    "iso8859-10": "iso-8859-10 iso8859-10 latin6 l6",
    "iso8859-13": "iso-8859-13 iso8859-13",
    "iso8859-14": "iso-8859-14 iso8859-14",
    "iso8859-15": "iso-8859-15 iso8859-15 iso_8859-15 l9 csisolatin9",
    "iso8859-16": "iso-8859-16",
    "koi8-r": "koi8-r koi koi8 koi8_r cskoi8r",
    "koi8-u": "koi8-u koi8-ru",
    "mac-roman": "macintosh mac x-mac-roman csmacintosh",
    "mac-cyrillic": "x-mac-cyrillic x-mac-ukrainian",
    "gb18030": "gb18030 gbk x-gbk gb2312 gb_2312 gb_2312-80 chinese csgb2312 csiso58gb231280 iso-ir-58",
    "big5hkscs": "big5 big5-hkscs cn-big5 csbig5 x-x-big5",
    "cp932": "shift_jis shift-jis sjis x-sjis ms_kanji ms932 windows-31j csshiftjis",
    "euc_jp": "euc-jp x-euc-jp cseucpkdfmtjapanese",
    "iso2022_jp": "iso-2022-jp csiso2022jp",
    "cp949": "euc-kr ks_c_5601-1987 ks_c_5601-1989 ksc5601 ksc_5601 korean windows-949 cseuckr csksc56011987 "
    "iso-ir-149",
}
_BY_LABEL = {label: codec for codec, labels in _CODECS.items() for label in labels.split()}
_WIDE = {"gb18030", "big5hkscs", "cp932", "euc_jp", "iso2022_jp", "cp949"}
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16's, with which it begins
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_WIDE_TAGS = ((b"<\x00", "utf-16-le"), (b"\x00<", "utf-16-be"))  # how a page in UTF-16 begins that lacks its mark
_META = re.compile(rb"""<meta[^>]{0,300}?charset\s*=\s*["']?\s*([\w:.\-]{2,40})""", re.IGNORECASE)
_HTTP = re.compile(r"""charset\s*=\s*["']?\s*([\w:.\-]{2,40})""", re.IGNORECASE)
_XML = re.compile(rb"""^\s*<\?xml[^>]{0,100}?encoding\s*=\s*["']([\w:.\-]{2,40})""", re.IGNORECASE)
_BINARY = (b"%PDF-", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"PK\x03\x04", b"\x1f\x8b")
_CONTROLS = re.compile(r"[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f\ufffd]")  # NUL and ESC stand in pages that are text
_HEAD = 4096  # bytes searched for a declaration; the standard says 1024, pages are worse


def decode(html: bytes, content_type: str | None = None) -> tuple[str, str]:
    """The text and the Python name of its codec. Order: byte order mark, HTTP, meta, validity as UTF-8, windows-1252.

    Text that is valid UTF-8 beyond ASCII wins over a declared single-byte charset, in which any bytes are valid.
    Never raises: what cannot be read becomes U+FFFD.
    """
    for mark, codec in _MARKS:
        if html.startswith(mark):
            return html[len(mark) :].decode(codec, "replace"), codec
    for tag, codec in _WIDE_TAGS:
        if html.lstrip(b" \t\r\n").startswith(tag):
            return html.decode(codec, "replace"), codec
    utf8 = _strict(html, "utf-8")
    for codec in _declared(html, content_type):
        text = utf8 if codec == "utf-8" else _strict(html, codec)
        if text is not None and not _is_utf8_after_all(codec, text, utf8):
            return text, codec
    if utf8 is not None:
        return utf8, "utf-8"
    return _damaged(html)


def is_text(html: bytes, content_type: str | None = None) -> bool:
    """Are these bytes writing? Pictures, PDF and archives are not: a tenth of what is compressed are control signs."""
    if html.startswith(_BINARY):
        return False
    head, _ = decode(html[:_HEAD], content_type)
    return len(_CONTROLS.findall(head)) <= 4 + len(head) // 50


def _declared(html: bytes, content_type: str | None) -> list[str]:
    labels = _HTTP.findall(content_type or "")
    head = html[:_HEAD]
    labels += [label.decode("ascii", "replace") for label in _META.findall(head) + _XML.findall(head)]
    return [_BY_LABEL[label.lower()] for label in labels if label.lower() in _BY_LABEL]


def _strict(html: bytes, codec: str) -> str | None:
    """The text if every byte is valid; a sequence cut off at the very end (a truncated body) is forgiven."""
    try:
        return codecs.getincrementaldecoder(codec)().decode(html)
    except UnicodeDecodeError:
        return None


def _is_utf8_after_all(codec: str, text: str, utf8: str | None) -> bool:
    if codec == "utf-8" or utf8 is None or utf8.isascii():
        return False
    if codec not in _WIDE:
        return True
    # A few two-byte letters of a wide charset can pass for UTF-8, many can not.
    return sum(not char.isascii() for char in utf8) >= 16


def _damaged(html: bytes) -> tuple[str, str]:
    """Neither as declared nor UTF-8: UTF-8 with a few broken bytes, or else windows-1252, where nothing is broken."""
    text = html.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    if sum(not char.isascii() for char in text) >= 5 * broken:
        return text, "utf-8"
    return html.decode("cp1252", "replace"), "cp1252"
