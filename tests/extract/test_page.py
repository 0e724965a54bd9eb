"""Bytes -> text -> tree -> what the head declares."""

import time

import pytest

from collector.extract import charset, jsonld
from collector.extract.page import Page

URL = "https://example.org/news/story.html"
RUSSIAN = "Река вышла из берегов, мост закрыт. " * 3


def page(html: bytes | str, content_type: str | None = None) -> Page:
    return Page.parse(html, URL, content_type)


@pytest.mark.parametrize(
    ("content_type", "meta", "codec", "read_as"),
    [
        (None, "", "utf-8", "utf-8"),
        ("text/html; charset=utf-8", "", "utf-8", "utf-8"),
        ("text/html; charset=ISO-8859-1", "", "utf-8", "utf-8"),  # the server lies, the bytes do not
        (None, "<meta charset=windows-1251>", "utf-8", "utf-8"),
        ("text/html; charset=windows-1251", "", "cp1251", "cp1251"),
        ("text/html", "<meta charset='koi8-r'>", "koi8-r", "koi8-r"),
        (None, '<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">', "cp1251", "cp1251"),
        ("text/html; charset=windows-1251", "<meta charset=utf-8>", "cp1251", "cp1251"),  # HTTP before meta
        ("text/html; charset=utf-8", "<meta charset=windows-1251>", "cp1251", "cp1251"),  # not valid as UTF-8: next
        ("text/html; charset=rot13", "<meta charset=cp1251>", "cp1251", "cp1251"),  # no charset of the web
        ('text/html; charset="UTF-16"', "<meta charset=koi8-r>", "koi8-r", "koi8-r"),
    ],
)
def test_a_declared_charset_counts_if_the_bytes_bear_it_out(
    content_type: str | None, meta: str, codec: str, read_as: str
) -> None:
    """Byte order mark, HTTP, meta, validity as UTF-8, windows-1252: the first that the bytes are valid in."""
    html = f"<html><head>{meta}</head><body>{RUSSIAN}</body></html>".encode(codec)
    assert charset.decode(html, content_type) == (html.decode(codec), read_as)


@pytest.mark.parametrize(
    ("label", "codec", "text"),
    [
        ("gb2312", "gb18030", "大水冲垮了桥梁，镇上的学校停课。"),
        ("big5", "big5hkscs", "大水沖垮了橋樑，鎮上的學校停課。"),
        ("Shift_JIS", "cp932", "橋が流され、町の学校は休校になった。"),
        ("EUC-JP", "euc_jp", "橋が流され、町の学校は休校になった。"),
        ("euc-kr", "cp949", "다리가 떠내려가 학교가 문을 닫았다."),
        ("windows-1250", "cp1250", "Řeka strhla most, škola zůstala zavřená."),
        ("iso-8859-1", "cp1252", "“Der Fluß” stieg – und fiel."),  # latin-1 means windows-1252 on the web
        ("iso-8859-9", "cp1254", "Köprü yıkıldı, okul kapandı."),
    ],
)
def test_charsets_of_the_world(label: str, codec: str, text: str) -> None:
    """Labels mean what the WHATWG table says."""
    assert charset.decode(text.encode(codec), f"text/html; charset={label}") == (text, codec)


@pytest.mark.parametrize(
    ("html", "text", "codec"),
    [
        (b"\xef\xbb\xbfgr\xc3\xbcn", "grün", "utf-8"),
        ("grün".encode("utf-16"), "grün", "utf-16-le"),
        (b"gr\xfcn", "grün", "cp1252"),
        (b"", "", "utf-8"),
        ("grün, blau, weiß".encode()[:-1], "grün, blau, wei", "utf-8"),  # cut off inside a letter
        ("Käse, Öl, Brötchen, Müsli, Äpfel, ".encode() + b"\xff", "Käse, Öl, Brötchen, Müsli, Äpfel, \ufffd", "utf-8"),
    ],
)
def test_without_a_declaration(html: bytes, text: str, codec: str) -> None:
    """A byte order mark tells; else what is valid as UTF-8, but for a broken byte or two, is UTF-8."""
    assert charset.decode(html) == (text, codec)


