"""What people do with the pages, in a real browser: by mouse, by keys, on a phone, at night, behind a proxy."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, ViewportSize, expect

from tests.pages.addresses import DATASETTES, OURS
from tests.pages.browser import IN_THE_BROWSER, serving_on_a_port

pytestmark = IN_THE_BROWSER
DESK, PHONE = ViewportSize(width=1200, height=800), ViewportSize(width=360, height=720)
STOPS = 60  # of the Tab key, on one page
# Of what has the focus. The parts of a date show it by themselves.
FOCUSED = """() => {
    const it = document.activeElement, style = getComputedStyle(it), box = it.getBoundingClientRect();
    return {
        tag: it.tagName, text: it.textContent.trim().slice(0, 40), address: it.getAttribute("href"),
        seen: it.type === "date" || style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0,
        size: Math.min(box.width, box.height), place: [...document.querySelectorAll("*")].indexOf(it),
    };
}"""
WIDE = """() => [document.scrollingElement.scrollWidth - innerWidth, [...document.querySelectorAll("body *")].filter(
    each => each.getBoundingClientRect().right > innerWidth + 1 && !each.closest(".scroll, .unseen")
).slice(0, 5).map(each => each.outerHTML.slice(0, 120))]"""
LIGHTNESS = """() => {
    const told = [document.documentElement, document.body].map(each => getComputedStyle(each).backgroundColor).join();
    return Math.max(...told.match(/\\d+(?=, \\d+, \\d+\\))/g).map(Number));
}"""


@pytest_asyncio.fixture(loop_scope="session")
async def page(browser: Browser) -> AsyncIterator[Page]:
    context = await browser.new_context(viewport=DESK)
    yield await context.new_page()
    await context.close()


async def test_a_reader(page: Page, site: str) -> None:
    """Searches, opens what is found, compares two versions, reads the other paper's copy."""
    await page.goto(f"{site}/")
    await page.get_by_role("searchbox").first.fill("dredge")
    await page.keyboard.press("Enter")
    await expect(page.locator("main mark").first).to_be_visible()
    await page.get_by_role("main").get_by_role("link", name="Dredging costs more").first.click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Dredging costs more")
    await page.locator('main a[href*="/compare"]').first.click()
    await page.get_by_label("From").select_option("1")
    await page.get_by_label("To").select_option("2")
    await page.get_by_role("button", name="Compare").click()
    await expect(page).to_have_url(re.compile(r"old=1&new=2"))
    await expect(page.locator("main del", has_text="12").first).to_be_visible()
    await expect(page.locator("main ins", has_text="15").first).to_be_visible()
    await page.get_by_role("link", name="The article", exact=True).click()
    await page.get_by_role("main").get_by_role("link", name="Harbour dredged").first.click()
    await expect(page).to_have_url(f"{site}/-/article/2")


async def test_an_archivist(page: Page, site: str) -> None:
    """Goes from an article to the bytes it was read from: about them, their source, the page without its scripts."""
    await page.goto(f"{site}/-/article/3")
    await page.locator('main a[href*="/-/capture/"]').first.click()
    await page.get_by_role("link", name="Read the source").click()
    await expect(page.locator("pre")).to_contain_text('<meta http-equiv="refresh"')
    await page.get_by_role("link", name="See the page, harmless").click()
    await expect(page.frame_locator("iframe").get_by_role("heading", level=1)).to_have_text("Hostile words")


async def test_an_operator(page: Page, site: str) -> None:
    """Sees what needs attention, opens the source that fails, its site, and the table behind it."""
    await page.goto(f"{site}/")
    await page.get_by_role("main").locator('a[href*="/-/attention"]').first.click()
    await page.get_by_role("main").locator('a[href*="/-/source/2"]').first.click()
    await expect(page.get_by_role("main")).to_contain_text("answered 503")
    await page.get_by_role("main").get_by_role("link", name="two.test").first.click()
    await expect(page.get_by_role("heading", level=1)).to_contain_text("two.test")
    await page.get_by_role("banner").get_by_role("link", name="Tables").click()
    await page.get_by_role("main").get_by_role("link", name="versions", exact=True).first.click()
    await page.locator('main td a[href*="/-/capture/"]').first.click()
    await expect(page.get_by_role("heading", level=1)).to_contain_text("Capture")


