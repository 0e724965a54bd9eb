"""Listing pages of sites without a rule: what is listed, its dates, and where the list goes on."""

from datetime import UTC, datetime

import pytest

from collector.extract.listing_cards import cards
from collector.extract.listing_links import links
from collector.extract.listing_turns import Turns, turns
from collector.extract.page import Page

URL = "https://gulls.test/news/"
NOW = datetime(2025, 7, 24, 12, 0, tzinfo=UTC)
TITLES = ("A gull steals the mayor's lunch", "The ferry is late for the fifth time", "Harbour crane painted blue again")
MENU = (
    "<nav><ul>"
    + "".join(f'<li><a href="/s/{n}">All the news of harbour {n}</a></li>' for n in range(9))
    + "</ul></nav>"
)
READ = (
    "<aside><ul>"
    + "".join(f'<li><a href="/old/{n}">What everybody reads {n}</a></li>' for n in range(9))
    + "</ul></aside>"
)
DAYS = ("2025-07-23", "2025-07-22", "2025-07-20")


def parsed(body: str, lang: str = "en", head: str = "") -> Page:
    return Page.parse(f'<html lang="{lang}"><head>{head}</head><body>{body}</body></html>', URL)


def listed(body: str, lang: str = "en", head: str = "") -> list[tuple[str, str | None, str | None]]:
    page = parsed(body, lang, head)
    found = cards(page, links(page), NOW)
    dates = (card.published.iso() if card.published else None for card in found)
    return [(card.url.removeprefix(URL), card.title, day) for card, day in zip(found, dates, strict=True)]


def each(form: str, dates: tuple[str, ...] = DAYS) -> str:
    return "".join(form.format(n=n, title=TITLES[n], date=dates[n]) for n in range(3))


DATED = [(f"{n}", TITLES[n], DAYS[n]) for n in range(3)]
TEXT = "Nobody was surprised but the gulls, who had seen it coming since the spring."


CARD = f"""<div class="card c{{n}}"><a href="{{n}}"><img src="/p.jpg"></a><h3><a href="{{n}}">{{title}}</a></h3>
<p>{TEXT}</p><span class="date">{{date}}</span></div>"""
SIGNED = """<article><a href="/tag/sea">All about the deep sea</a><h2><a href="{n}">{title}</a></h2><p>by
<a rel="author" href="/by/ann">Ann Bee of the Harbour News</a>, {date}</p></article>"""
ITEM = '<li><h2><a href="{n}">{title}</a></h2><span>{date}</span></li>'
GERMAN, FRENCH = ("23. Juli 2025", "22. Juli 2025", "20. Juli 2025"), ("il y a 1 jour", "22/07/2025", "20 juillet 2025")
ROW = '<div class="row"><div class="col"><h2><a href="{n}#top">{title}</a></h2>{date}</div></div>'


@pytest.mark.parametrize(
    ("body", "lang"),
    [
        (each('<article><h2><a href="{n}">{title}</a></h2><time datetime="{date}">x</time></article>'), "en"),
        (each(CARD), "en"),
        (each('<a class="teaser" href="{n}"><h3>{title}</h3><p>Short words</p><time>{date}</time></a>'), "en"),
        ("<ul>" + each('<li>{date} | <a href="{n}">{title}</a></li>') + "</ul>", "en"),
        ("<table>" + each('<tr><td>{date}</td><td><a href="{n}">{title}</a></td></tr>') + "</table>", "en"),
        (each(f'<h2><a href="{{n}}">{{title}}</a></h2><p class="meta">{{date}}</p><p>{TEXT}</p>'), "en"),
        ("<dl>" + each('<dt>{date}</dt><dd><a href="{n}">{title}</a></dd>') + "</dl>", "en"),
        (each('<article><h3>{title}</h3><p>{date}</p><a href="{n}">Read more</a></article>'), "en"),
        (each('<article><h3>{title}</h3><p>{date}</p><a href="{n}" aria-label="{title}"></a></article>'), "en"),
        (each(SIGNED), "en"),
        (each(ROW), "en"),
        (each(ITEM, GERMAN), "de"),
        (each(ITEM, FRENCH), "fr"),
    ],
)
@pytest.mark.parametrize("frame", ["{}", "<main>{}</main>", '<div id="content"><div class="list">{}</div></div>'])
def test_shapes(body: str, lang: str, frame: str) -> None:
    """Whatever the elements, each article once with its headline and its day; menus and what is read most are none."""
    assert listed(MENU + "<h1>News</h1>" + frame.format(body) + READ + MENU.replace("nav", "footer"), lang) == DATED


def test_headings_of_days() -> None:
    """A day as a heading is that of all below it, up to the next."""
    body = "".join(
        f"<h3>{day} July 2025</h3><ul>"
        + "".join(f'<li>{hour}:30 <a href="/{day}/{hour}">{TITLES[0]} {hour}</a></li>' for hour in (8, 9, 10))
        + "</ul>"
        for day in (20, 19)
    )
    found = listed(f"<main>{body}</main>")
    assert [published for _, _, published in found] == ["2025-07-20"] * 3 + ["2025-07-19"] * 3


