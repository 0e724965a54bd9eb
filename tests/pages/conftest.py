"""The archive of `press`, served: `get` asks Datasette, with our plugin as it is installed, for a page."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from datasette.app import Datasette

from tests.pages import press, watched
from tests.pages.browser import browser, canary, site

__all__ = ("archive", "browser", "canary", "get", "served", "site")
Get = Callable[..., Awaitable[Any]]
IN_ONE_LOOP = pytest.mark.asyncio(loop_scope="module")


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


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def ask_press(archive: Path) -> AsyncIterator[Get]:
    """As `get`, by one Datasette for all tests of a module that has `IN_ONE_LOOP`."""
    async with serving(archive) as datasette:
        yield datasette.client.get


@pytest.fixture(scope="session")
def watched_archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """archive.db of `watched`; to be read only."""
    folder = tmp_path_factory.mktemp("watched")
    watched.fill(folder)
    return folder / "archive.db"


@pytest.fixture
async def ask_watched(watched_archive: Path) -> AsyncIterator[Get]:
    """As `get`, of `watched`."""
    async with serving(watched_archive) as datasette:
        yield datasette.client.get


@pytest.fixture
def get(served: Datasette) -> Get:
    """`await get("/-/article/1")`: an httpx.Response."""
    client: Get = served.client.get
    return client
