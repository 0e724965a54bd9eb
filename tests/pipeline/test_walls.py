"""Walls on their path: what is learnt of a host, what is undone, what a look leaves alone. The network is a dict."""

import asyncio
import tempfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collector.pipeline import Event
from storage.export.text import export
from tests.town import FEED, HOUR, NOW, OTHER, STORY, Answer, Town, canonical, feed, link, page

DATED = '<meta name="date" content="2026-11-20">'
ASK = "Our readers come first, which is why we would like to put two questions to you before you see any more of this."
STAY = "You may answer them now or at any later time, and nothing that you say to us here will be told to anyone else."
WALL = page("Dear reader", (ASK, STAY))
LONG = tuple(f"On day {n} the boats went out again. {line}" for n in range(4) for line in STORY)
TITLES = ("Flood closes bridge", "Herons counted at marsh", "New baker opens shop", "Council raises ferry fare")
URLS = tuple(f"http://e.org/{name}" for name in "abcd")


def said(title: str) -> str:
    return f"<title>{title}</title>"


def told(urls: tuple[str, ...] = URLS, titles: tuple[str, ...] = TITLES) -> str:
    return feed(*(link(url, said(title)) for url, title in zip(urls, titles, strict=True)))


def events(town: Town, kind: str) -> list[Event]:
    return [event for event in town.events if event.kind == kind]


async def test_the_same_text_at_three_addresses(town: Callable[..., Town], tmp_path: Path) -> None:
    """A wall that no phrase gives away is learnt, what came of it goes, and its pages are asked for again."""
    here = town({FEED: told(URLS[:2], TITLES[:2])} | dict.fromkeys(URLS, WALL))
    await here.run()
    assert len(here.articles()) == 2, "two pages may say the same by chance"
    export(here.archive.corpus(), tmp_path / "out", has_left=here.archive.has_left)
    here.web[FEED] = told()
    await here.run(timedelta(minutes=1))
    assert (here.articles(), here.states()) == ([], ["empty"] * 4)
    assert {event.url for event in events(here, "wall")} == set(URLS)
    reasons = here.archive.rows("SELECT DISTINCT kind, reason FROM captures WHERE source_id IS NULL")
    assert reasons == [{"kind": "wall", "reason": "the same text at several addresses"}]
    assert here.archive.row("SELECT title, addresses FROM walls") == {"title": "Dear reader", "addresses": 4}
    export(here.archive.corpus(), tmp_path / "out", has_left=here.archive.has_left)
    assert list((tmp_path / "out").glob("*.txt")) == []
    here.web |= {
        url: page(title, (f"All of Ford talks of this: {title}.", *STORY), DATED)
        for url, title in zip(URLS, TITLES, strict=True)
    }
    await here.run(HOUR)
    assert (len(here.articles()), here.states()) == (4, ["done"] * 4)
    export(here.archive.corpus(), tmp_path / "out", has_left=here.archive.has_left)
    assert len(list((tmp_path / "out").glob("*.txt"))) == 4


async def test_the_stub_of_a_paywall(town: Callable[..., Town]) -> None:
    """The same words under every story's own headline and date are a wall, too."""
    web: dict[str, Answer] = {url: page(title, (ASK, STAY), DATED) for url, title in zip(URLS, TITLES, strict=True)}
    here = town({FEED: told()} | web)
    await here.run()
    assert (here.articles(), here.states()) == ([], ["empty"] * 4)


async def test_where_all_are_led_to_one_page(town: Callable[..., Town]) -> None:
    """A consent page at an address of its own is not every announced story's article."""
    ask = ("http://ask.e.org/reader", WALL)
    here = town({FEED: told()} | dict.fromkeys(URLS, ask))
    await here.run()
    assert (here.articles(), here.states()) == ([], ["empty"] * 4)


SLUGS = tuple(f"http://e.org/{slug}-903217" for slug in ("flood", "bridge", "river", "water"))
ONE = page("Flood closes bridge", STORY, DATED)


@pytest.mark.parametrize(
    ("web", "source"),
    [
        (dict.fromkeys(SLUGS, ONE), feed(*map(link, SLUGS))),
        (dict.fromkeys(URLS, page("Flood closes bridge", STORY)), told(URLS, ("Flood closes bridge",) * 4)),
        (dict.fromkeys(URLS, page("Flood closes bridge", STORY, DATED + canonical(URLS[0]))), feed(*map(link, URLS))),
        (dict.fromkeys(URLS, ONE), feed(*map(link, URLS))),
    ],
)
async def test_one_article_at_many_addresses(town: Callable[..., Town], web: dict[str, Answer], source: str) -> None:
    """Free slugs, copies that were announced alike or name one canonical address: articles, however many."""
    here = town({FEED: source} | web)
    await here.run()
    assert here.articles() != []
    assert here.states() == ["done"] * 4
    assert here.archive.value("SELECT count(*) FROM walls") == 0


