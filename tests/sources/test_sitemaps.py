"""Sitemaps of every make -> entries and parts."""

import gzip
import io
import re
import time
import tracemalloc
from collections.abc import Callable

import pytest

from collector.errors import SourceError
from collector.sources import parse, sitemap_bytes, sitemaps, sniff
from storage.records import Announcement, Entry
from tests.sources.shapes import NOW

MAP = "https://harbour.example/sitemap.xml"
SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
NEWS = 'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
IMAGE = 'xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"'
FERRY = "https://harbour.example/ferry"
ENTRY = f"""<url><image:image><image:loc>https://harbour.example/f.jpg</image:loc><image:title>A picture</image:title>
</image:image><loc> {FERRY}
</loc><lastmod>2025-08-31</lastmod><news:news><news:publication><news:name>Harbour</news:name>
<news:language>en</news:language></news:publication><news:publication_date>2025-08-30T09:15:00+02:00</news:publication_date>
<news:title>Salt &amp; sea</news:title><news:keywords>Sea, Salt,,Sea</news:keywords></news:news></url>"""


def read(body: str | bytes, content_type: str | None = None) -> Announcement:
    raw = body.encode() if isinstance(body, str) else body
    return parse(raw, MAP, content_type=content_type, fetched_at=NOW)


@pytest.mark.parametrize(
    "body",
    [
        f'<?xml version="1.0" encoding="UTF-8"?><urlset {SPACE} {NEWS} {IMAGE}>{ENTRY}</urlset>',
        f"<urlset>{ENTRY}</urlset>",  # prefixes bound to nothing
        f'<urlset xmlns="http://www.google.com/schemas/sitemap/0.84" {NEWS} {IMAGE}>{ENTRY}</urlset>',
        f"\n <!-- ours --><urlset {SPACE} {NEWS} {IMAGE}>{ENTRY}<url><loc>https://harb",
        re.sub(r"<(/?)(url|urlset|loc|lastmod)\b", r"<\1sm:\2", f"<urlset {NEWS} {IMAGE}>{ENTRY}</urlset>"),
    ],
)
def test_news(body: str) -> None:
    """What a news sitemap says of a story; a picture's address and title are not the story's."""
    (entry,) = read(body).entries
    assert (entry.url, entry.title, entry.language, entry.tags) == (FERRY, "Salt & sea", "en", ("Sea", "Salt"))
    assert entry.published is not None
    assert entry.published.iso() == "2025-08-30T09:15:00+02:00"


def test_lastmod_is_no_publication() -> None:
    """lastmod is when a page was written anew, by whatever machine."""
    (entry,) = read(f"<urlset {SPACE}><url><loc>{FERRY}</loc><lastmod>2025-08-31</lastmod></url></urlset>").entries
    assert entry.published is None
    assert entry.updated is not None
    assert (entry.updated.iso(), entry.updated.precision) == ("2025-08-31", "day")


@pytest.mark.parametrize(
    ("loc", "url"),
    [
        ("https://harbour.example/?a=1&b=2", "https://harbour.example/?a=1&b=2"),
        ("<![CDATA[https://harbour.example/?a=1&b=2]]>", "https://harbour.example/?a=1&b=2"),
        ("/a", "https://harbour.example/a"),
        ("ftp://harbour.example/a", None),
        ("javascript:1", None),
        ("", None),
        ("https://harbour.example/a\x0b", "https://harbour.example/a"),
    ],
)
def test_loc(loc: str, url: str | None) -> None:
    """An address is http or https, and survives a bare ampersand and a control character."""
    found = read(f"<urlset {SPACE}><url><loc>{loc}</loc></url><url><loc>{FERRY}</loc></url></urlset>").entries
    assert [e.url for e in found] == [u for u in (url, FERRY) if u]


def test_index() -> None:
    """The parts of an index, newest first, the undated last, itself left out."""
    parts = [("old", "2025-01-01"), ("none", ""), ("new", "2025-08-31T10:00:00Z"), ("day", "2025-08-31")]
    body = "".join(f"<sitemap><loc>/{name}.xml.gz</loc><lastmod>{day}</lastmod></sitemap>" for name, day in parts)
    found = read(f"<sitemapindex {SPACE}>{body}<sitemap><loc>{MAP}</loc></sitemap></sitemapindex>")
    assert found.parts == tuple(f"https://harbour.example/{name}.xml.gz" for name in ("new", "day", "old", "none"))
    assert (found.kind, found.entries) == ("sitemap", ())


@pytest.mark.parametrize("pack", [bytes, gzip.compress, lambda b: gzip.compress(b[:30]) + gzip.compress(b[30:])])
@pytest.mark.parametrize(
    "body",
    [
        f"<urlset {SPACE}><url><loc>{FERRY}</loc></url></urlset>".encode(),
        f"{FERRY}\r\n\r\nno address\r\n{FERRY}\r\n".encode(),
        f"<urlset {SPACE}><url><loc>{FERRY}</loc></url></urlset>".encode("utf-16"),
    ],
)
def test_packed(pack: type[bytes], body: bytes) -> None:
    """Gzip by its magic, in one member or several; plain lists of addresses; UTF-16."""
    assert [e.url for e in read(pack(body), content_type="application/octet-stream").entries] == [FERRY]


