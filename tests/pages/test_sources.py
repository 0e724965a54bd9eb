"""The page of all sources: what needs a look first, and what stands beside each."""

import re
from pathlib import Path
from typing import Any

import pytest

from storage.archive import Archive
from storage.datasette.sources import FAILING, GAPS, NEW, OFF, OK, SILENT, State, state_of
from tests.pages.conftest import Get, serving


def rows(html: str) -> list[str]:
    """The lines of the table."""
    return re.findall(r"<tr.*?</tr>", html.partition('<table class="sources">')[2], re.DOTALL)[1:]


@pytest.mark.parametrize(
    ("source", "silent", "state"),
    [
        ({}, (), OK),
        ({"open_gaps": 2}, (), GAPS),
        ({"last_poll": None}, (), NEW),
        ({"open_gaps": 2}, ("u",), SILENT),
        ({"last_error": "answered 503", "open_gaps": 2}, ("u",), FAILING),
        ({"last_error": "answered 503", "active": 0}, ("u",), OFF),  # nobody is to look at it
    ],
)
def test_states(source: dict[str, Any], silent: tuple[str, ...], state: State) -> None:
    """Of all that is wrong with a source the worst is told."""
    known = {"active": 1, "last_error": None, "last_poll": "2026-03-01", "open_gaps": 0, "url": "u"}
    assert state_of(known | source, silent) == state


async def test_worst_first(ask_watched: Get) -> None:
    """What fails, an index of which a part does, what is silent, was never polled, is well, is watched no longer."""
    lines = rows((await ask_watched("/-/sources")).text)
    sites = [found[1] for line in lines if (found := re.search(r'class="site" href="/-/site/([^"]+)"', line))]
    assert sites == ["four.test", "three.test", "one.test", "five.test", "two.test", "six.test"]
    states = [re.findall(r'class="chip \w+">([\w ]+)<', line)[0] for line in lines if 'class="site"' in line]
    assert states == ["failing", "ok", "silent", "never polled", "ok", "not watched"]
    assert "since 3 days" in lines[0]


async def test_parts_under_their_index(ask_watched: Get) -> None:
    """Those that fail first, some of the others, and how many more there are."""
    lines = rows((await ask_watched("/-/sources")).text)
    at = next(number for number, line in enumerate(lines) if "three.test/index.xml" in line)
    assert all('class="part"' in line for line in lines[at + 1 : at + 8])
    assert "part-8.xml" in lines[at + 1] and "failing" in lines[at + 1]
    assert "3 more parts" in lines[at + 7] and 'class="part"' not in lines[at + 8]


async def test_numbers(ask_watched: Get) -> None:
    """New of seven days, pause, articles, back-fills of the site."""
    lines = rows((await ask_watched("/-/sources")).text)
    one = next(line for line in lines if 'href="/-/source/1"' in line)
    assert re.findall(r">([^<>\n]+)</td>", one) == ["never", "18", "15 minutes", "5", "0", "0", "0"]
    five = next(line for line in lines if 'href="/-/source/5"' in line)
    assert re.search(r'href="/archive/backfills\?site=five.test">1</a></td>', five)


FOUND: dict[str, list[str]] = {"TWO": ["two.test"], "five.test/feed": ["five.test"], "s3cret": [], "<i>": []}


async def test_filter(ask_watched: Get) -> None:
    """By site, title and address as they are shown: a key that is hidden cannot be guessed letter by letter."""
    answers = {asked: (await ask_watched("/-/sources", params={"q": asked})).text for asked in FOUND}
    assert {asked: re.findall(r'class="site" href="/-/site/([^"]+)"', html) for asked, html in answers.items()} == FOUND
    assert "<i>" not in answers["<i>"]


async def test_nothing_secret_nothing_raw(ask_watched: Get) -> None:
    """The key of an address is hidden wherever it stands; a title is text."""
    for page in (
        "/-/sources",
        "/-/source/4",
        "/-/source/4/coverage",
        "/-/site/four.test",
        "/-/site/four.test/coverage",
    ):
        response = await ask_watched(page)
        assert response.status_code == 200
        assert "s3cret" not in response.text and "<b>Four" not in response.text, page
    assert "&lt;b&gt;Four" in (await ask_watched("/-/sources")).text


async def test_an_empty_archive(tmp_path: Path) -> None:
    """Whoever has no source yet is told what to do."""
    Archive(tmp_path / "archive.db").close()
    async with serving(tmp_path / "archive.db") as datasette:
        assert "newskeep sources discover" in (await datasette.client.get("/-/sources")).text


async def test_addresses_behind_a_proxy(watched_archive: Path) -> None:
    """All of them begin with the base_url."""
    async with serving(watched_archive, settings={"base_url": "/news/"}) as datasette:
        for page in ("sources", "source/1", "source/3", "site/one.test", "site/one.test/coverage"):
            html = (await datasette.client.get(f"/-/{page}")).text
            inner = re.findall(r'(?:href|action)="([^"]+)"', html)
            assert inner and [each for each in inner if not each.startswith(("/news/", "#"))] == [], page
