"""The records of WARC files, whole and broken, without an archive."""

import base64
import gzip
import io
import struct
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import islice, pairwise

import pytest
from backports import zstd
from hypothesis import given, settings
from hypothesis import strategies as some

from collector.imports import warc
from collector.imports.items import Choice, Item, Place
from tests.imports.made import HARBOUR, HERONS, by_hand, record, response

NOW = datetime(2026, 11, 22, tzinfo=UTC)
LIMIT = 1_000_000
HTTP = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
URLS = [f"https://e.org/{number}" for number in range(4)]
PLAIN = [record(url=url, gzip=False) for url in URLS]


def items(data: bytes, after: Place = Place(), limit: int = LIMIT) -> list[Item]:  # noqa: B008 - frozen
    return list(warc.items(io.BytesIO(data), after, Choice(), limit, NOW))


def urls(found: list[Item]) -> list[str]:
    return [item.capture.url for item in found if item.capture]


def said(found: list[Item]) -> list[str]:
    """What became of each: its address, what it is, or what is wrong with it."""
    return [item.fault or item.left or (item.capture.url if item.capture else "") for item in found]


def dictionary() -> zstd.ZstdDict:
    return zstd.train_dict([whole[at : at + 300] for whole in PLAIN for at in range(0, 900, 30)], 2000)


def with_dictionary(*, packed: bool) -> bytes:
    words = dictionary()
    content = zstd.compress(words.dict_content) if packed else words.dict_content
    frame = b"\x5d\x2a\x4d\x18" + struct.pack("<I", len(content)) + content
    return frame + b"".join(zstd.compress(each, zstd_dict=words) for each in PLAIN)


PACKINGS: dict[str, Callable[[], bytes]] = {
    "not at all": lambda: b"".join(PLAIN),
    "gzip, a member each": lambda: b"".join(map(gzip.compress, PLAIN)),
    "gzip, all in one": lambda: gzip.compress(b"".join(PLAIN)),
    "zstd, a frame each": lambda: b"".join(map(zstd.compress, PLAIN)),
    "zstd, all in one": lambda: zstd.compress(b"".join(PLAIN)),
    "zstd with a dictionary": lambda: with_dictionary(packed=False),
    "zstd with a packed dictionary": lambda: with_dictionary(packed=True),
    "zstd with frames of no data": lambda: b"\x50\x2a\x4d\x18\x03\0\0\0abc".join(
        [b"", *map(zstd.compress, PLAIN), b""]
    ),
}


@pytest.mark.parametrize("packing", PACKINGS)
def test_packings(packing: str) -> None:
    """However a file is packed, the same records come out, and each tells where to go on behind it."""
    data = PACKINGS[packing]()
    found = items(data)
    assert urls(found) == URLS
    assert {item.capture.body for item in found if item.capture} == {HARBOUR}
    for number, item in enumerate(found, 1):
        assert urls(items(data, item.behind)) == URLS[number:]


