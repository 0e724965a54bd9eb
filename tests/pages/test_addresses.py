"""Every page that there is: it is among the addresses that other tests go through, and it answers."""

import re

import pytest

from storage.datasette.routes import ROUTES
from tests.pages.addresses import DATASETTES, FILES, MISSING, OURS
from tests.pages.conftest import Get


@pytest.mark.parametrize("pattern", [route.pattern for route in ROUTES])
def test_every_route_is_gone_through(pattern: str) -> None:
    """A page that is added is judged with the others, or this fails."""
    assert any(re.match(pattern, address.partition("?")[0]) for address in OURS + FILES)


@pytest.mark.parametrize("address", OURS + DATASETTES)
async def test_a_page(get: Get, address: str) -> None:
    """It answers with one heading above all others, within our frame, and without a word of Python's or Jinja's."""
    response = await get(address)
    assert response.status_code == 200
    html = response.text
    assert html.count("<h1") == 1
    assert html.count('class="skip" href="#content"') == 1
    assert not re.search(r"\{\{|\{%|&lt;(?:Row|Undefined|\w+ object at)|>None<", html)


@pytest.mark.parametrize("address", FILES)
async def test_a_file(get: Get, address: str) -> None:
    """It is none of our pages, and is never taken for one."""
    response = await get(address)
    assert response.status_code == 200
    assert response.headers["x-content-type-options"] == "nosniff"
    assert 'class="skip"' not in response.text


async def test_what_is_missing(get: Get) -> None:
    """It is said in our frame."""
    response = await get(MISSING)
    assert response.status_code == 404
    assert "<h1>Not in the archive</h1>" in response.text
