"""One address an article: never one article as two where we can help it, and never two as one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collector.urls import believable, canonical, host_of, identity, origin_of, same_site, site_of


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("HTTP://Example.ORG:80/a/../b#part", "http://example.org/b"),
        ("https://example.org", "https://example.org/"),
        ("https://example.org/a?", "https://example.org/a"),
        ("https://example.org/a?&", "https://example.org/a"),
        ("https://example.org:8443/a", "https://example.org:8443/a"),
        (" https://example.org/a\n", "https://example.org/a"),
        ("https://example.org/a?b=2&a=1", "https://example.org/a?b=2&a=1"),  # order is the site's own
        ("https://example.org/a?utm_source=rss&id=7&UTM_medium=x", "https://example.org/a?id=7"),
        ("https://example.org/a?id=7&amp;utm_source=rss", "https://example.org/a?id=7"),
        ("https://example.org/a?fbclid=1&gclid=2&mc_cid=3&at_medium=RSS&pk_kwd=4&hsa_acc=5", "https://example.org/a"),
        ("https://example.org/a?ref=rss", "https://example.org/a"),
        ("https://example.org/a?source=rss_feed", "https://example.org/a"),
        ("https://example.org/a?ref=4711", "https://example.org/a?ref=4711"),  # may choose the article
        ("https://example.org/a?source=reuters", "https://example.org/a?source=reuters"),
        ("https://example.org/a?p=123", "https://example.org/a?p=123"),
        ("https://example.org/a?page=2", "https://example.org/a?page=2"),
        ("https://example.org/a?pk_id=2&mc_id=3", "https://example.org/a?pk_id=2&mc_id=3"),
        ("https://example.org/a?m=0", "https://example.org/a?m=0"),
        ("https://blog.blogspot.com/2025/08/story.html?m=0", "https://blog.blogspot.com/2025/08/story.html"),
        ("https://blog.blogspot.co.uk/2025/08/story.html?m=1", "https://blog.blogspot.com/2025/08/story.html"),
        ("https://www.own-name.org/2025/08/story.html?m=1", "https://www.own-name.org/2025/08/story.html"),
        ("https://blog.blogspot.com/search?m=0&q=m", "https://blog.blogspot.com/search?q=m"),
        ("https://блог.рф/é", "https://xn--90aexm.xn--p1ai/%C3%A9"),
        ("https://example.org/amp/story", "https://example.org/amp/story"),
        ("https://example.org/story/amp/", "https://example.org/story/amp/"),  # fetched as given, merged by identity
        ("https://me:secret@example.org/a", "https://me:secret@example.org/a"),
        ("http://[::1]:8080/a", "http://[::1]:8080/a"),
    ],
)
def test_canonical(url: str, expected: str) -> None:
    """What can choose no article goes, all else stays as the site wrote it."""
    assert canonical(url) == expected


@pytest.mark.parametrize(
    "url",
    [
        "",
        "example.org/a",
        "/a",
        "mailto:a@b.org",
        "javascript:void(0)",
        "ftp://e.org/",
        "http://",
        "http://a b/",
        "\ud800",
    ],
)
def test_no_address_of_the_web(url: str) -> None:
    """What no browser would fetch over http(s) is no address."""
    assert canonical(url) is None
    assert origin_of(url) == host_of(url) == site_of(url) == ""


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("b?x=1#y", "https://example.org/news/b?x=1"),
        ("/b", "https://example.org/b"),
        ("//other.org/b", "https://other.org/b"),
        ("http://other.org/b", "http://other.org/b"),
        ("", "https://example.org/news/a"),
    ],
)
def test_relative_addresses(url: str, expected: str) -> None:
    """A relative link is read from the page it stands on."""
    assert canonical(url, "https://example.org/news/a") == expected


def test_a_base_that_is_no_address_gives_none() -> None:
    """Without a page to stand on a relative link leads nowhere."""
    assert canonical("b", "nowhere") is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://example.org/a", "https://example.org/a"),
        ("https://www.example.org/a/", "https://example.org/a"),
        ("https://m.example.org/a", "https://www.example.org/a"),
        ("https://amp.example.org/a", "https://www.example.org/a"),
        ("https://example.org/a/amp", "https://example.org/a"),
        ("https://example.org/a/amp/", "https://example.org/a/"),
        ("https://example.org/a.amp.html", "https://example.org/a.html"),
        ("https://example.org/a?amp=1", "https://example.org/a"),
        ("https://example.org/a?amp", "https://example.org/a"),
        ("https://example.org/a?id=2&outputType=amp", "https://example.org/a?id=2"),
        ("https://example.org/%d0%b0", "https://example.org/%D0%B0"),
        ("https://example.org/%7Ea", "https://example.org/~a"),
        ("https://example.org./a", "https://example.org/a"),
        ("http://example.org:80/a", "https://example.org:443/a"),
        ("https://blog.blogspot.de/2025/08/a.html?m=1", "http://blog.blogspot.com/2025/08/a.html"),
        ("http://www.paper.test/a", "http://paper.test/a"),
    ],
)
def test_one_article(one: str, other: str) -> None:
    """Two ways to write one address are one article."""
    assert identity(one) == identity(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://example.org/a", "https://example.org/A"),
        ("https://example.org/a?id=1", "https://example.org/a?id=2"),
        ("https://example.org/a?id=1", "https://example.org/a"),
        ("https://example.org/a?p=1&q=2", "https://example.org/a?q=2&p=1"),
        ("https://example.org/a%2Fb", "https://example.org/a/b"),
        ("https://example.org/amp", "https://example.org/"),
        ("https://example.org/vamp", "https://example.org/v"),
        ("https://example.org:8443/a", "https://example.org/a"),
        ("https://mobile.example.org/a", "https://example.org/a"),  # the section about telephones
        ("https://m.co.uk/a", "https://www.co.uk/a"),
        ("https://www.com/a", "https://com/a"),
        ("https://m.blogspot.com/a", "https://amp.blogspot.com/a"),
        ("https://one.example.org/a", "https://two.example.org/a"),
    ],
)
def test_two_articles(one: str, other: str) -> None:
    """What may be two articles is never taken for one."""
    assert identity(one) != identity(other)


@pytest.mark.parametrize(
    ("declared", "fetched"),
    [
        ("https://www.example.org/a", "http://example.org/a?from=mail"),
        ("https://example.org/world/a-story", "https://amp.example.org/world/a-story"),
        ("https://example.org/world/story", "https://example.org/world/story/amp"),
        ("https://example.org/world/story", "https://example.org/world/story/page/2"),
        ("https://example.org/2025/08/story", "https://example.org/2025/08/story/2"),
        ("https://example.org/a-story-with-a-longer-slug/", "https://example.org/a-story-with-a-longer-slug/print"),
        ("https://news.example.co.uk/a", "https://www.example.co.uk/b"),
        ("https://blog.blogspot.com/2025/08/a.html", "https://blog.blogspot.fr/2025/08/a.html?m=1"),
        ("https://example.org/?p=7", "https://example.org/2025/08/story"),
        ("https://example.org/show.php?id=7", "https://example.org/show.php?id=7&print=1"),
        ("https://example.org/", "https://example.org/index.html"),
        ("http://127.0.0.1:8000/b", "http://127.0.0.1:8000/a"),
        ("http://paper.test/b", "http://www.paper.test/a"),
    ],
)
def test_believable(declared: str, fetched: str) -> None:
    """A page may name another address of its own site."""
    assert believable(declared, fetched)


@pytest.mark.parametrize(
    ("declared", "fetched"),
    [
        ("https://other.org/a", "https://example.org/a"),
        ("https://other.co.uk/a", "https://example.co.uk/a"),
        ("https://one.blogspot.com/a", "https://two.blogspot.com/a"),
        ("https://one.github.io/a", "https://two.github.io/a"),
        ("http://127.0.0.2/a", "http://127.0.0.1/a"),
        ("http://1.3.3.4/a", "http://1.2.3.4/a"),
        ("http://other.test/a", "http://paper.test/a"),
        ("http://localhost/a", "http://paper/a"),
        ("https://example.org/", "https://example.org/a"),
        ("https://example.org", "https://example.org/?p=7"),
        ("https://example.org/index.html", "https://example.org/world/a"),
        ("https://example.org/en", "https://example.org/en/a"),
        ("https://example.org/en/", "https://example.org/a"),
        ("https://example.org/en-gb/index.php", "https://example.org/en-gb/a"),
        ("https://example.org/world/", "https://example.org/world/story-1"),
        ("https://example.org/news/us-and-canada", "https://example.org/news/us-and-canada/2025/story"),
        ("https://example.org/show.php", "https://example.org/show.php?id=7"),
        ("mailto:a@example.org", "https://example.org/a"),
        ("/a", "https://example.org/a"),
        ("", "https://example.org/a"),
        ("https://example.org/a", ""),
    ],
)
def test_not_believable(declared: str, fetched: str) -> None:
    """Neither another site's address, nor a front page, nor a section, nor a script without its parameter."""
    assert not believable(declared, fetched)


