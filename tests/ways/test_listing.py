"""The walk through listing pages, over sites that are a function from an address to a page: what is asked for."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from math import ceil
from urllib.parse import parse_qsl, urlsplit

import pytest

from collector.ways import listing
from collector.ways.listing_pages import read
from collector.ways.nouns import Leaf, Moves, Span, Step, Target

BASE = "https://gulls.test/"
NOW = datetime(2025, 12, 31, 20, tzinfo=UTC)
SIZE = 20
Site = Callable[[str], str | None]  # path and query -> HTML; None: 404


class Walked:
    """A site that was walked: the documents that were asked for, and the articles of the span that they gave."""

    def __init__(self, site: Site, span: Span, target: Target | None = None, most: int = 3000) -> None:
        self.asked: list[str] = []
        self.found: dict[str, date | None] = {}
        self.last: Moves = Moves()
        target = target or Target(base=BASE, site="gulls.test")
        moves = listing.begin(target, span)
        open_, known, notes = list(moves.steps), {step.url for step in moves.steps}, moves.notes or {}
        while open_ and not self.last.over:
            assert len(self.asked) < most, "it goes on for ever"
            step = open_.pop(0)
            leaf = self._leaf(site, step, span)
            self.last = listing.follow(step, leaf, notes, target, span)
            notes = json.loads(json.dumps(self.last.notes))  # as they are kept
            added = [replace(one, place=json.loads(json.dumps(one.place))) for one in self.last.steps]
            open_ += [one for one in added if one.url not in known]
            known |= {one.url for one in self.last.steps}

    def _leaf(self, site: Site, step: Step, span: Span) -> Leaf:
        url = step.url.partition("#")[0]
        self.asked.append(url.removeprefix(BASE.rstrip("/")))
        html = site(self.asked[-1])
        if html is None:
            return Leaf(status=404, why="answered 404")
        leaf = read(html.encode(), url, "text/html", NOW, span, "gulls.test")
        self.found |= {found.entry.url or "": found.day for found in leaf.found}
        return leaf


def moment(number: int) -> datetime:
    """Of an article, the newest is 0: ten a day."""
    return NOW - timedelta(minutes=144 * number + 5)


def card(number: int, dated: str = "time") -> str:
    when = moment(number)
    shown = {"time": f'<time datetime="{when.isoformat()}">{when:%d.%m.}</time>', "none": ""}[dated]
    title = f"Gull number {number} is seen at the quay"
    return f'<div class="card"><h3><a href="/story/{number}-a-gull-is-seen">{title}</a></h3>{shown}</div>'


def page(numbers: range, more: str = "", dated: str = "time") -> str:
    cards = "".join(card(number, dated) for number in numbers)
    return (
        '<html lang="en"><body><nav><a href="/">Home</a> <a href="/about-the-gulls-and-their-friends">About the gulls'
        f' and their friends</a></nav><main><div class="list">{cards}</div>{more}</main></body></html>'
    )


def wanted(span: Span, count: int) -> set[str]:
    return {f"{BASE}story/{n}-a-gull-is-seen" for n in range(count) if span.since <= moment(n).date() <= span.until}


def spans(count: int) -> list[Span]:
    """At the start, in the middle, at the end of what there is; a day each, a week, and a month."""
    newest, oldest = moment(0).date(), moment(count - 1).date()
    middle = oldest + (newest - oldest) / 2
    return [
        Span(since=newest - timedelta(days=6), until=newest),
        Span(since=middle, until=middle),
        Span(since=middle, until=middle + timedelta(days=30)),
        Span(since=oldest, until=oldest + timedelta(days=60)),
        Span(since=oldest - timedelta(days=60), until=newest),
    ]


def numbered(count: int, address: str, dated: str = "time", stride: int = 1, first: int = 1) -> Site:
    """`address` with {} for the number of a page; the first page stands at /news."""
    pages = ceil(count / SIZE)

    def site(path: str) -> str | None:
        values = {address.format(first + (n - 1) * stride): n for n in range(2, pages + 1)} | {"/news": 1}
        if path == "/":
            return page(range(3), '<a href="/news/archive">Archive</a>').replace("card", "teaser")
        if path == "/news/archive":
            path = "/news"
        if (number := values.get(path)) is None:
            return None
        near = {n for n in (2, number - 1, number + 1, pages) if 1 < n <= pages and n != number}
        links = "".join(f'<a href="{address.format(first + (n - 1) * stride)}">{n}</a>' for n in sorted(near))
        here = range((number - 1) * SIZE, min(number * SIZE, count))
        return page(here, f'<div class="pagination">{links}</div>', dated)

    return site


NEWS = Target(base=BASE, site="gulls.test", listings=(f"{BASE}news",))


ADDRESSES = [("/news?page={}", 1, 1), ("/news/page/{}/", 1, 1), ("/news/{}", 1, 1), ("/news-{}.html", 1, 1)]
ADDRESSES += [("/news?page={}", 1, 0), ("/news?start={}", SIZE, 0)]


def turned(count: int, span: Span, form: tuple[str, int, int]) -> None:
    """All of the span, and no page more than the pages that hold it, the one that ends it, and four to find it."""
    address, stride, first = form
    walked = Walked(numbered(count, address, stride=stride, first=first), span, NEWS)
    assert walked.found.keys() == wanted(span, count)
    held = {n // SIZE for n in range(count) if span.since <= moment(n).date() <= span.until}
    assert len(walked.asked) <= 1.1 * (len(held) + 1) + 4, walked.asked
    assert (walked.last.over, walked.last.reached) == (True, True)


@pytest.mark.parametrize("form", ADDRESSES)
def test_numbers(form: tuple[str, int, int]) -> None:
    """However a site numbers its pages, from 1, from 0 or by articles: those of the span are asked for."""
    turned(3990, spans(3990)[1], form)


@pytest.mark.parametrize("number", range(4))
def test_numbered(number: int) -> None:
    """At the begin, in the middle, at the end of two hundred pages: few more than those of the span."""
    turned(3990, spans(3990)[number], ADDRESSES[0])


@pytest.mark.slow
@pytest.mark.parametrize("number", range(4))
def test_a_thousand_pages(number: int) -> None:
    """The same of a thousand."""
    turned(19_990, spans(19_990)[number], ADDRESSES[1])


def test_undated_pages() -> None:
    """Nothing tells where the span lies: all are read, once."""
    span = Span(since=date(2025, 12, 1), until=date(2025, 12, 2))
    walked = Walked(numbered(400, "/news?page={}", dated="none"), span, NEWS)
    assert (len(walked.asked), len(walked.found)) == (20, 400)
    assert walked.last.over


def chained(count: int, end: str = "") -> Site:
    """Only a next link, which tells no number."""

    def site(path: str) -> str | None:
        begin = 0 if path == "/" else next((n for n in range(0, count, SIZE) if path == f"/older/{n * 7919:x}z"), None)
        if begin is None:
            return None
        more = f'<a class="load-more" href="/older/{(begin + SIZE) * 7919:x}z">Load more</a>'
        return page(range(begin, min(begin + SIZE, count)), more if begin + SIZE < count else end)

    return site


def test_next_links() -> None:
    """A chain is walked until a page goes back to before the span."""
    span = Span(since=date(2025, 12, 10), until=date(2025, 12, 12))
    walked = Walked(chained(2000), span)
    assert walked.found.keys() == wanted(span, 2000)
    newer = sum(moment(n).date() >= span.since for n in range(2000))
    assert len(walked.asked) == newer // SIZE + 1
    assert walked.last.reached is True


@pytest.mark.parametrize(
    ("end", "reached"),
    [("", None), ('<a rel="next" href="/">Next</a>', None), ('<a rel="next" href="#more">Next</a>', None)],
)
def test_end_of_a_chain(end: str, reached: bool | None) -> None:
    """The last page, full as the others, may not be the last of all; a link back to the first page leads nowhere."""
    span = Span(since=date(2020, 1, 1), until=date(2025, 12, 31))
    walked = Walked(chained(100, end), span)
    assert len(walked.asked) == 5
    assert walked.last.reached is reached


def query(path: str) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(path).query))


def test_traps() -> None:
    """Empty months for ever, and one page under every number, come to an end."""
    span = Span(since=date(2020, 1, 1), until=date(2020, 12, 31))

    def calendar(path: str) -> str:
        back = int(query(path).get("back", 0))
        return page(range(12) if back == 0 else range(0), f'<a rel="next" href="/?back={back + 1}">Earlier</a>')

    def stuck(path: str) -> str:
        at = int(query(path).get("page", 1))
        return page(range(12), f'<a rel="next" href="/?page={at + 1}">Next</a>')

    def chased(path: str) -> str:
        at = int(query(path).get("at", "a"), 16)
        return page(range(12), f'<a rel="next" href="/?at=f{at * 31:x}">Next</a>')

    assert len(Walked(calendar, span).asked) <= 5
    assert len(Walked(chased, span).asked) == 2
    assert len(Walked(stuck, span).asked) <= 8


def by_date(form: str, *, paged: bool = False) -> Site:
    """An archive page that links the newest three days or months; `form` as for strftime."""
    held: dict[str, list[int]] = {}
    for number in range(6000):
        held.setdefault(f"{moment(number):{form}}", []).append(number)
    linked = [date(2025, 12, 31), date(2025, 12, 30), date(2025, 11, 30), date(2025, 10, 31)]
    size = SIZE if paged else 10_000

    def site(path: str) -> str | None:
        if path == "/":
            return page(range(5), '<a href="/archive/">Archive</a>')
        if path == "/archive/":
            return page(range(0), "".join(f'<li><a href="{day:{form}}">{day:%d %B}</a></li>' for day in linked))
        bare, at = path.partition("?")[0], int(query(path).get("page", 1))
        if (here := held.get(bare)) is None:
            return None
        shown = here[(at - 1) * size : at * size]
        links = f'<a class="next" href="{bare}?page={at + 1}">Next page</a>' if here[-1] > shown[-1] else ""
        return page(range(shown[0], shown[-1] + 1), links, "none" if "%d" in form else "time")

    return site


def test_by_day() -> None:
    """Just the days of the span; what a day's page lists without a date is of that day."""
    span = Span(since=date(2025, 6, 3), until=date(2025, 6, 9))
    walked = Walked(by_date("/archive/%Y/%m/%d"), span)
    assert walked.found.keys() == wanted(span, 6000)
    assert set(walked.found.values()) == {date(2025, 6, day) for day in range(3, 10)}
    assert len(walked.asked) == 2 + 7
    assert (walked.last.reached, walked.last.over) == (True, True)


