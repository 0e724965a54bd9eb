"""The ledger: one outcome an address, under its right word, on its right day, in each line that announced it."""

import asyncio
import shutil
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta
from html import escape
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from collector.errors import Refused
from storage.archive import Archive
from storage.archive.ledger import OUTCOMES, Scope
from storage.archive.sources import Polled
from tests.storage.books import SITE, Books, Rows
from tests.town import FEED, HOUR, NOW, OTHER, STORY, Answer, Town, canonical, feed, link, page

TODAY = NOW.date()


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("ledger") / "archive.db"
    Archive(path).close()
    return path


@pytest.fixture
def books(empty: Path, tmp_path: Path) -> Iterator[Books]:
    with closing(Archive(Path(shutil.copy(empty, tmp_path)))) as archive:
        yield Books(archive)


@pytest.mark.parametrize(
    ("state", "tried", "captures", "outcome", "fetched"),
    [
        ("new", 0, [], "waiting", 0),
        ("fetched", 0, [(None, 200)], "waiting", 1),
        ("new", 1, [], "failed", 0),
        ("new", 1, [("error", 403)], "failed", 0),
        ("new", 1, [("gone", 404)], "gone", 0),  # it is asked for again, for days
        ("new", 1, [("gone", 200)], "gone", 0),  # leads to the front page
        ("new", 0, [("gone", 404)], "waiting", 0),  # a copy of it is
        ("new", 2, [("wall", 200)], "wall", 1),  # behind it the site did not answer
        ("gone", 1, [("gone", 410)], "gone", 0),
        ("gone", 0, [("article", 200)], "gone", 1),  # taken down
        ("refused", 1, [], "refused", 0),
        ("empty", 1, [("wall", 200)], "wall", 1),
        ("empty", 1, [("empty", 200)], "empty", 1),
        ("empty", 1, [("listing", 200)], "empty", 1),
        ("empty", 1, [], "empty", 0),  # a piece without an address, or text
        ("failed", 9, [], "lost", 0),
        ("failed", 9, [("error", 403)], "lost", 0),
        ("failed", 9, [("wall", 200)], "wall", 1),
        ("failed", 9, [("wall", 200), ("error", 403)], "lost", 1),
        ("failed", 1, [("error", 200)], "empty", 1),  # the page broke its worker: its bytes are kept
        ("done", 0, [("article", 200)], "duplicate", 1),
    ],
)
def test_outcomes_without_an_article(
    books: Books, state: str, tried: int, captures: list[tuple[str | None, int]], outcome: str, fetched: int
) -> None:
    """By the state of the entry and its last capture."""
    id_ = books.entry(live=True, state=state, attempts=tried)
    for kind, status in captures:
        books.capture(id_, kind, status)
    (row,) = [row for row in books.archive.ledger(SITE) if row["line"] is None]
    assert (row["outcome"], row["number"], row["fetched"]) == (outcome, 1, fetched)


def test_an_article_is_counted_once(books: Books) -> None:
    """At the address it was read from; without one at the address it is filed under. Other addresses are duplicates."""
    books.article(books.entry(live=True, state="done"))
    carried = books.entry(live=True, state="gone", key="e.org/carried")
    books.article(None, key="e.org/carried")
    first = books.entry(live=True, state="done", key="e.org/alias")
    books.entry(live=True, state="done", key="e.org/plain")
    books.article(first, key="e.org/plain")
    assert carried
    assert books.told("outcome", line=None) == {("archived",): 3, ("duplicate",): 1}


def test_a_page_of_several_pieces(books: Books) -> None:
    """Each piece stands at an address of its own; their page is archived all the same."""
    id_ = books.entry(live=True, state="done")
    books.capture(id_, "article")
    books.article(None, "2026-11-20")
    made = {"title": "T", "text": "", "text_sha256": "", "extractor": "", "rule_revision": "", "reason": "published"}
    lists = dict.fromkeys(("kinds", "authors", "tags", "captions"), "[]")
    books.add("versions", article_id=1, capture_id=1, number=1, created_at=NOW.isoformat(), **made, **lists)
    assert books.told("outcome", "day", line=None) == {("archived", "2026-11-20"): 1}


