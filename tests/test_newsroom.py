"""The demo's newsroom, asked over real sockets."""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from http.client import HTTPConnection, HTTPResponse
from typing import NamedTuple
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree

import pytest

from collector.demo.newsroom import Newsroom
from collector.demo.stories import Site, sites

NOW = datetime(2026, 3, 14, 15, 0, tzinfo=UTC)
ATOM = "{http://www.w3.org/2005/Atom}"
SITES = {site.shape: site for site in sites(NOW)}

FURNITURE = {
    "blog": ["Posted by", "Blog Archive", "Follow by email", "BlogThis!", "Subscribe to:", "comments:", "uses cookies"],
    "listing": [
        "DOWNLOAD THE APP",
        "Related Articles",
        "Hashtags",
        "Try Our AI Features",
        "No comments yet",
        "privacy",
        "Sign in",
    ],
    "agency": ["{{dayPoint.date", "Read also", "Press Review", "Telegram", "requires a link", "use of cookies"],
    "magazine": ["See also", "Images source:", "Share on X", "Newsletter", "Privacy policy", "I accept"],
}


class Answer(NamedTuple):
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


def ask(newsroom: Newsroom, url: str, method: str = "GET", **headers: str) -> Answer:
    """Ask for `url` as a client does that is told to find every host at the newsroom's address."""
    parts = urlsplit(url)
    connection = HTTPConnection(newsroom.address, timeout=5)
    try:
        path = parts.path + (f"?{parts.query}" if parts.query else "")
        connection.request(method, path, headers={"Host": parts.netloc, **headers})
        response: HTTPResponse = connection.getresponse()
        return Answer(response.status, dict(response.getheaders()), response.read())
    finally:
        connection.close()


def announced(newsroom: Newsroom) -> dict[str, list[str]]:
    """The addresses that each source announces, by host of the source."""
    found = {}
    for url, kind in newsroom.sources:
        body = ask(newsroom, url).text
        host = urlsplit(url).netloc
        if kind == "listing":
            paths = re.findall(r'<h3 class="news-card__title"><a href="([^"]+)', body)
            found[host] = [f"http://{host}{path}" for path in paths]
        else:
            root = ElementTree.fromstring(body)
            found[host] = [_address(entry) for entry in root.findall(f"{ATOM}entry")]
            found[host] += [link.text or "" for link in root.findall("channel/item/link")]
    return found


@pytest.fixture
def newsroom() -> Iterator[Newsroom]:
    with Newsroom(NOW) as room:
        yield room


def test_every_source_answers_and_every_announced_link_too(newsroom: Newsroom) -> None:
    """Four sources; thirteen stories are announced, and each is there."""
    links = announced(newsroom)
    assert {host: len(urls) for host, urls in links.items()} == {
        "notes.saltmere.example": 3,
        "tidings.example": 5,
        "agency.example": 3,
        "marshland.example": 2,
    }
    assert {ask(newsroom, url).status for urls in links.values() for url in urls} == {200}
    assert set(newsroom.rules) == set(links)


def test_stories_that_stand_beside_others_have_pages_of_their_own(newsroom: Newsroom) -> None:
    """A related story's page answers although no source announces it."""
    beside = [story.url for story in newsroom.stories if story.related_only]
    assert beside
    assert {ask(newsroom, url).status for url in beside} == {200}


@pytest.mark.parametrize("site", SITES.values(), ids=SITES)
def test_robots_forbid_what_is_linked_and_nothing_announced(newsroom: Newsroom, site: Site) -> None:
    """A collector that skips robots.txt would find the desk's page; one that obeys still finds every story."""
    robots = RobotFileParser()
    robots.parse(ask(newsroom, site.root + "/robots.txt").text.splitlines())
    assert ask(newsroom, site.root + site.private).status == 200
    assert site.private in ask(newsroom, site.stories[0].url).text
    assert not robots.can_fetch("newskeep", site.root + site.private)
    assert all(robots.can_fetch("newskeep", story.url) for story in site.stories)
    (sitemap,) = robots.site_maps() or []
    locations = [
        loc.text for loc in ElementTree.fromstring(ask(newsroom, sitemap).text).iter() if loc.tag.endswith("loc")
    ]
    assert locations == [story.url for story in site.stories]


def test_hosts_are_told_apart(newsroom: Newsroom) -> None:
    """One port, many sites: a path of one host is not found on another, nor on a host that is none of ours."""
    first = newsroom.stories[0]
    assert ask(newsroom, first.url).status == 200
    for host in ("agency.example", "elsewhere.example"):
        assert ask(newsroom, f"http://{host}{first.path}").status == 404
    assert ask(newsroom, "http://AGENCY.example:80/robots.txt?x=1").status == 200
    assert newsroom.requests[-1] == ("GET", "agency.example", "/robots.txt?x=1", 200)


