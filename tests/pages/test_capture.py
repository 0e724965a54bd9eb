"""The pages of a capture: what is noted of it, its source, its bytes, and the answer that shows it as a page."""

import gzip
import hashlib
import re
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.pages.conftest import Get, serving
from tests.pages.press import HOSTILE
from tests.storage.shelf import article, shelf_in

COOKIES = (
    ("content-type", "text/html; charset=iso-8859-1"),
    ("set-cookie", "sid=of-the-collector; Path=/; HttpOnly"),
    ("Set-Cookie", "second=other"),
    ("location", "https://one.test/a?token=opens-it&b=1"),
    ("x-odd", "<script>alert(1)</script>"),
)


ODD: list[
    tuple[bytes, str | None, str]
] = []  # captures of an archive of their own: body, content type, what is changed


def odd(body: bytes = b"<p>words</p>", sql: str = "", content_type: str | None = None) -> int:
    """The number that such a capture will have."""
    ODD.append((body, content_type, sql))
    return len(ODD)


@pytest.fixture(scope="module")
def oddities(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("odd")
    with shelf_in(folder) as shelf:
        for number, (body, content_type, sql) in enumerate(ODD, 1):
            headers = COOKIES if content_type is None else (("content-type", content_type),)
            shelf.read(f"https://one.test/{number}", article("Words", f"Some {number}."), body=body, headers=headers)
            if sql:
                shelf.archive.write(f"UPDATE captures SET {sql} WHERE id = ?", [number])
    return folder / "archive.db"


@pytest.fixture
async def ask(oddities: Path) -> AsyncIterator[Get]:
    """`await ask(7, "/source")`"""
    async with serving(oddities) as served:
        yield lambda number, rest="": served.client.get(f"/-/capture/{number}{rest}")


async def test_what_is_noted(get: Get) -> None:
    """Address, time, status, digest, source, entry, and the version that was read from it."""
    page = (await get("/-/capture/1")).text
    digest = re.search(r'<dd class="mono">([0-9a-f]{64})</dd>', page)
    assert digest and hashlib.sha256((await get("/-/capture/1/body")).content).hexdigest() == digest[1]
    for said in (
        '<a href="https://one.test/harbour" rel="noopener noreferrer">https://one.test/harbour</a>',
        '<time datetime="2026-03-01T12:00:02+00:00">',
        "200 OK",
        "text/html; charset=utf-8",
        '<a href="/-/source/1">Feed of one</a>',
        '<a href="/-/article/1?version=1">Dredging begins</a>',
        '<a href="/-/capture/6" rel="next">',
        "Bücher\tund mehr",
    ):
        assert said in page


async def test_why_it_is_no_article(get: Get) -> None:
    """A wall, and of which kind; nothing was read from it."""
    page = (await get("/-/capture/7")).text
    assert "a wall: no article, but what stood in its place: consent" in page
    assert "No version of an article" in page


HEADED = odd()


async def test_headers(ask: Get) -> None:
    """All, in their order, as text; what a cookie holds and what an address opens is hidden."""
    page = (await ask(HEADED)).text
    assert re.findall(r'<th scope="row" class="mono">([^<]+)', page) == [name for name, _ in COOKIES]
    assert "sid=***; Path=/; HttpOnly" in page and "second=***" in page and "token=***&amp;b=1" in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert not re.search("of-the-collector|=other|opens-it|<script>alert", page)


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (
            odd(sql="charset = 'cp1252', charset_by = 'header', replaced = 3"),
            "cp1252, as its server said; 3 characters",
        ),
        (odd(sql="final_url = 'https://one.test/other'"), "<dt>Ended at</dt>"),
        (odd(sql="memento = 'https://web.test/1/x', via = 'wayback'"), "had from a web archive"),
        (odd(sql="body_gone = 'pruned', body_gone_at = '2026-03-01T13:00:00+00:00'"), "It was pruned"),
        (odd(sql="url = 'javascript:alert(1)'"), "<dd>javascript:alert(1)</dd>"),
        (odd(sql="url = 'https://ada:secret@one.test/'"), "<dd>https://***@one.test/</dd>"),
        (odd(sql="kind = NULL"), "not read yet"),
        (odd(sql="status = 599"), "599"),
        (odd(sql="kind = 'gone', reason = 'answered 404', status = 404"), "404 Not Found"),
    ],
)
async def test_facts(ask: Get, number: int, said: str) -> None:
    """What is odd about a capture is said in words; only addresses of the web are links."""
    response = await ask(number)
    assert response.status_code == 200
    assert said in response.text
    assert 'href="javascript' not in response.text


