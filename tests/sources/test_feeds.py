"""Feeds of every age and state -> entries."""

import json
import pickle
import time

import pytest

from collector.errors import SourceError
from collector.sources import parse
from storage.records import Announcement, Entry
from tests.sources.shapes import ATOM_03, ATOM_10, FEED, ITEM, JSON_FEED, NOW, RDF, RSS_091, RSS_092, RSS_20, atom, rss

FERRY = "https://harbour.example/ferry"
ENTRY = f'<entry><id>{FERRY}</id><title>a</title><link href="{FERRY}"/></entry>'


def read(feed: str | bytes, content_type: str | None = "application/xml") -> Announcement:
    body = feed.encode() if isinstance(feed, str) else feed
    return parse(body, FEED, content_type=content_type, fetched_at=NOW)


def only(feed: str | bytes, content_type: str | None = "application/xml") -> Entry:
    (entry,) = read(feed, content_type).entries
    return entry


@pytest.mark.parametrize("feed", [RSS_091, RSS_092, RDF, ATOM_03, ATOM_10, rss(ITEM)])
def test_every_format(feed: str) -> None:
    """Every XML format gives title and address, and travels between processes."""
    found = read(feed)
    assert (found.kind, found.title) == ("feed", "Harbour News")
    assert [(e.url, e.title) for e in found.entries] == [(FERRY, "The ferry is back")]
    assert pickle.loads(pickle.dumps(found)) == found


def test_rss_20() -> None:
    """All that RSS 2.0 says of a story; a guid that is no permalink is no address."""
    found = read(RSS_20)
    (entry,) = found.entries
    assert found.ttl == 45
    assert entry.url == f"{FERRY}?utm_source=rss"
    assert (entry.guid, entry.language) == ("story-17", "en-GB")
    assert entry.summary == "<p>At last.</p>"
    assert entry.content == "<p>The ferry is back &amp; <b>runs</b>.</p>"
    assert entry.authors == ("Ada Quay", "Bo Pier")
    assert entry.tags == ("Sea", "Transport")
    assert entry.published is not None
    assert (entry.published.iso(), entry.published.raw) == (
        "2025-08-30T09:15:00+01:00",
        "Sat, 30 Aug 2025 09:15:00 BST",
    )
    assert entry.updated is None


def test_rdf_date_is_publication() -> None:
    """RSS 1.0 has dc:date in the place of pubDate."""
    entry = only(RDF)
    assert entry.published is not None
    assert (entry.published.iso(), entry.updated) == ("2025-08-30T09:15:00+02:00", None)
    assert (entry.authors, entry.tags) == (("Ada Quay",), ("Sea",))


@pytest.mark.parametrize("feed", [ATOM_03, ATOM_10])
def test_atom(feed: str) -> None:
    """Atom tells publication from update; its content is HTML whatever way it was packed."""
    entry = only(feed)
    assert entry.published is not None
    assert entry.updated is not None
    assert (entry.published.iso(), entry.updated.iso()) == ("2025-08-30T09:15:00+00:00", "2025-08-30T11:00:00+00:00")
    assert entry.content is not None
    assert "runs" in entry.content
    assert "<p>" in entry.content
    assert entry.summary is None  # feedparser's copy of the content is none
    assert (entry.guid, entry.language) == ("tag:harbour.example,2025:17", "en")


def test_atom_update_is_no_publication() -> None:
    """An Atom entry with `updated` alone has no known day of publication."""
    entry = only(atom(f"<entry><id>{FERRY}</id><title>a</title><updated>2025-08-30T11:00:00Z</updated></entry>"))
    assert entry.published is None
    assert entry.updated is not None


def test_plain_content() -> None:
    """Content of type text is escaped, its blank lines are paragraphs."""
    entry = only(atom('<entry><id>urn:1</id><content type="text">5 &lt; 6 &amp;amp;\n\nso</content></entry>'))
    assert (entry.url, entry.content) == (None, "<p>5 &lt; 6 &amp;amp;</p><p>so</p>")


def test_json_feed() -> None:
    """JSON Feed 1.0 and 1.1, with the ids that are addresses and those that are not."""
    found = read(JSON_FEED, "application/feed+json")
    ferry, crane, elsewhere, words = found.entries
    assert found.title == "Harbour News"
    assert (ferry.url, ferry.guid, ferry.content, ferry.summary) == (FERRY, "17", "<p>It runs.</p>", "At last.")
    assert (ferry.authors, ferry.tags, ferry.language) == (("Ada Quay",), ("Sea",), "en")
    assert ferry.published is not None
    assert ferry.published.iso() == "2025-08-30T09:15:00+00:00"
    assert (crane.url, crane.authors) == ("https://harbour.example/crane", ("The desk",))
    assert crane.content == "<p>The crane &amp; the quay.</p><p>It turns.</p>"
    assert (elsewhere.url, elsewhere.guid, elsewhere.authors) == ("https://elsewhere.example/a", "19", ("Bo Pier",))
    assert (words.url, words.guid) == (None, "20")


