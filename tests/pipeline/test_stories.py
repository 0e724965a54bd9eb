"""One story, many places, on its path: found in the pass in which it comes in. The network is a dict."""

import asyncio
import json
import random
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from bench.stories_archive import NOW, add
from collector.extract import extract
from collector.pipeline.relate import Relater, relate
from storage.archive import Archive
from tests.town import FEED, HOUR, OTHER, STORY, Town, feed, link, page

SEEDS = Path(__file__).parents[3] / "shared" / "seedsites" / "daily8"
LONG = (*STORY, *OTHER)
AGENCY, PAPER, AGGREGATOR, HERONS = (f"http://{host}.org/a" for host in ("agency", "paper", "all", "herons"))
URLS = (AGENCY, PAPER, AGGREGATOR, HERONS)


def timed(minute: int) -> str:
    return f'<meta property="article:published_time" content="2026-11-22T10:{minute:02}:00+00:00">'


WEB = {
    FEED: feed(*map(link, reversed(URLS))),
    AGENCY: page("Two boats dredge the harbour", LONG, timed(5)),
    PAPER: page("At last: the harbour is dredged", (f"FORD (Coastal Wire) - {STORY[0]}", *STORY[1:]), timed(20)),
    AGGREGATOR: page("Harbour news", (" ".join(LONG),)),
    HERONS: page("Herons counted at marsh", tuple(f"In {n} {OTHER[1].lower()}" for n in ("ice", "fog", "rain"))),
}


def told(town: Town, url: str) -> list[tuple[str, float | None, float | None]]:
    id_ = town.archive.value("SELECT id FROM articles WHERE url = ?", [url])
    return [(row["url"], row["share"], row["other_share"]) for row in town.archive.story_of(id_)]


async def test_one_story_at_three_places(town: Callable[..., Town]) -> None:
    """A copy under another title, one cut to its half and one of an aggregator: the agency's own had it first."""
    here = town(WEB)
    await here.run()
    (first, *nothing), (cut, share, of_first), (whole, *_) = told(here, PAPER)
    assert (first, cut, whole) == (AGENCY, PAPER, AGGREGATOR)
    assert nothing == [None, None]
    assert (share or 0) > 0.9
    assert 0.4 < (of_first or 0) < 0.6
    assert told(here, HERONS) == []
    row = here.archive.row("SELECT first_url, articles, sites FROM stories")
    assert row == {"first_url": AGENCY, "articles": 3, "sites": 3}


async def test_an_edit_may_leave_the_story(town: Callable[..., Town]) -> None:
    """What the daemon sees at a look counts from then on: a text of its own is a story of its own."""
    here = town(WEB)
    await here.run()
    here.web[PAPER] = page("At last: the harbour is dredged", tuple(f"We were there. {line[::-1]}" for line in STORY))
    await here.run(HOUR)
    assert told(here, PAPER) == []
    assert [url for url, *_ in told(here, AGENCY)] == [AGENCY, AGGREGATOR]
    assert here.archive.value("SELECT count(*) FROM unlinked") >= 1


async def test_an_archive_is_caught_up_by_the_daemon(town: Callable[..., Town]) -> None:
    """Some at each tick, newest first, until none is left; what was told is not told again."""
    here = town({FEED: feed()})
    for number in range(45):
        add(here.archive, number, f"{' '.join(STORY)} Part {number // 2}.", told=False)
    left = []
    for _ in range(4):
        await here.tick()
        left.append(len(here.archive.unrelated(99)))
    assert left == [25, 5, 0, 0]
    assert here.archive.value("SELECT count(*) FROM articles WHERE story_id = 1") == 45


async def test_what_breaks_one_costs_it_alone(town: Callable[..., Town]) -> None:
    """A bug of ours at one text is told once; the others have their story."""
    here = town({FEED: feed()})
    for number in range(3):
        add(here.archive, number, " ".join(STORY), told=False)
    edges = here.edges()

    async def write(function: Callable[..., Any], *arguments: Any) -> Any:
        if function is relate and arguments[1].article_id == 2:
            raise KeyError("odd")
        return await edges.write(function, *arguments)

    await Relater(here.archive, replace(edges, write=write)).all(9)
    assert [(event.kind, event.url) for event in here.events] == [("broke", "https://site1.org/1")]
    assert here.archive.unrelated(9) == []
    assert [row["id"] for row in here.archive.story_of(1)] == [1, 3]


async def test_called_off_in_the_middle(town: Callable[..., Town]) -> None:
    """What was not told when all was called off is told by the next pass."""
    here = town({FEED: feed()})
    for number in range(3):
        add(here.archive, number, " ".join(STORY), told=False)
    edges, waiting = here.edges(), asyncio.Event()

    async def write(function: Callable[..., Any], *arguments: Any) -> Any:
        if function is relate and arguments[1].article_id == 1:
            await waiting.wait()
        return await edges.write(function, *arguments)

    task = asyncio.create_task(Relater(here.archive, replace(edges, write=write)).all(9))
    await asyncio.sleep(0.05)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert [each.article_id for each in here.archive.unrelated(9)] == [1]
    await here.run()
    assert [row["id"] for row in here.archive.story_of(2)] == [1, 2, 3]