async def test_source(get: Get) -> None:
    """The bytes as text, line by line, nothing of them markup."""
    page = (await get("/-/capture/3/source")).text
    lines = re.findall(r"<span>(.*)\n</span>", page)
    assert len(lines) == HOSTILE.count("\n") + 1
    assert lines[0] == "&lt;!doctype html&gt;&lt;html&gt;&lt;head&gt;&lt;title&gt;Hostile&lt;/title&gt;"
    assert "<script" not in page


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (odd("Bücher".encode("cp1252"), "charset = 'cp1252'"), "Bücher"),
        (odd("Zażółć".encode("cp1250"), "charset = 'cp1250'"), "Zażółć"),
        (odd("\ufeffwords".encode(), "charset = 'utf-8'"), "<span>words\n"),
        (odd("\ufeffZażółć".encode("utf-16-le"), "charset = 'utf-16-le'"), "<span>Zażółć\n"),
        (odd(b"words", "charset = 'zlib'"), "<span>words\n"),
        (odd(b"a\x00b\x1b\x08c\r\nd\re", "charset = 'utf-8'"), "a␀b␛␈c\n</span><span>d\n</span><span>e\n"),
        (odd("access\u202egnol\u2066".encode(), "charset = 'utf-8'"), "access[U+202E]gnol[U+2066]"),
        (odd(b"x" * 600_000, "charset = 'utf-8'"), "The first 500,000 of 600,000 characters."),
        (odd(b"\n" * 30_000, "charset = 'utf-8'"), "The first 20,000 of 30,000 characters."),
        (odd(b"%PDF-1.7 \x01\x02", "content_type = 'application/pdf'"), "This is no text: application/pdf."),
        (odd(b"\x89PNG\r\n", "content_type = NULL"), "This is no text: its server did not say what."),
    ],
)
async def test_text_of_bytes(ask: Get, number: int, said: str) -> None:
    """Decoded as it was when it was read; signs that are not seen are shown; what is long is cut, and that is said."""
    page = (await ask(number, "/source")).text
    assert said in page


async def test_bytes(get: Get) -> None:
    """Saved as they were sent, of a type that nothing opens."""
    response = await get("/-/capture/3/body")
    assert response.content == HOSTILE.encode()
    assert response.headers["content-type"] == "application/octet-stream"
    assert response.headers["content-disposition"] == 'attachment; filename="capture-3.bin"'
    assert response.headers["x-content-type-options"] == "nosniff"
    assert response.headers["content-security-policy"].startswith("sandbox;")


async def test_warc(get: Get) -> None:
    """A file of its own, with the answer as it was."""
    response = await get("/-/capture/3.warc")
    assert response.headers["content-disposition"] == 'attachment; filename="capture-3.warc.gz"'
    assert HOSTILE.encode() in gzip.decompress(response.content)


async def test_view(get: Get) -> None:
    """Our page has a note and a frame that may do nothing."""
    page = (await get("/-/capture/3/view")).text
    (frame,) = re.findall("<iframe[^>]*>", page)
    assert 'sandbox=""' in frame and 'src="/-/capture/3/page"' in frame and 'referrerpolicy="no-referrer"' in frame
    assert 'href="/-/capture/3/source"' in page
    assert "Hostile words" not in page