def test_gzip_bomb(monkeypatch: pytest.MonkeyPatch) -> None:
    """A gzip that unfolds beyond the limit is refused, in bounded memory."""
    monkeypatch.setattr(sniff, "INFLATED_LIMIT", 1024**2)
    bomb = gzip.compress(b" " * 64 * 1024**2)
    tracemalloc.start()
    with pytest.raises(SourceError, match="gzip of more than 1 MB"):
        read(bomb)
    assert tracemalloc.get_traced_memory()[1] < 8 * 1024**2
    tracemalloc.stop()


def test_entities_stay_folded() -> None:
    """A bomb of entities is not unfolded, a file not opened."""
    entities = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 10))
    declaration = f'<!DOCTYPE urlset [<!ENTITY l0 "lol"><!ENTITY x SYSTEM "file:///etc/hostname">{entities}]>'
    started = time.process_time()
    found = read(
        f"{declaration}<urlset {SPACE}><url><loc>{FERRY}?&l9;</loc></url><url><loc>{FERRY}/&x;</loc></url>"
        f"<url><loc>{FERRY}</loc></url></urlset>"
    )
    assert all(e.url is not None and len(e.url) < 100 for e in found.entries)
    assert time.process_time() - started < 2


@pytest.mark.parametrize("body", [f"<urlset {SPACE}></urlset>", f"<urlset {SPACE}/>", "<sitemapindex></sitemapindex>"])
def test_empty(body: str) -> None:
    """A sitemap of nothing is one."""
    assert (read(body).entries, read(body).parts) == ((), ())


@pytest.mark.parametrize("body", ["<urlset <", "<urlset><url><loc>https://harb"])
def test_nothing_to_read(body: str) -> None:
    """A sitemap cut off before it says anything is an error."""
    with pytest.raises(SourceError, match="status 200"):
        read(body)


def streamed(body: bytes) -> list[Entry | sitemaps.Named]:
    """What the stream of a file says."""
    return list(sitemaps.stream(io.BytesIO(body), MAP, NOW))


def many(number: int, between: str = "") -> bytes:
    """A sitemap of so many addresses, larger than what is read at once."""
    pages = "".join(f"<url><loc>{FERRY}/{n}?a=1&b=2</loc>{between}</url>" for n in range(number))
    return f"<?xml version='1.0' encoding='UTF-8'?>\n<urlset {SPACE}>{pages}</urlset>".encode()


@pytest.mark.parametrize(
    "body",
    [
        many(1500),
        many(1500, "<priority><![CDATA[ > & 1 ]]></priority>"),
        gzip.compress(many(1500)),
        b"".join(gzip.compress(many(1500)[at : at + 25_000]) for at in range(0, 200_000, 25_000)) + b"trailing",
        many(1500).decode().encode("utf-16"),
        many(1500, "<image:loc>é</image:loc>").replace(b"UTF-8", b"ISO-8859-1").decode().encode("latin-1"),
        b"\xef\xbb\xbf \n" + many(1500),
        "".join(f"{FERRY}/{n}?a=1&b=2\r\n" for n in range(1500)).encode(),
    ],
    ids=["plain", "cdata", "gzip", "members", "utf-16", "latin-1", "mark", "list"],
)
def test_stream(body: bytes) -> None:
    """In pieces, the same as whole: addresses cut in two, ampersands, members, charsets."""
    assert [one.url for one in streamed(body)] == [f"{FERRY}/{n}?a=1&b=2" for n in range(1500)]


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
@pytest.mark.parametrize("kept", [0.3, 0.7, 0.99])
def test_stream_cut_short(pack: Callable[[bytes], bytes], kept: float) -> None:
    """As far as it goes: whole addresses, and none that is half."""
    body = pack(many(1500))
    found = [one.url for one in streamed(body[: int(len(body) * kept)])]
    assert found == [f"{FERRY}/{n}?a=1&b=2" for n in range(len(found))]
    assert abs(len(found) - 1500 * kept) < 300


def test_stream_of_an_index() -> None:
    """The parts of an index in its order, with their dates."""
    part = f"<sitemap><loc>/a.xml</loc><lastmod>2025-08-31</lastmod></sitemap><sitemap><loc>{MAP}</loc></sitemap>"
    one, two = streamed(f"<sitemapindex>{part}</sitemapindex>".encode())
    assert isinstance(one, sitemaps.Named)
    assert one.updated is not None
    assert (one.url, one.updated.iso(), two.url) == ("https://harbour.example/a.xml", "2025-08-31", MAP)


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"", "empty"),
        (b"<!doctype html><html><body>Not found</body></html>", "html"),
        (b"<rss version='2.0'><channel/></rss>", "feed"),
        (b"\x1f\x8bno gzip", "gzip"),
        (gzip.compress(many(3))[:-8] + b"\1" * 8, "gzip"),  # a checksum that is wrong
        (b"<urlset><url><loc>https://harb", "cut off"),
    ],
)
def test_no_stream(body: bytes, why: str) -> None:
    """What is no sitemap is an error, and says what it is."""
    with pytest.raises(SourceError, match=why):
        streamed(body)


def test_stream_has_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    """A bomb is left when it is too large, and never stands in memory."""
    monkeypatch.setattr(sitemap_bytes, "LIMIT", 8 * 1024**2)
    bomb = gzip.compress(many(3) + b" " * 24 * 1024**2)
    tracemalloc.start()
    with pytest.raises(SourceError, match="more than 8 MB"):
        streamed(bomb)
    assert tracemalloc.get_traced_memory()[1] < 8 * 1024**2
    tracemalloc.stop()
