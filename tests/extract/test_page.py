"""Bytes -> text -> tree -> what the head declares."""

import time

import pytest

from collector.extract import jsonld
from collector.extract.page import Page

URL = "https://example.org/news/story.html"


def page(html: bytes | str, content_type: str | None = None) -> Page:
    return Page.parse(html, URL, content_type)


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
