"""The network edge: what it asks, what it gives back, and how every misbehaviour ends."""

import asyncio
import gzip
import shutil
import ssl
import subprocess
import time
import tracemalloc
import zlib
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import brotli
import h2.config
import h2.connection
import h2.events
import httpx
import pytest
import respx

from collector.config import Network, Site
from collector.errors import FetchError, Refused
from collector.fetch import Fetcher, following, retrying
from storage.records import Capture, Request
from tests.loopback import Asked, Handler, answer, no_site, pages, serving

LIMIT = 2_000_000
TEXT = b"The harbour froze overnight. " * 2_000


async def fetched(handler: Handler, path: str = "/", **network: Any) -> Capture:
    async with serving(handler) as web, Fetcher(web.network(max_bytes=LIMIT, **network), no_site) as fetcher:
        return await fetcher.hop(Request(url=web.url(path)))


async def failure(handler: Handler, **network: Any) -> FetchError:
    with pytest.raises(FetchError) as caught:
        await fetched(handler, **network)
    return caught.value


def raw(*parts: bytes, pause: float = 0.0) -> Handler:
    """Sends `parts` one by one and closes."""

    async def handle(asked: Asked, writer: asyncio.StreamWriter) -> None:
        for part in parts:
            for begin in range(0, len(part), 65_536):
                writer.write(part[begin : begin + 65_536])
                await writer.drain()
            await asyncio.sleep(pause)
        writer.close()

    return handle


def bare_deflate(data: bytes) -> bytes:
    squeeze = zlib.compressobj(wbits=-15)
    return squeeze.compress(data) + squeeze.flush()


@respx.mock
async def test_a_plain_answer() -> None:
    """A capture holds status, headers in lower case and order, body and times; we say who asks."""
    route = respx.get("https://news.example/feed").mock(
        return_value=httpx.Response(200, headers=[("ETag", '"a"'), ("X-B", "1"), ("X-B", "2")], content=b"<rss/>")
    )
    site = Site(headers={"X-Key": "k"}, cookies={"a": "1"})
    async with Fetcher(Network(), lambda host: site) as fetcher:
        capture = await fetcher.hop(Request(url="https://news.example/feed", headers={"If-None-Match": '"z"'}))
    assert (capture.url, capture.final_url, capture.status) == ("https://news.example/feed",) * 2 + (200,)
    assert capture.body == b"<rss/>"
    assert capture.headers[:3] == (("etag", '"a"'), ("x-b", "1"), ("x-b", "2"))
    assert capture.fetched_at.tzinfo is not None
    asked = route.calls.last.request.headers
    assert asked["user-agent"].startswith("newskeep/")
    assert asked["accept-encoding"] == "gzip, deflate, br"
    assert (asked["if-none-match"], asked["x-key"], asked["cookie"]) == ('"z"', "k", "a=1")


@pytest.mark.parametrize(
    ("encoding", "squeezed"),
    [
        ("gzip", gzip.compress(TEXT)),
        ("X-GZip", gzip.compress(TEXT)),
        ("gzip", gzip.compress(TEXT[:100]) + gzip.compress(TEXT[100:])),
        ("gzip", gzip.compress(TEXT) + b"\0" * 100),
        ("deflate", zlib.compress(TEXT)),
        ("deflate", bare_deflate(TEXT)),
        ("br", brotli.compress(TEXT)),
        ("identity", TEXT),
        ("", TEXT),
        ("gzip, br", brotli.compress(gzip.compress(TEXT))),
    ],
)
@pytest.mark.parametrize("step", [1, 60_000])
async def test_encodings(encoding: str, squeezed: bytes, step: int) -> None:
    """Every encoding that we ask for is read, in whatever pieces it comes."""
    parts = [squeezed[i : i + step] for i in range(0, len(squeezed), step)] if len(squeezed) < 9_000 else [squeezed]
    head = answer(200, b"", Content_Encoding=encoding).replace(b"Content-Length: 0", b"Transfer-Encoding: chunked")
    chunks = [f"{len(part):x}\r\n".encode() + part + b"\r\n" for part in parts]
    assert (await fetched(raw(head + b"".join(chunks) + b"0\r\n\r\n"))).body == TEXT


