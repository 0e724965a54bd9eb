"""Sites whose past stands in feeds: RFC 5005 archived and paged, Blogger with a cap that shrinks, WordPress, Drupal."""

from collections.abc import Iterable
from datetime import datetime

from tests.past.papers import Paper, entry, front, item
from tests.past.sites import Answer, Ask, Site, edges, html, numbered, page_of, slices, xml

SIZE = 100  # entries of an archived or a paged feed
FEW = 10  # of a page of WordPress' and Drupal's
CAPS = (150, 100)  # of Blogger's, as in 2016 and in 2019: in the newer half of what is asked for, and in the older


def sites(count: int) -> list[Site]:
    return [
        Site(Paper("archive.test", count), "feed", archived, archived_least),
        Site(Paper("paged.test", count), "feed", paged, lambda paper, span: 1 + numbered(paper, span, SIZE)),
        Site(Paper("blogger.test", count), "feed", blogger, blogger_least),
        Site(Paper("wordpress.test", count), "feed", wordpress, lambda paper, span: 1 + numbered(paper, span, FEW)),
        Site(Paper("drupal.test", count), "feed", drupal, lambda paper, span: 1 + numbered(paper, span, FEW)),
    ]


def atom(paper: Paper, numbers: Iterable[int], more: str = "") -> Answer:
    """An Atom feed; `more`: what it says of itself."""
    told = "".join(entry(paper, n) for n in numbers)
    namespaces = (
        'xmlns="http://www.w3.org/2005/Atom" xmlns:fh="http://purl.org/syndication/history/1.0"'
        ' xmlns:openSearch="http://a9.com/-/spec/opensearchrss/1.0/"'
    )
    head = f"<id>http://{paper.host}/</id><title>{paper.host}</title><updated>2025-12-31T23:59:59Z</updated>"
    return xml(f"<feed {namespaces}>{head}{more}{told}</feed>", "application/atom+xml")


def rss(paper: Paper, numbers: Iterable[int], more: str = "") -> Answer:
    told = "".join(item(paper, n) for n in numbers)
    head = f"<title>{paper.host}</title><link>http://{paper.host}/</link><description>News of a harbour</description>"
    return xml(f'<rss version="2.0"><channel>{head}{more}{told}</channel></rss>', "application/rss+xml")


def link(rel: str, url: str) -> str:
    return f'<link rel="{rel}" href="{url.replace("&", "&amp;")}"/>'


def names(path: str, kind: str, generator: str = "") -> str:
    """The head of a front page that names its feed."""
    meta = f'<meta name="generator" content="{generator}">' if generator else ""
    return f'{meta}<link rel="alternate" type="application/{kind}+xml" title="News" href="{path}">'


def archived(paper: Paper, ask: Ask) -> Answer | None:
    """RFC 5005, 4: /feed.xml of the newest, then /archive/199.xml, /archive/198.xml …, a hundred entries each."""
    if ask.path == "/":
        return html(front(paper, names("/feed.xml", "atom")))
    last = -(-paper.count // SIZE)  # the number of the document that is not closed yet
    name = ask.path.removeprefix("/archive/").removesuffix(".xml")
    number = last if ask.path == "/feed.xml" else int(name) if name.isdecimal() else 0
    if not 1 <= number <= last:
        return None
    older = link("prev-archive", f"http://{paper.host}/archive/{number - 1}.xml") if number > 1 else ""
    closed = link("current", f"http://{paper.host}/feed.xml") + "<fh:archive/>" if number < last else ""
    return atom(paper, reversed(range(paper.count)[(number - 1) * SIZE : number * SIZE]), older + closed)


def archived_least(paper: Paper, span: range) -> int:
    """The front page, and a chain without a short cut."""
    return 1 + -(-paper.count // SIZE) - edges(paper, span)[1] // SIZE


def paged(paper: Paper, ask: Ask) -> Answer | None:
    """RFC 5005, 3: /feed.xml, /feed.xml?page=2 …, each names the next."""
    if ask.path == "/":
        return html(front(paper, names("/feed.xml", "atom")))
    page = int(ask.query.get("page", 1))
    if ask.path != "/feed.xml" or not (numbers := slices(paper.count, SIZE, page)):
        return None
    more = link("next", f"http://{paper.host}/feed.xml?page={page + 1}") if numbers[-1] else ""
    return atom(paper, numbers, more)


def blogger(paper: Paper, ask: Ask) -> Answer | None:
    """Never more than the cap are given, whatever is asked for; `rel=next` goes on from what came."""
    where = "/feeds/posts/default"
    if ask.path == "/":
        return html(front(paper, names(where, "atom", "blogger")))
    if ask.path != where:
        return None
    begin, end = _bound(ask, "published-min"), _bound(ask, "published-max")
    fitting = [n for n in range(paper.count) if _between(paper.moment(n), begin, end)] if begin or end else None
    chosen = range(paper.count) if fitting is None else fitting
    start = int(ask.query.get("start-index", 1))
    size = min(int(ask.query.get("max-results", 25)), _cap(start, len(chosen)))
    numbers = chosen[::-1][start - 1 : start - 1 + size]
    more = "".join(
        f"<openSearch:{name}>{value}</openSearch:{name}>"
        for name, value in (("totalResults", len(chosen)), ("startIndex", start), ("itemsPerPage", size))
    )
    more += '<generator version="7.00" uri="http://www.blogger.com">Blogger</generator>'
    if start - 1 + size < len(chosen):
        kept = "".join(f"&{name}={value}" for name, value in ask.query.items() if name.startswith("published"))
        following = f"http://{paper.host}{where}?start-index={start + size}&max-results={size}{kept}"
        more += link("next", following.replace("+", "%2B"))
    return atom(paper, numbers, more)


def _cap(start: int, total: int) -> int:
    return CAPS[start > total / 2]


def _bound(ask: Ask, name: str) -> datetime | None:
    return datetime.fromisoformat(ask.query[name]) if name in ask.query else None


def _between(moment: datetime, begin: datetime | None, end: datetime | None) -> bool:
    return (begin is None or begin <= moment) and (end is None or moment < end)


def blogger_least(paper: Paper, span: range) -> int:
    """The front page, and documents of the span alone: as many as the cap makes of it."""
    start, documents = 1, 0
    while start <= len(span):
        start, documents = start + _cap(start, len(span)), documents + 1
    return 1 + max(documents, 1)


def wordpress(paper: Paper, ask: Ask) -> Answer | None:
    """/feed/?paged=2; 404 behind the last."""
    if ask.path == "/":
        return html(front(paper, names("/feed/", "rss", "WordPress 6.4")))
    numbers = slices(paper.count, FEW, int(ask.query.get("paged", 1)))
    if ask.path != "/feed/" or not numbers:
        return None
    return rss(paper, numbers, "<generator>https://wordpress.org/?v=6.4</generator>")


def drupal(paper: Paper, ask: Ask) -> Answer | None:
    """/rss.xml?page=1 is the second page; behind the last are feeds without an item."""
    if ask.path == "/":
        return html(front(paper, names("/rss.xml", "rss", "Drupal 10 (https://www.drupal.org)")))
    page = int(ask.query.get("page", 0)) + 1
    if ask.path != "/rss.xml":
        return None
    return rss(paper, slices(paper.count, FEW, page) if page <= page_of(paper.count, FEW, 0) else ())
