"""What Datasette itself cannot answer stands in our frame, and says what is wrong."""

import pytest

from tests.pages.conftest import Get


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        ("/archive/nothing", 404, "There is no such page"),
        ("/nothing", 404, "There is no such page"),
        ("/archive?sql=selec+1", 400, "Statement must be a SELECT"),
        ("/archive?sql=select+*+from+nowhere", 400, "no such table: nowhere"),
        ("/archive/articles?_sort=nothing", 500, "Cannot sort table by nothing"),
        ("/archive/articles?_where=<b>", 400, "&lt;"),
    ],
)
async def test_in_our_frame(get: Get, path: str, status: int, said: str) -> None:
    response = await get(path)
    assert response.status_code == status
    assert said in response.text
    assert '<html lang="en">' in response.text
    assert "<b>" not in response.text


async def test_programs_get_json(get: Get) -> None:
    """As from any Datasette."""
    response = await get("/archive/nothing.json")
    assert response.status_code == 404
    assert response.json()["ok"] is False