WHOLE = response(HTTP + HARBOUR)
BROKEN = {
    "a length that is too small": (response(HTTP + HARBOUR, length=100), "it goes on behind its Content-Length"),
    "no length": (WHOLE.replace(b"Content-Length", b"Content-Longing"), "Content-Length ''"),
    "a length that is no number": (response(HTTP + HARBOUR, length=-5), "Content-Length '-5'"),
    "no HTTP headers": (response(HARBOUR), "no HTTP headers"),
    "nothing in it": (response(b""), "nothing in it"),
    "another block than its digest": (
        response(HTTP + HARBOUR, more="\r\nWARC-Block-Digest: sha1:" + "A" * 32),
        "it does not fit its WARC-Block-Digest",
    ),
    "another payload than its digest": (
        response(HTTP + HARBOUR, more="\r\nWARC-Payload-Digest: sha256:" + "0" * 64),
        "it does not fit its WARC-Payload-Digest",
    ),
    "cut short on purpose": (
        response(HTTP + HARBOUR, more="\r\nWARC-Truncated: length"),
        "whoever captured it cut it short: length",
    ),
    "a chunk that is cut off": (
        response(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\nff\r\n<p>"),
        "the chunked body ends early",
    ),
    "gzip that is cut off": (
        response(
            b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n"
            + gzip.compress(HARBOUR)[:-9]
        ),
        "the gzip stream ends early",
    ),
    "a time that is none": (WHOLE.replace(b"2025-03-10T", b"yesterday"), "a time that cannot be read"),
    "a time to come": (WHOLE.replace(b"2025-", b"2045-"), "a time that is still to come"),
    "a time before the web": (WHOLE.replace(b"2025-", b"1925-"), "a time before the web"),
    "headers without an end": (b"WARC/1.0\r\n" + (b"A: " + b"b" * 60_000 + b"\r\n") * 20, "headers of more than"),
}


@pytest.mark.parametrize("pack", [bytes, gzip.compress, zstd.compress], ids=["plain", "gzip", "zstd"])
@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_record_costs_itself(name: str, pack: Callable[[bytes], bytes]) -> None:
    """It is named with what is wrong, and those before and behind it come in."""
    broken, why = BROKEN[name]
    found = items(pack(PLAIN[0]) + pack(broken) + pack(PLAIN[1]))
    assert urls(found) == URLS[:2], said(found)
    faults = [item for item in found if item.fault]
    assert [item.fault[: len(why)] for item in faults] == [why]
    assert faults[0].place == str(len(pack(PLAIN[0])))


def test_a_length_that_is_too_large() -> None:
    """It swallows what follows; where the file is not packed, that is found again behind its first byte."""
    assert urls(items(PLAIN[0] + response(HTTP + HARBOUR, length=5_000) + PLAIN[1] + PLAIN[2])) == URLS[:3]
    packed = [gzip.compress(each) for each in (PLAIN[0], response(HTTP + HARBOUR, length=5_000), PLAIN[1])]
    assert said(items(b"".join(packed)))[1].startswith("cut off")
    assert urls(items(b"".join(packed))) == URLS[:2]


@pytest.mark.parametrize("pack", [bytes, gzip.compress, zstd.compress], ids=["plain", "gzip", "zstd"])
@pytest.mark.parametrize(
    "junk", [b"\0" * 50, b"no record\r\n" * 9, b"\x1f\x8b\x08\0\0\0", b"\x28\xb5\x2f\xfd!", b"WARC/"]
)
def test_garbage_between_records(junk: bytes, pack: Callable[[bytes], bytes]) -> None:
    """It is one fault."""
    found = items(pack(PLAIN[0]) + junk + pack(PLAIN[1]) + pack(PLAIN[2]))
    assert urls(found) == URLS[:3], said(found)
    assert len([item for item in found if item.fault]) == 1


@pytest.mark.parametrize("packing", PACKINGS)
def test_cut_off_in_the_middle(packing: str) -> None:
    """What stands before the cut comes in; the cut is named."""
    data = PACKINGS[packing]()
    found = items(data[: len(data) * 2 // 3])
    assert urls(found) == URLS[: len(urls(found))]
    assert urls(found) or "one" in packing or "dictionary" in packing, "what is cut is the first record, or before it"
    assert found[-1].fault


@pytest.mark.parametrize(
    ("data", "why"), [(b"", "an empty file"), (b"hello", "no record"), (b"\x1f\x8b\x08", "it is cut")]
)
def test_no_record_at_all(data: bytes, why: str) -> None:
    """A file that holds none says so."""
    assert [item.fault.startswith(why) for item in items(data)] == [True]


@settings(max_examples=50)
@given(
    some.sampled_from([b"".join(PLAIN), b"".join(map(gzip.compress, PLAIN)), b"".join(map(zstd.compress, PLAIN))]),
    some.data(),
)
def test_whatever_is_flipped(data: bytes, draw: some.DataObject) -> None:
    """No byte that is another one stops the import, nor does it make anything up; records that it is not in come in."""
    at = draw.draw(some.integers(0, len(data) - 1))
    flipped = data[:at] + bytes([data[at] ^ draw.draw(some.integers(1, 255))]) + data[at + 1 :]
    found = urls(items(flipped))
    assert len(set(found) & set(URLS)) >= len(URLS) - 2
    ends = [item.behind.offset for item in items(flipped)]
    assert all(one <= other for one, other in pairwise(ends)) and ends[-1] <= len(data)


# A gzip member of one record, one byte of it flipped: zlib gives out the record, raises, and when it is fed again gives
# out more that is none.
FLIPPED = base64.b85decode(
    r"ABzY8Vb%g`0{>l6ZBL^>5dPkz|6zWB2vlnok)&07ZK_u#Xs>=-*a0@uU9vma>%YIHpx#|V$m}!E%k1oC8sED9sW%*KY~|cB!T?6z"
    r"XzX}rj_)P@DDXV{z4e6TP+NjVQ!8n(2V=~X=FajifUwarXd1x-hW=!dS{Igk%sC%jaOW!XeaGh)m**_!UN)XYpRP<7NX|>V44@>c"
    r"P2jqCs&wIwdd3qwRElxuP84V;08=tQ*e1zx`gFf|p4~5gEaQuK9FL!WZeLfA^VMt;zxLW$rLy;bmE+CZ%Vss-jDKw>kBgUw$$B+e"
    r"PuCBl>305hHj9UYTO|o4^%rJ!U5Sj5P||G&yoQ}A$hL02SMjNMKv_^3!1?9Xa4;M!lH|#5*tc8tV7>a^neaDR%UyL1S;@3Px@jnP"
    r"E?a5X;!#*4<55V0DvTCPr>fDR+Z{u<Yo>}HqL674S&NqbH__H%9VL4OsbXXx#ezv71zaO95U4~bJ2EH<k4kcOH~}X4v6ZPtW}*Va"
    r"L<=xFqI;#^?XRggRLl@Gl3Gr!g)B}(w?0PxWn3}?MpT3xn%Y(}>w>lTKn?r0OPYzIw3|WRrRS)%Kx4HZtr2f$-ZMdvD}5A`;P@Ff"
    r"7p6qLLkWAVGPOhgHRp+~R8y2-EDS1d8#~~tNeTNaS<~(^DMBt}>($mas2fw*aWl5-)7-B;yWQT8?-#W%_I8#HvbawJ000"
)


def test_a_member_that_is_broken_behind_its_record() -> None:
    """It is left at once, and the next one comes in."""
    found = list(islice(warc.items(io.BytesIO(FLIPPED + gzip.compress(PLAIN[1])), Place(), Choice(), LIMIT, NOW), 50))
    assert 1 <= len([item for item in found if item.fault]) <= 2
    assert urls(found)[-1] == URLS[1]


CHUNKED = (("Content-Type", "text/html"), ("Transfer-Encoding", "chunked"))
CHUNKS = b"".join(
    b"%x;q=1\r\n%s\r\n" % (len(HARBOUR[at : at + 99]), HARBOUR[at : at + 99]) for at in range(0, len(HARBOUR), 99)
)


@pytest.mark.parametrize(
    ("payload", "headers"),
    [
        (CHUNKS + b"0\r\n\r\n", CHUNKED),
        (CHUNKS + b"0\r\nExpires: never\r\n\r\n", CHUNKED),
        (HARBOUR, CHUNKED),  # the crawler joined the chunks and left the header
        (HARBOUR, (("Content-Type", "text/html"), ("Content-Encoding", "gzip"))),
        (HARBOUR, (("Content-Type", "text/html"), ("Content-Encoding", "br"))),
        (gzip.compress(HARBOUR), (("Content-Type", "text/html"), ("Content-Encoding", "gzip"))),
        (zstd.compress(HARBOUR), (("Content-Type", "text/html"), ("Content-Encoding", "zstd"))),
        (HARBOUR, (("Content-Type", "application/octet-stream"),)),
        (HARBOUR, ()),
    ],
)
def test_payloads(payload: bytes, headers: tuple[tuple[str, str], ...]) -> None:
    """Chunks are joined and encodings taken off, or left where the crawler has taken them off before."""
    (found,) = items(record(payload, headers=headers))
    assert found.capture is not None, found
    assert found.capture.body == HARBOUR
    assert found.capture.headers == tuple((name.lower(), value) for name, value in headers)


@pytest.mark.parametrize(
    ("data", "left"),
    [
        (record(status="404 Not Found"), "status 404"),
        (record(status="301 Moved", headers=[("Location", "/x")]), "status 301"),
        (record(headers=[("Content-Type", "image/png")]), "image/png"),
        (record(b"<rss version='2.0'></rss>", headers=[("Content-Type", "text/html")]), "feed or sitemap"),
        (record(b"<?xml?><urlset/>", headers=[("Content-Type", "application/xml")]), "feed or sitemap"),
        (record(b""), "no body"),
        (record(b"20250310 1.2.3.4", "dns:e.org", kind="resource"), "dns"),
        (record(b"a: b", kind="metadata"), "metadata"),
        (by_hand("WARC-Type: warcinfo", b"software: x"), "warcinfo"),
        (by_hand("X: y", b"software: x"), "record without a type"),
        (response(HTTP + b"x" * LIMIT + b"<p>"), "too large"),
        (
            record(
                gzip.compress(b"<p>" * LIMIT),
                headers=[("Content-Type", "text/html"), ("Content-Encoding", "gzip")],
            ),
            "too large",
        ),
        (response(HTTP + b"x" * 4 * LIMIT), "too large"),
    ],
)
def test_left_out(data: bytes, left: str) -> None:
    """What is no page is counted by what it is, and nothing is wrong with it."""
    assert [(item.left, item.fault, item.capture) for item in items(data)] == [(left, "", None)]


def test_a_page_without_a_message() -> None:
    """A resource record holds the page alone."""
    (found,) = items(record(HERONS, kind="resource", more={"Content-Type": "text/html"}))
    assert found.capture is not None
    assert (found.capture.body, found.capture.content_type) == (HERONS, "text/html")


def test_choice() -> None:
    """Hosts with all below them, and days of capture."""
    choice = Choice(sites=("e.org",), since=datetime(2025, 3, 10, tzinfo=UTC), until=datetime(2025, 3, 11, tzinfo=UTC))
    cases = {
        "https://e.org/a": True,
        "https://www.e.org/a": True,
        "https://de.org/a": False,
    }
    assert {url: choice.wants(url, datetime(2025, 3, 10, 12, tzinfo=UTC)) for url in cases} == cases
    assert not choice.wants("https://e.org/a", datetime(2025, 3, 9, 23, tzinfo=UTC))
    assert not choice.wants("https://e.org/a", datetime(2025, 3, 11, tzinfo=UTC))
    assert (
        choice.to_json()
        == Choice(**{name: getattr(choice, name) for name in ("since", "until")}, sites=("e.org",)).to_json()
    )
