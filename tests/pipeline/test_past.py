"""The past of a town's paper: behind its news, each page once, and every row as it should be at the end."""

import json
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

import pytest

from collector.errors import FetchError, WorkerError
from collector.pipeline.lanes import Lanes
from collector.pipeline.past.targets import Targets
from collector.pipeline.tasks import Tasks
from collector.reread import Reader, reread
from storage.archive.backfills import Wish
from storage.archive.sources import Wanted
from tests.soundness import faults
from tests.town import FEED, NOW, OTHER, STORY, Answer, Town, feed, link, page

BASE, MAP = "http://e.org/", "http://e.org/sitemap.xml"
DAYS = date(2026, 3, 1), date(2026, 3, 31)
WORDS = ("harbour", "marsh", "railway", "orchard", "library", "ferry", "tunnel", "quarry", "lantern", "meadow")


def story(number: int, day: str = "2026-03-14") -> str:
    """A page with words of its own."""
    own = tuple(f"{text} {' '.join(WORDS[number:] + WORDS[:number])} {number}." for text in (STORY, OTHER)[number % 2])
    return page(f"Report {number}", own, f'<meta property="article:published_time" content="{day}T08:00:00Z">')


def url(number: int) -> str:
    return f"http://e.org/story/{number}"


def sitemap(*pages: tuple[str, str]) -> str:
    """Addresses with what they say they were last written."""
    told = "".join(f"<url><loc>{loc}</loc><lastmod>{day}</lastmod></url>" for loc, day in pages)
    return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{told}</urlset>'


def march(*numbers: int) -> str:
    """A sitemap that goes back before March, and beyond it."""
    inner = [(url(number), f"2026-03-{10 + number:02}") for number in numbers]
    return sitemap(("http://e.org/old", "2026-01-02"), *inner, ("http://e.org/new", "2026-06-01"))


@pytest.fixture
def paper(town: Callable[..., Town]) -> Callable[[dict[str, Answer]], Town]:
    def make(web: dict[str, Answer]) -> Town:
        return town({FEED: feed(), **web})

    return make


def ask(town: Town, ways: Sequence[str] = ("sitemap",), *, dry: bool = False, **more: Any) -> int:
    """The row of a back-fill of March."""
    wish = Wish(target="e.org", base=BASE, site="e.org", source_id=None, since=DAYS[0], until=DAYS[1], **more)
    return town.archive.add_backfill(wish, ways, town.now, dry=dry)


async def work(town: Town, *ids: int) -> list[str]:
    """Until these are over; what was asked for."""
    town.asked.clear()

    async def over() -> bool:
        states = [found.state for id_ in ids if (found := town.archive.backfill(id_))]
        return all(state != "running" for state in states)

    async with town.pipeline() as parts:
        await parts.back(over)
    assert faults(town.folder) == []
    return [request.url for request in town.asked]


def states(town: Town) -> dict[str, str]:
    return {row["url"]: row["state"] for row in town.archive.rows("SELECT url, state FROM entries")}


async def test_the_days_asked_for_and_nothing_else(paper: Callable[..., Town]) -> None:
    """One document, then its pages of these days; asked for again, nothing is fetched twice."""
    town = paper({MAP: march(1, 2), url(1): story(1), url(2): story(2)})
    asked = await work(town, ask(town))
    assert asked == [MAP, url(1), url(2)]
    assert states(town) == {url(1): "done", url(2): "done"}
    assert await work(town, ask(town)) == [MAP]


async def test_a_way_that_goes_back_is_enough(paper: Callable[..., Town]) -> None:
    """The ways behind it are not tried."""
    town = paper({MAP: march(1), url(1): story(1)})
    id_ = ask(town, ("sitemap", "feed", "api"))
    await work(town, id_)
    assert [walk.state for walk in town.archive.walks(id_)] == ["done", "not needed", "not needed"]


async def test_what_is_gone_and_what_fails(paper: Callable[..., Town]) -> None:
    """A page of long ago is gone at its first 404; one that fails gets its next try as news, which nobody waits for."""
    broken = FetchError(url(2), "status-500", "answered 500", passing=True, status=500)
    town = paper({MAP: march(1, 2), url(2): broken})
    await work(town, ask(town))
    assert states(town) == {url(1): "gone", url(2): "new"}
    row = town.archive.row("SELECT walk_id, attempts, next_visit FROM entries WHERE url = ?", [url(2)])
    assert row is not None and (row["walk_id"], row["attempts"]) == (None, 1) and row["next_visit"]
    town.web[url(2)] = story(2)
    await town.tick(timedelta(hours=1))
    assert states(town)[url(2)] == "done"