@pytest.mark.parametrize(
    ("item", "url"),
    [
        ("<link>/a</link>", "https://harbour.example/a"),
        ("<link>a?x=1&amp;y=2</link>", "https://harbour.example/news/a?x=1&y=2"),
        ("<link>//other.example/a</link>", "https://other.example/a"),
        ('<link xml:base="https://base.example/d/">a</link>', "https://base.example/d/a"),
        ("<link> \n https://harbour.example/a \n</link>", "https://harbour.example/a"),
        ("<guid>https://harbour.example/a?b&amp;c</guid>", "https://harbour.example/a?b&c"),
        ("<guid>abc123</guid>", None),
        ('<guid isPermaLink="false">https://harbour.example/a</guid>', None),
        ("<link>javascript:alert(1)</link>", None),
        ("<link>ftp://harbour.example/a</link>", None),
        ("<link>https://[bad/a</link>", None),
        (
            "<link>https://feeds.example/~r/1</link><feedburner:origLink>https://harbour.example/a</feedburner:origLink>",
            "https://harbour.example/a",
        ),
        ('<atom:link rel="self" href="https://harbour.example/self"/><link>/a</link>', "https://harbour.example/a"),
    ],
)
def test_address(item: str, url: str | None) -> None:
    """The address of a story: absolute, http(s), its own; an item without one stays for its content."""
    assert only(rss(f"<item>{item}<content:encoded>words</content:encoded></item>")).url == url


def test_base_of_the_whole_feed() -> None:
    """An xml:base that is no address, as one large site has it, does no harm."""
    links = "<item><link>https://harbour.example/a?x=1</link></item><item><link>/b</link></item>"
    found = read(rss(links, attributes='xml:base="link"'))
    assert [e.url for e in found.entries] == ["https://harbour.example/a?x=1", "https://harbour.example/b"]


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("Salt &amp; sea", "Salt & sea"),
        ("Salt &amp;amp; sea", "Salt & sea"),
        ("&lt;b&gt;Salt&lt;/b&gt; &amp;amp; sea", "Salt & sea"),
        ("<![CDATA[Salt &amp; <i>sea</i>]]>", "Salt & sea"),
        ("3 &lt; 4", "3 < 4"),
        ("Caf&eacute; &rsquo;s", "Café ’s"),  # named HTML entities that XML does not know
        (" Salt\n  &#160;sea ", "Salt sea"),
        ("Salt & sea", "Salt & sea"),
        ("Salt\x0b &amp; sea", "Salt & sea"),
        ("", None),
    ],
)
def test_title(title: str, words: str | None) -> None:
    """A title is one line of plain words, however it was escaped."""
    assert only(rss(f"<item><title>{title}</title><link>/a</link></item>")).title == words


WORD = "Гавань"


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (rss(f"<item><title>{WORD}</title><link>/a</link></item>").encode(), "application/rss+xml"),
        (rss(f"<item><title>{WORD}</title><link>/a</link></item>", declaration="").encode(), "text/xml"),
        (rss(f"<item><title>{WORD}</title><link>/a</link></item>").encode(), "text/html; charset=iso-8859-1"),
        (
            rss(f"<item><title>{WORD}</title><link>/a</link></item>", declaration="").encode("koi8-r"),
            "text/xml; charset=koi8-r",
        ),
        (
            rss(
                f"<item><title>{WORD}</title><link>/a</link></item>",
                declaration='<?xml version="1.0" encoding="windows-1251"?>',
            ).encode("cp1251"),
            None,
        ),
        (
            rss(
                f"<item><title>{WORD}</title><link>/a</link></item>",
                declaration='<?xml version="1.0" encoding="utf-16"?>',
            ).encode("utf-16"),
            "text/xml",
        ),
        (
            rss(
                f"<item><title>{WORD}</title><link>/a</link></item>",
                declaration='<?xml version="1.0" encoding="utf-16"?>',
            ).encode(),
            "text/xml",
        ),
        (
            b"\xef\xbb\xbf" + rss(f"<item><title>{WORD}</title><link>/a</link></item>").encode(),
            "text/xml; charset=utf-8",
        ),
    ],
)
def test_encodings(body: bytes, content_type: str | None) -> None:
    """The letters come out right whoever named their encoding, and when nobody or somebody wrongly did."""
    assert only(body, content_type).title == WORD


