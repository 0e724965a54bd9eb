"""The front page: a day's news, edits and troubles; the charts below them."""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest

from storage.archive.backfills import Wish
from tests.pages.conftest import Get, serving
from tests.pages.press import NOW
from tests.storage.shelf import Shelf, article, shelf_in


async def page_of(folder: Path, path: str = "/") -> str:
    async with serving(folder / "archive.db") as served:
        response = await served.client.get(path)
        assert response.status_code == 200
        return str(response.text)


def figures(page: str) -> list[str]:
    """The numbers at the top: articles, edits, walls, sources with news, what needs attention."""
    return re.findall(r"<strong>([\d,]+)</strong>", page)


async def test_today(get: Get) -> None:
    """What came in, what publishers edited, how many walls were met, how many sources had news; what is wrong."""
    response = await get("/")
    assert response.status_code == 200
    assert figures(response.text) == ["5", "1", "1", "2", "2"]
    assert "<h1>Today</h1>" in response.text
    places = [response.text.index(f'href="/-/article/{number}"') for number in (5, 4, 3, 2, 1)]
    assert places == sorted(places)


async def test_edits(get: Get) -> None:
    """A publisher's edit is told by its headlines and its kinds, and leads to the two versions; a rule's is not."""
    page = (await get("/")).text
    assert (
        'href="/-/article/1/compare?old=1&amp;new=2"><del>Dredging begins</del> <ins>Dredging costs more</ins>' in page
    )
    assert '<li class="chip">headline 1</li><li class="chip">figure 1</li>' in page
    assert page.count("/compare?") == 1


async def test_words_of_an_archive_are_no_markup(get: Get) -> None:
    """A title is shown letter by letter."""
    page = (await get("/")).text
    assert "&lt;b&gt;Odd&lt;/b&gt;" in page
    assert "<b>Odd" not in page and "<script" not in page


async def test_by_source(get: Get) -> None:
    """Each source with the number of its new articles, those with most first."""
    page = (await get("/")).text
    found = re.findall(
        r'href="/-/source/(\d)">([^<]*)</a> <span class="meta">\S+</span></th><td class="num">(\d)', page
    )
    assert found == [("1", "Feed of one", "3"), ("2", "Feed of two", "2")]


async def test_a_day_without_news(get: Get) -> None:
    """It says so, leads to the days around it, and folds the sources that had nothing."""
    page = (await get("/?day=2026-02-28")).text
    assert figures(page)[:4] == ["0", "0", "0", "0"]
    assert "<h1>Saturday, 28 February 2026</h1>" in page
    assert "No new article came in on this day." in page and "No edit was seen on this day." in page
    assert "2 sources with nothing new" in page
    assert 'rel="prev"' not in page  # nothing is older
    assert 'href="/" rel="next"' in page


async def test_a_day_after_the_news(tmp_path: Path) -> None:
    """It leads to the last day that had any, and shows the last edits all the same."""
    with shelf_in(tmp_path) as shelf:
        long_ago = NOW - timedelta(days=9)
        shelf.read("https://one.test/old", article("Old news", "Words."), at=long_ago)
    page = await page_of(tmp_path)
    assert f'The last ones came on <a href="/?day={long_ago.date()}">' in page
    assert f'href="/?day={NOW.date() - timedelta(days=1)}" rel="prev"' in page


@pytest.mark.parametrize(
    "asked",
    [
        *("day=tomorrow", "day=2026-13-01", "day=2026-03-02", "day=0001-01-01", "day=9999-12-31", "day=1"),
        *("days=7", "days=-30", "days=x", "days=99999999999999999999", "days=²"),
    ],
)
async def test_what_cannot_be_asked(get: Get, asked: str) -> None:
    """A day that is none, or is still to come, and lengths that there are no charts of."""
    assert (await get(f"/?{asked}")).status_code == 400


@pytest.mark.parametrize(
    ("days", "columns", "last"), [(30, 30, "Sunday, 1 March 2026"), (90, 13, "23 Feb to 1 Mar 2026")]
)
async def test_charts(get: Get, days: int, columns: int, last: str) -> None:
    """Three of them: by the day, or by whole weeks; each with its numbers as a table, which links the days."""
    page = (await get(f"/?days={days}")).text
    assert page.count("<svg") == 3
    assert page.count('<g class="bar">') == 3 * columns
    kept = "" if days == 30 else f"&amp;days={days}"
    assert f'<a href="/?day=2026-03-01{kept}">{last}</a></th><td class="num">3</td><td class="num">2</td>' in page


async def test_what_goes_on(tmp_path: Path) -> None:
    """The daemon's sign of life, the back-fills that run, and that nothing is wrong."""
    with shelf_in(tmp_path) as shelf:
        shelf.read("https://one.test/a", article("News", "Words."))
        started, beat = NOW - timedelta(hours=5), NOW - timedelta(seconds=20)
        shelf.archive.beat(beat, pid=1, version="1", started_at=started, state="working", detail={})
        _backfill(shelf)
    page = await page_of(tmp_path)
    assert "The daemon is working, for 5 hours now; its last sign of life is of 20 s ago." in page
    assert "Nothing needs attention." in page
    assert 'href="/archive/backfills/1">https://one.test/?key=***</a>' in page
    assert "2026-01-01 to 2026-01-31" in page


def _backfill(shelf: Shelf) -> None:
    wish = Wish(
        target="https://one.test/?key=secret99",
        base="https://one.test/",
        site="one.test",
        source_id=None,
        since=date(2026, 1, 1),
        until=date(2026, 1, 31),
    )
    shelf.archive.add_backfill(wish, ["sitemap"], NOW)


async def test_moments_for_machines(tmp_path: Path) -> None:
    """HTML knows no microseconds, which an archive of a real day is full of."""
    with shelf_in(tmp_path) as shelf:
        shelf.read("https://one.test/a", article("News", "Words."), at=NOW - timedelta(microseconds=123456))
    assert '<time datetime="2026-03-01T17:59:59+00:00">17:59</time>' in await page_of(tmp_path)


async def test_an_empty_archive(tmp_path: Path) -> None:
    """Who has just begun is told what to do."""
    with shelf_in(tmp_path):
        pass
    page = await page_of(tmp_path)
    assert "Nothing is in the archive yet" in page
    assert "<code>newskeep run</code>" in page
