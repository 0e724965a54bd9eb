"""The one door of extraction: site rule or generic, and no input that makes it raise."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from collector.extract import extract, rules
from storage.records import Result

URL = "https://ford-courier.example/town/2025/03/04/flood.html"
TEXT = "The river rose overnight and the old bridge had to be closed, the mayor of Ford said on Tuesday morning."
HTML = (
    '<html lang="en"><head><title>Flood - Ford Courier</title><meta property="og:site_name" content="Ford Courier">'
    '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Flood", "datePublished": "2025-03-04",'
    '"author": [{"name": "Ann Bee"}]}</script></head><body><div style="display:none">x</div><article><h1>Flood</h1>'
    f'<figure><img><figcaption>A bridge. © Carl Dee</figcaption></figure><p class="lead">{TEXT}</p><ul><li>One</ul>'
    "<table><tr><td>a</td><td>b</td></tr></table><pre>x\n y</pre><p>Next, &amp; <b>last</b>.<br>End.</article></html>"
)
RULE = {
    "ford-courier.example": rules.parse("hosts: [ford-courier.example]\nbody: article > p.lead", "ford-courier.yaml")
}
ELSEWHERE = {"ford-courier.example": rules.parse("hosts: [ford-courier.example]\nbody: .nowhere", "ford-courier.yaml")}


def test_generic() -> None:
    """Every field of the result, without a rule."""
    result = extract(HTML, URL, fetched_at=datetime(2025, 3, 5, tzinfo=UTC), sites={})
    assert (result.extractor, result.reason) == ("generic", None)
    [article] = result.articles
    assert (article.title, article.url, article.published) == ("Flood", URL, date(2025, 3, 4))
    assert (article.authors, article.source, article.language) == (("Ann Bee",), "Ford Courier", "en")
    assert article.text.startswith(TEXT)


@pytest.mark.parametrize(("sites", "extractor"), [(RULE, "site:"), (ELSEWHERE, "generic"), ({}, "generic")])
def test_a_rule_that_finds_nothing_gives_way(sites: dict[str, rules.Rule], extractor: str) -> None:
    """The rule of the host reads the page; where its body is not found, the generic extractor does, and says so."""
    result = extract(HTML, URL, sites=sites)
    assert result.extractor.startswith(extractor)
    assert result.articles


def test_a_naive_time_is_utc() -> None:
    """`fetched_at` without a zone is read as UTC, not refused."""
    html = f"<article><h1>Flood</h1><time>3 hours ago</time><p>{TEXT}</p></article>"
    [article] = extract(
        html, "https://ford-courier.example/flood", fetched_at=datetime(2025, 3, 5, 12), sites={}
    ).articles
    assert article.published_iso is not None
    assert article.published_iso.startswith("2025-03-05T09")


def test_bytes_and_text_are_one() -> None:
    """The same page as bytes and as text gives the same result."""
    assert extract(HTML.encode(), URL, sites={}) == extract(HTML, URL, sites={})


@given(st.binary(max_size=2000))
def test_arbitrary_bytes(html: bytes) -> None:
    """No bytes make it raise, with an article or a reason."""
    result = extract(html, URL, sites={})
    assert isinstance(result, Result)
    assert result.articles or result.reason


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.tuples(st.integers(0, len(HTML)), st.integers(0, 60), st.text(max_size=8)), max_size=6),
    st.text(max_size=30),
)
def test_mutated_pages(cuts: list[tuple[int, int, str]], url: str) -> None:
    """Nor does a page with pieces lost or put in, at any address."""
    html = HTML
    for at, length, put in cuts:
        html = html[:at] + put + html[at + length :]
    result = extract(html, url, fetched_at=datetime(2025, 3, 5, tzinfo=UTC), sites=RULE)
    assert result.articles or result.reason


@pytest.mark.parametrize(
    "body",
    [
        b"%PDF-1.7\n1 0 obj << /Type /Catalog >>\n" + HTML.encode(),
        b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20,
        b"\xff\xd8\xff\xe0\0\x10JFIF" + bytes(range(256)) * 20,
        bytes(range(1, 256)) * 20,
    ],
)
def test_what_is_no_text_is_no_article(body: bytes) -> None:
    """A picture, a PDF or a film that answers where an article should be is not read as one."""
    result = extract(body, URL, "text/html")
    assert result.articles == ()
    assert result.reason is not None and result.reason.startswith("no page of text")


@pytest.mark.parametrize("codec", ["utf-8", "utf-16", "cp1252"])
def test_text_with_odd_signs_is_text(codec: str) -> None:
    """Stray control signs, NULs and broken letters do not make a page a picture."""
    page = HTML.replace("mayor", "ma\x00yor\x07\x1b").replace("<meta", f"<meta charset={codec}><meta", 1)
    assert len(extract(page.encode(codec) + b"\xff\xfe", URL).articles) == 1