@pytest.mark.parametrize(
    "html", ["", b"", "\x00a\x00", "a\ud800b", b"\xff\xfe", "<frameset><frame>", "<svg><style><p>x"]
)
def test_any_input_is_a_page(html: bytes | str) -> None:
    """There is always a tree with a root."""
    one = page(html)
    assert one.root.tag in ("body", "html")
    assert (dict(one.meta), one.jsonld, one.canonical) == ({}, (), None)


def test_head() -> None:
    """Meta elements by name or property, however spelled, in order, each content once; empty ones are none."""
    one = page(
        '<html lang="de-AT"><meta name=Author content=" Ann Bee "><meta property="og:title" content=Flood>'
        '<meta name="author" content="Carl Dee"><meta name=author content="Ann Bee"><meta name=x content="">'
    )
    assert {name: list(said) for name, said in one.meta.items()} == {
        "author": ["Ann Bee", "Carl Dee"],
        "*author": ["Ann Bee", "Carl Dee"],
        "ogtitle": ["Flood"],
        "*title": ["Flood"],
    }
    assert one.html_lang == "de-AT"


@pytest.mark.parametrize(
    ("head", "canonical"),
    [
        ('<link rel="canonical" href="/story">', "https://example.org/story"),
        ('<link rel="CANONICAL nofollow" href=" story ">', "https://example.org/news/story"),
        (
            '<base href="https://cdn.example.org/x/"><link rel=canonical href="story">',
            "https://cdn.example.org/x/story",
        ),
        ('<link rel=canonical href=""><link rel=canonical href="/b">', "https://example.org/b"),
        ('<link rel=canonical href="http://[broken">', None),
        ("", None),
    ],
)
def test_canonical(head: str, canonical: str | None) -> None:
    """The declared address, made absolute as a browser would."""
    assert page(head).canonical == canonical


@pytest.mark.parametrize(
    "script",
    [
        '{"@type": "NewsArticle", "headline": "Flood\n at the bridge"}',
        '<!-- {"@type": "NewsArticle", "headline": "Flood\\n at the bridge",} -->',
        '//<![CDATA[\n{"@type": "NewsArticle", "headline": "Flood\\n at the bridge"}\n//]]>',
        '[{"@type": "NewsArticle", "headline": "Flood\\n at the bridge"}];',
        '{"@context": "schema.org", "@graph": [{"@type": "NewsArticle", "headline": "Flood\\n at the bridge"}]}',
    ],
)
def test_jsonld_is_mended(script: str) -> None:
    """Control characters, wrappers, trailing commas and lists are read; a graph is laid flat."""
    read = page(f'<script type="application/ld+json">{script}</script>').jsonld
    assert [item["headline"] for item in read] == ["Flood\n at the bridge"]


@pytest.mark.parametrize("script", ["", "{", "nonsense", '"text"', "[" * 100_000, '{"a":' * 100_000, "1" * 10_000])
def test_broken_jsonld_is_left_out(script: str) -> None:
    """What no cheap repair helps is no item, and no error."""
    assert jsonld.items([script]) == ()


@pytest.mark.parametrize("unit", ["<div>", "<b>", "<div>x", "<table><tr><td>", "<x-a>", "<p>a", "<ul><li>"])
def test_hostile_nesting_is_quick(unit: str) -> None:
    """A hundred thousand nested tags cost about what as many siblings do."""
    began = time.perf_counter()
    assert page(unit * 100_000).root.tag == "body"
    assert time.perf_counter() - began < 5


def test_xhtml() -> None:
    """Served as XML, CDATA is text and an empty element ends at once; served as HTML they are what they were."""
    html = "<html><body><div id='a'/><p><![CDATA[Flood & fire]]></p><br/><p>More</p></body></html>"
    served = Page.parse(html, "https://e.example/", "application/xhtml+xml; charset=utf-8")
    assert [p.text() for p in served.tree.css("body > p")] == ["Flood & fire", "More"]
    assert [p.text() for p in Page.parse(html, "https://e.example/").tree.css("p")] == ["", "More"]


@pytest.mark.parametrize("codec", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_wide_codecs(codec: str) -> None:
    """UTF-16 without its mark is told by its first tag."""
    assert Page.parse("<p>Brücke</p>".encode(codec), "https://e.example/").root.text() == "Brücke"