@pytest.mark.parametrize(
    ("live", "told", "announced", "own", "day"),
    [
        (True, None, None, None, TODAY.isoformat()),
        (False, None, None, None, ""),
        (False, "2025-03-14", None, None, "2025-03-14"),
        (True, "2025-03-14", None, None, "2025-03-14"),
        (True, None, "2025-03-14T23:30:00-03:00", None, "2025-03-15"),  # of UTC
        (True, None, "2025-03-14", "2025-03-13T01:00:00+02:00", "2025-03-12"),  # its own date decides
        (True, None, "2025-03", "2025", TODAY.isoformat()),  # no days
        (False, "2025-03-14", None, "2025-03", "2025-03-14"),
    ],
)
def test_the_day(books: Books, live: bool, told: str | None, announced: str | None, own: str | None, day: str) -> None:
    """The article's own; else as announced; else when a live source announced it; else it is undated."""
    finds = [] if live and told is None else [(1, told)]
    id_ = books.entry(live, finds, state="done", published=announced)
    books.article(id_, own)
    assert books.told("day", "outcome", line=None) == {(day, "archived"): 1}


@pytest.mark.parametrize(
    ("live", "finds", "own", "outcome", "day"),
    [
        (False, [(1, "2025-03-14")], "2019-01-01", "outside", "2025-03-14"),
        (False, [(1, None)], "2019-01-01", "outside", ""),
        (False, [(1, None), (3, None)], "2019-01-01", "archived", "2019-01-01"),  # another back-fill asked for it
        (False, [(1, None)], "2025-03-31T23:00:00-02:00", "outside", ""),  # of April in UTC
        (False, [(1, None)], "2025-03-31", "archived", "2025-03-31"),
        (True, [(1, "2025-03-14")], "2019-01-01", "archived", "2019-01-01"),  # live news is never outside
        (False, [(1, None)], None, "archived", ""),
    ],
)
def test_outside(
    books: Books, live: bool, finds: list[tuple[int, str | None]], own: str | None, outcome: str, day: str
) -> None:
    """By its own date of no day that was asked for: it is told where it was announced."""
    books.backfill(date(2019, 1, 1), date(2019, 12, 31))  # walks 3 and 4
    books.article(books.entry(live, finds, state="done"), own)
    assert books.told("outcome", "day", line=None) == {(outcome, day): 1}


def test_lines(books: Books) -> None:
    """Each source and way counts what it announced, whoever else did; all together count each address once."""
    books.backfill(date(2025, 4, 1), date(2025, 4, 30))  # walks 3 and 4
    books.entry(live=True, finds=[(1, "2025-03-01"), (2, None)])
    books.entry(finds=[(1, "2025-03-01"), (3, "2025-03-01")])  # the sitemap told it in both
    assert books.told("line") == {(None,): 2, (1,): 1, ("sitemap",): 2, ("feed",): 1}
    assert books.told("line", scope=Scope(site="e.org", source_id=1)) == {(None,): 1, (1,): 1}


def test_parts_are_their_indexs(books: Books) -> None:
    """Sitemaps that an index named, nested ones too, are one line with it; another site's sources are none."""
    (part,) = books.archive.add_parts(1, ["http://e.org/part.xml"], NOW)
    (nested,) = books.archive.add_parts(part, ["http://e.org/nested.xml"], NOW)
    id_ = books.entry(live=True)
    books.add("entry_sources", entry_id=id_, source_id=nested, found_at=NOW.isoformat())
    books.add("sources", url="http://other.org/", site="other.org", added_at=NOW.isoformat())
    assert books.told("line") == {(None,): 1, (1,): 1}
    assert [row["id"] for row in books.archive.ledger_sources(SITE)] == [1]


def test_elsewhere(books: Books) -> None:
    """Counted by the ways; what a second back-fill meets again is not counted twice."""
    books.backfill(date(2025, 4, 1), date(2025, 4, 30))
    for walk_id, number in ((1, 3), (2, 1), (3, 2)):
        books.archive.count_walk_days(walk_id, {("2025-03-14", "elsewhere"): number, ("", "outside"): 9})
    rows = books.archive.ledger_elsewhere(SITE)
    assert {(row["way"], row["day"], row["number"]) for row in rows} == {
        ("sitemap", "2025-03-14", 3),
        ("feed", "2025-03-14", 1),
    }


def test_watched(books: Books) -> None:
    """Days with a poll that went well, and the days of back-fills that reached back to their begin."""
    assert books.archive.ledger_watched(SITE) == []
    books.archive.set_source_failed(1, "answered 500", now=NOW - timedelta(days=9), next_poll=NOW)
    books.archive.set_source_read(1, {}, now=NOW, next_poll=NOW, polled=Polled(entries=1))
    books.archive.set_walk(1, reached=1)
    assert books.archive.ledger_watched(SITE) == [("2025-03-01", "2025-03-31"), ("2026-11-22", "2026-11-22")]


