"""The page of changes."""

import re
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta

import pytest
import pytest_asyncio

from tests.pages.conftest import IN_ONE_LOOP, Get, serving
from tests.storage.shelf import BEGAN, Shelf, article, shelf_in

pytestmark = IN_ONE_LOOP
NUMBER = 95


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    """One article of many versions: each third of a rule, the last not told, several of one moment."""
    with shelf_in(tmp_path_factory.mktemp("many")) as shelf:
        shelf.read("https://one.test/a", article("Title 1", "Text."))
        columns = [row["name"] for row in shelf.archive.rows("PRAGMA table_info(versions)")]
        changed = ("id", "number", "title", "created_at", "changed_by", "edits", "reason")
        others = ", ".join(name for name in columns if name not in changed)
        with shelf.archive.transaction():
            for number in range(2, NUMBER + 1):
                by = None if number == NUMBER else "rule" if number % 3 == 0 else "publisher"
                at = (BEGAN + timedelta(minutes=number // 4)).isoformat()
                edits = '["headline","silent"]' if by == "publisher" and number % 2 else None
                shelf.archive.write(
                    f"INSERT INTO versions ({', '.join(changed)}, {others}) SELECT ?, ?, ?, ?, ?, ?, 'edited', {others}"
                    " FROM versions WHERE id = 1",
                    [number, number, f"Title {number}", at, by, edits],
                )
        yield shelf


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def get_many(many: Shelf) -> AsyncIterator[Get]:
    async with serving(many.folder / "archive.db") as datasette:
        yield datasette.client.get


async def listed(ask_press: Get, query: str = "") -> list[int]:
    """The numbers of the versions, through all pages, by the links that lead on."""
    found: list[int] = []
    address: str | None = f"/-/changes{query}"
    while address:
        response = await ask_press(address)
        assert response.status_code == 200
        page = [int(number) for number in re.findall(r"compare\?old=\d+&amp;new=(\d+)", response.text)]
        assert page or not found
        found += page
        onward = re.search(r'href="([^"]+)" rel="next"', response.text)
        address = onward and onward[1].replace("&amp;", "&")
    return found


WANTED = {
    "": [number for number in range(2, NUMBER) if number % 3],
    "?by=rule": [number for number in range(2, NUMBER) if not number % 3],
    "?by=unknown": [NUMBER],
    "?by=template": [],
    "?by=all": [*range(2, NUMBER + 1)],
    "?kind=silent": [number for number in range(2, NUMBER) if number % 3 and number % 2],
    "?kind=figure": [],
    "?by=all&site=one.test": [*range(2, NUMBER + 1)],
    "?site=two.test": [],
}


@pytest.mark.parametrize(("query", "numbers"), WANTED.items())
async def test_all_of_them(get_many: Get, query: str, numbers: list[int]) -> None:
    """Each change that is wanted stands on one page, once, the newest first, however many are of one moment."""
    assert await listed(get_many, query) == numbers[::-1]


async def test_what_stands_there(ask_press: Get) -> None:
    """Before and after as one title, whose change it was and what it changed; what it led to."""
    text = " ".join((await ask_press("/-/changes")).text.split())
    assert "begins</del><ins>" in text and "costs more</ins>" in text
    assert "changed by the publisher" in text and ">figure</span>" in text and "our reading:" not in text
    assert "as long as before" in text and 'href="/-/site/one.test"' in text
    assert "105 characters fewer" in (await ask_press("/-/changes?by=rule")).text


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("by=me", "“by” is one of publisher, rule"),
        ("kind=%22", "“kind” is one of headline"),
        ("before=yesterday", "“before” is what the link"),
        ("before=2026-03-01T00:00:00%2B00:00+99999999999999999999", "“before” is what the link"),
    ],
)
async def test_what_cannot_be_asked(ask_press: Get, query: str, words: str) -> None:
    """It says what can."""
    response = await ask_press(f"/-/changes?{query}")
    assert response.status_code == 400 and words in response.text