@pytest.mark.parametrize(
    ("answer", "event", "reason"),
    [
        (page("Just a moment...", ("Please wait.",)), "wall", "a check for robots"),
        (page("Dredging", STORY), "worse", "a fraction of the text"),
        (page("Seite nicht gefunden", LONG, DATED), "worse", "its title is an error's"),
        ("<html><body><nav><a href='/'>Home</a></nav></body></html>", "", "no text that could be an article's"),
    ],
)
async def test_a_look_at_a_wall(town: Callable[..., Town], answer: str, event: str, reason: str) -> None:
    """The article stays as it is, is looked at again by its age, and on the conditions of its last good capture."""
    here = town({FEED: feed(link(URLS[0])), URLS[0]: page("Dredging", LONG)})
    await here.run()
    before = here.archive.row("SELECT version_id, last_seen, state, title FROM articles")
    good = here.archive.value("SELECT etag FROM entries")
    here.web[URLS[0]] = answer
    await here.run(HOUR / 4)
    assert here.archive.row("SELECT version_id, last_seen, state, title FROM articles") == before
    looks = here.archive.row("SELECT looks, next_look FROM articles")
    assert looks == {"looks": 1, "next_look": (NOW + HOUR).isoformat()}
    assert here.archive.value("SELECT reason FROM captures ORDER BY id DESC") == reason
    assert (here.states(), here.archive.value("SELECT etag FROM entries")) == (["done"], good)
    if event:
        assert Event(event, URLS[0], reason) in here.events  # type: ignore[arg-type]  # a word of the table above
    here.web[URLS[0]] = page("Dredging", (*LONG, OTHER[0]))
    await here.run(HOUR)
    assert [row["number"] for row in here.archive.versions_of(1)] == [1, 2]


async def test_a_walls_etag_hides_no_article(town: Callable[..., Town]) -> None:
    """A wall that says it is unchanged is asked for without conditions until it is an article."""
    here = town({FEED: feed(link(URLS[0])), URLS[0]: page("Subscribe to read", ("Not here.",))})
    await here.run()
    assert here.states() == ["empty"]
    assert here.archive.row("SELECT etag, last_error FROM entries") == {"etag": None, "last_error": "a paywall"}
    await here.run(HOUR)
    assert [dict(request.headers) for request in here.asked if request.url == URLS[0]] == [{}]
    here.web[URLS[0]] = page("Dredging", STORY)
    await here.run(6 * HOUR)
    assert here.articles() == [URLS[0]]


async def test_the_first_reading_was_a_wall(town: Callable[..., Town]) -> None:
    """At one address nothing gives it away; when the story that was announced stands there, it is known for one."""
    here = town({FEED: told(URLS[:1], TITLES[:1]), URLS[0]: WALL})
    await here.run()
    assert here.archive.value("SELECT title FROM articles") == "Dear reader"
    here.web[URLS[0]] = page(TITLES[0], LONG, DATED)
    await here.run(HOUR)
    assert here.archive.rows("SELECT number, title FROM versions") == [{"number": 1, "title": TITLES[0]}]
    kinds = here.archive.rows("SELECT kind, reason FROM captures WHERE source_id IS NULL ORDER BY id")
    assert kinds[0] == {"kind": "wall", "reason": "another text than the story's"}
    assert (kinds[1]["kind"], here.states()) == ("article", ["done"])
    here.web[URLS[0]] = WALL
    await here.run(3 * HOUR)
    assert [event.url for event in events(here, "wall")] == [URLS[0]]
    assert here.archive.value("SELECT title FROM articles") == TITLES[0]


async def test_a_first_notice_is_no_wall(town: Callable[..., Town]) -> None:
    """A short first report under the story's own headline is its first version."""
    here = town(
        {
            FEED: told(URLS[:1], TITLES[:1]),
            URLS[0]: page(TITLES[0], ("A flood has closed the bridge at Ford.",) * 2, DATED),
        }
    )
    await here.run()
    here.web[URLS[0]] = page(TITLES[0], LONG, DATED)
    await here.run(HOUR)
    assert here.archive.value("SELECT count(*) FROM versions") == 2


