"""Bytes -> text: what decides how they are read, and what becomes of those that cannot be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collector.extract import extract
from collector.extract.charset import decode
from collector.extract.charset_labels import codec_of

RUSSIAN = "Река вышла из берегов, мост закрыт. " * 3
CZECH = "Řeka strhla most, škola zůstala zavřená, žáci mají prázdniny."
FRENCH = "« L’été fut bref, la forêt a brûlé », écrit le maire de l’île d’à côté, où l’on a tout reçu."
# label of the web, codec of Python, and a sentence of our own that the charset was made for
WORLD = [
    ("windows-1250", "cp1250", CZECH),
    ("iso-8859-2", "iso8859-2", CZECH),
    ("windows-1251", "cp1251", RUSSIAN),
    ("koi8-r", "koi8-r", RUSSIAN),
    ("koi8-u", "koi8-u", "Річка вийшла з берегів, міст зачинено, їдуть навколо."),
    ("ibm866", "cp866", RUSSIAN),
    ("windows-1252", "cp1252", FRENCH),
    ("iso-8859-1", "cp1252", "“Der Fluß” stieg – und fiel."),  # latin-1 means windows-1252 on the web
    ("x-user-defined", "cp1252", FRENCH),
    ("iso-8859-15", "iso8859-15", "Le pont a coûté 400 €, l’œuvre est payée.".replace("’", "'")),
    ("windows-1253", "cp1253", "Το ποτάμι ξεχείλισε και η γέφυρα έκλεισε."),
    ("iso-8859-9", "cp1254", "Köprü yıkıldı, okul kapandı, yağmur dindi."),
    ("windows-1255", "cp1255", "הנהר עלה על גדותיו והגשר נסגר."),
    ("windows-1256", "cp1256", "فاض النهر وأغلق الجسر القديم."),
    ("windows-1257", "cp1257", "Upė išsiliejo iš krantų, tiltą uždarė."),
    ("tis-620", "cp874", "แม่น้ำล้นตลิ่งและสะพานเก่าต้องปิด"),
    ("gb2312", "gb18030", "大水冲垮了桥梁，镇上的学校停课。"),
    ("GB18030", "gb18030", "大水冲垮了桥梁，㐂镇的学校停课。"),
    ("big5", "big5hkscs", "大水沖垮了橋樑，鎮上的學校停課。"),
    ("Shift_JIS", "cp932", "橋が流され、町の学校は休校になった。①"),
    ("EUC-JP", "euc_jp", "橋が流され、町の学校は休校になった。"),
    ("ISO-2022-JP", "iso2022_jp", "橋が流され、町の学校は休校になった。"),
    ("euc-kr", "cp949", "다리가 떠내려가 학교가 문을 닫았다."),
]
HEAD = "text/html; charset="


def html(text: str, meta: str = "") -> str:
    return f"<!DOCTYPE html><html><head>{meta and f'<meta charset={meta}>'}</head><body><p>{text}</p></body></html>"


@pytest.mark.parametrize(("label", "codec", "text"), WORLD)
@pytest.mark.parametrize("where", ["header", "meta", "host"])
def test_charsets_of_the_world(where: str, label: str, codec: str, text: str) -> None:
    """Labels mean what the WHATWG table says, whoever says them; ISO-2022-JP needs nobody to."""
    page = html(text, label if where == "meta" else "")
    header, host = HEAD + label if where == "header" else None, label if where == "host" else None
    read, charset = decode(page.encode(codec), header, host)
    assert (read, charset.codec, charset.replaced) == (page, codec, 0)
    assert charset.by == ("valid" if codec == "iso2022_jp" else where)


@pytest.mark.parametrize(("label", "codec", "text"), WORLD)
def test_a_page_whose_server_lies(label: str, codec: str, text: str) -> None:
    """A server that says UTF-8 of everything does no harm where the page knows better."""
    page = html(text, label)
    read, charset = decode(page.encode(codec), HEAD + "utf-8")
    assert (read, charset.codec, charset.replaced) == (page, codec, 0)


@pytest.mark.parametrize(
    ("content_type", "meta", "host", "written", "codec", "by"),
    [
        (None, "", None, "utf-8", "utf-8", "valid"),
        (HEAD + "utf-8", "", None, "utf-8", "utf-8", "header"),
        ("text/html", "utf-8", None, "utf-8", "utf-8", "meta"),
        (HEAD + "ISO-8859-1", "", None, "utf-8", "utf-8", "valid"),  # the server lies, the bytes do not
        (None, "windows-1251", None, "utf-8", "utf-8", "valid"),
        (None, "'utf-16le'", None, "utf-8", "utf-8", "meta"),  # the standard: what is read there is no UTF-16
        (HEAD + "windows-1251", "", None, "cp1251", "cp1251", "header"),
        ("text/html", "'koi8-r'", None, "koi8-r", "koi8-r", "meta"),
        (HEAD + "windows-1251", "utf-8", None, "cp1251", "cp1251", "header"),  # HTTP before meta
        (HEAD + "utf-8", "windows-1251", None, "cp1251", "cp1251", "meta"),  # not valid as UTF-8: next
        (HEAD + "rot13", "cp1251", None, "cp1251", "cp1251", "meta"),  # no charset of the web
        (HEAD + '"UTF-16"', "koi8-r", None, "koi8-r", "koi8-r", "meta"),
        (HEAD + "gb2312", "", None, "utf-8", "utf-8", "valid"),
        (HEAD + "utf-8", "windows-1251", "koi8-r", "koi8-r", "koi8-r", "host"),  # the operator before all who lie
        (None, "", "windows-1251", "cp1251", "cp1251", "host"),
        (
            HEAD + "windows-1251",
            "",
            "koi8-r",
            "utf-8",
            "utf-8",
            "valid",
        ),  # the site has moved to UTF-8 since he said so
        (HEAD + "windows-1251", "koi8-r", "koi8-r", "utf-8-sig", "utf-8", "bom"),
        (HEAD + "utf-8", "", "koi8-r", "utf-16", "utf-16-le", "bom"),
        (HEAD + "utf-8", "utf-8", None, "utf-16-le", "utf-16-le", "valid"),
        (None, "", None, "utf-16-be", "utf-16-be", "valid"),
        (None, "", None, "utf-32", "utf-32-le", "bom"),
    ],
)
def test_who_decides(content_type: str | None, meta: str, host: str | None, written: str, codec: str, by: str) -> None:
    """Mark, host's setting, header, meta, validity: the first that the bytes bear out, and it is told which."""
    page = html(RUSSIAN, meta)
    read, charset = decode(page.encode(written), content_type, host)
    assert (read, charset.codec, charset.by, charset.replaced) == (page, codec, by, 0)