async def test_to_the_content(page: Page, site: str) -> None:
    """The first stop of the Tab key leads past the header; the next ones are the header's, in its order."""
    await page.goto(f"{site}/-/article/1")
    await page.keyboard.press("Tab")
    await expect(page.locator(".skip")).to_be_focused()
    await expect(page.locator(".skip")).to_be_in_viewport()
    await page.keyboard.press("Enter")
    await page.keyboard.press("Tab")
    assert await page.evaluate("document.querySelector('main').contains(document.activeElement)")


@pytest.mark.parametrize(
    "address", ["/", "/-/search?q=harbour", "/-/article/1", "/-/article/1/compare", "/-/site/one.test"]
)
async def test_by_keyboard(page: Page, site: str, address: str) -> None:
    """Every stop of the Tab key is seen, and they come in the order of the page."""
    await page.goto(site + address)
    stops = []
    for _ in range(STOPS):
        await page.keyboard.press("Tab")
        stop = await page.evaluate(FOCUSED)
        if stop["tag"] == "BODY":
            break
        stops.append(stop)
    assert len(stops) > 10
    assert [stop for stop in stops if not stop["seen"] or stop["size"] < 1] == []
    places = [stop["place"] for stop in stops]
    assert places == sorted(places)


@pytest.mark.parametrize("address", OURS + DATASETTES)
async def test_on_a_phone(page: Page, site: str, address: str) -> None:
    """Nothing is wider than the screen, nothing is told on the console, and all that is asked for is had from here."""
    told: list[str] = []
    page.on("console", lambda message: told.append(f"{message.type}: {message.text}"))
    page.on("pageerror", lambda error: told.append(str(error)))
    page.on("requestfailed", lambda request: told.append(f"failed: {request.url}"))
    page.on("response", lambda response: told.append(f"{response.status}: {response.url}") if not response.ok else None)
    page.on("request", lambda request: None if request.url.startswith(site) else told.append(request.url))
    await page.set_viewport_size(PHONE)
    await page.goto(site + address)
    await page.wait_for_load_state("networkidle")
    over, wide = await page.evaluate(WIDE)
    assert (over, wide if over > 0 else []) == (0, [])
    assert told == []


@pytest.mark.parametrize(("scheme", "dark"), [("light", False), ("dark", True)])
@pytest.mark.parametrize("address", ["/", "/-/article/1", "/archive/articles"])
async def test_at_night(page: Page, site: str, address: str, scheme: str, dark: bool) -> None:
    """The pages are as dark as the reader's system; Datasette's own, too."""
    await page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]  # one of its words
    await page.goto(site + address)
    assert (await page.evaluate(LIGHTNESS) < 80) is dark


async def test_behind_a_proxy(page: Page, archive: Path) -> None:
    """Where all addresses begin with a path, the ways from page to page still lead on, and the style is there."""
    with serving_on_a_port(archive, settings={"base_url": "/news/"}) as address:
        answers: list[int] = []
        page.on("response", lambda response: answers.append(response.status))
        await page.goto(f"{address}/news/")
        await page.get_by_role("searchbox").first.fill("dredge")
        await page.keyboard.press("Enter")
        await page.get_by_role("main").get_by_role("link", name="Dredging costs more").first.click()
        await expect(page).to_have_url(f"{address}/news/-/article/1")
        await page.locator('main a[href*="/-/capture/"]').first.click()
        await expect(page.get_by_role("heading", level=1)).to_contain_text("Capture")
        assert {*answers} == {200}
