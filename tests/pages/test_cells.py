"""Cells of Datasette's tables: links to our pages, lists, changes; and nothing that is not escaped."""

from typing import Any

import pytest
from datasette.app import Datasette
from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from storage.datasette.cells import render, shown
from storage.datasette.links import Links
from tests.pages.conftest import Get

LINK = Links(Datasette(memory=True).urls, "_memory")
LABEL = {"value": 2, "label": "<b>Odd</b>"}


@pytest.mark.parametrize(
    ("column", "table", "value", "row", "expected"),
    [
        ("article_id", None, 7, None, '<a href="/-/article/7">7</a>'),
        ("other_id", "story_links", 7, None, '<a href="/-/article/7">7</a>'),
        ("story_id", "articles", 7, None, '<a href="/-/article/7">7</a>'),
        ("first_page_id", "captures", 7, None, '<a href="/-/capture/7">7</a>'),
        ("source_id", None, 7, None, '<a href="/-/source/7">7</a>'),
        ("id", "latest_articles", 7, None, '<a href="/-/article/7">7</a>'),
        ("id", "captures", 7, None, '<a href="/-/capture/7">7</a>'),
        ("id", "entries", 7, None, None),
        ("id", None, 7, None, None),  # of SQL: of which table it is nobody knows
        ("number", "versions", 3, {"article_id": 7}, '<a href="/-/article/7?version=3">3</a>'),
        ("number", "versions", 3, {"article_id": {"value": 7, "label": "x"}}, '<a href="/-/article/7?version=3">3</a>'),
        ("number", "walk_days", 3, {"walk_id": 7}, None),
        ("title", "articles", "<b>", {"id": 7}, '<a href="/-/article/7">&lt;b&gt;</a>'),
        ("title", None, "T", {"article_id": 7}, '<a href="/-/article/7">T</a>'),
        ("title", "walls", "T", {"id": 7}, None),
        ("title", "stories", "T", {"story_id": 7}, '<a href="/-/article/7">T</a>'),
        ("title", None, "T", {"id": 8, "story_id": 7}, None),  # that of the story is another's
        ("site", "articles", "one.test", None, '<a href="/-/site/one.test">one.test</a>'),
        (
            *("source_id", "source_days", LABEL, None),
            '<a href="/-/source/2">&lt;b&gt;Odd&lt;/b&gt;</a> <small><a href="/_memory/sources/2">2</a></small>',
        ),
        ("walk_id", "steps", LABEL, None, None),
        (
            *("url", "articles", "https://one.test/?a=1&b='\"", None),
            '<a href="https://one.test/?a=1&amp;b=&#39;&#34;" rel="noopener noreferrer">'
            "https://one.test/?a=1&amp;b=&#39;&#34;</a>",
        ),
        ("url", "articles", "javascript:alert(1)", None, None),
        ("url", "articles", "https://one.test/ and words", None, None),
        ("authors", "versions", '["Ada <Holm>", "Ben"]', None, "Ada &lt;Holm&gt;, Ben"),
        ("captions", "versions", '[{"text": "A pier", "credit": "C. O."}, {"text": "B"}]', None, "A pier (C. O.)\nB"),
        ("headers", "captures", '[["a", "b"], ["c", "d"]]', None, "a: b\nc: d"),
        ("via", "captures", "poll", None, None),
        ("edits", "versions", "[]", None, "–"),
        ("places", "versions", '["", "main > p"]', None, "main &gt; p"),
        ("tags", None, "[broken", None, None),
        ("tags", None, "[" * 100_000, None, None),
        ("snippet", None, "a [b<] c", None, "a <mark>b&lt;</mark> c"),
        ("snippet(articles_fts, 1, '[', ']')", None, "[b]", None, "<mark>b</mark>"),
        ("title_before", "edits", "[b]", None, None),
        ("first_seen", "articles", "2026-03-01T10:00:00+00:00", None, None),
        ("body", None, b"<b>", None, None),
        ("body", None, None, None, None),
        ("share", "story_links", 0.5, None, None),
    ],
)
def test_cells(column: str, table: str, value: Any, row: Any, expected: str | None) -> None:
    """What a cell shows; None: what Datasette makes of it."""
    assert shown(value, column, table, row, LINK) == expected


@pytest.mark.parametrize("column", ["diff", "word_diff", "changes", "word_diff(1, 2)"])
def test_differences(column: str) -> None:
    """Marks of changes are changes."""
    found = str(shown("[-<a>-]{+b+}", column, None, None, LINK))
    assert found.startswith("<del>") and "&lt;a&gt;</del><ins>" in found


def test_other_databases_stay_as_they_are(served: Datasette) -> None:
    """What is no archive has its own words for numbers."""
    assert render(7, "article_id", None, "other", served) is None


COLUMNS = ["snippet", "diff", "authors", "captions", "headers", "title", "site", "url", "source_id", "text"]
VALUES = st.one_of(st.text(), st.text(alphabet="[]{}+-<>\"'&/:htps ab"), st.text().map(lambda text: f"https://{text}"))


@settings(deadline=None)
@given(column=st.sampled_from(COLUMNS), value=VALUES)
def test_never_markup_of_an_archive(column: str, value: str) -> None:
    """Whatever a value is, there are no elements and no addresses but ours."""
    given = {"value": 1, "label": value} if column == "source_id" else value
    found = LexborHTMLParser(f"<body>{shown(given, column, None, {}, LINK) or ''}</body>").css("body *")
    assert {each.tag for each in found} <= {"a", "mark", "ins", "del", "span", "small"}
    assert all(set(each.attributes) <= {"href", "rel", "class"} for each in found)
    assert all((each.attributes["href"] or "").startswith(("/", "http")) for each in found if each.tag == "a")


async def test_in_a_table(get: Get) -> None:
    """Tables, rows and anybody's SQL show them."""
    assert '<a href="/-/article/1">Dredging costs more</a>' in (await get("/archive/articles")).text
    assert '<a href="/-/article/1?version=2">2</a>' in (await get("/archive/versions")).text
    assert '<a href="/-/capture/1">1</a>' in (await get("/archive/captures/1")).text
    sql = "select id as article_id, title from articles where id = 4"
    assert '<a href="/-/article/4">&lt;b&gt;Odd&lt;/b&gt;' in (await get(f"/archive?sql={sql}")).text
