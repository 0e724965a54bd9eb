"""The front page."""

from tests.pages.conftest import Get


async def test_newest(get: Get) -> None:
    """What came in last, each with a link to its page."""
    response = await get("/")
    assert response.status_code == 200
    assert 'href="/-/article/5"' in response.text