async def test_news_takes_over(paper: Callable[..., Town]) -> None:
    """What a live source announces while a back-fill that was paused has it still to do is asked for as news."""
    town = paper({MAP: march(1), url(1): story(1)})
    trial = ask(town, dry=True)
    await work(town, trial)
    assert states(town) == {url(1): "new"}
    await town.tick(timedelta(hours=1))
    assert url(1) not in [request.url for request in town.asked]
    town.web[FEED] = feed(link(url(1)))
    await town.tick(timedelta(hours=1))
    assert states(town) == {url(1): "done"}


async def test_a_trial_and_then_the_thing_itself(paper: Callable[..., Town]) -> None:
    """A trial asks for no page; what it found is asked for by no document again."""
    town = paper({MAP: march(1, 2), url(1): story(1), url(2): story(2)})
    id_ = ask(town, dry=True)
    assert await work(town, id_) == [MAP]
    town.archive.set_backfill_dry(id_, False)
    town.archive.set_backfill_state(id_, "running", NOW)
    assert await work(town, id_) == [url(1), url(2)]


async def test_so_many_at_most(paper: Callable[..., Town]) -> None:
    """No more pages than were asked for, and no more ways."""
    town = paper({MAP: march(1, 2, 3), **{url(n): story(n) for n in (1, 2, 3)}})
    id_ = ask(town, ("sitemap", "feed"), most=2)
    assert len(await work(town, id_)) == 3
    assert [walk.state for walk in town.archive.walks(id_)] == ["done", "not needed"]


@pytest.mark.parametrize("state", ["paused", "cancelled"])
async def test_what_does_not_run_asks_for_nothing(paper: Callable[..., Town], state: Any) -> None:
    """One that was paused goes on where it was; a new one takes what a cancelled one had."""
    town = paper({MAP: march(1), url(1): story(1)})
    id_ = ask(town, dry=True)
    await work(town, id_)
    town.archive.set_backfill_dry(id_, False)
    town.archive.set_backfill_state(id_, state, NOW)
    await town.tick(timedelta(hours=1))
    assert {request.url for request in town.asked} <= {FEED}
    if state == "paused":
        town.archive.set_backfill_state(id_, "running", NOW)
        assert await work(town, id_) == [url(1)]
    else:
        assert await work(town, ask(town)) == [MAP, url(1)]


async def test_a_document_that_breaks_its_reader(paper: Callable[..., Town]) -> None:
    """It is asked for again after ten seconds and a minute, then there is no such way: it has shown nothing yet."""
    town = paper({MAP: march(1)})
    normal = town.edges().work

    async def breaks(job: str, *arguments: object, **options: object) -> Any:
        if job == "leaf":
            raise WorkerError("the worker ended")
        return await normal(job, *arguments, **options)

    town.work = breaks
    ask(town)
    await town.tick()  # begins its way
    for seconds in (0, 10, 60):
        await town.tick(timedelta(seconds=seconds))
        assert [each.url for each in town.asked].count(MAP) == 1
    row = town.archive.row("SELECT state, last_error FROM steps WHERE url = ?", [MAP])
    assert row == {"state": "failed", "last_error": "the worker ended"}


@pytest.mark.parametrize("reason", ["dns", "robots"])
async def test_a_site_that_is_gone(paper: Callable[..., Town], reason: str) -> None:
    """A name without an address ends a way at its first request: no other guess, no wait; the next way is tried."""
    nowhere = FetchError(MAP, reason, "e.org has no address", passing=True)
    if reason == "robots":
        nowhere.__cause__ = FetchError(MAP, "dns", "e.org has no address", passing=True)
    town = paper({MAP: nowhere, BASE: nowhere})
    id_ = ask(town, ("sitemap", "listing"))
    assert await work(town, id_) == [MAP, BASE]
    assert [walk.state for walk in town.archive.walks(id_)] == ["failed", "failed"]