@pytest.mark.parametrize("status", [204, 304])
async def test_no_body(status: int) -> None:
    """An answer without a body is no broken stream, though it describes the body that it leaves out."""
    head = f'HTTP/1.1 {status} X\r\nETag: "a"\r\nContent-Encoding: gzip\r\nContent-Length: 99000000\r\n\r\n'.encode()
    capture = await fetched(raw(head))
    assert (capture.status, capture.body, capture.header("ETag")) == (status, b"", '"a"')


@pytest.mark.parametrize(
    ("parts", "reason", "passing"),
    [
        ([], "reset", True),
        ([b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort"], "truncated", True),
        ([b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n"], "truncated", True),
        ([answer(200, gzip.compress(TEXT)[:-200], Content_Encoding="gzip")], "truncated", True),
        ([answer(200, brotli.compress(TEXT)[:-10], Content_Encoding="br")], "truncated", True),
        ([answer(200, b"plain", Content_Encoding="gzip")], "encoding", True),
        ([answer(200, b"plain text" * 9, Content_Encoding="br")], "encoding", True),
        ([answer(200, b"plain", Content_Encoding="zstd")], "encoding", True),
        ([answer(200, b"plain", Content_Encoding="gzip," * 9)], "encoding", True),
        ([b"220 smtp.example ready\r\n\r\n"], "protocol", True),
        ([b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello!"], "protocol", True),
        ([b"HTTP/1.1 200 OK\r\n" + b"X-Pad: aaaaaaaaaa\r\n" * 10_000], "protocol", True),
        ([answer(200, b"x" * (LIMIT + 1))], "too-large", False),
        ([b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * (LIMIT + 1)], "too-large", False),
        ([b"HTTP/1.1 200 OK\r\nContent-Length: 9" + b"9" * 17 + b"\r\n\r\n"], "too-large", False),
    ],
)
async def test_broken_answers(parts: list[bytes], reason: str, passing: bool) -> None:
    """What is wrong with an answer has its name, and says whether another try can help."""
    error = await failure(raw(*parts))
    assert (error.reason, error.passing) == (reason, passing), str(error)
    assert error.__cause__ is not None


async def test_reset() -> None:
    """A connection that is torn down in the middle is a reset."""

    async def handle(asked: Asked, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nsome")
        await writer.drain()
        await asyncio.sleep(0.02)
        writer.transport.abort()

    assert (await failure(handle)).reason in ("reset", "truncated")


@pytest.mark.parametrize(
    "parts",
    [
        [b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n"] + [b"x"] * 100,
        [b"HTTP/1.1 200 OK\r\n"] + [b"X-A: b\r\n"] * 100,
        [b"HTTP/1.1 103 Early Hints\r\n\r\n"] * 100,
    ],
    ids=["body", "headers", "hints"],
)
async def test_drips_end_at_the_deadline(parts: list[bytes]) -> None:
    """A server that never stays silent and never comes to an end meets a deadline over the whole request."""
    began = time.monotonic()
    error = await failure(raw(*parts, pause=0.05), timeout=0.3)
    assert (error.reason, error.passing) == ("timeout", True)
    assert time.monotonic() - began < 3


async def test_budget() -> None:
    """A request's own budget counts instead of the configured time-out."""
    async with serving(raw(b"HTTP/1.1", pause=5)) as web, Fetcher(web.network(), no_site) as fetcher:
        with pytest.raises(FetchError, match=r"0\.1 s"):
            await fetcher.hop(Request(url=web.url(), budget=0.1))


@pytest.mark.parametrize("encoding", ["", "gzip", "br", "gzip, gzip"])
async def test_bombs_end_at_the_limit_in_bounded_memory(encoding: str) -> None:
    """An endless body and a bomb cost the limit and a little, not what they unpack to."""
    bomb = b"\0" * 100_000_000
    for name in filter(None, encoding.split(", ")):
        bomb = brotli.compress(bomb, quality=1) if name == "br" else gzip.compress(bomb, 1)
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    tracemalloc.reset_peak()
    error = await failure(raw(b"HTTP/1.1 200 OK\r\nContent-Encoding: " + encoding.encode() + b"\r\n\r\n", bomb))
    peak = tracemalloc.get_traced_memory()[1] - before
    tracemalloc.stop()
    assert (error.reason, error.passing) == ("too-large", False)
    assert peak < 1.2 * LIMIT + 1_500_000


@pytest.mark.slow
async def test_many_endless_bodies_at_once() -> None:
    """Forty endless bodies together stay near eight times the limit."""

    async def endless(asked: Asked, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
        while not writer.is_closing():
            writer.write(b"x" * 65_536)
            await writer.drain()

    async with serving(endless) as web, Fetcher(web.network(max_bytes=5_000_000), no_site) as fetcher:
        tracemalloc.start()
        hops = [fetcher.hop(Request(url=web.url(host=f"site{i}.example"))) for i in range(40)]
        errors = await asyncio.gather(*hops, return_exceptions=True)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert [error.reason for error in errors if isinstance(error, FetchError)] == ["too-large"] * 40
    assert peak < 8 * 1.2 * 5_000_000 + 40 * 1_500_000


async def test_nobody_there() -> None:
    """A closed port is told with the system's own words."""
    async with serving(pages({})) as web:
        network = web.network()
    async with Fetcher(network, no_site) as fetcher:
        with pytest.raises(FetchError, match="Connect call failed") as caught:
            await fetcher.hop(Request(url=web.url()))
    assert (caught.value.reason, caught.value.passing) == ("connect", True)


@pytest.mark.parametrize("url", ["ftp://news.example/", "/relative", "http://", "mailto:a@b.example", ""])
async def test_not_of_the_web(url: str) -> None:
    """Only absolute addresses of http and https are asked."""
    async with serving(pages({})) as web, Fetcher(web.network(), no_site) as fetcher:
        with pytest.raises(Refused):
            await fetcher.hop(Request(url=url))


async def test_credentials_in_an_address_stay_home() -> None:
    """Neither Host nor Authorization carries what stands before the @."""
    async with serving(pages({"/": answer(200)})) as web, Fetcher(web.network(), no_site) as fetcher:
        await fetcher.hop(Request(url=f"http://me:secret@127.0.0.1:{web.port}/"))
        assert "authorization" not in web.log[0].headers
        assert web.log[0].host == f"127.0.0.1:{web.port}"


async def test_lines_are_kept_and_replaced() -> None:
    """Requests to one origin share a connection; one that failed is not used again."""
    served = pages({"/": answer(200, b"ok"), "/bad": answer(200, b"x", Content_Encoding="br")})
    async with serving(served) as web, Fetcher(web.network(), no_site) as fetcher:
        for _ in range(3):
            await fetcher.hop(Request(url=web.url()))
        assert web.connections == 1
        with pytest.raises(FetchError):
            await fetcher.hop(Request(url=web.url("/bad")))
        await fetcher.hop(Request(url=web.url()))
        assert web.connections == 2


async def test_proxy() -> None:
    """A site's proxy is asked for the whole address, and looks the name up itself."""
    async with serving(pages({"http://far.example/a": answer(200, b"via")})) as web:
        site = Site(proxy=web.url())
        async with Fetcher(web.network(allow_private=False, resolve={}), lambda host: site) as fetcher:
            assert (await fetcher.hop(Request(url="http://far.example/a"))).body == b"via"


# Redirects


async def chased(
    answers: dict[str, bytes], path: str, headers: dict[str, str] | None = None
) -> tuple[Capture, list[Asked]]:
    async with serving(pages(answers)) as web, Fetcher(web.network(), no_site) as fetcher:
        request = Request(url=web.url(path, host="a.example"), headers=headers or {})
        return await following(fetcher.hop, budget=5)(request), web.log


def chain(length: int) -> dict[str, bytes]:
    return {f"/{i}": answer(301, Location=f"/{i + 1}#part") for i in range(length)} | {
        f"/{length}": answer(200, b"end")
    }


async def test_ten_redirects() -> None:
    """Ten redirects are followed, and named in order."""
    capture, log = await chased(chain(10), "/0")
    assert capture.body == b"end"
    assert capture.url.endswith("/0")
    assert capture.final_url.endswith("/10")
    assert [url.rpartition("/")[2] for url in capture.redirects] == [str(i) for i in range(10)]
    assert len(log) == 11


@pytest.mark.parametrize(
    ("answers", "asked"),
    [
        (chain(11), 11),
        ({"/0": answer(302, Location="/1"), "/1": answer(302, Location="/0")}, 2),
        ({"/0": answer(302, Location="")}, 1),
    ],
)
async def test_too_many_redirects(answers: dict[str, bytes], asked: int) -> None:
    """The eleventh redirect, and a circle, end the chase."""
    async with serving(pages(answers)) as web, Fetcher(web.network(), no_site) as fetcher:
        with pytest.raises(FetchError) as caught:
            await following(fetcher.hop, budget=5)(Request(url=web.url("/0")))
        assert (caught.value.reason, caught.value.passing, len(web.log)) == ("redirects", False, asked)


async def test_a_cookie_and_back_to_itself() -> None:
    """A page that sets a cookie and leads to itself is read; the cookie stays with its host and with the site's own."""
    seen: list[str | None] = []

    async def wants_cookie(asked: Asked, writer: asyncio.StreamWriter) -> None:
        seen.append(asked.headers.get("cookie"))
        told = "visit=1" in (seen[-1] or "")
        again = answer(302, b"", Location=asked.path, Set_Cookie="visit=1; Path=/; HttpOnly")
        writer.write(answer(200, b"read") if told else again)

    def site(host: str) -> Site:
        return Site(cookies={"consent": "yes"})

    async with serving(wants_cookie) as web, Fetcher(web.network(), site) as fetcher:
        capture = await following(fetcher.hop, budget=5)(Request(url=web.url("/0")))
    assert capture.body == b"read"
    assert seen == ["consent=yes", "consent=yes; visit=1"]


async def test_redirect_without_location() -> None:
    """A redirect to nowhere is an answer like any other."""
    assert (await chased({"/": answer(301)}, "/"))[0].status == 301


async def test_conditions_stay_with_the_host() -> None:
    """If-None-Match follows a redirect within its host, and not to another."""
    async with serving(pages({})) as web:
        there = f"http://b.example:{web.port}/there"
    async with serving(pages({"/0": answer(302, Location="/1"), "/1": answer(302, Location=there)})) as web:
        async with Fetcher(web.network(), no_site) as fetcher:
            request = Request(url=web.url("/0", host="a.example"), headers={"If-None-Match": '"a"'})
            await following(fetcher.hop, budget=5)(request)
        assert ["if-none-match" in asked.headers for asked in web.log] == [True, True, False]


async def test_budget_of_a_chain() -> None:
    """Redirects share one budget: a chain of slow hops ends in time."""

    async def slow(asked: Asked, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(0.15)
        writer.write(answer(302, Location=f"{asked.path}x"))

    async with serving(slow) as web, Fetcher(web.network(), no_site) as fetcher:
        began = time.monotonic()
        with pytest.raises(FetchError) as caught:
            await following(fetcher.hop, budget=0.4)(Request(url=web.url()))
    assert caught.value.reason == "timeout"
    assert time.monotonic() - began < 3


# Retries


def tries(*outcomes: int | str) -> tuple[Callable[[Request], Awaitable[Capture]], list[str]]:
    """A network that gives one outcome after the other: a status, or the reason of an error."""
    asked: list[str] = []

    async def get(request: Request) -> Capture:
        outcome = outcomes[len(asked)]
        asked.append(request.url)
        if isinstance(outcome, str):
            raise FetchError(request.url, outcome, "as planned", passing=outcome not in ("tls", "too-large"))
        return (await fetched(pages({"/": answer(outcome)}))) if outcome else pytest.fail("one try too many")

    return get, asked


@pytest.mark.parametrize(
    ("outcomes", "status"),
    [
        ((200,), 200),
        ((404,), 404),
        ((410,), 410),
        ((403,), 403),
        ((304,), 304),
        ((503, 200), 200),
        ((429, 500, 200), 200),
        (("timeout", "reset", 200), 200),
        (("connect", "truncated", 200), 200),
        (("protocol", 404), 404),
    ],
)
async def test_what_can_pass_is_tried_again(outcomes: tuple[int | str, ...], status: int) -> None:
    """Time-outs, resets, 5xx and 429 get three tries, with growing pauses; what cannot pass gets one."""
    get, asked = tries(*outcomes)
    pauses: list[float] = []

    async def sleep(seconds: float) -> None:
        pauses.append(seconds)

    assert (await retrying(get, sleep=sleep)(Request(url="http://a.example/"))).status == status
    assert len(asked) == len(outcomes) == len(pauses) + 1
    assert all(0.5 <= pause <= 4 for pause in pauses)


@pytest.mark.parametrize(
    ("outcomes", "reason", "status"),
    [
        ((503, 503, 503), "status-503", 503),
        (("reset", 502, 429), "status-429", 429),
        (("timeout",) * 3, "timeout", None),
        (("tls",), "tls", None),
        (("too-large",), "too-large", None),
        (("dns",), "dns", None),
        (("redirects",), "redirects", None),
    ],
)
async def test_the_last_try_counts(outcomes: tuple[int | str, ...], reason: str, status: int | None) -> None:
    """After the last try its own error is raised."""
    get, asked = tries(*outcomes)

    async def sleep(seconds: float) -> None:
        pass

    with pytest.raises(FetchError) as caught:
        await retrying(get, sleep=sleep)(Request(url="http://a.example/"))
    assert (caught.value.reason, caught.value.status, len(asked)) == (reason, status, len(outcomes))


async def test_retries_do_not_mix() -> None:
    """Requests that are tried again at the same time count their tries apart."""

    async def get(request: Request) -> Capture:
        await asyncio.sleep(0.01)
        seen[request.url] = seen.get(request.url, 0) + 1
        raise FetchError(request.url, "reset", "again", passing=True)

    async def sleep(seconds: float) -> None:
        await asyncio.sleep(0.01)

    seen: dict[str, int] = {}
    patient = retrying(get, sleep=sleep)
    await asyncio.gather(*(patient(Request(url=f"http://{i}.example/")) for i in range(20)), return_exceptions=True)
    assert set(seen.values()) == {3}


# TLS


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A key and a certificate for secure.example, in one file."""
    if not shutil.which("openssl"):
        pytest.skip("no openssl on this machine to make a certificate with")
    file = tmp_path / "both.pem"
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=secure.example"]
    command += ["-addext", "subjectAltName=DNS:secure.example", "-keyout", str(file), "-out", str(tmp_path / "c.pem")]
    subprocess.run(command, check=True, capture_output=True)
    file.write_text(file.read_text() + (tmp_path / "c.pem").read_text())
    return file


@pytest.fixture
def server_tls(certificate: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context


async def test_tls(certificate: Path, server_tls: ssl.SSLContext) -> None:
    """The certificate must be trusted, and be that of the name, not of the address; what fails is not tried again."""
    trust = ssl.create_default_context(cafile=str(certificate))
    async with serving(pages({"/": answer(200, b"safe")}), tls=server_tls) as web:
        async with Fetcher(web.network(), no_site, trust=trust) as fetcher:
            assert (await fetcher.hop(Request(url=f"https://secure.example:{web.port}/"))).body == b"safe"
            with pytest.raises(FetchError) as other_name:
                await fetcher.hop(Request(url=f"https://other.example:{web.port}/"))
        async with Fetcher(web.network(), no_site) as fetcher:
            with pytest.raises(FetchError) as untrusted:
                await fetcher.hop(Request(url=f"https://secure.example:{web.port}/"))
    for caught in (other_name, untrusted):
        assert (caught.value.reason, caught.value.passing) == ("tls", False)
        assert "certificate verify failed" in str(caught.value)


async def http2(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Answers in HTTP/2: /short promises more than it sends, /reset is torn down, the rest says "two"."""
    talk = h2.connection.H2Connection(h2.config.H2Configuration(client_side=False))
    talk.initiate_connection()
    writer.write(talk.data_to_send())
    while data := await reader.read(65_536):
        for event in talk.receive_data(data):
            if isinstance(event, h2.events.RequestReceived):
                path = dict(event.headers or [])[b":path"]
                length = "9" if path == b"/short" else "3"
                talk.send_headers(event.stream_id, [(":status", "200"), ("content-length", length)])
                talk.send_data(event.stream_id, b"two", end_stream=path != b"/reset")
                if path == b"/reset":
                    talk.reset_stream(event.stream_id)
        writer.write(talk.data_to_send())
    writer.close()


async def test_http2(certificate: Path, server_tls: ssl.SSLContext) -> None:
    """HTTP/2 is spoken where a server offers it, and its errors are ours too."""
    server_tls.set_alpn_protocols(["h2"])
    trust = ssl.create_default_context(cafile=str(certificate))
    server = await asyncio.start_server(http2, "127.0.0.1", 0, ssl=server_tls)
    port = server.sockets[0].getsockname()[1]
    network = Network(allow_private=True, resolve={"*": f"127.0.0.1:{port}"})
    reasons = []
    async with server, Fetcher(network, no_site, trust=trust) as fetcher:
        for _ in range(3):
            assert (await fetcher.hop(Request(url="https://secure.example/"))).body == b"two"
        for path in ("short", "reset"):
            with pytest.raises(FetchError) as caught:
                await fetcher.hop(Request(url=f"https://secure.example/{path}"))
            reasons.append(caught.value.reason)
    assert reasons == ["protocol", "reset"]
