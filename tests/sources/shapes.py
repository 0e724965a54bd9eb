"""Feed bytes in the shapes of real ones, with our own words in them."""

from datetime import UTC, datetime

NOW = datetime(2025, 9, 1, 12, 0, tzinfo=UTC)
FEED = "https://harbour.example/news/feed"

SPACES = (
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0" xmlns:atom="http://www.w3.org/2005/Atom"'
)
ITEM = "<item><title>The ferry is back</title><link>https://harbour.example/ferry</link></item>"


def rss(items: str, *, declaration: str = '<?xml version="1.0" encoding="utf-8"?>', attributes: str = "") -> str:
    """RSS 2.0 around `items`."""
    return (
        f'{declaration}<rss version="2.0" {SPACES} {attributes}><channel><title>Harbour News</title>'
        f"<link>https://harbour.example/</link>{items}</channel></rss>"
    )


def atom(entries: str, attributes: str = "") -> str:
    """Atom 1.0 around `entries`."""
    return (
        f'<feed xmlns="http://www.w3.org/2005/Atom" {attributes}><title>Harbour News</title><id>urn:harbour</id>'
        f"<updated>2025-08-30T10:00:00Z</updated>{entries}</feed>"
    )


RSS_091 = """<?xml version="1.0"?>
<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://my.netscape.com/publish/formats/rss-0.91.dtd">
<rss version="0.91"><channel><title>Harbour News</title><language>en</language>
<item><title>The ferry is back</title><link>https://harbour.example/ferry</link>
<description>At last.</description></item>
</channel></rss>"""

RSS_092 = """<rss version="0.92"><channel><title>Harbour News</title>
<item><title>The ferry is back</title><link>https://harbour.example/ferry</link><category>Sea</category>
<enclosure url="https://harbour.example/ferry.mp3" length="1" type="audio/mpeg"/></item></channel></rss>"""

RDF = """<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="https://harbour.example/"><title>Harbour News</title></channel>
<item rdf:about="https://harbour.example/ferry"><title>The ferry is back</title><link>https://harbour.example/ferry</link>
<dc:date>2025-08-30T09:15:00+02:00</dc:date><dc:creator>Ada Quay</dc:creator><dc:subject>Sea</dc:subject>
</item></rdf:RDF>"""

RSS_20 = rss(
    """<language>en-GB</language><ttl>45</ttl><item><title>The ferry is back</title><link><![CDATA[
https://harbour.example/ferry?utm_source=rss]]></link><guid isPermaLink="false">story-17</guid>
<description>&lt;p&gt;At last.&lt;/p&gt;</description>
<content:encoded><![CDATA[<p>The ferry is back &amp; <b>runs</b>.</p>]]></content:encoded>
<dc:creator>Ada Quay</dc:creator><dc:creator>Bo Pier</dc:creator><category>Sea</category><category>Sea</category>
<category>Transport</category><pubDate>Sat, 30 Aug 2025 09:15:00 BST</pubDate></item>"""
)

ATOM_03 = """<feed version="0.3" xmlns="http://purl.org/atom/ns#" xml:lang="en"><title>Harbour News</title>
<entry><title mode="escaped" type="text/html">The ferry &lt;i&gt;is&lt;/i&gt; back</title>
<link rel="alternate" type="text/html" href="https://harbour.example/ferry"/><id>tag:harbour.example,2025:17</id>
<issued>2025-08-30T09:15:00Z</issued><modified>2025-08-30T11:00:00Z</modified>
<content type="text/html" mode="escaped">&lt;p&gt;It runs.&lt;/p&gt;</content></entry></feed>"""

ATOM_10 = atom(
    """<entry><title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">The ferry <i>is</i> back</div></title>
<link rel="replies" href="https://harbour.example/ferry/comments"/><link rel="self" href="https://harbour.example/feed/17"/>
<link rel="alternate" type="application/json" href="https://harbour.example/ferry.json"/>
<link rel="alternate" type="text/html" href="https://harbour.example/ferry"/>
<id>tag:harbour.example,2025:17</id><published>2025-08-30T09:15:00Z</published><updated>2025-08-30T11:00:00Z</updated>
<author><name>Ada Quay</name><email>ada@harbour.example</email></author><category term="Sea"/>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>It <b>runs</b>.</p></div></content></entry>""",
    'xml:lang="en"',
)

JSON_FEED = """{"version": "https://jsonfeed.org/version/1.1", "title": "Harbour News", "language": "en",
"authors": [{"name": "The desk"}], "items": [
{"id": "17", "url": "/ferry", "title": "The ferry is back", "content_html": "<p>It runs.</p>", "summary": "At last.",
 "date_published": "2025-08-30T09:15:00Z", "date_modified": "2025-08-30T11:00:00Z",
 "authors": [{"name": "Ada Quay"}], "tags": ["Sea", "Sea", 4]},
{"id": "https://harbour.example/crane", "content_text": "The crane & the quay.\\n\\nIt turns."},
{"id": 19, "external_url": "https://elsewhere.example/a", "author": {"name": "Bo Pier"}},
{"id": "20", "content_text": "Only words."}, {"id": "21"}, "no item"]}"""
