"""Hostile captures in a real browser: no request leaves, no dialog opens, no script runs."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.async_api import Browser, Dialog, Error, Frame, Page, Request, Route

from collector.extract.charset import decode
from collector.extract.harmless import harmless
from storage.datasette.capture_page import HARMLESS
from tests.pages.browser import IN_THE_BROWSER, STRANGER, Canary, serving_on_a_port
from tests.pages.hostile import ATTACKS, HTML, Attack
from tests.storage.shelf import article, shelf_in

pytestmark = [*IN_THE_BROWSER, pytest.mark.timeout(300)]
NAMES = list(ATTACKS)
PAGES = [name for name in NAMES if ATTACKS[name].shown]
MOMENT = 100  # milliseconds, in which what wants to happen happens
AT_ONCE, PATIENCE = 4, 3.0  # tabs; seconds for a click
BARE = "http://127.0.0.1:9/bare"  # answered by the tests themselves; of this machine, so that it may have workers
TOUCHED = "a, button, summary, img[usemap], svg text, mtext"


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """An archive of the attacks, in their order, on a port."""
    folder: Path = tmp_path_factory.mktemp("hostile")
    with shelf_in(folder) as shelf:
        for name, attack in ATTACKS.items():
            headers = (("content-type", attack.content_type),)
            shelf.read(f"https://one.test/{name}", article(name, name), body=attack.body, headers=headers)
    with serving_on_a_port(folder / "archive.db") as address:
        yield address


class Tab:
    """A tab that looks at one attack after the other. tried: what each wanted, by its name."""

    def __init__(self, page: Page, tried: dict[str, list[str]]) -> None:
        self.page, self.name, self._tried = page, "", tried
        page.set_default_timeout(5_000)
        page.on("dialog", self._dialog)
        page.on("request", self._asked)
        page.on("popup", lambda other: self._try(f"opened {other.url}"))

    def _try(self, what: str) -> None:
        self._tried.setdefault(self.name, []).append(what)

    async def _dialog(self, dialog: Dialog) -> None:
        self._try("dialog")
        await dialog.dismiss()

    def _asked(self, request: Request) -> None:
        if STRANGER in request.url:
            self._try(request.url)

    async def open(self, url: str) -> None:
        """Look at it for a moment. What leads elsewhere at once is no failure yet."""
        with suppress(Error):
            await self.page.goto(url, wait_until="load")
        await self.page.wait_for_timeout(MOMENT)

    async def show(self, body: bytes, headers: dict[str, str]) -> None:
        """Look at an answer without a server."""

        async def answer(route: Route) -> None:
            await route.fulfill(body=body, headers=headers)

        await self.page.unroute_all()
        await self.page.route(BARE, answer)
        await self.open(BARE)

    async def touch(self, frame: Frame | None = None) -> None:
        """Click at whatever can be clicked, and press keys. What leads elsewhere may leave them unanswered."""
        with suppress(Error, TimeoutError):
            async with asyncio.timeout(PATIENCE):
                for each in await (frame or self.page).locator(TOUCHED).all():
                    await each.click(force=True, no_wait_after=True)
                for key in () if frame else ("Tab", "Enter"):  # behind the frame they would reach our own links
                    await self.page.keyboard.press(key)
        await self.page.wait_for_timeout(MOMENT)


Look = Callable[[Tab, Attack], Awaitable[None]]


async def tried(browser: Browser, names: Iterable[str], look: Look, *, alone: bool = False) -> dict[str, list[str]]:
    """What attacks tried while they were looked at. alone: each in a tab of its own."""
    found: dict[str, list[str]] = {}
    waiting = list(names)[::-1]

    async def work() -> None:
        async with await browser.new_context() as context:
            tab = Tab(await context.new_page(), found)
            while waiting:
                tab.name = waiting.pop()
                await look(tab, ATTACKS[tab.name])
                if alone:
                    tab = Tab(await context.new_page(), found)

    await asyncio.gather(*(work() for _ in range(AT_ONCE)))
    return found


async def test_the_attacks_are_real(browser: Browser, canary: Canary) -> None:
    """Without our protections each does what it wants, and what asks a stranger is heard."""

    async def look(tab: Tab, attack: Attack) -> None:
        await tab.show(attack.body, {"content-type": attack.content_type})
        if attack.waits:
            await tab.touch()

    before = len(canary.heard)
    fires = [name for name in NAMES if ATTACKS[name].fires]
    found = await tried(browser, fires, look, alone=True)
    assert [name for name in fires if name not in found] == []
    assert len(canary.heard) - before > 20


async def test_nothing_happens(browser: Browser, canary: Canary, hostile: str) -> None:
    """Neither in a tab of its own nor in the frame, whatever is clicked; the words are shown all the same."""

    async def look(tab: Tab, attack: Attack) -> None:
        capture = f"{hostile}/-/capture/{NAMES.index(tab.name) + 1}"
        await tab.open(f"{capture}/page")
        await _shows(tab, attack)
        await tab.touch()
        assert tab.page.url.partition("#")[0] == f"{capture}/page"
        await tab.open(f"{capture}/view")
        assert len(tab.page.frames) == 1 + attack.shown
        if attack.shown:
            await tab.touch(tab.page.frames[1])
            assert tab.page.frames[1].url == f"{capture}/page"

    before = len(canary.heard)
    assert not await tried(browser, NAMES, look)
    assert not canary.heard[before:]


async def _shows(tab: Tab, attack: Attack) -> None:
    words = await tab.page.locator("h1").inner_text()
    assert words == ("Its words" if attack.shown else "Not in the archive"), tab.name


async def test_the_bytes_alone(browser: Browser, canary: Canary) -> None:
    """What is sent does nothing, even where no policy forbids it."""

    async def look(tab: Tab, attack: Attack) -> None:
        made = harmless(decode(attack.body, attack.content_type).text, attack.content_type)
        await tab.show(made.encode(), {"content-type": HTML})
        await _shows(tab, attack)
        await tab.touch()

    before = len(canary.heard)
    assert not await tried(browser, PAGES, look)
    assert not canary.heard[before:]


async def test_the_policy_alone(browser: Browser, canary: Canary) -> None:
    """A page that is sent as it was asks nothing by itself. What no policy forbids is left to the bytes: a link that is
    clicked, and a connection that is made ahead of any question."""

    async def look(tab: Tab, attack: Attack) -> None:
        await tab.show(attack.body, {**HARMLESS, "content-type": attack.content_type})
        assert tab.page.url == BARE

    before = len(canary.heard)
    found = await tried(browser, PAGES, look)
    assert not [name for name, what in found.items() if "dialog" in what]
    assert not any(canary.heard[before:])