async def test_what_was_tried_in_vain_is_asked_for_again(paper: Callable[..., Town]) -> None:
    """By a back-fill that finds it again, whether it has another try or was given up."""
    broken = FetchError(url(1), "status-500", "answered 500", passing=True, status=500)
    town = paper({MAP: march(1, 2), url(1): broken, url(2): broken})
    await work(town, ask(town))
    town.archive.set_entry_failed(2, "failed", "given up", None)
    town.web |= {url(1): story(1), url(2): story(2)}
    assert await work(town, ask(town)) == [MAP, url(1), url(2)]
    assert set(states(town).values()) == {"done"}


async def test_an_address_of_another_site(paper: Callable[..., Town]) -> None:
    """It is counted, and not asked for."""
    town = paper({MAP: sitemap(("http://other.org/1", "2026-03-14"), ("http://e.org/old", "2026-01-01"))})
    assert await work(town, ask(town)) == [MAP]
    days = town.archive.rows("SELECT day, number FROM walk_days")
    assert {row["day"].split()[-1]: row["number"] for row in days} == {"elsewhere": 1, "outside": 1}


async def test_the_past_stands_behind_the_news() -> None:
    """Of one host, whatever was there first; among themselves both go in the order in which they came."""
    said: list[str] = []

    def job(word: str) -> Callable[[], Any]:
        async def run() -> None:
            said.append(word)

        return run

    async with Tasks() as tasks:
        lanes = Lanes(tasks, lambda _: 1)
        for word in ("old 1", "old 2", "new 1", "old 3", "new 2"):
            lanes.add("e.org", word, job(word), past=word.startswith("old"))
        lanes.add("e.org", "first of the past", job("first of the past"), first=True, past=True)
    assert said == ["new 1", "new 2", "first of the past", "old 1", "old 2", "old 3"]


async def test_a_text_that_an_interface_carried(paper: Callable[..., Town]) -> None:
    """Where the page is gone the post's own text is the article, and its bytes say the same when read again."""
    posts = "http://e.org/wp-json/wp/v2/posts"
    body = "".join(f"<p>{each}</p>" for each in STORY)
    post: dict[str, Any] = {
        "id": 7,
        "date": "2026-03-14T09:00:00",
        "date_gmt": "2026-03-14T08:00:00",
        "link": url(1),
        "status": "publish",
    }
    post |= {"title": {"rendered": "The harbour"}, "content": {"rendered": body, "protected": False}}
    town = paper({})
    town.web = _Queries(town.web, posts, json.dumps([post]))
    await work(town, ask(town, ("api",)))
    version = town.archive.row("SELECT id, text, capture_id FROM versions")
    assert version is not None and version["text"] == "\n\n".join(STORY)
    recipe = town.archive.recipe(version["id"])
    assert recipe.source_kind == "posts"
    again = reread(recipe, [town.raw.get(page.sha256, page.fetched_at) for page in recipe.pages], Reader())
    assert again.article is not None and again.article.text == version["text"]


class _Queries(dict[str, Answer]):
    """A network in which one address answers whatever its query."""

    def __init__(self, web: dict[str, Answer], address: str, answer: Answer) -> None:
        super().__init__(web)
        self._address, self._answer = address, answer

    def get(self, url: str, default: Any = None) -> Any:
        return self._answer if url.partition("?")[0] == self._address else super().get(url, default)


@pytest.mark.parametrize(
    ("source", "kind", "wanted"),
    [
        ("http://e.org/feed", "feed", {"feeds": ("http://e.org/feed",)}),
        ("http://e.org/feed", None, {"feeds": ("http://e.org/feed",)}),
        ("http://e.org/maps/sitemap-7.xml", None, {"sitemaps": ("http://e.org/maps/sitemap-7.xml",)}),
        ("http://e.org/news.xml", "sitemap", {"sitemaps": ("http://e.org/news.xml",)}),
        ("http://e.org/today", "listing", {"listings": ("http://e.org/today",)}),
    ],
)
async def test_what_is_known_of_a_site(
    town: Callable[..., Town], source: str, kind: Any, wanted: dict[str, Any]
) -> None:
    """Its sources are where its ways begin, by their kind, or before the first poll by their address."""
    known = town({}, sources=(source,))
    known.archive.set_sources([Wanted(url=source, kind=kind, site="e.org")], NOW)
    backfill = known.archive.backfill(ask(known))
    assert backfill is not None
    target = await Targets(known.archive, known.config, known.edges()).of(backfill)
    none: dict[str, Any] = {"feeds": (), "sitemaps": (), "listings": ()}
    assert {name: getattr(target, name) for name in none} == none | wanted
