"""The network edge, asked for more than a page: queries that are posted, documents too large for memory."""

import asyncio
import gzip
import tracemalloc
from pathlib import Path
from typing import Any

import pytest

from collector.errors import FetchError
from collector.fetch import Fetcher, following, retrying
from collector.fetch_body import Unwritable
from storage.records import Capture, Request
from tests.loopback import Asked, Handler, Web, answer, no_site, pages, serving

LIMIT, MORE = 20_000, 3_000_000
TEXT = b"<loc>https://paper.test/2025/03/14/the-harbour-froze</loc>\n" * 20_000
QUERY = b'{"before": 1741910400}'


async def got(handler: Handler, request: dict[str, Any], *, chain: bool = False) -> tuple[Capture, Web]:
    async with serving(handler) as web, Fetcher(web.network(max_bytes=LIMIT), no_site) as fetcher:
        hop = following(fetcher.hop, budget=5) if chain else fetcher.hop
        return await hop(Request(url=web.url("/0", host="a.example"), **request)), web


def squeezed(body: bytes = TEXT, **headers: str) -> bytes:
    return answer(200, gzip.compress(body), **headers)


# Queries


@pytest.mark.parametrize(
    ("headers", "kind"),
    [({}, "application/json"), ({"Content-Type": "text/plain", "X-Key": "1"}, "text/plain")],
)
async def test_a_body_is_posted(headers: dict[str, str], kind: str) -> None:
    """As JSON, unless the headers say what it is; without a body it is a GET without a length."""
    capture, web = await got(pages({"/0": answer(200, b"[]")}), {"body": QUERY, "headers": headers})
    (asked,) = web.log
    assert (asked.method, asked.body, asked.headers["content-type"]) == ("POST", QUERY, kind)
    assert (asked.headers["content-length"], asked.headers.get("x-key")) == (str(len(QUERY)), headers.get("X-Key"))
    assert (capture.body, capture.size, capture.file) == (b"[]", 2, None)
    _, web = await got(pages({}), {})
    assert not {"content-type", "content-length"} & web.log[0].headers.keys()


@pytest.mark.parametrize(
    ("status", "method", "body"),
    [(301, "GET", b""), (302, "GET", b""), (303, "GET", b""), (307, "POST", QUERY), (308, "POST", QUERY)],
)
@pytest.mark.parametrize("host", ["a.example", "b.example"])
async def test_a_redirected_query(status: int, method: str, body: bytes, host: str) -> None:
    """307 and 308 repeat a POST, with the type of its body wherever it goes; the others make it a GET."""

    async def handle(asked: Asked, writer: asyncio.StreamWriter) -> None:
        port = asked.host.partition(":")[2]
        there = answer(status, Location=f"http://{host}:{port}/1")
        writer.write(there if asked.path == "/0" else answer(200, b"end"))

    headers = {"Content-Type": "application/x-query", "If-None-Match": '"a"'}
    capture, web = await got(handle, {"body": QUERY, "headers": headers}, chain=True)
    last = web.log[-1]
    assert (capture.body, last.method, last.body) == (b"end", method, body)
    assert last.headers.get("content-type") == ("application/x-query" if body else None)
    assert ("if-none-match" in last.headers) == (host == "a.example")


async def test_a_query_may_lead_to_its_own_address() -> None:
    """303 after a POST, to be asked with a GET, is no circle; twice the same is."""

    async def handle(asked: Asked, writer: asyncio.StreamWriter) -> None:
        writer.write(answer(200, b"read") if asked.method == "GET" else answer(303, Location=asked.path))

    capture, web = await got(handle, {"body": QUERY}, chain=True)
    assert (capture.body, [asked.method for asked in web.log]) == (b"read", ["POST", "GET"])
    with pytest.raises(FetchError, match="in a circle"):
        await got(pages({"/0": answer(307, Location="/0")}), {"body": QUERY}, chain=True)


# Documents


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        (answer(200, TEXT), TEXT),
        (squeezed(Content_Encoding="gzip", Content_Type="text/xml"), TEXT),
        (squeezed(b"part one", Content_Type="application/x-gzip"), gzip.compress(b"part one")),
        (answer(204), b""),
    ],
    ids=["plain", "decoded", "a .gz as it came", "empty"],
)
async def test_a_document_goes_to_a_file(tmp_path: Path, sent: bytes, kept: bytes) -> None:
    """Its content encoding comes off, and nothing else; it may be longer than what stays in memory."""
    file = tmp_path / "document"
    capture, _ = await got(pages({"/0": sent}), {"into": file, "most": MORE})
    assert (capture.file, capture.body, capture.size) == (file, b"", len(kept))
    assert file.read_bytes()[10:] == kept[10:]  # the first ten bytes of gzip hold its time