def test_parts() -> None:
    """Host, origin and site of an address."""
    url = "https://News.Example.co.uk:8443/a"
    assert host_of(url) == "news.example.co.uk"
    assert origin_of(url) == "https://news.example.co.uk:8443"
    assert origin_of("http://example.org:80/a") == "http://example.org"
    assert site_of(url) == "example.co.uk"
    assert site_of("https://blog.blogspot.com.au/") == "blog.blogspot.com"
    assert site_of("http://www.paper.test/") == "paper.test"
    assert same_site(url, "http://example.co.uk/")
    assert not same_site("", "")


HOSTS = st.sampled_from(
    ["example.org", "www.m.example.org", "amp.a.co.uk", "b.blogspot.fr", "paper.test", "1.2.3.4", "[::1]:80", "xn--a"]
)
PIECES = st.lists(
    st.sampled_from(
        [*"/?&=#%.:@ a7é\ud800", "amp", "m=0", "utm_a", "ref=rss", "%7e", "%2f", "//", "/amp", "index.html", "../"]
    )
)
ADDRESSES = st.one_of(st.text(), st.builds(lambda host, rest: f"http://{host}/{''.join(rest)}", HOSTS, PIECES))


@given(ADDRESSES)
def test_canonical_is_idempotent(url: str) -> None:
    """Cutting twice is cutting once, and the key of what was cut is the key of the whole."""
    once = canonical(url)
    if once is not None:
        assert canonical(once) == once
        assert identity(once) == identity(url)
        assert believable(once, once)


@given(ADDRESSES, ADDRESSES)
def test_nothing_is_raised(one: str, other: str) -> None:
    """Whatever a site writes where an address should stand, an answer comes back."""
    canonical(one, other)
    believable(one, other)
    same_site(one, other)
