"""Two versions of an article side by side in one text."""

import pytest

from tests.pages.conftest import IN_ONE_LOOP, Get

pytestmark = IN_ONE_LOOP
REMOVED, ADDED = '<del><span class="unseen">removed: </span>', '<ins><span class="unseen">added: </span>'


async def said(ask_press: Get, address: str, status: int = 200) -> str:
    response = await ask_press(address)
    assert response.status_code == status
    return " ".join(response.text.split())


async def test_words_and_labels(ask_press: Get) -> None:
    """Every word that came or went, and for each version between who did it and what it was."""
    page = await said(ask_press, "/-/article/1/compare?old=1&new=3")
    assert f"Dredging {REMOVED}begins</del>{ADDED}costs more</ins></h2>" in page
    assert f"cost {REMOVED}12</del>{ADDED}15</ins> million" in page
    assert f'<p dir="auto">{REMOVED}Fishermen welcomed' in page
    assert page.index("changed by the publisher") < page.index("changed by our reading")
    assert ">headline</span>" in page and ">figure</span>" in page


async def test_last_two(ask_press: Get) -> None:
    """What is compared when nothing is asked for; one number alone is compared with the version before it."""
    page = await said(ask_press, "/-/article/1/compare")
    assert "from version 2 to version 3" in page and "Fishermen" in page and "by the publisher" not in page
    assert "from version 1 to version 2" in await said(ask_press, "/-/article/1/compare?new=2")
    assert '<option value="2" selected>' in page and '<option value="3" selected>' in page


async def test_backwards(ask_press: Get) -> None:
    """As it is asked for."""
    page = await said(ask_press, "/-/article/1/compare?old=2&new=1")
    assert "from version 2 to version 1" in page and f"{REMOVED}15</del>{ADDED}12</ins>" in page


async def test_nothing_to_compare(ask_press: Get) -> None:
    """One version alone, and a version with itself."""
    assert "There is one version of “" in await said(ask_press, "/-/article/2/compare")
    page = await said(ask_press, "/-/article/1/compare?old=2&new=2")
    assert "Both are the same version" in page and "The words are the same." in page


@pytest.mark.parametrize(
    ("query", "status", "words"),
    [
        ("old=1&new=9", 404, "There is no version 9; the article&#39;s versions are 1, 2, 3."),
        ("old=0", 404, "There is no version 0"),
        ("old=a", 400, "“old” has to be a number"),
        ("new=-1", 400, "“new” has to be a number"),
    ],
)
async def test_versions_that_are_not_there(ask_press: Get, query: str, status: int, words: str) -> None:
    """It says which there are."""
    assert words in await said(ask_press, f"/-/article/1/compare?{query}", status)
