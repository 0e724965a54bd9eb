"""Numbered pages: the span arrives completely, with few pages more than hold it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from math import log2
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collector.ways import days, numbered
from collector.ways.nouns import Leaf, Span
from storage.records import Entry, Moment

SITE = "harbour.test"
LAST = datetime(2026, 1, 1, tzinfo=UTC)
YEARS = 3 * 365


def entry(number: int, at: datetime | None) -> Entry:
    moment = Moment(value=at, raw=at.isoformat(), precision="second") if at else None
    return Entry(url=f"https://{SITE}/story-{number}", published=moment)


@dataclass
class Site:
    """Stories, newest first, behind numbered pages. `fresh`: is there a new story before this request?"""

    stories: list[Entry]
    size: int
    first: int = 1
    beyond: str = "404"
    fresh: Callable[[int], bool] = lambda _: False
    tells: bool = False
    fails: frozenset[int] = frozenset()
    asked: list[int] = field(default_factory=list)
    read: set[str | None] = field(default_factory=set)

    def page(self, number: int, span: Span) -> Leaf:
        if self.fresh(len(self.asked)):
            self.stories.insert(0, entry(10**6 + len(self.asked), LAST + timedelta(minutes=len(self.asked))))
        self.asked.append(number)
        if number in self.fails:
            return Leaf(status=503, why="answered 503")
        index = number - self.first
        pages = -(-len(self.stories) // self.size)
        if index >= pages:
            if self.beyond == "404":
                return Leaf(status=404, why="answered 404")
            index = {"last": pages - 1, "front": 0}.get(self.beyond, index)
        entries = self.stories[index * self.size : (index + 1) * self.size]
        self.read.update(one.url for one in entries)
        more = {"pages": pages, "next": "x" if index + 1 < pages else None} if self.tells else {}
        return days.leaf_of(entries, span, SITE, **more)

    def walk(self, span: Span) -> numbered.Turn:
        turn, steps = numbered.begin(self.first), set()
        while turn.page is not None:
            assert (turn.page, turn.mark) not in steps, "a step that is known is not taken again"
            steps.add((turn.page, turn.mark))
            turn = numbered.follow(turn.notes, self.page(turn.page, span), span)
        return turn

    def wanted(self, span: Span) -> set[str | None]:
        dated = ((one.url, one.published.value) for one in self.stories if one.published)
        return {url for url, at in dated if isinstance(at, datetime) and span.begins <= at < span.ends}

    def least(self, span: Span) -> int:
        """Pages that hold some of the span."""
        begins, ends = ((LAST - at).total_seconds() for at in (span.begins, span.ends))
        ages = ((LAST - days.moment_of(one.published)).total_seconds() for one in self.stories if one.published)
        return len({index // self.size for index, age in enumerate(ages) if ends < age <= begins})


def stories(number: int, seed: int, length: int = YEARS) -> list[Entry]:
    """`number` stories over `length` days, fewer at night and at weekends, and more from year to year."""
    random = Random(seed)
    ats: list[datetime] = []
    while len(ats) < number:
        at = LAST - timedelta(seconds=length * 86400 * random.random())
        if random.random() < (1 - (LAST - at).days / 2 / length) * (0.3 if at.weekday() > 4 else 1) * (
            0.2 if at.hour < 6 else 1
        ):
            ats.append(at)
    return [entry(index, at) for index, at in enumerate(sorted(ats, reverse=True))]


def span_of(begin: int, length: int) -> Span:
    """Of so many days, from so many days before the newest story on."""
    since = LAST.date() - timedelta(days=begin)
    return Span(since=since, until=since + timedelta(days=length - 1))


WHOLE = stories(20_000, 1)
SPANS = [(30, 30), (500, 1), (500, 7), (550, 90), (YEARS + 1, 60), (YEARS, 400)]


@pytest.mark.parametrize(("size", "beyond"), [(10, "404"), (100, "404"), (100, "last"), (100, "front")])
@pytest.mark.parametrize(("begin", "length"), SPANS)
def test_requests(size: int, beyond: str, begin: int, length: int) -> None:
    """Of 20,000 stories: every page of the span, and no more to find it than halving all pages would take."""
    site, span = Site(list(WHOLE), size, beyond=beyond), span_of(begin, length)
    turn = site.walk(span)
    print(f"{size} a page, {length} days from {begin} ago: asked {len(site.asked)}, least {site.least(span)}")
    assert site.wanted(span) <= site.read
    assert len(site.asked) == len(set(site.asked)) <= site.least(span) + log2(len(WHOLE) / size) + 2
    assert turn.reached or begin >= YEARS


def test_numbers_of_200_pages() -> None:
    """20,000 stories on 200 pages: four pages more than hold the span, in the mean; they are printed."""
    over = []
    for begin in range(60, 1000, 80):
        site, span = Site(list(WHOLE), 100), span_of(begin + 30, 30)
        site.walk(span)
        over.append(len(site.asked) - site.least(span))
    print(
        f"30 days of 200 pages, {len(over)} times: {sum(over) / len(over):.1f} more than the least, at most {max(over)}"
    )
    assert sum(over) / len(over) <= 4
    assert max(over) <= 8


@settings(max_examples=80, deadline=None)
@given(data=st.data())
def test_every_story_of_the_span_is_read(data: st.DataObject) -> None:
    """Whatever the dates, the size of a page, the span, and what a server answers beyond the end."""
    draw = data.draw
    ats = draw(st.lists(st.integers(0, 400 * 24), min_size=1, max_size=300).map(sorted))
    told = [entry(index, LAST - timedelta(hours=hours)) for index, hours in enumerate(ats)]
    site = Site(
        told,
        draw(st.integers(1, 30)),
        first=draw(st.integers(0, 1)),
        beyond=draw(st.sampled_from(["404", "last", "front", "empty"])),
        tells=draw(st.booleans()),
    )
    span = span_of(draw(st.integers(0, 420)), draw(st.integers(1, 420)))
    site.walk(span)
    assert site.wanted(span) <= site.read
    assert len(site.asked) <= site.least(span) + 2 * log2(len(ats) + 2) + 12


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 2**32), st.integers(2, 20), st.integers(120, 360), st.integers(60, 90), st.floats(0, 0.3))
def test_new_stories_push_old_ones_down(seed: int, size: int, begin: int, length: int, often: float) -> None:
    """Nothing is lost while stories come, though pages were read out of their order."""
    random = Random(seed)
    site = Site(stories(600, seed, 365), size, fresh=lambda _: random.random() < often)
    span = span_of(begin, length)
    site.walk(span)
    assert site.wanted(span) <= site.read


@pytest.mark.parametrize("begin", [20, 180, 340])
def test_a_story_pinned_on_top_is_none_of_the_order(begin: int) -> None:
    """The first page alone out of order does not make a walk of the whole site."""
    told = stories(2_000, 3, 365)
    site, span = Site([told.pop(1_900), *told], 10), span_of(begin, 10)
    site.walk(span)
    assert site.wanted(span) <= site.read
    assert len(site.asked) <= site.least(span) + 8 + (2 if begin > 20 else 25)


def test_no_order_is_walked_through() -> None:
    """Pages out of order are read from the first one on, and three in a row before the span are the end."""
    random = Random(5)
    told = sorted(stories(900, 5, 365), key=lambda one: one.url or "")
    told.sort(key=lambda one: days.moment_of(one.published).timestamp() + random.random() * 9e5, reverse=True)  # type: ignore[arg-type]
    site, span = Site(told, 10), span_of(200, 10)
    turn = site.walk(span)
    assert site.wanted(span) <= site.read
    assert turn.reached
    assert len(site.asked) < 90


def test_undated_pages_are_walked_to_the_end() -> None:
    """What is not dated cannot be searched; that it ends does not tell that it goes back far enough."""
    site = Site([entry(number, None) for number in range(95)], 10)
    turn = site.walk(span_of(10, 5))
    assert site.asked == list(range(1, 11))
    assert turn.reached
    full = Site([entry(number, None) for number in range(90)], 10)
    assert full.walk(span_of(10, 5)).reached is None
    assert full.asked == list(range(1, 11))


def test_a_circle_has_an_end() -> None:
    """Pages for ever are left after so many, and the reason is told."""

    @dataclass
    class Circle(Site):
        def page(self, number: int, span: Span) -> Leaf:
            self.asked.append(number)
            return days.leaf_of([entry(number, None)], span, SITE)

    site = Circle([], 1)
    assert "5,000" in site.walk(span_of(10, 5)).why
    assert len(site.asked) == numbered.MOST


@pytest.mark.parametrize("fails", [{45, 46}, {50}, {30, 60}, set(range(40, 70, 3))])
def test_a_search_with_pages_that_cannot_be_had(fails: set[int]) -> None:
    """The page beside tells as well; nothing is asked for twice, and all else of the span is read."""
    site = Site(stories(1_000, 7, 365), 10, fails=frozenset(fails))
    span = span_of(200, 40)
    lost = {one.url for page in fails for one in site.stories[(page - 1) * 10 : page * 10]}
    assert site.walk(span).reached
    assert site.wanted(span) - lost <= site.read


@pytest.mark.parametrize(
    ("failing", "asked"),
    [({1}, [1]), ({3}, [1, 2, 3, 4, 5]), ({3, 4}, [1, 2, 3, 4, 5]), ({2, 3, 4}, [1, 2, 3, 4])],
)
def test_pages_that_cannot_be_had(failing: set[int], asked: list[int]) -> None:
    """One is passed over; three in a row are the end, and it is told why."""
    span = span_of(40, 41)
    turn = numbered.begin()
    site = Site([entry(number, LAST - timedelta(days=number)) for number in range(50)], 10)
    pages = []
    while turn.page is not None:
        pages.append(turn.page)
        lost = Leaf(status=503, why="answered 503")
        turn = numbered.follow(turn.notes, lost if turn.page in failing else site.page(turn.page, span), span)
    assert pages == asked
    assert (turn.reached, turn.why) == ((True, "") if max(failing) < 5 and len(asked) == 5 else (None, "answered 503"))
