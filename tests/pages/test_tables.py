"""Datasette's own pages within our frame: the archive's page, tables, rows, SQL."""

import re
import sqlite3
from pathlib import Path

import pytest
from markupsafe import Markup

from storage.datasette.mending import mended
from tests.pages.conftest import Get, serving

# What Datasette's templates have without our repairs: where one is found, a repair no longer finds its place.
BARE = [
    r"<h3",
    r'<select name="',
    r'<input type="text" name="',
    r'<textarea id="',
    r'class="cross">',
    r'<div class="table-wrapper">',
    r'<h1 style="',
    r'<div class="page-header" style="',
    r"Custom SQL query returning",
]
PAGES = [
    "/archive/articles?_search=harbour&site=one.test&_facet=looks",
    "/archive/captures",
    "/archive/latest_articles",
    "/archive/versions/6",
    "/archive/headlines_changed",
    "/archive?sql=select+1",
]


async def test_nothing_is_bare(get: Get) -> None:
    """Each field has a label, headings follow each other, what is wide can be moved by keyboard."""
    for page in PAGES:
        response = await get(page)
        assert response.status_code == 200, page
        content = response.text.split("<main")[1].split("</main>")[0]
        assert [each for each in BARE if re.search(each, content)] == [], page
        assert content.count("<h1") == 1, page


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("<h3>Rows</h3>", "<h2>Rows</h2>"),
        ('<h1 style="padding-left: 10px; border-left: 10px solid #a1b2c3">', "<h1>"),
        ('<p style="color: red">', '<p style="color: red">'),
        ("&lt;h3&gt; &lt;select name=&#34;_sort&#34;", "&lt;h3&gt; &lt;select name=&#34;_sort&#34;"),
    ],
)
def test_mended(words: str, shown: str) -> None:
    """What Datasette wrote is mended, what stands in a database is not."""
    assert mended(Markup(words)) == shown


async def test_the_page_of_the_archive(get: Get) -> None:
    """What to open first, with a sentence for each; queries with theirs; the archive's own tables when asked for."""
    page = (await get("/archive")).text
    places = [
        page.index(f'href="/archive/{name}') for name in ("latest_articles?_nocount", "articles", "polls", "runs")
    ]
    assert places == sorted(places)
    assert "The table to open first." in page and "Headline or text were changed, no note says so" in page
    assert "/archive/seals" not in page and "articles_text" not in page
    whole = (await get("/archive?_show_hidden=1")).text
    assert "/archive/seals" in whole and "by which damage is found" in whole


async def test_a_row_stands_upright(get: Get) -> None:
    """Each column of it with its meaning."""
    page = (await get("/archive/sources/1")).text
    assert re.search(r'<th scope="row">last_new<p>When it last announced something new.</p></th>', page)


async def test_long_texts_are_shortened_among_others(get: Get) -> None:
    assert '<div class="long">Two boats' in (await get("/archive/versions")).text
    assert '<div class="long">' not in (await get("/archive/versions/6")).text


async def test_meanings_are_folded(get: Get) -> None:
    page = (await get("/archive/articles")).text
    assert page.index('<details class="told">') < page.index("<dt>first_seen</dt>") < page.index("</details>")


async def test_what_is_no_archive_stays_datasettes(tmp_path: Path) -> None:
    """Another database is shown as Datasette shows it."""
    path = tmp_path / "other.db"
    connection = sqlite3.connect(path)
    connection.executescript(
        "CREATE TABLE birds (id INTEGER PRIMARY KEY, name TEXT); INSERT INTO birds VALUES (1, 'x')"
    )
    connection.close()
    async with serving(path) as datasette:
        for page in ("/other", "/other/birds", "/other/birds/1", "/other?sql=select+1"):
            response = await datasette.client.get(page)
            assert response.status_code == 200
            assert "Powered by" in response.text and "newskeep.css" not in response.text
