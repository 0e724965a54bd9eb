"""The archive of `press`, served: `get` asks Datasette, with our plugin as it is installed, for a page."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from datasette.app import Datasette

from tests.pages import press
from tests.pages.browser import browser, canary, site

__all__ = ("archive", "browser", "canary", "get", "served", "site")
Get = Callable[..., Awaitable[Any]]


@pytest.fixture(scope="session")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """archive.db, with raw/ beside it; to be read only."""
    folder = tmp_path_factory.mktemp("press")
    press.fill(folder)
    return folder / "archive.db"


@asynccontextmanager
async def serving(path: Path, **options: Any) -> AsyncIterator[Datasette]:
    """Datasette with our plugin over one file. options: as Datasette takes them; all is closed at the end."""
    metadata = {"plugins": {"newskeep": {"now": press.NOW.isoformat()}}}
    served = Datasette([str(path)], **{"metadata": metadata, **options})
    try:
        await served.invoke_startup()
        yield served
    finally:
        for database in served.databases.values():
            database.close()
        if served.executor:
            served.executor.shutdown()


@pytest.fixture
async def served(archive: Path) -> AsyncIterator[Datasette]:
    async with serving(archive) as datasette:
        yield datasette


@pytest.fixture
def get(served: Datasette) -> Get:
    """`await get("/-/article/1")`: an httpx.Response."""
    client: Get = served.client.get
    return client