@pytest.mark.parametrize("written", ["utf-16-le", "utf-16-be"])
def test_utf16_that_begins_with_a_blank_line(written: str) -> None:
    """The order of its bytes is told by the first tag."""
    page = f"\r\n {html(RUSSIAN)}"
    assert decode(page.encode(written))[0] == page


@pytest.mark.parametrize(
    ("given", "text", "codec", "replaced"),
    [
        (b"", "", "utf-8", 0),
        ("grün, blau, weiß".encode()[:-1], "grün, blau, wei", "utf-8", 0),  # cut off inside a letter
        ("Käse, Öl, Müsli, Äpfel, Löß, ".encode() + b"\xff", "Käse, Öl, Müsli, Äpfel, Löß, \ufffd", "utf-8", 1),
        ("\ufffd, Öl, Müsli, Äpfel, Löß, ".encode() + b"\xff", "\ufffd, Öl, Müsli, Äpfel, Löß, \ufffd", "utf-8", 1),
        ("\ufffd stood there".encode(), "\ufffd stood there", "utf-8", 0),
        (b"\xef\xbb\xbf\xff", "\ufffd", "utf-8", 1),
    ],
)  # fmt: skip
def test_what_cannot_be_read(given: bytes, text: str, codec: str, replaced: int) -> None:
    """Each character that decoding lost is counted, and none that the page lost itself."""
    read, charset = decode(given)
    assert (read, charset.codec, charset.replaced) == (text, codec, replaced)


@pytest.mark.parametrize("header", [None, HEAD + "utf-8", HEAD + "iso-8859-1"])
def test_a_mix_keeps_its_words(header: str | None) -> None:
    """A page in UTF-8 with a box in Latin-1 is read as UTF-8, whatever its server says: it loses two letters."""
    mixed = html(FRENCH).encode() + "<p>Météo</p>".encode("latin-1")
    read, charset = decode(mixed, header)
    assert FRENCH in read
    assert (charset.codec, charset.replaced) == ("utf-8", 2)


@pytest.mark.parametrize(
    ("label", "codec", "text"), [each for each in WORLD if each[0] in ("gb2312", "big5", "euc-kr")]
)
def test_a_broken_letter_costs_itself(label: str, codec: str, text: str) -> None:
    """A page with one bad byte is still in the charset that it claims, not windows-1252."""
    given = html(text * 8).encode(codec) + b"\xff<p>" + text.encode(codec)
    read, charset = decode(given, HEAD + label)
    assert text * 8 in read
    assert (charset.codec, charset.by, charset.replaced) == (codec, "header", 1)


def test_the_operators_word_stands() -> None:
    """His charset is not given up for a byte that is none of it; what it costs is counted."""
    given = html(CZECH).encode("cp1250") + b"\x81\x83"  # no letters of windows-1250
    read, charset = decode(given, None, "Windows-1250")
    assert CZECH in read
    assert (charset.codec, charset.by, charset.replaced) == ("cp1250", "host", 2)


@pytest.mark.parametrize("label", ["rot13", "utf-7", "idna", "hz-gb-2312", "", "utf_8", "replacement"])
def test_what_is_no_charset_of_the_web(label: str) -> None:
    """Python knows more codecs than pages are written in."""
    assert codec_of(label) is None
    assert decode(b"gr\xfcn", HEAD + label, label) == decode(b"gr\xfcn")


@pytest.mark.parametrize(("label", "codec", "text"), WORLD)
def test_an_article_tells_its_charset(label: str, codec: str, text: str) -> None:
    """What was found out travels with what was read."""
    story = f"<article><h1>{text[:30]}</h1><p>{text * 6}</p><p>{text * 4}</p></article>"
    page = f"<html><head><title>{text[:30]}</title></head><body>{story}</body></html>".encode(codec)
    result = extract(page, "https://e.example/a", sites={}, charset=label)
    assert result.charset is not None
    assert (result.charset.codec, result.charset.replaced) == (codec, 0)
    assert result.articles[0].paragraphs[0].text == (text * 6).strip()
    assert extract(page.decode(codec), "https://e.example/a", sites={}).charset is None


@given(st.binary(max_size=200), st.sampled_from([None, *(label for label, *_ in WORLD)]))
def test_any_bytes_are_text(given: bytes, label: str | None) -> None:
    """Nothing raises, and no more is counted as lost than stands there."""
    text, charset = decode(given, label and HEAD + label)
    assert 0 <= charset.replaced <= text.count("\ufffd")
