"""The page of search, and the same search for programs."""

import csv
import io
import sqlite3
from contextlib import closing
from pathlib import Path
from xml.etree import ElementTree

import pytest

from storage.archive import Archive
from storage.archive.fulltext import understood
from storage.archive.searching import Order, Search
from storage.datasette import functions_search
from storage.datasette.search import MARKS, marked
from tests.pages.conftest import Get

ATOM = "{http://www.w3.org/2005/Atom}"


async def found(get: Get, query: str) -> list[int]:
    return [row["id"] for row in (await get(f"/-/search.json?{query}")).json()["results"]]


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("q=harbour&sort=oldest", [2, 1]),  # 2 has a day alone, which is its beginning
        ("q=harbour&sort=newest", [1, 2]),
        ("q=harbour&story=one", [1]),
        ("q=copied+OR+ferries&story=one", [1]),
        ("q=%22silted+up%22+NOT+15&sort=newest", [2]),
        ("q=title:dredg*&sort=newest", [1, 2]),
        ("q=title:harbour", [2]),
        ("q=harbour&site=One.test", [1]),
        ("q=harbour&site=nowhere.test", []),
        ("q=herons&language=DE", [5]),
        ("q=herons&language=d", []),
        ("sort=oldest", [5, 2, 1, 3, 4]),  # without words; 3 and 4 have no date, and were seen later that day
        ("since=2026-02-28&until=2026-02-28", [5]),
        ("since=2026-03-01&q=harbour+OR+herons&sort=oldest", [2, 1, 3]),
        ("site=two.test&story=one", [4, 3, 2]),
        ("q=nothinglikeit", []),
    ],
)
async def test_what_is_found(get: Get, query: str, ids: list[int]) -> None:
    """Words, filters and orders, each with each."""
    assert await found(get, query) == ids


async def test_the_page(get: Get) -> None:
    """Title, place, date, versions, the words around a match; what is gone; the same elsewhere."""
    text = (await get("/-/search?q=dredge+OR+herons")).text
    for part in (
        '<a href="/-/article/1">Dredging costs more</a>',
        "began to <mark>dredge</mark> the harbour",
        '<a href="/-/article/1/compare">3 versions</a>',
        '<a href="/-/site/one.test">one.test</a>',
        "Sunday, 1 March 2026, 10:30 (UTC+01:00)",
        "gone from its site",
        "no date; first seen 2026-03-01 12:00 UTC",
        "<h2>4 articles</h2>",
        'href="/-/search.csv?q=dredge+OR+herons"',
        'type="application/atom+xml"',
    ):
        assert part in text, part


async def test_the_form_alone(get: Get) -> None:
    """Nothing asked, nothing looked for: how to ask is shown."""
    text = (await get("/-/search")).text
    assert '<details class="card help" open>' in text
    assert "<h2>" not in text


async def test_hostile_words(get: Get) -> None:
    """Markup of a title, a text and a query is shown as letters."""
    text = (await get("/-/search?q=odd+%3Cscript%3E")).text
    assert "&lt;b&gt;<mark>Odd</mark>&lt;/b&gt;" in text
    assert "<script" not in text
    assert "&#34;&lt;script&gt;&#34;</code>" in text  # it could not be read as it is, and the page says so


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("since=yesterday", "“yesterday” is no day"),
        ("until=2026-02-30&q=harbour", "“2026-02-30” is no day"),
        ("since=2026-03-02&until=2026-03-01", "The last day is before the first one."),
        ("sort=best", "“sort” is one of rank, newest, oldest."),
        ("story=two", "“story” is “one”"),
        ("page=0&q=a", "“page” has to be a number"),
        ("page=51&q=harbour", "Only the first 1,000 results"),
        ("q=a*", "at least three letters"),
        ("q=ha*", "at least three letters"),
        (f"q={'long+' * 101}", "up to 500 can be looked for"),
    ],
)
async def test_what_cannot_be_asked(get: Get, query: str, words: str) -> None:
    """It is said beside the form, and in a sentence where there is no form; never an error of ours."""
    page, data = await get(f"/-/search?{query}"), await get(f"/-/search.json?{query}")
    assert (page.status_code, data.status_code) == (400, 400)
    assert words in page.text
    assert words in data.text


