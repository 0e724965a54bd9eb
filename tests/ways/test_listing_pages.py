"""Listing pages -> leaves, by the rule of the site and without one; addresses of their other pages."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collector.extract import rules
from collector.ways.listing_address import Dated, Numbering, dated, numbering
from collector.ways.listing_pages import read
from collector.ways.nouns import Leaf, Span

URL = "https://gulls.test/news/"
NOW = datetime(2025, 7, 24, 12, 0, tzinfo=UTC)
SPAN = Span(since=date(2025, 7, 21), until=date(2025, 7, 23))
CARD = '<article><h2><a href="/story/{n}">{title} {n}</a></h2>{when}</article>'
RULE = """hosts: [gulls.test]
layouts:
  - paths: ["/story/*"]
    body: .text
  - links: "article h2 a"
    next_page: "a.later"
"""


def cards(*when: str) -> str:
    return "".join(CARD.format(n=n, title="A gull steals the lunch", when=each) for n, each in enumerate(when))


def leaf(body: str, url: str = URL, rule: str | None = None) -> Leaf:
    given = rules.parse(rule, "gulls.test.yaml") if rule else None
    return read(f"<html lang=en><body>{body}</body></html>".encode(), url, "text/html", NOW, SPAN, "gulls.test", given)


def paths(leaf: Leaf) -> list[str]:
    return [(found.entry.url or "").removeprefix("https://gulls.test") for found in leaf.found]


DATES = ('<time datetime="2025-07-24T09:00:00Z"></time>', "<p>July 22, 2025</p>", "", "<p>20 July 2025</p>")


@pytest.mark.parametrize("rule", [None, RULE])
def test_verdicts(rule: str | None) -> None:
    """What is dated into the span or not at all is wanted, what lies outside is counted; the dates stand beside."""
    found = leaf(cards(*DATES), rule=rule)
    assert paths(found) == ["/story/1", "/story/2"]
    assert [one.day for one in found.found] == [date(2025, 7, 22), None]
    assert [one.entry.title for one in found.found] == [f"A gull steals the lunch {n}" for n in (1, 2)]
    assert found.days == {("2025-07-24", "outside"): 1, ("2025-07-20", "outside"): 1}
    assert (found.announced, found.falling, found.first) == (4, True, "https://gulls.test/story/0")


def test_rule_decides() -> None:
    """The rule's links are the articles, and its next page the next one, whatever else stands there."""
    other = '<a rel="next" href="?page=2">Next</a><a class="later" href="?before=77">Earlier stories</a>'
    more = '<div><h2><a href="/shop/1">Buy a stuffed gull now</a></h2></div>' * 3
    found = leaf(cards("", "") + more + other, rule=RULE)
    assert (paths(found), found.next) == (["/story/0", "/story/1"], f"{URL}?before=77")
    assert leaf("<p>Nothing today</p>", rule=RULE).announced == 0


def test_rule_of_articles_alone() -> None:
    """A rule that says nothing of listings leaves them to their structure."""
    found = leaf(cards("", "", ""), rule="hosts: [gulls.test]\nbody: article\n")
    assert paths(found) == ["/story/0", "/story/1", "/story/2"]


def test_front_page() -> None:
    """What is undated on a front page that does not go on is no news of the past; where it goes on, it may be."""
    front, more = "https://gulls.test/", '<a rel="next" href="/page/2/">Older</a>'
    assert paths(leaf(cards(*DATES), front)) == ["/story/1"]
    assert paths(leaf(cards(*DATES) + more, front)) == ["/story/1", "/story/2"]


@pytest.mark.parametrize(
    ("beside", "day"),
    [("", date(2025, 7, 22)), ("<p>22 July 2025</p>", date(2025, 7, 22)), ("<p>1 July 2025</p>", None)],
)
def test_page_of_a_day(beside: str, day: date | None) -> None:
    """What the archive page of a day lists is of that day, unless the page says that it does not keep to it."""
    found = leaf(cards("", "", beside), "https://gulls.test/archive/2025/07/22/")
    assert found.found[0].day == day


