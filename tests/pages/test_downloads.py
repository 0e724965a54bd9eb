"""An article to be taken away, as exports write it."""

import json
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from io import BytesIO
from pathlib import Path

import pytest
import pytest_asyncio
from warcio.archiveiterator import ArchiveIterator

from storage.archive import Archive
from storage.archive.selection import Selection
from storage.export import files
from storage.export.text import render
from storage.raw import Raw
from tests.pages import press
from tests.pages.conftest import IN_ONE_LOOP, Get, serving
from tests.storage.shelf import Shelf, article, shelf_in

pytestmark = IN_ONE_LOOP


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    """An article of two pages with two versions, and its body of the first gone; one whose body was taken down."""
    with shelf_in(tmp_path_factory.mktemp("pages")) as made:
        made.read("https://one.test/a", article("A", "Boats."), body=b"<p>One</p>")
        made.read("https://one.test/a", article("A", "Boats went."), body=b"<p>Two</p>")
        made.later_page(2, "https://one.test/a?page=2", b"<p>More</p>")
        made.read("https://one.test/b", article("B", "Herons."), body=b"<p>Taken</p>")
        with made.raw.transaction():
            (lost,) = [sha256 for sha256, body in made.bodies.items() if body == b"<p>One</p>"]
            made.raw.remove("2026-03", [lost])
        (taken,) = [sha256 for sha256, body in made.bodies.items() if body == b"<p>Taken</p>"]
        made.archive.set_tombstone("elsewhere", "https://one.test/elsewhere", "", [taken], press.NOW)
        yield made


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def get_pages(pages: Shelf) -> AsyncIterator[Get]:
    async with serving(pages.folder / "archive.db") as datasette:
        yield datasette.client.get


async def test_as_exports_write_it(ask_press: Get, archive: Path, tmp_path: Path) -> None:
    """Every article: the text file and the JSON line are those of an export, byte for byte."""
    opened, raw = Archive(archive, readonly=True), Raw(archive.parent / "raw", readonly=True)
    files.export(opened, raw, tmp_path / "all.jsonl", "jsonl", Selection())
    lines = (tmp_path / "all.jsonl").read_bytes().splitlines(keepends=True)
    assert len(lines) == 5
    for line in lines:
        number = json.loads(line)["article_id"]
        assert (await ask_press(f"/-/article/{number}.json")).content == line
    for row in list(opened.corpus()):
        assert (await ask_press(f"/-/article/{row['article_id']}.txt")).text == render(row)
    opened.close()
    raw.close()


async def test_an_older_version(ask_press: Get) -> None:
    """Its own words, in all forms; the name of the file tells which it is."""
    text = await ask_press("/-/article/1.txt?version=1")
    assert text.text.startswith("Dredging begins\n\nSunday, 1 March 2026\n\nTwo boats")
    assert text.headers["content-disposition"] == 'attachment; filename="newskeep-1-version-1.txt"'
    record = (await ask_press("/-/article/1.json?version=2")).json()
    assert (record["number"], record["title"], record["story"]) == (
        2,
        "Dredging costs more",
        "https://one.test/harbour",
    )
    warc = await ask_press("/-/article/1.warc?version=1")
    assert [body for _, body in records(warc.content)][1:] == [
        press.PAGE.format("Dredging begins", _paragraphs()).encode()
    ]


def _paragraphs() -> str:
    return "".join(f"<p>{each}</p>" for each in press.FIRST)


async def test_warc(get_pages: Get, tmp_path: Path) -> None:
    """The page and those on which it goes on, each a response; every digest holds."""
    response = await get_pages("/-/article/1.warc")
    assert response.headers["content-type"] == "application/warc"
    told = records(response.content)
    assert [(kind, body) for kind, body in told[1:]] == [("response", b"<p>Two</p>"), ("response", b"<p>More</p>")]
    path = tmp_path / "one.warc.gz"
    path.write_bytes(response.content)
    command = [sys.executable, "-m", "warcio.cli", "check", "-v", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.count("digest pass")) == (0, 3), done.stdout + done.stderr


@pytest.mark.parametrize("address", ["/-/article/1.warc?version=1", "/-/article/2.warc"])
async def test_bytes_that_are_not_kept(get_pages: Get, address: str) -> None:
    """Lost, or the same as what was taken down: it says so, and the text is there all the same."""
    response = await get_pages(address)
    assert response.status_code == 404 and "are not kept" in response.text
    assert (await get_pages(address.replace(".warc", ".txt"))).status_code == 200


def records(data: bytes) -> list[tuple[str, bytes]]:
    return [(record.rec_type, record.content_stream().read()) for record in ArchiveIterator(BytesIO(data))]
