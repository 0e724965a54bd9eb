"""
The bytes of a source -> what it announces. Knows no network, clock or database.

body -> sniff.inflated | as_utf8 | form_of -> feeds     RSS, RDF, Atom (feedparser)
                                            | jsonfeed, apis
                                            | sitemaps  of addresses, news, other sitemaps; plain lists
                                            | listings  HTML, read by the site's rule
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from collector.errors import SourceError
from collector.extract.rule import Rule
from collector.sources import apis, feeds, jsonfeed, listings, sitemaps, sniff
from storage.records import Announcement, SourceKind

__all__ = ["parse"]

_WHAT: dict[sniff.Form, str] = {
    "empty": "an empty document",
    "opml": "OPML, a list of feeds and no feed: read it with `newskeep sources`",
    "xml": "XML that is neither feed nor sitemap",
    "unknown": "neither feed, sitemap nor web page",
}


def parse(
    body: bytes,
    url: str,
    *,
    content_type: str | None = None,
    kind: SourceKind | None = None,
    fetched_at: datetime,
    status: int = 200,
    sites: Mapping[str, Rule] | None = None,
    charset: str | None = None,
) -> Announcement:
    """
    What the document fetched from `url` announces. The bytes decide what it is, not the server's word for it.

    `kind`: what config.yaml calls the source; a feed or sitemap that answers with a web page is an error, no listing.
    `fetched_at`: aware. `sites`: rules by host for listings, all installed ones by default. `charset`: the operator's
    word for it, a label of the web. A feed without entries is an empty Announcement. Raises SourceError for a document
    with nothing to read; it names source, status, content type and first bytes.
    """
    try:
        return _read(sniff.inflated(body), url, content_type, kind, fetched_at, sites, charset)
    except SourceError as e:
        served = content_type or "no content type"
        raise SourceError(f"{url}: {e} (status {status}, {served}, begins {body[:60]!r})") from e


def _read(
    raw: bytes,
    url: str,
    content_type: str | None,
    kind: SourceKind | None,
    fetched_at: datetime,
    sites: Mapping[str, Rule] | None,
    charset: str | None,
) -> Announcement:
    body, found = sniff.as_utf8(raw, content_type, charset)
    form = sniff.form_of(body)
    if form == "html" and kind in (None, "listing"):
        return listings.read(raw, url, content_type, fetched_at, sites, charset)
    return replace(_announced(body, form, url, fetched_at, kind, sites), charset=found)


def _announced(
    body: bytes,
    form: sniff.Form,
    url: str,
    fetched_at: datetime,
    kind: SourceKind | None,
    sites: Mapping[str, Rule] | None,
) -> Announcement:
    match form:
        case "feed":
            return feeds.read(sniff.whole_tags(body), url, fetched_at)
        case "jsonfeed":
            return jsonfeed.read(body, url, fetched_at)
        case "json":
            return apis.read(body, url, fetched_at, sites)
        case "sitemap":
            return sitemaps.read(sniff.whole_tags(body), url, fetched_at)
        case "addresses":
            return sitemaps.read_addresses(body, url)
        case "html":
            raise SourceError(f"a web page where a {kind} should be")
        case _:
            raise SourceError(_WHAT[form])