def test_windows_bytes_in_utf8() -> None:
    """Bytes of cp1252 under the name of UTF-8 are read as what they are."""
    body = rss("<item><title>Caf\xe9 \x93sea\x94</title><link>/a</link></item>").encode("latin-1")
    assert only(body).title == "Café “sea”"


@pytest.mark.parametrize(
    "feed",
    [
        rss(f"{ITEM}<item><title>Half a st")[: -len("</channel></rss>")],
        rss(f"{ITEM}<item><title>Un<br>closed</item>"),
        rss(f"{ITEM}<unknown:thing>x</unknown:thing>"),
        "\n\n  " + rss(ITEM),
        "<!-- made by hand --><?xml-stylesheet href='a.xsl'?>" + rss(ITEM, declaration=""),
        "Warning: mkdir() failed in /srv/feed.php\n" + rss(ITEM),
        rss(ITEM + ITEM),
        rss(ITEM).replace("http://purl.org/rss/1.0/modules/content/", "http://example.org/odd"),
    ],
)
def test_broken(feed: str) -> None:
    """What can be read of a broken feed is read, and each story once."""
    assert FERRY in [e.url for e in read(feed).entries]
    assert len({e.url for e in read(feed).entries}) == len(read(feed).entries)


def test_half_an_address() -> None:
    """Of a feed cut short in an address, the half address is none."""
    feed = rss(f"{ITEM}<item><title>Half</title><link>https://harbour.example/a</link></item>")
    assert [e.url for e in read(feed[: feed.index("example/a") + 4]).entries] == [FERRY]


def test_told_twice() -> None:
    """Of two entries with one address the later fills what the first left open."""
    again = ITEM.replace("<title>The ferry is back", "<pubDate>30 Aug 2025</pubDate><title>Again")
    entry = only(rss(ITEM + again))
    assert entry.title == "The ferry is back"
    assert entry.published is not None


@pytest.mark.parametrize("raw", ["", "soon", "2013-xx-27", "Mon, 01 Sep 2025 18:00:00 GMT"])
def test_no_date(raw: str) -> None:
    """A date that is missing, unreadable or in the future of the fetch is no date."""
    assert only(rss(f"<item><link>/a</link><pubDate>{raw}</pubDate></item>")).published is None


@pytest.mark.parametrize("feed", [rss(""), atom(""), JSON_FEED.partition('"items"')[0] + '"items": []}'])
def test_empty_feed_is_a_feed(feed: str) -> None:
    """A feed without entries says that there are none."""
    assert read(feed).entries == ()


@pytest.mark.parametrize(
    ("body", "word"),
    [
        (b"", "empty"),
        (b" \n", "empty"),
        (b"\x89PNG\r\n\x1a\n\0\0\0", "neither feed"),
        (b"Bad gateway", "neither feed"),
        (b'{"error": "no such feed"}', "JSON"),
        (b"[1, 2]", "JSON"),
        (b"<?xml version='1.0'?><note><to>you</to></note>", "XML"),
        (b'<opml version="2.0"><body/></opml>', "OPML"),
        (b"<!DOCTYPE html><html><body><a href='/a'>a</a></body></html>", "web page"),
        (b"<rss version='2.0'><channel><title>Cut o", "readable entry"),
        (b'{"version": "https://jsonfeed.org/version/1", "items": [', "broken"),
        (b'{"version": "https://jsonfeed.org/version/1", "items": ' + b"[" * 100_000, "broken"),
        (b'{"version": "https://jsonfeed.org/version/1"}', "without items"),
        (b"\x1f\x8b\x08garbage", "gzip"),
    ],
)
def test_nothing_to_read(body: bytes, word: str) -> None:
    """A document with nothing to read is an error that names source, status, content type and first bytes."""
    with pytest.raises(SourceError, match=word) as caught:
        parse(body, FEED, content_type="text/odd", kind="feed", fetched_at=NOW, status=203)
    message = str(caught.value)
    assert message.startswith(f"{FEED}: ")
    assert "status 203, text/odd" in message
    assert repr(body[:60]) in message


BOMB = "".join(f'<!ENTITY lol{i} "{f"&lol{i - 1};" * 10}">' for i in range(1, 10))
ATTRIBUTES = " ".join(f'a{i}="x"' for i in range(20_000))


