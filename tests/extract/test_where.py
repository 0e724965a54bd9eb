"""Where a paragraph stood: a selector that finds its element again."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collector.extract import extract
from collector.extract.page import Page
from collector.extract.where import Whereabouts

LINE = "The ferry came down the river on Sunday with nine people on its deck, and a dog that would not be quiet."
PIECES = st.sampled_from(
    ["<div>", "</div>", "<p>a", "<p id=x>b", "<div id='1'>", "<my-el>", "</my-el>", "<o:p>c", "<!-- -->", "text",
     "<table>", "<tr>", "<td>d", "</table>", "<b id=y>", "</b>", "<svg><g id=z></g></svg>", "<li>", "<ul>", "</ul>"]
)  # fmt: skip


@pytest.mark.parametrize(
    ("html", "select", "where"),
    [
        ("<div><p>a</p><p>b</p></div>", "p + p", "body>div:nth-child(1)>p:nth-child(2)"),
        ("<div id=story><p>a</p><!-- x --><p>b</p></div>", "p + p", "#story>p:nth-child(2)"),
        ("<p id=one>a</p><p id=one>b</p>", "p + p", "body>p:nth-child(2)"),  # an id that stands twice
        ("<div id='7'><p>a</p></div>", "p", "body>div:nth-child(1)>p:nth-child(1)"),
        ("<my-el>a</my-el>", "my-el", "body>:nth-child(1)"),
        ("<p>a</p>", "body", "body"),
    ],
)
def test_selector(html: str, select: str, where: str) -> None:
    """From the nearest id that can be relied on, else from the body; comments do not count."""
    page = Page.parse(html, "https://e.org/")
    assert Whereabouts().of(page.tree.css(select)[0]) == where


@settings(max_examples=200, deadline=None)
@given(st.lists(PIECES, max_size=40))
def test_every_element_is_found_again(pieces: list[str]) -> None:
    """Whatever the page: the first element that the selector finds is the one that was meant."""
    page = Page.parse("".join(pieces), "https://e.org/")
    whereabouts = Whereabouts()
    for node in page.root.css("*"):
        found = page.tree.css_first(whereabouts.of(node))
        assert found is not None and found.mem_id == node.mem_id


def test_paragraphs_tell_where_they_stood() -> None:
    """In the element that holds the words; several lines of one element share it. It is no part of what they say."""
    html = (
        f"<title>Ferry</title><main id=a><h1>Ferry</h1><p>{LINE}</p><div>First. {LINE}<br>Second. {LINE}</div></main>"
    )
    page, [article] = Page.parse(html, "https://e.org/"), extract(html, "https://e.org/", sites={}).articles
    assert [one.where for one in article.paragraphs] == [
        "#a>p:nth-child(2)", "#a>div:nth-child(3)", "#a>div:nth-child(3)"
    ]  # fmt: skip
    assert all(one.text in page.tree.css(one.where)[0].text() for one in article.paragraphs)
    assert [one["where"] for one in article.as_json()["paragraphs"]] == [one.where for one in article.paragraphs]


@pytest.mark.parametrize(
    ("script", "where"),
    [
        (f'<script type="application/ld+json">{{"@type": "Article", "articleBody": "{LINE * 3}"}}</script>',
         'script[type="application/ld+json"]'),
        (f'<script id=__NEXT_DATA__ type="application/json">{{"a": "<p>{LINE * 4}</p>"}}</script>', "script"),
    ],
)  # fmt: skip
def test_text_of_a_script(script: str, where: str) -> None:
    """What a script held is traced to the script."""
    [article] = extract(f"<title>Ferry</title>{script}", "https://e.org/", sites={}).articles
    assert {one.where for one in article.paragraphs} == {where}


def test_a_page_of_no_sane_depth_tells_nothing() -> None:
    """Selectors do not grow with the nesting, nor does the time."""
    page = Page.parse("<div>" * 900 + "x", "https://e.org/")
    assert Whereabouts().of(page.tree.css("div")[-1]) == ""