@pytest.mark.skipif(not SEEDS.exists(), reason="../shared/seedsites is not beside the repository")
def test_the_seeds(tmp_path: Path) -> None:
    """Of the items of both pages, the first two of the listing are one text under two titles, and no others."""
    archive = Archive(tmp_path / "archive.db")
    titles: list[str] = []
    for file in sorted(SEEDS.glob("expected-*.json")):
        said = json.loads(file.read_text("utf-8"))
        result = extract((SEEDS / said["pages"][0]).read_text("utf-8"), said["url"])
        for article in result.articles:
            add(archive, len(titles), article.text)
            titles.append(article.title)
    assert len(titles) > 7
    assert len({*titles[:2]}) == 2
    assert [row["id"] for row in archive.story_of(1)] == [1, 2]
    assert archive.value("SELECT count(*) FROM story_links") == 1
    assert archive.row("SELECT share, other_share FROM story_links") == {"share": 1.0, "other_share": 1.0}
    archive.close()


BLOCKS = [" ".join(f"w{random.Random(40 * seed + n).randrange(9999)}" for n in range(40)) for seed in range(6)]
TEXTS = st.lists(st.sampled_from(BLOCKS), min_size=1, max_size=4, unique=True).map("\n\n".join)


class History(RuleBasedStateMachine):
    """Texts of a few blocks come in, change and go: at any time the stories are those that the links make."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.archive = Archive(Path(self.folder.name) / "archive.db")
        self.number, self.now = 0, NOW

    def teardown(self) -> None:
        self.archive.close()
        self.folder.cleanup()

    def any_article(self, data: st.DataObject) -> int | None:
        ids = [row["id"] for row in self.archive.rows("SELECT id FROM articles ORDER BY id")]
        return data.draw(st.sampled_from(ids)) if ids else None

    @rule(text=TEXTS)
    def arrives(self, text: str) -> None:
        add(self.archive, self.number, text, told=False)
        self.number += 1

    @rule(data=st.data(), text=TEXTS)
    def changes(self, data: st.DataObject, text: str) -> None:
        if id_ := self.any_article(data):
            url = self.archive.value("SELECT url FROM articles WHERE id = ?", [id_])
            add(self.archive, int(url.rpartition("/")[2]), text, told=False)

    @rule(data=st.data(), erased=st.booleans())
    def goes(self, data: st.DataObject, erased: bool) -> None:
        if id_ := self.any_article(data):
            versions = [row["id"] for row in self.archive.rows("SELECT id FROM versions WHERE article_id = ?", [id_])]
            if erased:
                self.archive.forget_sketch(id_)
            else:
                self.archive.withdraw(id_, versions, why="a wall", now=self.now)

    @rule(most=st.integers(1, 9))
    def told(self, most: int) -> None:
        self.now += HOUR
        for article in self.archive.unrelated(most):
            relate(self.archive, article, self.now)

    @invariant()
    def stories_are_what_links_make(self) -> None:
        rows = self.archive.rows("SELECT id, story_id FROM articles")
        had = self.archive.had_at([row["id"] for row in rows])
        members = {row["id"]: {row["id"]} for row in rows}
        for row in self.archive.rows("SELECT article_id AS one, other_id AS two FROM story_links"):
            both = members[row["one"]] | members[row["two"]]
            members |= dict.fromkeys(both, both)
        firsts = {id_: min(ids, key=lambda each: (had[each], each)) for id_, ids in members.items() if len(ids) > 1}
        assert {row["id"]: row["story_id"] for row in rows if row["story_id"]} == firsts

    @invariant()
    def each_number_of_a_sketch_is_indexed(self) -> None:
        ids = [row["article_id"] for row in self.archive.rows("SELECT article_id FROM sketches")]
        kept = {(number, id_) for id_, sketch in self.archive.sketches_of(ids).items() for number in sketch.hashes}
        rows = self.archive.rows("SELECT hash, article_id FROM sketch_hashes")
        assert {(row["hash"], row["article_id"]) for row in rows} == kept

    @invariant()
    def two_articles_are_linked_once(self) -> None:
        linked = "SELECT article_id AS one, other_id AS two FROM"
        pairs = self.archive.rows(f"{linked} story_links UNION ALL {linked} story_parts")
        assert len({frozenset(row.values()) for row in pairs}) == len(pairs)


History.TestCase.settings = settings(max_examples=4, stateful_step_count=10, deadline=None)
test_any_history = History.TestCase


@pytest.mark.slow
def test_any_long_history() -> None:
    """The same, with more of them."""
    run_state_machine_as_test(History, settings=settings(max_examples=25, stateful_step_count=40, deadline=None))