@pytest.mark.parametrize(
    ("feed", "refused"),
    [
        (rss(ITEM, declaration=f'<!DOCTYPE rss [<!ENTITY lol0 "lol">{BOMB}]>').replace("ferry", "&lol9;"), False),
        (rss(ITEM, declaration='<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///a">]>').replace("ferry", "&x;"), False),
        (rss(f"{ITEM}<x {ATTRIBUTES}/>"), True),
        (rss(f"<x>{'<' * 100_000}"), False),
        (rss(ITEM + " " * 10_500_000), True),
    ],
)  # fmt: skip
def test_hostile(feed: str, refused: bool) -> None:
    """Bombs are not unfolded, files not opened, and what would take minutes is refused in no time."""
    started = time.process_time()
    if refused:
        with pytest.raises(SourceError, match="more than"):
            read(feed)
    else:
        try:
            titles = [e.title or "" for e in read(feed).entries]
        except SourceError:
            titles = []
        assert all(len(title) < 100 for title in titles)
    assert time.process_time() - started < 5


def test_picture_in_a_tag_is_harmless() -> None:
    """A picture as data: URL makes a long tag, and no danger."""
    content = f"<p>It runs.</p><img src='data:image/png;base64,{'A' * 200_000}'>"
    entry = only(rss(f"<item><content:encoded><![CDATA[{content}]]></content:encoded></item>"))
    assert entry.content is not None
    assert entry.content.startswith("<p>It runs.</p>")


def test_json_shape() -> None:
    """The shape of our JSON Feed is one that JSON readers read."""
    assert len(json.loads(JSON_FEED)["items"]) == 6


HISTORY = 'xmlns:fh="http://purl.org/syndication/history/1.0"'
SEARCH = 'xmlns:openSearch="http://a9.com/-/spec/opensearchrss/1.0/"'


@pytest.mark.parametrize(
    ("feed", "links"),
    [
        (
            atom('<link rel="prev-archive" href="/2025/08"/><link rel="self" href="http://x.example/now"/>' + ENTRY),
            {"prev-archive": ("https://harbour.example/2025/08",), "self": ("http://x.example/now",)},
        ),
        (
            atom(f'<link rel="Next" href="?page=2"/><link rel="last" href="?page=9"/>{ENTRY}', f'xml:base="{FERRY}"'),
            {"next": (f"{FERRY}?page=2",), "last": (f"{FERRY}?page=9",)},
        ),
        (
            rss('<atom:link rel="next" href="/feed?before=7&amp;x=1"/>' + ITEM),
            {"next": ("https://harbour.example/feed?before=7&x=1",)},
        ),
        (atom('<link rel="next" href="mailto:a@b.example"/><link rel="hub" href="/hub"/>' + ENTRY), {}),
        (atom(ENTRY.replace("<id>", '<link rel="next" href="/other"/><id>')), {}),
        (
            JSON_FEED.replace('"items"', '"next_url": "/feed.json?n=2", "items"'),
            {"next": ("https://harbour.example/feed.json?n=2",)},
        ),
        (JSON_FEED, {}),
    ],
)
def test_where_it_goes_on(feed: str, links: dict[str, tuple[str, ...]]) -> None:
    """What the feed itself links to, not its stories: absolute, by relation, and nothing that is no address."""
    assert read(feed).links == links


@pytest.mark.parametrize(
    ("head", "attributes", "generator", "total"),
    [
        ("", "", None, None),
        ('<generator version="7" uri="https://b.example">Blogger</generator>', "", "Blogger https://b.example", None),
        ("<generator>https://wordpress.org/?v=6.4</generator>", "", "https://wordpress.org/?v=6.4", None),
        ("<openSearch:totalResults>1234</openSearch:totalResults>", SEARCH, None, 1234),
        ("<openSearch:totalResults>many</openSearch:totalResults>", SEARCH, None, None),
    ],
)
def test_what_it_says_of_itself(head: str, attributes: str, generator: str | None, total: int | None) -> None:
    """Who made it, and how many entries there are in all."""
    found = read(atom(head + ENTRY, attributes))
    assert (found.generator, found.total) == (generator, total)


@pytest.mark.parametrize(
    ("head", "said"), [("", (False, False)), ("<fh:archive/>", (True, False)), ("<fh:complete/>", (False, True))]
)
def test_kinds_of_rfc_5005(head: str, said: tuple[bool, bool]) -> None:
    """An archive document and a complete feed call themselves so."""
    for found in (read(atom(head + ENTRY, HISTORY)), read(rss(head + ITEM, attributes=HISTORY))):
        assert (found.archive, found.complete) == said
