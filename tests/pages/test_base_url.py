"""Every link of every page, followed: behind a proxy that shows us below a path, and where not everyone may see all."""

import re
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from datasette.utils import PrefixedUrlString

from storage.datasette.door import Route
from storage.datasette.routes import ROUTES
from tests.pages.addresses import FILES, OURS
from tests.pages.conftest import serving

BASE = "/news/"
HOST = "http://localhost"
ALIKE = 2  # pages of one kind that are followed


class Links(HTMLParser):
    """The addresses that a page would have a browser ask for, or offers to a person. Those of forms by themselves."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.forms: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value for name, value in attrs if value is not None}
        self.found += [said[name] for name in ("href", "src", "data", "poster") if name in said]
        self.found += [each.split()[0] for each in said.get("srcset", "").split(",") if each.strip()]
        self.forms += [said[name] for name in ("action", "formaction") if name in said]


def internal(page: str, address: str) -> str | None:
    """Path and query; None for the address of another site, and for a place within the page."""
    whole = urlsplit(urljoin(HOST + page, address))
    if address.startswith("#") or f"{whole.scheme}://{whole.netloc}" != HOST:
        return None
    return whole.path + (f"?{whole.query}" if whole.query else "")


def kind(path: str) -> str:
    """What addresses have in common: their numbers, sites and questions left out."""
    parts = urlsplit(path)
    names = sorted(name.partition("=")[0] for name in parts.query.split("&"))
    return f"{re.sub(r'[^/]+[.]test', '*', re.sub(r'[0-9]+', '0', parts.path))}?{','.join(names)}"


def routes(path: str) -> list[Route]:
    """Those of newskeep that answer there: one, or none."""
    below = "/" + urlsplit(path).path.removeprefix(BASE)
    return [route for route in ROUTES if re.match(route.pattern, below)]


async def crawl(datasette: Any) -> AsyncIterator[tuple[str, str, Any]]:
    """From the front page on by the links of our pages: where each stood, its address, the answer to it.

    Of Datasette's pages only that of the archive is gone on from, and to ours alone.
    """
    ahead, met, seen = [("", BASE)], Counter[str](), {BASE}
    while ahead:
        stood, path = ahead.pop()
        response = await datasette.client.get(PrefixedUrlString(path))
        yield stood, path, response
        tables = path == f"{BASE}archive"
        if not (routes(path) or tables) or not response.headers.get("content-type", "").startswith("text/html"):
            continue
        for address in Links(response.text).found:
            found = internal(path, address)
            if found is not None and found not in seen and (routes(found) or not tables):
                seen.add(found)
                met[kind(found)] += 1
                if met[kind(found)] <= ALIKE:
                    ahead.append((path, found))


def wrong(path: str, text: str) -> Iterator[str]:
    """Addresses of a page that lead out of the path that the proxy shows."""
    links = Links(text)
    for address in links.found + links.forms:
        found = internal(path, address)
        if found is not None and not found.startswith(BASE):
            yield address


@pytest.mark.slow
async def test_below_a_path(archive: Path) -> None:
    """Each address on our pages begins with it and answers; and links lead to every page of ours that there is."""
    faults, reached = [], set()
    async with serving(archive, settings={"base_url": BASE}) as datasette:
        async for stood, path, response in crawl(datasette):
            if response.status_code != 200 or not path.startswith(BASE):
                faults.append(f"{stood} links to {path}: {response.status_code}")
            elif response.headers["content-type"].startswith("text/html") and routes(path):
                faults += [f"{path} has {address}" for address in wrong(path, response.text)]
            reached |= {route.pattern for route in routes(path)}
    assert not faults
    assert {route.pattern for route in ROUTES} - reached == set()


DENIED: dict[str, Any] = {"allow": False}


@pytest.mark.parametrize(
    "metadata",
    [
        DENIED,
        {"databases": {"archive": DENIED}},
        {"databases": {"archive": {"tables": dict.fromkeys({each.table for each in ROUTES}, DENIED)}}},
    ],
    ids=["all", "database", "tables"],
)
async def test_who_may_not_see(archive: Path, metadata: dict[str, Any]) -> None:
    """An `allow` in Datasette's metadata holds for our pages: of all, of the archive, of the table they tell of."""
    async with serving(archive, metadata=metadata) as datasette:
        for address in [each for each in OURS + FILES if routes(BASE + each.removeprefix("/"))]:
            response = await datasette.client.get(address)
            assert response.status_code == 403, address
            assert "Dredging" not in response.text
