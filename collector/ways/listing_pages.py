"""
The bytes of a listing page -> Leaf: the articles that it lists, and where it goes on. Knows no step and no walk.

A site rule that reads listings says which links are articles, and its `next_page` where the list goes on; the dates
beside the links, and all that it does not say, are found by the structure of the page.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime

from collector import urls
from collector.extract import site as by_rule
from collector.extract.charset import is_text
from collector.extract.listing_cards import Card, cards
from collector.extract.listing_links import Link, links
from collector.extract.listing_turns import DAY, Turns, turns
from collector.extract.page import Page
from collector.extract.rule import Rule
from collector.sources import listings
from collector.ways import days
from collector.ways.nouns import Leaf, Span
from storage.records import Entry, Moment, Result


def read(
    body: bytes,
    url: str,
    content_type: str | None,
    fetched_at: datetime,
    span: Span,
    site: str,
    rule: Rule | None = None,
) -> Leaf:
    """
    What the page at `url`, a whole one or a fragment, lists.

    links: "page" (of numbered pages, the lowest first), "day" and "month" (of archives by date), "archive" (of pages
    that are called so). pages: the greatest number that a link says.
    """
    if not is_text(body, content_type):
        return Leaf(why="no page of text but a picture, a PDF or the like")
    page = Page.parse(body, url, content_type)
    found = links(page)
    told = _told(page, rule, fetched_at)
    entries = _entries(page, found, told, fetched_at)
    where = turns(page, found)
    if told is not None and told.next_page:
        where = replace(where, next=told.next_page)
    if urls.at_front(url) and where.next is None and not where.pages:
        # a front page that does not go on shows the news of the hour; what is undated on it is not of the past
        entries = [entry for entry in entries if days.verdict(entry, span, site)[0] != "undated"]
    return days.leaf_of(entries, span, site, charset=page.charset, **_going_on(where))


def _told(page: Page, rule: Rule | None, now: datetime) -> Result | None:
    """What the rule's listings find; None where it has none, or none that fits."""
    layouts = tuple(layout for layout in rule.layouts if layout.is_listing) if rule is not None else ()
    return by_rule.extract(page, replace(rule, layouts=layouts), now) if rule is not None and layouts else None


def _entries(page: Page, found: list[Link], told: Result | None, now: datetime) -> list[Entry]:
    if told is None:
        return _dated_by_address([_entry(card) for card in cards(page, found, now)], page.url)
    if not (told.articles or told.links):
        return []
    entries = [entry for entry in listings.announced(told, page.url).entries if entry.url]
    beside = {card.url: card for card in cards(page, found, now, [urls.announced(e.url or "") or "" for e in entries])}
    return [_filled(entry, beside.get(urls.announced(entry.url or "") or "")) for entry in entries]


def _entry(card: Card) -> Entry:
    return Entry(url=card.url, title=card.title, published=card.published)


def _filled(entry: Entry, card: Card | None) -> Entry:
    if card is None:
        return entry
    return replace(entry, title=entry.title or card.title, published=entry.published or card.published)


def _dated_by_address(entries: list[Entry], url: str) -> list[Entry]:
    """The page of one day, which tells of no other: what it lists is of that day."""
    day = day_of_archive(url)
    dated: Iterable[date] = {days.utc_day(entry.published.value) for entry in entries if entry.published is not None}
    if day is None or any(one != day for one in dated):
        return entries
    moment = Moment(value=day, raw=day.isoformat(), precision="day")
    return [replace(entry, published=entry.published or moment) for entry in entries]


def day_of_archive(url: str) -> date | None:
    """The day with which an address ends."""
    said = DAY.search(url)
    try:
        return date(int(said[1]), int(said[3] or said[5]), int(said[4] or said[6])) if said is not None else None
    except ValueError:  # 31 June
        return None


def _going_on(where: Turns) -> dict[str, object]:
    told = {"page": where.pages, "day": where.days, "month": where.months, "archive": where.archives}
    return {"next": where.next, "links": {key: urls for key, urls in told.items() if urls}, "pages": where.last}