@pytest.mark.parametrize(
    ("condition", "status"),
    [
        ({"If-None-Match": "{etag}"}, 304),
        ({"If-None-Match": '"other", W/{etag}'}, 304),
        ({"If-None-Match": '"other"'}, 200),
        ({"If-Modified-Since": "{modified}"}, 304),
        ({"If-Modified-Since": "Sat, 01 Jan 2000 00:00:00 GMT"}, 200),
        ({"If-Modified-Since": "yesterday"}, 200),
        ({"If-None-Match": '"other"', "If-Modified-Since": "{modified}"}, 200),  # RFC 9110, 13.1.3
        ({}, 200),
    ],
)
@pytest.mark.parametrize("source", range(4))
def test_conditional_requests(newsroom: Newsroom, source: int, condition: dict[str, str], status: int) -> None:
    """Every document has validators, and whoever has it already is told so, without a body."""
    url = newsroom.sources[source][0]
    first = ask(newsroom, url)
    known = {"etag": first.headers["ETag"], "modified": first.headers["Last-Modified"]}
    again = ask(newsroom, url, **{name: value.format(**known) for name, value in condition.items()})
    assert again.status == status
    assert again.body == (b"" if status == 304 else first.body)
    assert again.headers["ETag"] == first.headers["ETag"]


def test_head_gives_the_head_alone(newsroom: Newsroom) -> None:
    """HEAD announces the length of the body that it leaves out."""
    url = newsroom.stories[0].url
    answer = ask(newsroom, url, method="HEAD")
    assert (answer.status, answer.body) == (200, b"")
    assert int(answer.headers["Content-Length"]) == len(ask(newsroom, url).body)


def test_publish_adds_one_story(newsroom: Newsroom) -> None:
    """One source announces one more address, its page answers, and the feed of yesterday is no longer current."""
    before = announced(newsroom)
    url, _ = newsroom.sources[2]
    validators = ask(newsroom, url).headers
    story = newsroom.publish()
    after = announced(newsroom)
    new = [link for host in after for link in after[host] if link not in before[host]]
    assert new == [story.url]
    assert story.title in ask(newsroom, story.url).text
    assert story in newsroom.stories
    assert ask(newsroom, url, **{"If-None-Match": validators["ETag"]}).status == 200
    assert ask(newsroom, url, **{"If-Modified-Since": validators["Last-Modified"]}).status == 200
    newsroom.publish()
    assert announced(newsroom) == after


def test_edit_changes_one_story(newsroom: Newsroom) -> None:
    """Same address, new figure, one paragraph more; the feed's entry says that it was updated, and only that one."""
    url, _ = newsroom.sources[0]
    before, stories = _updated(ask(newsroom, url).text), newsroom.stories
    edited = newsroom.edit()
    (first,) = (story for story in stories if story.url == edited.url)
    page = ask(newsroom, edited.url).text
    assert first.title not in page
    assert edited.title in page
    assert len(edited.paragraphs) == len(first.paragraphs) + 1
    assert sum(old != new for old, new in zip(first.paragraphs, edited.paragraphs, strict=False)) == 1
    after = _updated(ask(newsroom, url).text)
    assert [link for link in after if after[link] != before[link]] == [edited.url]
    assert after[edited.url] == NOW > before[edited.url]
    assert len(newsroom.stories) == len(stories)


def _updated(atom: str) -> dict[str, datetime]:
    entries = ElementTree.fromstring(atom).findall(f"{ATOM}entry")
    return {_address(entry): datetime.fromisoformat(entry.findtext(f"{ATOM}updated", "")) for entry in entries}


def _address(entry: ElementTree.Element) -> str:
    return next(link.get("href", "") for link in entry.findall(f"{ATOM}link[@rel='alternate']"))


def test_same_now_same_pages() -> None:
    """Two newsrooms opened at one moment serve the same bytes; nothing is dated after that moment."""
    with Newsroom(NOW) as one, Newsroom(NOW) as other:
        for url in [source for source, _ in one.sources] + [story.url for story in one.stories]:
            assert ask(one, url).body == ask(other, url).body
        assert all(story.published <= story.updated <= NOW for story in (*one.stories, one.publish(), one.edit()))


@pytest.mark.parametrize("site", SITES.values(), ids=SITES)
def test_furniture_stands_on_the_pages(newsroom: Newsroom, site: Site) -> None:
    """Menus, share bars, notes on cookies: there is something to strip on every story's page."""
    for story in site.stories:
        page = ask(newsroom, story.url).text
        assert [words for words in FURNITURE[site.shape] if words not in page] == []