def test_lead_story() -> None:
    """The story above the list, in another shape, is listed too; what has neither heading nor date is not."""
    lead = '<section class="hero"><h2><a href="9">The lighthouse keeper retires</a></h2></section>'
    box = '<div class="promo"><a href="/offer">Read us at half the price for a year</a></div>'
    body = each('<li class="item"><h3><a href="{n}">{title}</a></h3><time datetime="{date}"></time></li>')
    found = listed(f"<main>{lead}{box}<ul>{body}</ul></main>")
    assert [url for url, _, _ in found] == ["9", "0", "1", "2"]


def test_a_short_page() -> None:
    """The last page lists one article only; links without heading or date are no list."""
    one = f'<main><article><h2><a href="1">{TITLES[1]}</a></h2></article></main>'
    assert [url for url, _, _ in listed(MENU + one + READ)] == ["1"]
    two = "".join(f'<p><a href="/x{n}">Something about the harbour</a></p>' for n in range(2))
    assert listed(f"<div>{two}</div>") == []


def test_declared() -> None:
    """Where scripts draw the list, its own data name it; where both do, they tell which of two lists it is."""
    items = ",".join(f'{{"@type": "ListItem", "position": {n}, "url": "{URL}{n}"}}' for n in range(3))
    data = f'<script type="application/ld+json">{{"@type": "ItemList", "itemListElement": [{items}]}}</script>'
    crumbs = data.replace("ItemList", "BreadcrumbList").replace(f"{URL}0", f"{URL}crumb")
    assert [url for url, _, _ in listed('<div id="app"></div>', head=data + crumbs)] == ["0", "1", "2"]
    other = "".join(f'<li><a href="/p{n}">{TITLES[0]}, and the day after</a></li>' for n in range(5))
    body = f"<ul>{other}</ul><div>" + each('<p><a href="{n}">{title}</a></p>') + "</div>"
    assert [url for url, _, _ in listed(body, head=data)] == ["0", "1", "2"]


@pytest.mark.parametrize(
    ("body", "following"),
    [
        ('<link rel="next" href="?page=2"><a class="next" href="?page=9">9</a>', "?page=2"),
        ('<a rel="next" href="?page=2">2</a>', "?page=2"),
        ('<a href="page/2/">Older posts →</a>', "page/2/"),
        ('<a href="?p=2">Nächste Seite</a>', "?p=2"),
        ('<a href="?p=2">Voir plus</a>', "?p=2"),
        ('<a href="?p=2" aria-label="Siguiente">›</a>', "?p=2"),
        ('<ul class="pagination"><li><a href="?p=2">»</a></li></ul>', "?p=2"),
        ('<a class="pager__next" href="?p=2"><svg></svg></a>', "?p=2"),
        ('<a class="btn load-more" href="/ajax?offset=20">Weitere</a>', "/ajax?offset=20"),
        ('<a href="?p=2">Показать ещё</a>', "?p=2"),
        ('<div class="carousel"><a href="?slide=2">Next</a></div>', None),
        ('<a href="#">Next</a>', None),
        ('<a rel="next" href="https://other.test/?p=2">Next</a>', None),
        ('<h2><a href="next-week">Next week the ferry returns</a></h2>', None),
        ("<p>»</p>", None),
        ('<a href="/sport">More news from the stadium</a>', None),
        ('<a class="next" href="/">Next</a>', None),
    ],
)
def test_next(body: str, following: str | None) -> None:
    """A next page is known by rel, words of many languages, class or sign; a carousel's next picture is none."""
    page = parsed(body)
    assert turns(page, links(page)).next == (following and page.absolute(following))


def test_turns() -> None:
    """Numbered pages, archives by date and what is called an archive; a calendar's days are no page numbers."""
    body = (
        '<ul class="pager"><li><a href="?page=1">1</a></li><li><a href="?page=50">Page 50</a></li>'
        '<li><a href="?page=3">3</a></li></ul><div id="calendar"><a href="/2025/07/04/">4</a></div>'
        '<a href="/2025/06/">June</a><a href="/year/2024">2024</a><a href="/year/2023">2023</a>'
        '<select><option value="/2025/05/">May</option></select><a href="/archiv/">All of it</a>'
        '<a href="/2025/06/03/a-gull-is-seen">A gull</a><a href="https://x.test/2025/06/">Elsewhere</a>'
    )
    page = parsed(body)
    assert turns(page, links(page)) == Turns(
        pages=(f"{URL}?page=3", f"{URL}?page=50"),
        last=50,
        days=("https://gulls.test/2025/07/04/",),
        months=("https://gulls.test/2025/06/", "https://gulls.test/2025/05/"),
        archives=("https://gulls.test/archiv/",),
    )


def test_years_are_no_pages() -> None:
    """Years that are linked number no pages; pages far behind the first are numbered as their next one is."""
    years = "".join(f'<a href="/year/{year}">{year}</a>' for year in range(2015, 2025))
    far = '<a href="?page=524">524</a><a rel="next" href="?page=526">526</a>'
    assert [turns(page, links(page)).last for page in (parsed(years), parsed(years + far))] == [None, 526]