def test_by_month() -> None:
    """Just the months of the span, each with its pages; of one in which the span ends, only those that hold it."""
    span = Span(since=date(2025, 5, 20), until=date(2025, 7, 5))
    walked = Walked(by_date("/archive/%Y-%m.html", paged=True), span)
    assert walked.found.keys() == wanted(span, 6000)
    months = {path.partition("?")[0] for path in walked.asked[2:]}
    assert months == {f"/archive/2025-0{month}.html" for month in (5, 6, 7)}
    least = (5 * 10 + 30 * 10 + 12 * 10) / SIZE
    assert len(walked.asked) <= 2 + least + 3 + 3
    assert walked.last.reached is True


def test_days_that_are_missing() -> None:
    """An archive whose days are not there is none: the front page's own pages are taken."""

    def site(path: str) -> str | None:
        if path.startswith("/2025"):
            return None
        days = "".join(f'<a href="/2025/12/{day}">{day}</a>' for day in (28, 29, 30))
        at = int(query(path).get("page", 1))
        return page(range(at * 10 - 10, at * 10), f'{days}<a href="/?page={at + 1}" rel="next">Older</a>', "none")

    span = Span(since=date(2025, 12, 20), until=date(2025, 12, 30))
    walked = Walked(lambda path: site(path) if query(path).get("page", "1") < "4" else None, span)
    assert [path for path in walked.asked if "page" in path] == ["/?page=2", "/?page=3", "/?page=4"]
    assert sum(path.startswith("/2025") for path in walked.asked) == 3


def test_no_way() -> None:
    """A front page that leads nowhere is no way, and its undated headlines are not of the past."""
    walked = Walked(lambda path: page(range(5), dated="none"), Span(since=date(2024, 1, 1), until=date(2024, 2, 1)))
    assert (walked.asked, walked.found) == (["/"], {})
    assert (walked.last.over, walked.last.reached) == (True, None)
    assert walked.last.why