async def test_policy_of_the_page(get: Get) -> None:
    """What stands in the frame may do nothing in a tab of its own, either."""
    response = await get("/-/capture/3/page")
    policy = {rule.strip().partition(" ")[::2] for rule in response.headers["content-security-policy"].split(";")}
    assert policy == {
        ("sandbox", ""),
        ("default-src", "'none'"),
        ("style-src", "'unsafe-inline'"),
        ("img-src", "data:"),
        ("form-action", "'none'"),
        ("frame-ancestors", "'self'"),
        ("base-uri", "'none'"),
    }
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    assert response.headers["x-content-type-options"] == "nosniff"
    assert response.headers["referrer-policy"] == "no-referrer"
    assert "Hostile words" in response.text and "alert" not in response.text


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        (odd(b"words", content_type="text/html"), True),
        (odd(b"<html/>", content_type="application/xhtml+xml; charset=utf-8"), True),
        (odd(b" <!DOCTYPE html>words", content_type=""), True),
        (odd(b"<svg xmlns='http://www.w3.org/2000/svg'/>", content_type="image/svg+xml"), False),
        (odd(b"<rss/>", content_type="application/rss+xml"), False),
        (odd(b"<html/>", content_type="text/xml"), False),
        (odd(b"{}", content_type="application/json"), False),
        (odd(b"<html>", content_type="text/plain"), False),
        (odd(b"%PDF-1.7", content_type="application/pdf"), False),
        (odd(b"\x89PNG\r\n\x1a\n", content_type="text/html"), False),
    ],
)
async def test_only_html_is_shown(ask: Get, number: int, shown: bool) -> None:
    """All else is text, or to be saved."""
    page = await ask(number, "/page")
    assert page.status_code == (200 if shown else 404)
    view = await ask(number, "/view")
    assert ("<iframe" in view.text, "This is no page" in view.text) == (shown, not shown)


TAKEN_DOWN = odd(sql="body_gone = 'taken down'")


@pytest.mark.parametrize("rest", ["/page", "/source", "/body", ".warc"])
async def test_without_a_body(ask: Get, rest: str) -> None:
    """What was taken down is not shown, though its bytes may still be there; it is said why."""
    response = await ask(TAKEN_DOWN, rest)
    assert response.status_code == 404
    assert "It was taken down." in response.text


@pytest.mark.parametrize("rest", ["", "/source", "/view", "/page", "/body", ".warc"])
async def test_there_is_none(get: Get, rest: str) -> None:
    """A number that names no capture is answered as such, however large it is."""
    for number in ("0", "999", "9" * 18):
        response = await get(f"/-/capture/{number}{rest}")
        assert response.status_code == 404
        assert f"There is no capture {number}." in response.text


@pytest.mark.parametrize(
    ("number", "status"),
    [
        (odd(PARSED := b"<!doctype html><p>words</p>", "kind = NULL", "text/html"), 404),
        (odd(PARSED, "kind = 'error', reason = 'SIGSEGV'", "text/html"), 404),
        (odd(PARSED, "kind = 'error', status = 503", "text/html"), 200),
        (odd(PARSED, "kind = 'wall'", "text/html"), 200),
    ],
)
async def test_what_broke_a_worker_is_not_parsed(ask: Get, number: int, status: int) -> None:
    """Nor what none has read yet: a parser that hangs or dies would take the server with it. Its source can be read."""
    assert (await ask(number, "/page")).status_code == status
    assert ("shown as text alone" in (await ask(number, "/view")).text) == (status == 404)
    assert "words" in (await ask(number, "/source")).text


async def test_a_damaged_file_of_bodies(archive: Path, tmp_path: Path) -> None:
    """The page of the capture says that its bytes cannot be had; nothing breaks."""
    shutil.copytree(archive.parent, tmp_path, dirs_exist_ok=True, ignore=shutil.ignore_patterns("*-wal", "*-shm"))
    for month in (tmp_path / "raw").glob("*.db"):
        month.write_bytes(b"no database" * 1000)
    async with serving(tmp_path / "archive.db") as served:
        page = await served.client.get("/-/capture/1")
        assert page.status_code == 200
        assert "or are damaged there" in page.text
        for rest in ("/source", "/body", "/page", ".warc"):
            assert (await served.client.get(f"/-/capture/1{rest}")).status_code == 404
        assert (await served.client.get("/-/article/1.warc")).status_code == 404
