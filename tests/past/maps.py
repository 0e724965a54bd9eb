"""Sites whose past stands in sitemaps: nested and gzipped by month, in numbered parts, in one file."""

import gzip
from collections.abc import Iterable
from datetime import date, timedelta

from tests.past.papers import Paper
from tests.past.sites import Answer, Ask, Site, html, xml

_NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
PART = 1000


def sites(count: int) -> list[Site]:
    return [_nested(Paper("maps.test", count)), _parts(Paper("numbered-maps.test", count)), _flat(count)]


def _nested(paper: Paper) -> Site:
    return Site(paper, "sitemap", nested, nested_least, _robots(paper, "/sitemap.xml.gz"))


def _parts(paper: Paper) -> Site:
    return Site(paper, "sitemap", parts, parts_least, _robots(paper, "/sitemap.xml"))


def _flat(count: int) -> Site:
    paper = Paper("flat.test", count)
    return Site(paper, "sitemap", flat, lambda paper, span: 1, _robots(paper, "/sitemap.xml"))


def _robots(paper: Paper, path: str) -> str:
    return f"User-agent: *\nDisallow: /private/\nSitemap: http://{paper.host}{path}\n"


def urlset(lines: Iterable[tuple[str, str | None]]) -> str:
    """A sitemap of these addresses, each with its lastmod."""
    return f"<urlset {_NAMESPACE}>{''.join(_line('url', *line) for line in lines)}</urlset>"


def index(lines: Iterable[tuple[str, str | None]]) -> str:
    """An index of these sitemaps, each with its lastmod."""
    return f"<sitemapindex {_NAMESPACE}>{''.join(_line('sitemap', *line) for line in lines)}</sitemapindex>"


def _line(name: str, url: str, lastmod: str | None) -> str:
    told = f"<lastmod>{lastmod}</lastmod>" if lastmod else ""
    return f"<{name}><loc>{url}</loc>{told}</{name}>\n"


def zipped(answer: Answer) -> Answer:
    """A document that is gzip, which is not its content-encoding."""
    return Answer(gzip.compress(answer.body, 1, mtime=0), kind="application/gzip")


def _articles(paper: Paper, numbers: range) -> Answer:
    return xml(urlset((paper.url(n), paper.moment(n).isoformat()) for n in numbers))


def _month(year: int, month: int) -> tuple[date, date]:
    begin = date(year, month, 1)
    return begin, (begin + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def _newest(paper: Paper, numbers: range) -> str:
    return paper.moment(numbers[-1]).isoformat()


def nested(paper: Paper, ask: Ask) -> Answer | None:
    """/sitemap.xml.gz -> /sitemap_2024.xml.gz -> /sitemap_2024_03.xml.gz"""
    years = {year: paper.within(date(year, 1, 1), date(year, 12, 31)) for year in (2023, 2024, 2025)}
    if ask.path == "/":
        return html(f"<title>{paper.host}</title><h1>The harbour paper</h1>")
    if ask.path == "/sitemap.xml.gz":
        named = [(f"http://{paper.host}/sitemap_{year}.xml.gz", _newest(paper, told)) for year, told in years.items()]
        return zipped(xml(index(named)))
    if not (ask.path.startswith("/sitemap_") and ask.path.endswith(".xml.gz")):
        return None
    year, _, month = ask.path[9:-7].partition("_")
    if month:
        return zipped(_articles(paper, paper.within(*_month(int(year), int(month)))))
    months = [(f"{number:02}", paper.within(*_month(int(year), number))) for number in range(1, 13)]
    named = [(f"http://{paper.host}/sitemap_{year}_{name}.xml.gz", _newest(paper, told)) for name, told in months]
    return zipped(xml(index(named)))


def nested_least(paper: Paper, span: range) -> int:
    """The index, years, months."""
    moments = [paper.moment(number) for number in span]
    return 1 + len({each.year for each in moments}) + len({(each.year, each.month) for each in moments})


def parts(paper: Paper, ask: Ask) -> Answer | None:
    """/sitemap.xml -> /sitemap-7.xml, a thousand addresses each, the oldest in the first."""
    if ask.path == "/":
        return html(f"<title>{paper.host}</title><h1>The harbour paper</h1>")
    if ask.path == "/sitemap.xml":
        named = ((n, range(n * PART, min((n + 1) * PART, paper.count))) for n in range(-(-paper.count // PART)))
        return xml(index((f"http://{paper.host}/sitemap-{n + 1}.xml", _newest(paper, told)) for n, told in named))
    name = ask.path.removeprefix("/sitemap-").removesuffix(".xml")
    if not name.isdecimal() or not (numbers := range(paper.count)[(int(name) - 1) * PART : int(name) * PART]):
        return None
    return _articles(paper, numbers)


def parts_least(paper: Paper, span: range) -> int:
    """The index, and the parts that hold the span: the lastmods tell where each begins and ends."""
    return 1 + len({number // PART for number in span})


def flat(paper: Paper, ask: Ask) -> Answer | None:
    """All in one file."""
    if ask.path == "/":
        return html(f"<title>{paper.host}</title><h1>The harbour paper</h1>")
    return _articles(paper, range(paper.count)) if ask.path == "/sitemap.xml" else None