def test_fragment() -> None:
    """What is loaded under a list is read as it comes, without a page around it."""
    body = cards("", "", "") + '<a class="load-more" href="/more?offset=40">More</a>'
    found = read(body.encode(), f"{URL}more?offset=20", "text/html", NOW, SPAN, "gulls.test")
    assert (found.announced, found.next) == (3, "https://gulls.test/more?offset=40")


def test_no_page() -> None:
    """A picture is no listing, and says so."""
    assert read(b"\x89PNG\r\n\x1a\n\0\0\0\r", URL, "image/png", NOW, SPAN, "gulls.test").why


BROKEN = [
    *("<a href=", "?page=2", "/2025/06/31/", "'http://[x'", ">", "</a>", "<h2>", "next", "</div>", "<li class=pager>"),
    *("<time datetime=", "2025-99-99", "12 July 2025 |", "<base href=//>", "A long enough headline", "<a href=/x/>"),
    '<script type="application/ld+json">{"itemListElement":[{"item":{"url":7}},3]}</script>',
]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(BROKEN), max_size=40))
def test_hostile(pieces: list[str]) -> None:
    """No page makes the reader fail."""
    assert leaf(" ".join(pieces)).why == ""


@pytest.mark.parametrize(
    ("following", "pages", "third"),
    [
        ("/n?page=2", (), "/n?page=3"),
        ("/n?page=1", (), "/n?page=2"),
        ("/n?cat=7&page=2&lang=2", ("/n?cat=7&page=9&lang=2",), "/n?cat=7&page=3&lang=2"),
        ("/tag/2025/page/2/", (), "/tag/2025/page/3/"),
        ("/news/2", (), "/news/3"),
        ("/news-2.html", (), "/news-3.html"),
        ("/news?start=20", (), "/news?start=40"),
        ("/news?start=21", ("/news?start=41", "/news?start=61"), "/news?start=41"),
        ("/news/P15", ("/news/P30", "/news/P120"), "/news/P30"),
        (None, ("/n?page=2", "/n?page=50"), "/n?page=3"),
        ("/n?before=1753000000", (), None),
        ("/n?until=2025-07-20T08:00&start=20", (), None),
        ("/n?d=2025-07&start=20", ("/n?d=2025-07&start=20", "/n?d=2025-07&start=40"), "/n?d=2025-07&start=40"),
        ("/story/123456", (), None),
        ("/2025/03/02", (), None),
        ("/n?after=abc2", (), None),
        (None, (), None),
    ],
)
def test_numbering(following: str | None, pages: tuple[str, ...], third: str | None) -> None:
    """The number in an address that counts pages or articles; a time, a day and an article's number count neither."""
    base = "https://gulls.test"
    made = numbering(following and base + following, [base + one for one in pages])
    assert (made and made.url(3)) == (third and base + third)
    assert made is None or made == Numbering(**made.dump())  # type: ignore[arg-type]  # as it comes back from JSON


@pytest.mark.parametrize(
    ("samples", "day", "url"),
    [
        (("/archive/2025/03/14", "/archive/2025/03/13"), date(2025, 1, 2), "/archive/2025/01/02"),
        (("/a/2025-3-14.html", "/a/2025-11-13.html"), date(2025, 1, 2), "/a/2025-1-2.html"),
        (("/a?d=20250314", "/a?d=20250313", "/b/2025/01/01"), date(2025, 1, 2), "/a?d=20250102"),
        (("/archive/2025/03/14",), date(2025, 1, 2), None),
        (("/2025/03/", "/2025/02/"), date(2024, 11, 5), "/2024/11/"),
        (("/m/202503", "/m/202502"), date(2024, 11, 5), "/m/202411"),
    ],
)
def test_dated(samples: tuple[str, ...], day: date, url: str | None) -> None:
    """The form of the addresses of days and months, and back from an address to its days."""
    unit = "day" if "14" in samples[0] else "month"
    made = dated("day" if unit == "day" else "month", samples)
    assert (made and made.url(day)) == url
    if made is not None:
        assert isinstance(made, Dated)
        first, last = made.days_of(made.url(day))
        assert first <= day <= last
        assert (last - first).days == (0 if unit == "day" else 29)
