"""The web of the past by itself: what it serves is what its least says."""

import gzip
import json
import re
from datetime import date, timedelta
from urllib.parse import quote, urlsplit

import pytest

from collector.extract import extract
from tests.past import cdx, feeds, lists, trouble
from tests.past.papers import FIRST, LAST, Paper, begin_of
from tests.past.web import Web, sites

COUNT = 2000
BLOGGER = "/feeds/posts/default?published-min={since}&published-max={end}&max-results=500"
SINCE, UNTIL = date(2024, 3, 10), date(2024, 4, 20)


def document(web: Web, url: str, body: bytes = b"") -> str:
    """What it answers, as text."""
    parts = urlsplit(url)
    answer = web.find(parts.netloc, parts.path + (f"?{parts.query}" if parts.query else ""), body)
    assert answer.status == 200, url
    told = gzip.decompress(answer.body) if answer.kind == "application/gzip" else answer.body
    return told.decode().replace("&amp;", "&")


@pytest.fixture
def web() -> Web:
    return Web(sites(COUNT))


def test_a_paper_is_even_and_in_order() -> None:
    """Each article has one moment and one address, later than the one before; days are found by halving."""
    paper = Paper("maps.test", COUNT)
    moments = [paper.moment(n) for n in range(COUNT)]
    assert moments == sorted(set(moments))
    assert (moments[0].date(), moments[-1].date()) == (FIRST, LAST)
    assert [paper.number(paper.path(n)) for n in range(COUNT)] == [*range(COUNT)]
    span = paper.within(SINCE, UNTIL)
    inside = [n for n in range(COUNT) if begin_of(SINCE) <= moments[n] < begin_of(UNTIL + timedelta(days=1))]
    assert inside == [*span]


@pytest.mark.parametrize("host", ["maps.test", "tass.com"])
def test_a_page_is_an_article(host: str) -> None:
    """Our own extractor reads its title, its three paragraphs and its moment."""
    paper = sites(COUNT)[host].paper
    page = paper.page(700)
    assert 2000 < len(page) < 3500
    (article,) = extract(page, paper.url(700)).articles
    assert (article.title, article.published) == (paper.title(700), paper.moment(700))
    assert article.text.split("\n\n") == paper.paragraphs(700)


def test_sitemaps(web: Web) -> None:
    """From the index down to the months: every address once."""
    years = re.findall(r"<loc>(.*?)</loc>", document(web, "http://maps.test/sitemap.xml.gz"))
    months = [each for year in years for each in re.findall(r"<loc>(.*?)</loc>", document(web, year))]
    told = [each for month in months for each in re.findall(r"<loc>(.*?)</loc>", document(web, month))]
    assert (len(years), len(months)) == (3, 36)
    assert told == [web.sites["maps.test"].paper.url(n) for n in range(COUNT)]


@pytest.mark.parametrize(
    ("host", "first", "following"),
    [
        ("archive.test", "/feed.xml", r'rel="prev-archive" href="(.*?)"'),
        ("blogger.test", BLOGGER, r'rel="next" href="(.*?)"'),
        ("nextlink.test", "/", r'rel="next" href="(.*?)"'),
    ],
)  # fmt: skip
def test_the_least_of_a_chain_is_what_a_walk_needs(web: Web, host: str, first: str, following: str) -> None:
    """Document after document until one is older than the span: as many as `least` says, the front page included."""
    site = web.sites[host]
    span = site.paper.within(SINCE, UNTIL)
    bounds = {"since": begin_of(SINCE), "end": begin_of(UNTIL + timedelta(days=1))}
    told = {name: quote(moment.isoformat()) for name, moment in bounds.items()}
    url, asked, seen = f"http://{host}{first.format(**told)}", 0, set[int]()
    while url and min(seen, default=COUNT) >= span.start:
        text, asked = document(web, url), asked + 1
        seen |= {
            n
            for path in re.findall(r'href="(?:http://[^/]*)?(/story/\S*?)"', text)
            if (n := site.paper.number(path)) is not None
        }
        found = re.search(following, text)
        url = f"http://{host}/{found[1].removeprefix(f'http://{host}').removeprefix('/')}" if found else ""
    assert set(span) <= seen
    assert asked + (host != "nextlink.test") == site.least(site.paper, span)  # its front page is the first of the chain