def test_gaps_are_told(books: Books) -> None:
    """With the back-fill that fills them."""
    books.archive.set_source_read(1, {}, now=NOW, next_poll=NOW, polled=Polled(entries=1, gap_after=NOW - HOUR))
    books.archive.fill_gaps(1, NOW)
    (gap,) = books.archive.ledger_gaps(SITE)
    assert gap == {
        "url": FEED,
        "after": (NOW - HOUR).isoformat(),
        "before": NOW.isoformat(),
        "backfill_id": 2,
        "state": "running",
        "filled": 0,
    }


class Undo(Exception):
    """To take an example back."""


DAYS = st.none() | st.dates(date(2025, 2, 25), date(2025, 4, 5)).map(date.isoformat)
ENTRIES = st.fixed_dictionaries(
    {
        "live": st.booleans(),
        "finds": st.dictionaries(st.integers(1, 2), DAYS, max_size=2),
        "state": st.sampled_from(["new", "fetched", "done", "empty", "gone", "refused", "failed"]),
        "attempts": st.integers(0, 1),
        "captures": st.lists(st.sampled_from([("article", 200), ("wall", 200), ("empty", 200), ("error", 403)])),
        "articles": st.lists(DAYS, max_size=2),
    }
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(entries=st.lists(ENTRIES, max_size=6))
def test_every_address_has_one_outcome(books: Books, entries: list[dict[str, Any]]) -> None:
    """Whatever its rows: the outcomes of a line add up to what it announced, and each is a word of the list."""
    announced: Rows = Counter()
    with pytest.raises(Undo), books.archive.transaction():
        for each in entries:
            finds = list(each["finds"].items())
            id_ = books.entry(each["live"], finds, state=each["state"], attempts=each["attempts"])
            for kind, status in each["captures"]:
                books.capture(id_, kind, status)
            for own in each["articles"]:
                books.article(id_, own)
            lines = [1] * each["live"] + [("sitemap", "feed")[walk - 1] for walk, _ in finds]
            announced.update((line,) for line in lines + [None] * bool(lines))
        told = books.archive.ledger(SITE)
        assert books.told("line") == announced
        assert {row["outcome"] for row in told} <= {*OUTCOMES}
        assert all(0 <= row["fetched"] <= row["number"] for row in told)
        raise Undo


CARRIED = "".join(f"<p>{each}</p>" for each in OTHER)
FULL = f"<content:encoded xmlns:content='http://purl.org/rss/1.0/modules/content/'>{escape(CARRIED)}</content:encoded>"
STORIES: dict[str, tuple[Answer, str]] = {
    "story": (page("Dredging", STORY, '<meta property="article:published_time" content="2026-11-20">'), "archived"),
    "alias": (page("Dredging", STORY, canonical("http://e.org/story")), "duplicate"),
    "carried": (410, "archived"),
    "gone": (410, "gone"),
    "missing": (404, "gone"),
    "dead-link-of-old": (("http://e.org/", page("The Town", OTHER)), "gone"),
    "refused": (Refused("http://e.org/refused", "robots", "robots.txt disallows it"), "refused"),
    "unwell": (503, "failed"),
    "robot": (page("Just a moment...", ("Please wait.",)), "wall"),
    "blank": ("<html></html>", "empty"),
}


def test_the_pipelines_own_rows(tmp_path: Path) -> None:
    """What the real path leaves in the tables stands under its right word."""
    links = (link(f"http://e.org/{name}", f"<title>{name}</title>{FULL * (name == 'carried')}") for name in STORIES)
    town = Town(
        tmp_path, {FEED: feed(*links)} | {f"http://e.org/{name}": answer for name, (answer, _) in STORIES.items()}
    )
    asyncio.run(town.run())
    with closing(town.archive), closing(town.raw):
        told = {row["url"]: row["id"] for row in town.archive.rows("SELECT id, url FROM entries")}
        assert len(told) == len(STORIES)
        found = Counter(
            {(row["outcome"], row["day"]): row["number"] for row in town.archive.ledger(SITE) if row["line"]}
        )
    days = {"story": "2026-11-20"}
    assert found == Counter((word, days.get(name, TODAY.isoformat())) for name, (_, word) in STORIES.items())