async def test_what_the_source_carried_stands_in_for_a_wall(town: Callable[..., Town]) -> None:
    """The piece in the feed is read while its page is a wall, which is asked for again all the same."""
    whole = "".join(f"&lt;p&gt;{line}&lt;/p&gt;" for line in STORY)
    item = link(URLS[0], f"{said(TITLES[0])}<content:encoded>{whole}</content:encoded>")
    body = feed(item).replace("<rss", "<rss xmlns:content='http://purl.org/rss/1.0/modules/content/'")
    here = town({FEED: body, URLS[0]: page("Log in", ("Members only.",))})
    await here.run()
    assert (here.articles(), here.states()) == ([URLS[0]], ["empty"])
    here.web[URLS[0]] = page(TITLES[0], (*STORY, OTHER[0]))
    await here.run(HOUR)
    assert (here.articles(), here.states()) == ([URLS[0]], ["done"])
    assert [row["text"] for row in here.archive.versions_of(1)] == ["\n\n".join(STORY), "\n\n".join((*STORY, OTHER[0]))]


async def test_a_wall_is_tried_for_weeks(town: Callable[..., Town]) -> None:
    """After 1 and 6 hours, 1, 3, 10 and 30 days; it is never a version."""
    here = town({FEED: feed(link(URLS[0])), URLS[0]: page("Log in", ("Members only.",))})
    await here.run()
    waited = []
    while here.archive.value("SELECT next_visit FROM entries") is not None:
        due = here.archive.value(
            "SELECT (julianday(next_visit) - julianday(?)) * 24 FROM entries", [here.now.isoformat()]
        )
        waited.append(round(due))
        await here.run(timedelta(hours=round(due)))
        assert [event.detail for event in events(here, "wall")] == ["a log-in page"]
    assert waited == [1, 6, 24, 72, 240, 720]
    assert here.archive.value("SELECT count(*) FROM versions") == 0
    assert here.states() == ["empty"]


async def test_far_shorter_than_the_sites_articles(town: Callable[..., Town]) -> None:
    """A few lines of a stranger's title, or behind a declared paywall, are none where all others are long."""
    paid = '<meta name="article:content_tier" content="locked">'
    urls = tuple(f"http://e.org/{n}" for n in range(11))
    titles = tuple(f"What the council said on day {n} of the year" for n in range(11))
    web: dict[str, Answer] = {
        url: page(title, (f"All of Ford talks of this: {title}.", *LONG), DATED)
        for url, title in zip(urls, titles, strict=True)
    }
    web |= {urls[8]: page("Dear reader", (ASK,)), urls[9]: page(titles[9], (STAY,), DATED + paid)}
    web[urls[10]] = page(titles[10], (OTHER[0],))  # a short notice
    here = town({FEED: told(urls, titles)} | web)
    await here.run()
    assert here.states() == [*["done"] * 8, "empty", "empty", "done"]
    assert {event.detail for event in events(here, "wall")} == {"far shorter than the site's articles"}


GOOD = [page("Dredging", LONG[: 12 - n]) for n in range(4)]
BAD = [
    WALL,
    page("Just a moment...", ("Please wait.",)),
    page("Dredging", LONG[:2]),
    page("404", LONG[:1]),
    "<html></html>",
]


@settings(max_examples=12, deadline=None)
@given(st.lists(st.sampled_from([*GOOD, *BAD]), min_size=1, max_size=6))
@pytest.mark.slow
def test_the_current_version_is_always_a_good_one(pages: list[str]) -> None:
    """Whatever comes after a good capture, what is current was good, and numbers never go back."""

    async def watch(here: Town) -> None:
        await here.run()
        number = 0
        for each in pages:
            here.web[URLS[0]] = each
            here.archive.write("UPDATE articles SET next_look = ?", [here.now.isoformat()])
            await here.run(timedelta(minutes=1))
            row = here.archive.row(
                "SELECT number, text, articles.title FROM articles JOIN versions ON versions.id = version_id"
            )
            assert row is not None
            assert row["number"] >= number
            assert row["title"] == "Dredging"
            assert row["text"] in {"\n\n".join(LONG[: 12 - n]) for n in range(4)}
            number = row["number"]

    with tempfile.TemporaryDirectory() as folder:
        here = Town(Path(folder), {FEED: feed(link(URLS[0])), URLS[0]: GOOD[0]})
        asyncio.run(watch(here))
        here.archive.close()
        here.raw.close()
