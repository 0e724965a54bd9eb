"""The page of an article: its words, its past, where both come from."""

import re
from collections.abc import AsyncIterator, Iterator

import pytest
import pytest_asyncio

from storage.records import to_json
from tests.pages.conftest import IN_ONE_LOOP, Get, serving
from tests.pages.press import NOW
from tests.storage.shelf import FEEDS, Shelf, article, shelf_in

pytestmark = IN_ONE_LOOP
BLANKS = re.compile(r"\s+")


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    with shelf_in(tmp_path_factory.mktemp("odd")) as made:
        _fill(made)
        yield made


def _fill(shelf: Shelf) -> None:
    """1: every kind of paragraph, two pages. 2: a version taken back. 3: taken down. 4: holds 1. 5: all taken back."""
    odd = article(
        "Kinds", "h:Boats", "Two came.", "li:One", "li:Two", "quote:It was.", "tr:a | b", "tr:c | d", "pre:x  y"
    )
    shelf.read("https://one.test/kinds", odd)
    shelf.later_page(1, "https://one.test/kinds?page=2", b"<p>More</p>")
    shelf.read("https://one.test/back", article("Stays", "Text.", language="<b>", lead="Text."))
    shelf.read("https://one.test/back", article("Goes", "We value your privacy."))
    shelf.wall(2)
    shelf.read("https://one.test/taken", article("Taken", "Text."))
    shelf.read("https://one.test/roundup", article("Round-up", "Two came."), source=2)
    shelf.read("https://one.test/all-back", article("Never was", "We value your privacy."))
    shelf.wall(5)
    archive = shelf.archive
    key = archive.value("SELECT key FROM articles WHERE id = 3")
    archive.set_tombstone(key, "https://one.test/taken", "a court asked for it", [], NOW)
    archive.write("INSERT INTO story_parts VALUES (4, 1, 0.4, 0.9, ?)", [NOW.isoformat()])
    archive.write("UPDATE articles SET url = 'javascript:alert(1)' WHERE id = 4")
    archive.write("UPDATE sources SET url = ? WHERE url = ?", [f"{FEEDS[1]}?key=secret", FEEDS[1]])
    archive.write("INSERT INTO rules VALUES ('r1', 'one.test', 'hosts: [one.test]', ?)", [NOW.isoformat()])
    day = to_json({"published": "2026-02", "published_raw": "Feb '26", "published_precision": "month"})
    sql = "UPDATE entries SET published = ?1 ->> 'published', published_raw = ?1 ->> 'published_raw' WHERE id = 1"
    archive.write(sql, [day])


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def odd(shelf: Shelf) -> AsyncIterator[Get]:
    async with serving(shelf.folder / "archive.db") as datasette:
        yield datasette.client.get


async def said(ask_press: Get, address: str, status: int = 200) -> str:
    """The page with single blanks."""
    response = await ask_press(address)
    assert response.status_code == status, response.text
    return BLANKS.sub(" ", response.text)


async def test_words(ask_press: Get) -> None:
    """What a reader wants first, with the language of the text told to those who read it aloud."""
    page = await said(ask_press, "/-/article/1")
    for words in (
        '<h1 id="title" dir="auto" lang="en">Dredging costs more</h1>',
        "By Ada Holm, Ben Reyes",
        "Sunday, 1 March 2026, 10:30 (UTC+01:00)",
        "as the page says: “<bdi>March 1, 2026 10:30</bdi>”, known to the minute",
        "The work is to last until spring.",
        '<p dir="auto">Two boats began',
        "A dredger at the pier",
        "C. Okafor",
        'href="https://one.test/harbour" rel="noopener noreferrer"',
        ">ferries<",
    ):
        assert words in page


async def test_versions(ask_press: Get) -> None:
    """Each with whose change it is and what it changed; links to read it and to compare it with the one before."""
    page = await said(ask_press, "/-/article/1")
    assert "changed by the publisher" in page and "changed by our reading" in page and "read first" in page
    assert ">headline</span>" in page and ">figure</span>" in page
    assert "/-/article/1/compare?old=1&amp;new=2" in page and "/-/article/1/compare?old=2&amp;new=3" in page
    assert "/-/article/1?version=2" in page and "/-/article/1?version=3" not in page
    assert "/-/capture/6" in page and "rule r2" in page