@pytest.mark.parametrize("status", [302, 304, 404, 503])
async def test_what_is_no_document_stays_in_memory(tmp_path: Path, status: int) -> None:
    """Whoever wants to read why there is none has it at hand, within the usual limit; there is no file."""
    said = b"" if status == 304 else b"gone"
    capture, _ = await got(pages({"/0": answer(status, said)}), {"into": tmp_path / "document", "most": MORE})
    assert (capture.file, capture.body, capture.size) == (None, said, len(said))
    with pytest.raises(FetchError, match="more than 20,000 bytes"):
        await got(pages({"/0": answer(404, TEXT)}), {"into": tmp_path / "document", "most": MORE})
    assert not list(tmp_path.iterdir())


async def test_a_limit_of_its_own() -> None:
    """For what is read into memory, too, and for less as for more."""
    assert (await got(pages({"/0": answer(200, TEXT)}), {"most": MORE}))[0].body == TEXT
    with pytest.raises(FetchError, match="more than 9 bytes"):
        await got(pages({"/0": answer(200, b"ten bytes!")}), {"most": 9})


def cut(parts: list[bytes], pause: float = 0.0) -> Handler:
    async def handle(asked: Asked, writer: asyncio.StreamWriter) -> None:
        for part in parts:
            writer.write(part)
            await writer.drain()
            await asyncio.sleep(pause)
        writer.close()

    return handle


@pytest.mark.parametrize(
    ("handler", "reason"),
    [
        (cut([b"HTTP/1.1 200 OK\r\nContent-Length: 900000\r\n\r\n", TEXT[:300_000]]), "truncated"),
        (cut([answer(200, gzip.compress(TEXT)[:-200], Content_Encoding="gzip")]), "truncated"),
        (cut([b"HTTP/1.1 200 OK\r\n\r\n", TEXT[:300_000], b"end"], pause=0.4), "timeout"),
        (cut([b"HTTP/1.1 200 OK\r\n\r\n", TEXT, TEXT, TEXT]), "too-large"),
        (cut([answer(200, gzip.compress(TEXT * 3), Content_Encoding="gzip")]), "too-large"),
        (cut([answer(200, TEXT * 3)]), "too-large"),
        (cut([]), "reset"),
    ],
)
async def test_what_is_not_whole_leaves_no_file(tmp_path: Path, handler: Handler, reason: str) -> None:
    """Nor the one that stood there before."""
    file = tmp_path / "document"
    file.write_bytes(b"of another time")
    with pytest.raises(FetchError) as caught:
        await got(handler, {"into": file, "most": MORE, "budget": 0.6})
    assert caught.value.reason == reason
    assert not file.exists()


async def test_a_cancelled_request_leaves_no_file(tmp_path: Path) -> None:
    """As when the program is told to end."""
    file = tmp_path / "document"
    asking = asyncio.create_task(
        got(cut([b"HTTP/1.1 200 OK\r\n\r\n", TEXT, b"end"], pause=3), {"into": file, "most": MORE})
    )
    async with asyncio.timeout(3):
        while not file.exists():
            await asyncio.sleep(0.01)
    asking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asking
    assert not file.exists()


async def test_a_second_try_begins_anew(tmp_path: Path) -> None:
    """A document that broke off once is whole in the end, with nothing of the first try in it."""
    parts = iter([answer(200, TEXT)[:-200_000], answer(503), answer(200, TEXT[:-5])])

    async def handle(asked: Asked, writer: asyncio.StreamWriter) -> None:
        await cut([next(parts)])(asked, writer)

    async def sleep(seconds: float) -> None:
        pass

    file = tmp_path / "document"
    async with serving(handle) as web, Fetcher(web.network(), no_site) as fetcher:
        get = retrying(following(fetcher.hop, budget=5), sleep=sleep)
        capture = await get(Request(url=web.url(), into=file))
    assert (file.read_bytes(), capture.size) == (TEXT[:-5], len(TEXT) - 5)


@pytest.mark.parametrize("into", [Path("/dev/full"), Path("/nowhere/document")])
async def test_our_own_disk_is_not_the_network(into: Path, tmp_path: Path) -> None:
    """A full disk, or a folder that is gone, is the operator's: it is not told of the site, and not tried again."""
    link = tmp_path / "document"
    link.symlink_to(into)
    with pytest.raises(Unwritable) as caught:
        await got(pages({"/0": answer(200, TEXT)}), {"into": link, "most": MORE})
    assert caught.value.errno is not None
    assert not link.is_symlink()


async def test_fifty_megabytes_in_bounded_memory(tmp_path: Path) -> None:
    """A sitemap of the largest size that there may be passes through: its memory is that of its pieces."""
    sitemap = TEXT * 42
    sent = squeezed(sitemap, Content_Encoding="gzip")
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    tracemalloc.reset_peak()
    capture, _ = await got(pages({"/0": sent}), {"into": tmp_path / "document", "most": 60_000_000})
    peak = tracemalloc.get_traced_memory()[1] - before
    tracemalloc.stop()
    assert capture.size == len(sitemap) > 48_000_000
    assert peak < len(sent) + 1_500_000  # the server of the test holds what it sends