def test_numbered_pages(web: Web) -> None:
    """The pages that the least counts hold the span and its neighbours; behind the last there is none."""
    paper = web.sites["wordpress.test"].paper
    span = paper.within(SINCE, UNTIL)
    pages = {(COUNT - 1 - n) // feeds.FEW + 1 for n in (*span, span.start - 1, span.stop)}
    told = [n for page in pages for n in numbers(paper, document(web, f"http://{paper.host}/feed/?paged={page}"))]
    assert {*span, span.start - 1, span.stop} <= {*told}
    assert web.sites[paper.host].least(paper, span) == 2 + len(pages)
    assert web.find(paper.host, f"/feed/?paged={COUNT // feeds.FEW + 1}", b"").status == 404


def numbers(paper: Paper, text: str) -> list[int]:
    paths = re.findall(rf"<link>http://{paper.host}(/story/.*?)</link>", text)
    return [n for path in paths if (n := paper.number(path)) is not None]


def test_wp_json(web: Web) -> None:
    """Both bounds are excluded and in the site's own zone; behind the last page is 400."""
    paper = web.sites["wpjson.test"].paper
    local = paper.moment(500).astimezone(lists.ZONE).replace(tzinfo=None).isoformat()
    target = f"/wp-json/wp/v2/posts?after={local}&order=asc&per_page=100&page="
    answer = web.find(paper.host, target + "1", b"")
    assert [each["link"] for each in json.loads(answer.body)] == [paper.url(n) for n in range(501, 601)]
    assert answer.headers == ("X-WP-Total: 1499", "X-WP-TotalPages: 15")
    assert web.find(paper.host, target + "16", b"").status == 400


def test_a_cursor(web: Web) -> None:
    """Nine sections, each from the timestamp back, are the whole; the least counts the page that tells of the begin."""
    paper, asked, seen = web.sites["tass.com"].paper, 0, set[int]()
    span = paper.within(SINCE, UNTIL)
    for section in lists.SECTIONS:
        stamp = begin_of(UNTIL + timedelta(days=1)).timestamp()
        while stamp >= begin_of(SINCE).timestamp():
            body = json.dumps({"sectionId": section, "limit": 20, "timestamp": stamp}).encode()
            told, asked = json.loads(document(web, f"http://{paper.host}/userApi/categoryNewsList", body)), asked + 1
            seen |= {each["id"] - 1 for each in told["newsList"]}
            stamp = told["newsList"][-1]["date"]
    assert set(span) <= seen
    assert asked == web.sites["tass.com"].least(paper, span)


def test_a_web_archive(web: Web) -> None:
    """Its search names each address of the days, and each copy is had from the address that is made of it."""
    paper = web.sites[cdx.DEAD].paper
    query = "url=dead.test&matchType=domain&output=json&fl=original,timestamp&collapse=urlkey&from=20240310&to=20240420"
    told = json.loads(document(web, f"http://{cdx.ARCHIVE}/cdx/search/cdx?{query}"))
    found = {n: when for original, when in told[1:] if (n := paper.number(urlsplit(original).path)) is not None}
    assert {n for n in paper.within(date(2024, 3, 12), date(2024, 4, 17)) if n % 7} <= set(found)
    number, when = next(iter(found.items()))
    assert paper.title(number) in document(web, f"http://{cdx.ARCHIVE}/web/{when}id_/{paper.url(number)}")
    assert web.find(cdx.DEAD, paper.path(number), b"").status == 404


def test_troubles_do_not_overlap(web: Web) -> None:
    """Each article of the span has one trouble at most, and the sitemap names them all."""
    told = [*trouble.TWICE, *(n for numbers in trouble.DESERVED.values() for n in numbers)]
    told += [trouble.LATE_LASTMOD, trouble.BUSY, *trouble.UNDATED]
    assert len(told) == len(set(told))
    assert set(told) <= set(trouble.PAPER.within(trouble.SINCE, trouble.UNTIL))
    named = document(web, "http://trouble.test/part1.xml") + document(web, "http://trouble.test/part2.xml.gz")
    assert {trouble.address(n) for n in range(trouble.PAPER.count)} <= set(re.findall(r"<loc>(.*?)</loc>", named))