async def test_an_older_version(ask_press: Get) -> None:
    """It says so, and leads to the current one; its downloads are its own."""
    page = await said(ask_press, "/-/article/1?version=1")
    assert "This is version 1" in page and 'href="/-/article/1">Read the current version' in page
    assert "Fishermen welcomed" in page and "cost 12 million" in page
    assert "/-/article/1.json?version=1" in page and "This is version" not in await said(
        ask_press, "/-/article/1?version=3"
    )


async def test_story(ask_press: Get) -> None:
    """Who has the same text, who had it first, and how much they share, both ways."""
    page = await said(ask_press, "/-/article/2")
    assert "The same story, 2 articles" in page and "had it first" in page
    assert page.index("Dredging costs more</a>") < page.index("had it first")
    assert '<td class="num">90 %</td><td class="num">80 %</td>' in page


async def test_gone_and_odd(ask_press: Get) -> None:
    """A page that is gone is told of; markup in a title is text; what has no date says so."""
    assert "The page is gone since 2026-03-01" in await said(ask_press, "/-/article/5")
    page = await said(ask_press, "/-/article/4")
    assert "&lt;b&gt;Odd&lt;/b&gt; &amp; &#34;quoted&#34;" in page and "<b>Odd" not in page
    assert "The page gives no date" in page and "1 &lt; 2" in page


async def test_kinds_of_paragraphs(odd: Get) -> None:
    """Headings, lists, quotations, tables and code are what they are."""
    page = await said(odd, "/-/article/1")
    for words in (
        '<h2 dir="auto">Boats</h2>',
        '<ul><li dir="auto">One</li><li dir="auto">Two</li></ul>',
        '<blockquote><p dir="auto">It was.</p></blockquote>',
        '<tr><td dir="auto">a</td><td dir="auto">b</td></tr> <tr><td dir="auto">c</td>',
        "x y</pre>",
    ):
        assert words in page


async def test_origin(odd: Get) -> None:
    """The sources that announced it and what they said; the capture, its later pages, the rule's own text."""
    page = await said(odd, "/-/article/1")
    assert 'February 2026<span class="meta">as Feed of one says: “<bdi>Feb &#39;26</bdi>”' in page
    assert '<a href="/-/capture/2">2</a>' in page and 'href="/archive/rules/r1"' in page
    other = await said(odd, "/-/article/4")
    assert "https://two.test/feed?key=***" in other and "secret" not in other
    assert 'href="javascript:' not in other and "<dd>javascript:alert(1)" in other


async def test_round_up(odd: Get) -> None:
    """What stands in it, and where it stands."""
    assert "What stands in this round-up" in await said(odd, "/-/article/4")
    assert "90 % of this text stands there" in await said(odd, "/-/article/1")


async def test_taken_back(odd: Get) -> None:
    """A version that was none, and why; the summary that only repeats the text is not shown twice."""
    page = await said(odd, "/-/article/2")
    assert '“<span dir="auto">Goes</span>”' in page and "wall: a test" in page
    assert page.count("Text.") == 1 and 'lang="<' not in page and 'lang="&' not in page


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/-/article/99", 404, "There is no article 99"),
        ("/-/article/999999999999999999", 404, "There is no article"),
        ("/-/article/1?version=9", 404, "no version 9 of this article; its versions are 1."),
        ("/-/article/1?version=x", 400, "has to be a number"),
        ("/-/article/1?version=²", 400, "has to be a number"),
        ("/-/article/1?version=9999999999999999999999", 400, "has to be a number"),
        ("/-/article/5", 404, "was taken back on 2026-03-01"),
        ("/-/article/3", 404, "taken down on 2026-03-01 18:00 UTC, because: a court asked for it"),
        ("/-/article/3.txt", 404, "taken down"),
        ("/-/article/3/compare", 404, "taken down"),
    ],
)
async def test_what_is_not_there(odd: Get, address: str, status: int, words: str) -> None:
    """It says what became of it."""
    assert words in await said(odd, address, status)
