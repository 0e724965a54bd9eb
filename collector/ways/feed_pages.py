"""A feed's document, or a page that may name feeds -> a leaf. Knows no network and no archive."""

import re
from datetime import datetime

from collector.errors import SourceError
from collector.sources import discovery, feed_rest, parse
from collector.ways import days
from collector.ways.nouns import Leaf, Span
from storage.records import Announcement

_DRUPAL = re.compile(r"\d+ at https?://")  # its guid: "17 at https://example.org"
_API = re.compile(rb"""\brel=["']?https://api\.w\.org/""")  # as every page of WordPress has it in its head
_WORDPRESS_PATH = re.compile(r"/feed/?(?:\?|$)|[?&]feed=(?:rss2?|atom|feed)\b")


def read(body: bytes, url: str, content_type: str | None, fetched_at: datetime, span: Span, site: str) -> Leaf:
    """What a feed announces, and what it says of its rest: `links` by relation, `next`, `total`, `form`.

    form: "complete", "blogger", "wordpress", "perhaps wordpress" (by its address alone), "drupal" or "". What is no
    feed is a leaf that says why.
    """
    try:
        said = parse(body, url, content_type=content_type, kind="feed", fetched_at=fetched_at)
    except SourceError as e:
        return Leaf(why=str(e))
    if said.kind != "feed":
        return Leaf(why=f"{url}: a {said.kind} where a feed should be")
    following = next((one for one in said.links.get("next", ()) if one != url), None)
    more = {"links": said.links, "next": following, "total": said.total, "charset": said.charset}
    return days.leaf_of(said.entries, span, site, form=_form(said, url), **more)


def read_page(html: bytes, url: str, content_type: str | None) -> Leaf:
    """The feeds that a web page names, those of comments aside, in `links["feed"]`, the declared ones first.

    links["api"]: WordPress' own, where the page names that. A page with neither says why.
    """
    feeds = discovery.feeds_of_page(html, url, content_type)
    found = tuple(one.url for one in feeds if "comment" not in one.url.lower())
    links = {"feed": found} if found else {}
    if _API.search(html):
        links["api"] = (url,)
    return Leaf(
        links=links, form=_maker(feed_rest.generator_of_page(html)), why="" if links else f"{url}: names no feed"
    )


def _form(said: Announcement, url: str) -> str:
    if said.complete:
        return "complete"
    if made := _maker(said.generator):
        return made
    if any(_DRUPAL.match(one.guid or "") for one in said.entries[:1]):
        return "drupal"
    return "perhaps wordpress" if said.generator is None and _WORDPRESS_PATH.search(url) else ""


def _maker(generator: str | None) -> str:
    return next((name for name in ("blogger", "wordpress", "drupal") if name in (generator or "").lower()), "")
