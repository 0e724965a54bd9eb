"""SQL functions, as a person uses them in Datasette."""

from typing import Any
from urllib.parse import urlencode

import pytest

from storage.datasette.functions import DESCRIBED
from tests.pages.conftest import IN_ONE_LOOP, Get

pytestmark = IN_ONE_LOOP


async def asked(ask_press: Get, sql: str) -> list[list[Any]]:
    response = await ask_press(f"/archive.json?{urlencode({'sql': sql, '_shape': 'arrays'})}")
    assert response.status_code == 200, response.text
    rows: list[list[Any]] = response.json()["rows"]
    return rows


VALUES = {
    "substr(raw_html(1), 1, 15)": "<!doctype html>",
    "raw_html(99)": None,
    "raw_html(NULL)": None,
    "raw_html('nothing')": None,
    "raw_html(9223372036854775807)": None,
    "raw_html(1e300)": None,
    "word_diff(1, 6)": "Dredging [-begins-]{+costs more+}\n\n…council said that the work would cost [-12-]{+15+}"
    " million.\n\nThe harbour has silted up …",
    "word_diff(1, 1)": "",
    "substr(word_diff(6, 7, 1), 1, 23)": "Dredging costs more\n\nTw",
    "word_diff(1, 99)": None,
    "word_diff(NULL, 'x')": None,
}


@pytest.mark.parametrize(("sql", "value"), VALUES.items())
async def test_values(ask_press: Get, sql: str, value: str | None) -> None:
    """What is not there is NULL; nothing that is asked ends the query."""
    assert await asked(ask_press, f"SELECT {sql}") == [[value]]


async def test_over_a_table(ask_press: Get) -> None:
    """For many rows of one query, each its own."""
    rows = await asked(ask_press, "SELECT id FROM captures WHERE raw_html(id) LIKE '%evil.test%'")
    assert rows == [[3]]


@pytest.mark.parametrize("function", DESCRIBED, ids=lambda function: function.name)
async def test_examples(ask_press: Get, function: Any) -> None:
    """Each runs, and stands on the page with a link that runs it; ours find something."""
    rows = await asked(ask_press, function.example)
    assert rows or function.name == "fts_query"
    page = (await ask_press("/-/functions")).text
    assert f"<code>{function.signature}</code>" in page
    link = f"/archive?{urlencode({'sql': function.example})}"
    assert f'href="{link}"' in page and (await ask_press(link)).status_code == 200
