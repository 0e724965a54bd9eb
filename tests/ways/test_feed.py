"""Feeds as a way into the past, over sites that are dicts: all of the span, and how many documents it takes."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from math import ceil
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest

from collector.ways import days, feed
from collector.ways.nouns import Leaf, Moves, Span, Target
from storage.records import Entry, Moment

BASE = "https://harbour.test/"
LAST = datetime(2025, 12, 31, 20, tzinfo=UTC)
COUNT = 3_000  # over three years
Answer = Callable[["Site", str, dict[str, str]], Leaf]


@dataclass
class Site:
    """Stories, the newest first, and how the site answers for its feeds."""

    answer: Answer
    count: int = COUNT
    every: timedelta = timedelta(days=3 * 365) / COUNT
    asked: list[str] = field(default_factory=list)
    read: set[int] = field(default_factory=set)
    span: Span = field(init=False)

    def at(self, number: int) -> datetime:
        return LAST - number * self.every

    def leaf(self, numbers: range, **more: Any) -> Leaf:
        """A document that holds these stories."""
        self.read.update(numbers)
        entries = []
        for number in numbers:
            moment = Moment(value=self.at(number), raw="", precision="second")
            entries.append(Entry(url=f"{BASE}{number}", published=moment))
        return days.leaf_of(entries, self.span, "harbour.test", **more) if entries or more else Leaf(why="no feed")

    def page(self, number: int, size: int, **more: Any) -> Leaf:
        """The page of this number, from 1; behind the last there is none."""
        numbers = range(self.count)[(number - 1) * size : number * size]
        return self.leaf(numbers, **more) if numbers else Leaf(status=404, why="answered 404")

    def walk(self, span: Span, feeds: tuple[str, ...] = (f"{BASE}feed",)) -> Moves:
        """The last moves, after every step that was wanted was answered."""
        self.span, known = span, set()
        target = Target(base=BASE, site="harbour.test", feeds=feeds)
        moves = said = feed.begin(target, span)
        notes, steps, form = moves.notes or {}, list(moves.steps), ""
        while steps:
            step = steps.pop(0)
            self.asked.append(step.url)
            parts = urlsplit(step.url)
            said = feed.follow(step, self.answer(self, parts.path, dict(parse_qsl(parts.query))), notes, target, span)
            notes, form = notes if said.notes is None else said.notes, said.form or form
            known.add(step.url)
            assert not known & {one.url for one in said.steps}, "asked twice"
            steps = [] if said.over else [*steps, *said.steps]
        return said

    def wanted(self, span: Span) -> set[int]:
        return {number for number in range(self.count) if span.begins <= self.at(number) < span.ends}


def archived(site: Site, path: str, _: dict[str, str]) -> Leaf:
    """RFC 5005, 4: fifty stories a document, in each the oldest first but in the newest."""
    pages = ceil(site.count / 50)
    number = 1 if path == "/feed" else pages - int(path.rpartition("/")[2]) + 1
    links = {"prev-archive": (f"{BASE}archive/{pages - number}",)} if number < pages else {}
    leaf = site.page(number, 50)
    falling = number == 1
    return Leaf(**{name: getattr(leaf, name) for name in _FIELDS} | {"links": links, "falling": falling})


_FIELDS = ("found", "counts", "oldest", "newest", "first", "last")


def by_token(site: Site, path: str, asked: dict[str, str]) -> Leaf:
    """RFC 5005, 3, with a next link that has no number."""
    before = asked.get("before", "")
    number = len(before) + 1
    link = f"{BASE}feed?before={'x' * number}"
    return site.page(number, 50, next=link, links={"next": (link,)})


def by_number(site: Site, path: str, asked: dict[str, str]) -> Leaf:
    """RFC 5005, 3: the next link counts."""
    number = int(asked.get("page", 1))
    more = number * 50 < site.count
    link = f"{BASE}feed?page={number + 1}"
    return site.page(number, 50, next=link if more else None, links={"next": (link,)} if more else {})


def blogger(site: Site, path: str, asked: dict[str, str]) -> Leaf:
    """A cap of 150, and half-way of 100."""
    begin = datetime.fromisoformat(asked["published-min"])
    end = datetime.fromisoformat(asked["published-max"])
    chosen = [number for number in range(site.count) if begin <= site.at(number) < end]
    cap = min(int(asked["max-results"]), 150 if len(site.asked) < 3 else 100)
    start = int(asked["start-index"]) - 1
    told = chosen[start : start + cap]
    link = f"https://www.blogger.com/feeds/7/posts/default?start-index={start + cap + 1}&max-results={cap}"
    more = start + cap < len(chosen)
    numbers = range(told[0], told[-1] + 1) if told else range(0)
    return site.leaf(numbers, form="blogger", total=len(chosen), next=link if more else None)


def wordpress(site: Site, path: str, asked: dict[str, str]) -> Leaf:
    return site.page(int(asked.get("paged", 1)), 10, form="wordpress")


def drupal(site: Site, path: str, asked: dict[str, str]) -> Leaf:
    number = int(asked.get("page", 0)) + 1
    return site.leaf(range(site.count)[(number - 1) * 10 : number * 10], form="drupal")


def span_of(begin: int, length: int) -> Span:
    since = date(2025, 12, 31) - timedelta(days=begin)
    return Span(since=since, until=since + timedelta(days=length - 1))


PLACES = [(59, 60), (600, 60), (3 * 365 - 1, 60)]  # the newest, the middle, the oldest


@pytest.mark.parametrize(("begin", "length"), PLACES)
@pytest.mark.parametrize(
    ("answer", "path", "size", "chained", "form"),
    [
        (archived, "feed", 50, True, "RFC 5005"),
        (by_token, "feed", 50, True, "RFC 5005, pages"),
        (by_number, "feed", 50, False, "RFC 5005, numbered pages"),
        (wordpress, "feed/", 10, False, "WordPress ?paged=N"),
        (drupal, "rss.xml", 10, False, "Drupal ?page=N"),
    ],
)
def test_documents(answer: Answer, path: str, size: int, chained: bool, form: str, begin: int, length: int) -> None:
    """Chains from the newest document on; numbered pages from those of the span on, which are found by five others."""
    site, span = Site(answer), span_of(begin, length)
    moves = site.walk(span, (BASE + path,))
    wanted = site.wanted(span)
    holding = {number // size for number in wanted}
    least = max(holding) + 1 if chained else len(holding | {0})
    print(f"{form}, {length} days from {begin} ago: asked {len(site.asked)}, least {least}")
    assert wanted <= site.read
    beside = 0 if moves.reached else 1  # the front page, which may name a feed that goes back farther
    assert len(site.asked) <= least + (1 if chained else 5) + beside
    assert moves.over
    assert moves.form == form or begin < 60
    assert moves.reached or begin > 1000


@pytest.mark.parametrize(("begin", "length"), PLACES)
def test_blogger(begin: int, length: int) -> None:
    """Nothing but the span is asked for, by what came each time, though the cap shrinks half-way."""
    site, span = Site(blogger, count=15_000, every=timedelta(hours=2)), span_of(begin, length)
    moves = site.walk(span, (f"{BASE}feeds/posts/default?alt=rss",))
    wanted = site.wanted(span)
    assert site.read == wanted
    assert len(site.asked) == 2 + ceil((len(wanted) - 300) / 100)
    assert (moves.over, moves.reached, moves.form) == (True, True, "Blogger")
    assert all(one.startswith(f"{BASE}feeds/posts/default?redirect=false&published-min=") for one in site.asked)


def test_blogger_with_long_stories() -> None:
    """An answer that is too large is asked for again with fewer stories."""

    def answer(site: Site, path: str, asked: dict[str, str]) -> Leaf:
        return blogger(site, path, asked) if int(asked["max-results"]) <= 25 else Leaf(why="more than 10 MB")

    site, span = Site(answer), span_of(600, 30)
    assert site.walk(span, (f"{BASE}feeds/posts/default",)).reached
    assert site.read == site.wanted(span)
    assert [one.partition("max-results=")[2].partition("&")[0] for one in site.asked] == ["500", "100", *["25"] * 4]


@pytest.mark.parametrize(
    ("more", "oldest", "asked", "reached", "form"),
    [
        ({}, 2, 1, True, "feed"),  # it goes back far enough by itself
        ({"form": "complete"}, 30, 1, True, "RFC 5005, complete"),
        ({}, 30, 2, False, "feed, its last entries only"),  # the front page is asked for another one
        ({"form": "perhaps wordpress"}, 30, 3, False, "feed, its last entries only"),
        ({"form": "drupal"}, 30, 3, False, "feed, its last entries only"),
        ({"next": f"{BASE}feed", "links": {"next": (f"{BASE}feed",)}}, 30, 1, None, "RFC 5005, pages"),
    ],
)
def test_one_document(more: dict[str, Any], oldest: int, asked: int, reached: bool | None, form: str) -> None:
    """A feed that answers every address with the same document is read once, or once again to know that."""
    site = Site(lambda site, path, asked: site.leaf(range(10), **more), every=timedelta(days=1))
    moves = site.walk(span_of(oldest, 1))
    assert (len(site.asked), moves.over, moves.reached, moves.form) == (asked, True, reached, form)


def test_a_story_pinned_on_top() -> None:
    """An old story among the newest is no sign that the feed goes back so far: two documents before the span are."""

    def answer(site: Site, path: str, asked: dict[str, str]) -> Leaf:
        leaf = by_token(site, path, asked)
        told = {name: getattr(leaf, name) for name in (*_FIELDS, "links", "next")}
        return (
            Leaf(**told | {"falling": False, "oldest": LAST - timedelta(days=2000)}) if "before" not in asked else leaf
        )

    site, span = Site(answer), span_of(300, 30)
    assert site.walk(span).reached
    assert site.wanted(span) <= site.read


def test_the_front_page_tells_where_the_feed_is() -> None:
    """Without a feed that is watched: the ones it names, one after the other; else the usual places."""

    def answer(named: tuple[str, ...], there: str) -> Answer:
        def said(site: Site, path: str, asked: dict[str, str]) -> Leaf:
            if path == "/":
                return Leaf(links={"feed": named}) if named else Leaf(why="names no feed")
            return site.leaf(range(10)) if path == there else Leaf(status=404, why="answered 404")

        return said

    named = Site(answer((f"{BASE}old", f"{BASE}new"), "/new"), every=timedelta(days=1))
    assert named.walk(span_of(3, 2), ()).reached
    assert named.asked == [BASE, f"{BASE}old", f"{BASE}new"]
    usual = Site(answer((), "/rss"), every=timedelta(days=1))
    assert usual.walk(span_of(3, 2), ()).reached
    assert usual.asked == [BASE, f"{BASE}feed", f"{BASE}rss"]
    none = Site(answer((), ""))
    moves = none.walk(span_of(3, 2), ())
    assert (moves.over, moves.reached, moves.why) == (True, False, "answered 404")
    assert len(none.asked) == 4


def test_a_front_page_of_wordpress_without_a_feed() -> None:
    """It names its API, and would name a feed if it had one: no place is guessed."""
    site = Site(lambda site, path, asked: Leaf(links={"api": (BASE,)}))
    moves = site.walk(span_of(3, 2), ())
    assert (site.asked, moves.over, moves.reached) == ([BASE], True, False)


def test_a_watched_feed_that_does_not_go_back() -> None:
    """The front page is asked whether it names another one, which goes back; the known one is not read again."""

    def answer(site: Site, path: str, asked: dict[str, str]) -> Leaf:
        if path == "/":
            return Leaf(links={"feed": (f"{BASE}news", f"{BASE}all")})
        return site.leaf(range(5)) if path == "/news" else site.leaf(range(60))

    site = Site(answer, every=timedelta(days=1))
    moves = site.walk(span_of(30, 2), (f"{BASE}news",))
    assert (site.asked, moves.reached) == ([f"{BASE}news", BASE, f"{BASE}all"], True)
    assert site.read >= site.wanted(span_of(30, 2))


def test_all_that_are_watched() -> None:
    """Each feed is walked; the way goes back to the first day when all of them do."""

    def answer(site: Site, path: str, asked: dict[str, str]) -> Leaf:
        return wordpress(site, path, asked) if path == "/feed" else site.leaf(range(5))

    site = Site(answer, every=timedelta(days=1))
    moves = site.walk(span_of(8, 2), (f"{BASE}feed", f"{BASE}harbour"))
    assert (moves.over, moves.reached, moves.form) == (True, False, "feed, feed, its last entries only")
    moves = site.walk(span_of(3, 2), (f"{BASE}feed", f"{BASE}harbour"))
    assert (moves.reached, moves.form) == (True, "feed")


def test_a_document_that_cannot_be_had() -> None:
    """A chain ends where it is broken, and says so."""

    def answer(site: Site, path: str, asked: dict[str, str]) -> Leaf:
        return archived(site, path, asked) if len(site.asked) < 3 else Leaf(status=500, why="answered 500")

    moves = Site(answer).walk(span_of(600, 10))
    assert (moves.over, moves.reached, moves.why) == (True, False, "answered 500")
