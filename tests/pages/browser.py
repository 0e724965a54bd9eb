"""A real Chromium, our pages on a real port, and a canary: a server that hears whatever a page asks of a stranger.

All of one session's browser tests share one browser, so they share its loop, too: `pytestmark = IN_THE_BROWSER`.
"""

import os
import shutil
import socket
import threading
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
import uvicorn
from datasette.app import Datasette
from playwright.async_api import Browser, async_playwright

from tests.pages import press

IN_THE_BROWSER = [pytest.mark.slow, pytest.mark.asyncio(loop_scope="session")]
STRANGER = "evil.test"  # its hosts lead to the canary, all others but this machine nowhere
NAMES = ("chromium", "chromium-browser", "google-chrome")
QUIET = (
    *("--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"),
    "--no-first-run",
)
PATIENCE = 20.0  # seconds that a server may take to start
ANSWER = (
    b"HTTP/1.1 200 OK\r\nAccess-Control-Allow-Origin: *\r\nContent-Type: text/html\r\nContent-Length: 2\r\n"
    b"Connection: close\r\n\r\nhi"
)


class Canary:
    """Hears every connection to a stranger, of whatever protocol, and answers as a web server would."""

    def __init__(self) -> None:
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listening.getsockname()[1]
        self.heard: list[bytes] = []  # how each connection began; b"" for one that said nothing
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        with suppress(OSError):  # it was closed
            while True:
                connection, _ = self._listening.accept()
                threading.Thread(target=self._hear, args=(connection,), daemon=True).start()

    def _hear(self, connection: socket.socket) -> None:
        with connection, suppress(OSError):
            connection.settimeout(2)
            place = len(self.heard)
            self.heard.append(b"")
            self.heard[place] = connection.recv(2_000)
            connection.sendall(ANSWER)

    def close(self) -> None:
        self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()


@pytest.fixture(scope="session")
def canary() -> Iterator[Canary]:
    made = Canary()
    yield made
    made.close()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser(canary: Canary) -> AsyncIterator[Browser]:
    """Debian's Chromium, in which strangers' addresses lead to the canary."""
    path = next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        _go_without()
    to_the_canary = f"127.0.0.1:{canary.port}"
    rules = f"MAP {STRANGER} {to_the_canary}, MAP *.{STRANGER} {to_the_canary}, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
    args = [*QUIET, f"--host-resolver-rules={rules}", *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    async with async_playwright() as playwright:
        launched = await playwright.chromium.launch(executable_path=path, args=args)
        yield launched
        await launched.close()


def _go_without() -> None:
    told = f"there is no browser here: none of {', '.join(NAMES)}"
    if os.environ.get("CI") == "true" and os.environ.get("NEWSKEEP_NO_BROWSER") != "1":
        pytest.fail(f"{told}; NEWSKEEP_NO_BROWSER=1 leaves these tests out")
    pytest.skip(told)


@contextmanager
def serving_on_a_port(path: Path, **options: Any) -> Iterator[str]:
    """Datasette with our plugin over one file, as `conftest.serving`: its address, without a slash behind it.

    options: as Datasette takes them, `settings={"base_url": "/archive/"}` for example, which is in no address here.
    """
    metadata = {"plugins": {"newskeep": {"now": press.NOW.isoformat()}}}
    served = Datasette([str(path)], **{"metadata": metadata, **options})
    config = uvicorn.Config(served.app(), host="127.0.0.1", port=0, log_level="error", ws="none")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{_port(server)}"
    finally:
        server.should_exit = True
        thread.join(PATIENCE)
        for database in served.databases.values():
            database.close()
        if served.executor:
            served.executor.shutdown()


def _port(server: uvicorn.Server) -> int:
    end = time.monotonic() + PATIENCE
    while not server.started:
        assert time.monotonic() < end, "the server did not start"
        time.sleep(0.01)
    return int(server.servers[0].sockets[0].getsockname()[1])


@pytest.fixture(scope="session")
def site(archive: Path) -> Iterator[str]:
    """The archive of `press` on a port of this machine: its address, without a slash behind it."""
    with serving_on_a_port(archive) as address:
        yield address