@pytest.mark.parametrize("query", ["q=%22vitamin+a*+b%22", "q=%00", "q=...", "page=9&q=harbour", "language=%25", "x=y"])
async def test_what_is_odd(get: Get, query: str) -> None:
    """It is answered all the same."""
    assert (await get(f"/-/search?{query}")).status_code == 200


async def test_json(get: Get) -> None:
    """How it was understood, how many there are, and addresses that can be asked for as they are."""
    answer = (await get("/-/search.json?q=don't+OR+herons&site=one.test")).json()
    assert answer["understood"] == '"don\'t" OR herons'
    assert not answer["as_written"]
    assert (answer["order"], answer["count"], answer["more"], answer["next"]) == ("rank", 1, False, None)
    (row,) = answer["results"]
    assert row["snippet"].startswith("Nine [herons] were counted")
    assert (row["page"], row["state"], row["versions"]) == ("http://localhost/-/article/5", "gone", 1)


async def test_csv(get: Get) -> None:
    """A head line and a line for each; to be saved."""
    response = await get("/-/search.csv?q=harbour&sort=newest")
    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"), newline="")))
    assert [(row["id"], row["title"]) for row in rows] == [("1", "Dredging costs more"), ("2", "Harbour dredged")]
    assert response.headers["content-disposition"] == 'attachment; filename="newskeep-search.csv"'


async def test_atom(get: Get) -> None:
    """What came in last is first, whatever the order; the feed keeps its id, an entry the one that exports give it."""
    feeds = [
        ElementTree.fromstring((await get(f"/-/search.atom?q=harbour{sort}")).content) for sort in ("", "&sort=oldest")
    ]
    assert feeds[0].findtext(f"{ATOM}id") == feeds[1].findtext(f"{ATOM}id")
    entries = feeds[0].findall(f"{ATOM}entry")
    assert [each.findtext(f"{ATOM}title") for each in entries] == ["Harbour dredged", "Dredging costs more"]
    assert "<p>The harbour has silted up" in str(entries[1].findtext(f"{ATOM}content"))
    assert feeds[0].find(f"{ATOM}link[@rel='self']").attrib["href"] == "http://localhost/-/search.atom?q=harbour"  # type: ignore[union-attr]  # it is there


def test_marks() -> None:
    """Each mark is closed, and only what we put in is markup."""
    begin, end = MARKS
    assert marked(f"<i>{begin}a & b{end} c{begin}d") == "&lt;i&gt;<mark>a &amp; b</mark> c<mark>d</mark>"


@pytest.mark.parametrize("order", ["newest", "oldest"])
def test_in_the_order_of_an_index(archive: Path, order: Order) -> None:
    """By date no article is read that is not listed, and nothing is sorted."""
    with closing(Archive(archive, readonly=True)) as opened:
        asked: list[str] = []
        opened.db.conn.set_trace_callback(asked.append)
        opened.matches(Search(query=understood("harbour"), site="one.test", language="en", order=order))
        opened.db.conn.set_trace_callback(None)
        sql = next(each for each in asked if each.startswith("SELECT articles.id"))
        plan = [row["detail"] for row in opened.rows(f"EXPLAIN QUERY PLAN {sql}")]
    assert plan[0] == "SCAN articles USING INDEX articles_dated"
    assert not [line for line in plan if "ORDER BY" in line]


@pytest.mark.parametrize(
    ("sql", "value"),
    [
        ("fts_query('a OR b')", "a OR b"),
        ("fts_query(NULL)", '""'),
        ("fts_query(x'ff61')", "\ufffda"),
        ("excerpt('one two three', 'TWO', 2)", "one [two]…"),
        ("excerpt('one two three', 'four', 9)", None),
        ("excerpt('one two three', '((', 9)", None),
        ("excerpt(NULL, 'one', 9)", None),
        ("excerpt(12, 12, 'x')", "[12]"),
    ],
)
def test_functions(sql: str, value: str | None) -> None:
    """No argument ends a query."""
    with closing(sqlite3.connect(":memory:")) as connection:
        functions_search.add(connection)
        assert connection.execute(f"SELECT {sql}").fetchone() == (value,)
