"""What needs attention, as a page."""

from datetime import timedelta
from pathlib import Path
from typing import get_args

import pytest

from collector.daemon.attention import ADVICE, Kind
from storage.archive.alarms import Alarm
from storage.archive.sources import Wanted
from storage.datasette.attention import HEADINGS
from tests.pages.conftest import Get, serving
from tests.pages.press import NOW
from tests.storage.shelf import shelf_in


async def page_of(folder: Path) -> str:
    async with serving(folder / "archive.db") as served:
        response = await served.client.get("/-/attention")
        assert response.status_code == 200
        return str(response.text)


def test_every_kind_has_its_heading() -> None:
    """In the order of their weight, as their advice."""
    assert list(HEADINGS) == list(ADVICE)
    assert set(HEADINGS) == set(get_args(Kind))


async def test_all_of_it(get: Get) -> None:
    """By kinds, worst first: what, since when, what to do, and the page of the source."""
    page = (await get("/-/attention")).text
    assert "<h1>2 things need attention</h1>" in page
    assert page.index("Sources that fail</h2>") < page.index("Sources that were polled too rarely</h2>")
    assert '<a href="/-/source/2">https://two.test/feed</a> fails 9 times for 6 hours: answered 503' in page
    assert "<code>newskeep sources discover</code>" in page
    assert "No alarm is open." in page


async def test_a_host_leads_to_its_site(tmp_path: Path) -> None:
    """Where there is anything of that site in the archive."""
    with shelf_in(tmp_path) as shelf:
        shelf.archive.write("UPDATE sources SET site = 'one.test' WHERE id = 1")
        later = (NOW + timedelta(hours=9)).isoformat()
        for host in ("www.one.test", "other.test"):
            shelf.archive.write(
                "INSERT INTO hosts (origin, closed_until, closed_reason) VALUES (?, ?, 'answered 429')",
                [f"https://{host}", later],
            )
    page = await page_of(tmp_path)
    assert '<a href="/-/site/one.test">www.one.test</a> asked to be left alone' in page
    assert "<p>other.test asked to be left alone" in page


@pytest.mark.parametrize(
    ("ago", "state", "said"),
    [
        (
            timedelta(seconds=20),
            "waiting",
            "The daemon is waiting, for 5 hours now; its last sign of life is of 20 s ago.",
        ),
        (timedelta(seconds=-90), "working", "its last sign of life is of 0 s ago."),
        (timedelta(hours=2), "working", "The daemon (process 7) gave its last sign of life 2 hours ago"),
        (timedelta(hours=2), "stopped", "The daemon was stopped at 2026-03-01 16:00 UTC."),
    ],
)
async def test_the_daemon(tmp_path: Path, ago: timedelta, state: str, said: str) -> None:
    """Whether it runs, also where its clock is ahead of ours."""
    with shelf_in(tmp_path) as shelf:
        started = NOW - timedelta(hours=5)
        shelf.archive.beat(NOW - ago, pid=7, version="1", started_at=started, state=state, detail={})
    assert said in await page_of(tmp_path)


async def test_many_of_one_kind(tmp_path: Path) -> None:
    """They are told as one, and all of them can be seen."""
    urls = [f"https://{number}.test/feed" for number in range(8)]
    with shelf_in(tmp_path) as shelf:
        shelf.archive.set_sources([Wanted(url=url) for url in urls], NOW)
        shelf.archive.write("UPDATE sources SET last_error = 'answered 503', failures = 9 WHERE url NOT LIKE '%//0%'")
    page = await page_of(tmp_path)
    assert "<h1>1 thing needs attention</h1>" in page
    assert "<summary>All 7</summary>" in page
    assert ">https://7.test/feed</a></li>" in page


async def test_no_secret_is_told(tmp_path: Path) -> None:
    """Keys in addresses of sources are hidden, in what needs attention, in troubles and in alarms."""
    url = "https://one.test/feed?apikey=verysecret"
    with shelf_in(tmp_path) as shelf:
        shelf.archive.set_sources([Wanted(url=url)], NOW)
        failing = [f"{url}: answered 503", NOW.isoformat(), url]
        shelf.archive.write("UPDATE sources SET last_error = ?, failures = 9, failing_since = ? WHERE url = ?", failing)
        shelf.archive.keep_alarms("email", [Alarm(key="a", text=f"{url} fails", since=NOW)])
    page = await page_of(tmp_path)
    assert page.count("https://one.test/feed?apikey=***") >= 3
    assert "verysecret" not in page
    assert 'href="/-/source/3"' in page


async def test_alarms(tmp_path: Path) -> None:
    """Who was told what and when; those that go on before those that are over."""
    with shelf_in(tmp_path) as shelf:
        since, hour = NOW - timedelta(hours=3), timedelta(hours=1)
        alarms = [
            Alarm(key="a", text="a storm", since=since + hour, told_at=NOW - hour, over_at=NOW),
            Alarm(key="b", text="<i>a flood</i>", since=since),
        ]
        shelf.archive.keep_alarms("webhook", alarms)
    page = await page_of(tmp_path)
    assert page.index("&lt;i&gt;a flood&lt;/i&gt;</th><td>webhook</td>") < page.index("a storm</th><td>webhook</td>")
    assert "not yet" in page and '<span class="chip bad">open</span>' in page
    assert "<h1>Nothing needs attention</h1>" in page
