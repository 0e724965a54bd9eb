"""The pictures of docs/: `python -m tests.pages.pictures [FOLDER]`, in Debian's Chromium, of the archive of `newsroom`.

Each has one size, so that a text that shows it does not jump when it is taken anew.
"""

import asyncio
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

from playwright.async_api import Browser, async_playwright

from tests.pages import newsroom
from tests.pages.browser import NAMES, serving_on_a_port

DOCS = Path(__file__).parent.parent.parent / "docs" / "pictures"
MOST = 250_000  # bytes of one


@dataclass(frozen=True, slots=True)
class Picture:
    """article: stands in the address for the number of the story's first article."""

    name: str
    address: str
    width: int = 1200
    height: int = 900
    scheme: Literal["light", "dark"] = "light"


PICTURES = (
    Picture("front", "/", height=1100),
    Picture("front-dark", "/", height=1100, scheme="dark"),
    Picture("charts", "/#before", height=1000),
    Picture("search", "/-/search?q=harbour+OR+ferry"),
    Picture("article", "/-/article/{article}", height=1200),
    Picture("compare", "/-/article/{article}/compare?old=1&new=2"),
    Picture("capture", "/-/capture/{capture}/view"),
    Picture("site", "/-/site/coastwire.example", height=1200),
    Picture("article-phone", "/-/article/{article}", 390, 844),
    Picture("search-phone-dark", "/-/search?q=harbour+OR+ferry", 390, 844, "dark"),
)


async def take(folder: Path) -> list[Path]:
    """Each as `NAME.png` in the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as made:
        newsroom.fill(Path(made))
        ids = newsroom.ids(Path(made))
        metadata = {"plugins": {"newskeep": {"now": newsroom.NOW.isoformat()}}}
        with serving_on_a_port(Path(made) / "archive.db", metadata=metadata) as site:
            async with async_playwright() as playwright:
                path = next(filter(None, map(shutil.which, NAMES)))
                browser = await playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--lang=en-GB"])
                return [await _taken(browser, site, each, ids, folder) for each in PICTURES]


async def _taken(browser: Browser, site: str, picture: Picture, ids: dict[str, int], folder: Path) -> Path:
    context = await browser.new_context(
        viewport={"width": picture.width, "height": picture.height},
        color_scheme=picture.scheme,
        reduced_motion="reduce",
    )
    page = await context.new_page()
    await page.goto(site + picture.address.format_map(ids))
    path = folder / f"{picture.name}.png"
    await page.screenshot(path=path)
    await context.close()
    return path


if __name__ == "__main__":
    for taken in asyncio.run(take(Path(sys.argv[1]) if sys.argv[1:] else DOCS)):
        print(f"{taken}: {taken.stat().st_size:,} bytes")
