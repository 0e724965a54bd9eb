"""A small site at which everything that goes wrong in the past goes wrong; what each address deserves is in DESERVED.

Sixty articles of sixty days from 1 March 2024 in a sitemap index that names itself, two parts, one part that is named
`.gz` and is none, one that nobody can read, and one that is gone.
"""

from datetime import date, timedelta

from tests.past.maps import index, urlset
from tests.past.papers import Paper, front
from tests.past.sites import Answer, Ask, Site, html, xml
from tests.web_control import CONSENT

HOST, OTHERS = "trouble.test", 3
SINCE, UNTIL = date(2024, 3, 11), date(2024, 4, 19)  # of what is asked for: the articles 10 to 49
PAPER = Paper(HOST, 60, date(2024, 3, 1), date(2024, 4, 29))
AGES = timedelta(days=100)
HALF = 30  # articles of the first part

# What each article deserves in the ledger; the others of the span are archived, those beyond it are outside.
GONE_404, GONE_410, HOME = (12, 13), (14,), (20, 21)
TWICE = (15, 16, 17)  # at two addresses; the second one names the first
CONSENTS, PAYWALLS = (22, 23), (24,)
LATE_LASTMOD = 26  # edited long after
EARLY_LASTMOD = (5, 6)  # of the span, though those before and after them are older: their lastmod is wrong
OLD = (34, 35)  # announced as of the span; the pages tell that they are a hundred days older
PRIVATE, BROKEN, BUSY = (30, 31), (32,), 33
UNDATED = (36, 37)
DESERVED: dict[str, tuple[int, ...]] = {
    "gone": (*GONE_404, *GONE_410, *HOME),
    "wall": (*CONSENTS, *PAYWALLS),
    "refused": PRIVATE,
    "failed": BROKEN,
}


def site() -> Site:
    robots = f"User-agent: *\nDisallow: /private/\nSitemap: http://{HOST}/sitemap.xml\n"
    return Site(PAPER, "sitemap", documents, lambda paper, span: 0, robots)


def address(number: int) -> str:
    """Where the sitemap says that it stands."""
    return f"http://{HOST}/private/{number}.html" if number in PRIVATE else PAPER.url(number)


def second(number: int) -> str:
    """The other address of one of TWICE."""
    return f"http://{HOST}/story/again-{PAPER.slug(number)}-{number}"


def documents(paper: Paper, ask: Ask) -> Answer | None:
    if ask.path == "/":
        return html(front(paper))
    if ask.path.startswith("/story/"):
        return _story(paper, ask)
    if ask.path == "/unreadable.xml":
        return Answer(bytes(range(256)) * 8, kind="application/xml")
    told = {"/sitemap.xml": _index, "/part1.xml": _first, "/part2.xml.gz": _second}.get(ask.path)
    return xml(told()) if told else None


def _index() -> str:
    names = ("sitemap.xml", "part1.xml", "part2.xml.gz", "unreadable.xml", "gone.xml")
    return index((f"http://{HOST}/{name}", None) for name in names)


def _first() -> str:
    """The first half, the second addresses of TWICE, and addresses of other hosts."""
    lines = [(address(n), _lastmod(n)) for n in range(HALF)]
    lines += [(second(n), _lastmod(n)) for n in TWICE]
    lines += [(f"http://elsewhere{n}.test/story/1-harbour", _lastmod(20)) for n in range(OTHERS)]
    return urlset(lines)


def _second() -> str:
    """The other half: XML in spite of its name."""
    return urlset((address(n), _lastmod(n)) for n in range(HALF, PAPER.count))


def _lastmod(number: int) -> str | None:
    if number in UNDATED:
        return None
    wrong = {LATE_LASTMOD: timedelta(days=400), **dict.fromkeys(EARLY_LASTMOD, timedelta(days=14))}
    return (PAPER.moment(number) + wrong.get(number, timedelta(0))).isoformat()


def _story(paper: Paper, ask: Ask) -> Answer | None:
    if ask.path.startswith("/story/again-"):
        return html(paper.page(int(ask.path.rpartition("-")[2])))
    if (number := paper.number(ask.path)) is None:
        return None
    if number == BUSY and ask.times == 1:
        return Answer(status=503, headers=("retry-after: 1",))
    if number in PAYWALLS:
        return html(_paywall(paper, number))
    fates = (
        (GONE_404, Answer(b"not here", 404, "text/plain")),
        (GONE_410, Answer(b"gone", 410, "text/plain")),
        (HOME, Answer(status=302, headers=(f"location: http://{HOST}/",))),
        (CONSENTS, html(CONSENT)),
        (BROKEN, Answer(b"broken", 500, "text/plain")),
    )
    page = html(_dated(paper, number))
    return next((answer for numbers, answer in fates if number in numbers), page)


def _dated(paper: Paper, number: int) -> str:
    """The page, with the date that it says."""
    page, moment = paper.page(number, dated=number not in UNDATED), paper.moment(number)
    return page.replace(moment.isoformat(), (moment - AGES).isoformat()) if number in OLD else page


def _paywall(paper: Paper, number: int) -> str:
    """The page with its first sentence, and an offer in the place of the rest."""
    page = paper.page(number)
    head, _, rest = page.partition('<div class="text-block">')
    offer = (
        '<div class="paywall"><h2>Subscribe to read on</h2><p>This article is for subscribers. Subscribe now, or log '
        "in if you have a subscription already.</p></div>"
    )
    free = f"<p>{paper.paragraphs(number)[0].split('. ')[0]}.</p>"
    head = head.replace(
        '"@type": "NewsArticle"', '"@type": "NewsArticle", "isAccessibleForFree": false, "wordCount": 400'
    )
    return f"{head}<div>{free}{offer}{rest[rest.index('</div>') :]}"
