"""Who changed it: real captures of a town, read by the real pipeline under rules of then and of now."""

import json
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

import pytest

from collector import jobs
from collector.errors import WorkerError
from collector.extract import extract, rules
from collector.pipeline.explain import TOGETHER
from tests.town import FEED, HOUR, OTHER, STORY, Town, feed, link, page

MakeTown = Callable[..., Town]
Labels = list[tuple[str | None, list[str]]]

URL = "http://e.org/a"
SLOW = pytest.mark.slow  # kept to the long run: what the quick one shows by another case
LATER = (timedelta(), HOUR, 3 * HOUR, timedelta(days=1), timedelta(days=3))
SEVERAL = (
    "Three boats began to dredge the harbour on Monday, and the council said that the work would last until spring.",
    *STORY[1:],
)
MORE = (*STORY, *OTHER)
PROMO = "Every Friday our harbour letter tells who has come in and who has gone out, and what the fish cost."

NARROW = "hosts: [e.org]\nbody: main .text\n"  # a rule that reads the text
WIDE = "hosts: [e.org]\nbody: main\ntitle: h1\n"  # one that reads the promo, too


def laid_out(paragraphs: Sequence[str], *, title: str = "Dredging", promo: str = "", note: str = "") -> str:
    """In the site's own markup, by which its rule goes."""
    text = "".join(f"<p>{each}</p>" for each in paragraphs)
    return (
        f"<html><head><title>{title}</title></head><body><!-- {note} --><main><h1>{title}</h1>"
        f"<div class=text>{text}</div>{f'<div><p>{promo}</p></div>' if promo else ''}</main></body></html>"
    )


def redesigned(paragraphs: Sequence[str], beside: str = "", within: str = "") -> str:
    """Another markup of the same words, with a box beside the text or in it."""
    text = "".join(f"<p>{each}</p>" for each in paragraphs)
    within = f"<p>{within}</p>" if within else ""
    return (
        f"<html><head><title>Dredging</title></head><body><aside><p>{beside}</p></aside>"
        f"<article><h1>Dredging</h1><section>{text}{within}</section></article></body></html>"
    )


def half(paragraphs: Sequence[str]) -> str:
    """The line broke in the middle of the text."""
    return page("Dredging", tuple(paragraphs)).partition(paragraphs[-2][:20])[0]


async def labels(make: MakeTown, *looks: str | tuple[str, str]) -> Labels:
    """The labels of the second version of the article and of those that follow.

    looks: what the page is at each look; with the text of the rule that is in force then, where there is one.
    """
    here = make({FEED: feed(link(URL))})
    rule = ""

    async def work(job: str, *arguments: Any, **options: Any) -> Any:
        if job != "extract":
            return getattr(jobs, job)(*arguments, **options)
        sites = {"e.org": rules.parse(rule, "e.org.yaml")} if rule else {}
        body, url, content_type, fetched_at = arguments
        return extract(body, url, content_type, fetched_at, sites)

    here.work = work
    for look, later in zip(looks, LATER, strict=False):
        here.web[URL], rule = look if isinstance(look, tuple) else (look, "")
        if rule:
            here.archive.keep_rule(rules.parse(rule, "e.org.yaml").revision, "e.org", rule, here.now)
        await here.run(later)
    return told(here)


def told(here: Town, url: str = URL) -> Labels:
    rows = here.archive.rows(
        """SELECT number, changed_by, versions.edits FROM versions JOIN articles ON articles.id = article_id
        WHERE url = ? ORDER BY number""",
        [url],
    )
    assert rows[0]["changed_by"] is None, "nobody changed the first"
    return [(row["changed_by"], json.loads(row["edits"] or "[]")) for row in rows[1:]]


PUBLISHER = [
    pytest.param(page("Dredging", STORY), page("Dredging", SEVERAL), ["figure"], id="figure"),
    pytest.param(
        page("Dredging", MORE[:3]), page("Dredging", MORE[:4]), ["paragraph-added"], id="paragraph", marks=SLOW
    ),
    pytest.param(page("Dredging", STORY), page("Dredging begins", STORY), ["headline"], id="headline", marks=SLOW),
    pytest.param(laid_out(STORY), redesigned(SEVERAL), ["figure"], id="redesigned at the same time"),
    pytest.param(
        (laid_out(STORY), NARROW), (laid_out(SEVERAL), NARROW), ["figure"], id="by the site's rule", marks=SLOW
    ),
    pytest.param(
        *((laid_out(STORY, promo=PROMO), WIDE), (laid_out(SEVERAL, promo=PROMO), NARROW), ["figure"]),
        id="another rule at the same time",
    ),
    pytest.param(
        *((laid_out(STORY, promo=PROMO), NARROW), (laid_out(SEVERAL, promo=PROMO), WIDE), ["figure"]),
        id="another rule that reads more",
        marks=SLOW,
    ),
    pytest.param((laid_out(STORY), NARROW), (redesigned(SEVERAL), NARROW), ["figure"], id="the rule no longer fits"),
]


@pytest.mark.parametrize(("before", "after", "edits"), PUBLISHER)
async def test_publisher(town: MakeTown, before: Any, after: Any, edits: list[str]) -> None:
    """The words on the page are others: whatever else changed with them, only the publisher's edits are typed."""
    assert await labels(town, before, after) == [("publisher", edits)]


RULE = [
    pytest.param((laid_out(STORY, promo=PROMO), WIDE), (laid_out(STORY, promo=PROMO, note="2"), NARROW), id="narrower"),
    pytest.param(
        (laid_out(STORY, promo=PROMO), NARROW), (laid_out(STORY, promo=PROMO, note="2"), WIDE), id="wider", marks=SLOW
    ),
    pytest.param((laid_out(STORY, promo=PROMO), WIDE), (laid_out(STORY, promo="Another."), NARROW), id="promo changes"),
    pytest.param(
        laid_out(STORY, promo=PROMO), (laid_out(STORY, promo=PROMO, note="2"), NARROW), id="the first rule", marks=SLOW
    ),
]


@pytest.mark.parametrize(("before", "after"), RULE)
async def test_rule(town: MakeTown, before: Any, after: Any) -> None:
    """The page says what it said, to one of the two readers at least."""
    assert await labels(town, before, after) == [("rule", [])]


TEMPLATE = [
    pytest.param(redesigned(STORY, beside=PROMO), redesigned(STORY, within=PROMO), id="a box moves into the text"),
    pytest.param(redesigned(STORY, within=PROMO), redesigned(STORY, beside=PROMO), id="a box moves out", marks=SLOW),
    pytest.param(
        page("Dredging", STORY), page("Dredging", STORY).replace("<p>", "<blockquote>"), id="other elements", marks=SLOW
    ),
    pytest.param(
        page("Dredging", ("He said “no” to it, and then – as ever – went.", *STORY)),
        page("Dredging", ('He said "no" to it, and then - as ever - went.', *STORY)),
        id="quotes and dashes",
    ),
    pytest.param(
        page("Dredging", STORY, "<meta property='og:title' content='Dredging - Town Courier'>"),
        page("Dredging", STORY, "<meta property='og:title' content='Dredging - Town Courier'>").replace(
            "<h1>Dredging<", "<p>Dredging</p><h1>Dredging - Town Courier<"
        ),
        id="another of the page's titles",
        marks=SLOW,
    ),
]


@pytest.mark.parametrize(("before", "after"), TEMPLATE)
async def test_template(town: MakeTown, before: str, after: str) -> None:
    """Both pages show the same words, in another place or dress."""
    assert await labels(town, before, after) == [("template", [])]


def walk(number: int, geese: int = 4) -> tuple[str, ...]:
    """Another story for each number."""
    names = [f"{place}{'abcdefghij'[number]}" for place in ("Marsh", "Reed", "Hill", "Brook")]
    return tuple(
        f"Whoever walks to {name} meets {geese} geese at the gate of {name}, and behind {name} the sea begins."
        for name in names
    )


@pytest.mark.parametrize("order", [1, pytest.param(-1, marks=SLOW)])
async def test_template_of_all_articles(town: MakeTown, order: int) -> None:
    """A paragraph that stands in many articles of the site came or went with its template."""
    urls = [f"http://e.org/{n}" for n in range(3)]
    web = {url: page(f"Walk {n}", (*walk(n), PROMO)) for n, url in enumerate(urls)}
    looks = [page("Dredging", MORE), page("Dredging", (*MORE, PROMO))][::order]
    here = town({FEED: feed(*map(link, [*urls, URL])), URL: looks[0]} | web)
    await here.run()
    here.web[URL] = looks[1]
    await here.run(HOUR)
    assert told(here) == [("template", [])]


@pytest.mark.parametrize("order", [1, pytest.param(-1, marks=SLOW)])
async def test_capture_that_broke_off(town: MakeTown, order: int) -> None:
    """Half a page is no edit, be it the earlier or the later one."""
    looks = [page("Dredging", MORE), half(MORE)][::order]
    assert await labels(town, *looks) == [("capture", [])]


async def test_flicker(town: MakeTown) -> None:
    """A, B, A, where B lacks some of the text: B was a bad capture, and who gave A back is nobody."""
    whole, lacking = page("Dredging", MORE), page("Dredging", (*MORE[:3], MORE[5]))
    assert await labels(town, whole, lacking) == [("publisher", ["paragraph-removed"])]
    assert await labels(town, whole, lacking, whole) == [("capture", []), ("capture", [])]


async def test_taken_back(town: MakeTown) -> None:
    """A, B, A, where B says something else: two edits."""
    assert await labels(town, page("Dredging", STORY), page("Dredging", SEVERAL), page("Dredging", STORY)) == [
        ("publisher", ["figure"]),
        ("publisher", ["figure"]),
    ]


@pytest.mark.parametrize("gone", [pytest.param((1,), marks=SLOW), pytest.param((2,), marks=SLOW), (1, 2)])
async def test_bodies_that_are_gone(town: MakeTown, gone: tuple[int, ...]) -> None:
    """What the versions say is enough where one reader read both."""
    here = town({FEED: feed(link(URL)), URL: page("Dredging", STORY)})
    await here.run()
    here.web[URL] = page("Dredging", SEVERAL)
    await here.run(HOUR)
    for number in gone:
        sql = "SELECT sha256 FROM captures JOIN versions ON versions.capture_id = captures.id WHERE number = ?"
        forget(here, str(here.archive.value(sql, [number])))
    await again(here)
    assert told(here) == [("publisher", ["figure"])]


def forget(here: Town, sha256: str) -> None:
    """As pruning does."""
    here.archive.write("UPDATE captures SET sha256 = 'gone', body_gone = 'pruned' WHERE sha256 = ?", [sha256])


async def again(here: Town) -> None:
    """Nobody has explained anything."""
    with here.archive.transaction():
        here.archive.write("UPDATE versions SET changed_by = NULL, edits = NULL")
    await here.tick()


async def test_an_archive_of_before_is_caught_up(town: MakeTown) -> None:
    """What waits is a query: a run that was killed between two goes on; one pass takes all."""
    urls = [f"http://e.org/{n}" for n in range(TOGETHER + 2)]
    here = town({FEED: feed(*map(link, urls))} | {url: page(url, walk(n)) for n, url in enumerate(urls)})
    await here.run()
    here.web |= {url: page(url, walk(n, geese=5)) for n, url in enumerate(urls)}
    explained = 0

    async def killed(job: str, *arguments: Any, **options: Any) -> Any:
        nonlocal explained
        explained += job == "explain"
        if explained > 3:
            raise KeyboardInterrupt
        return getattr(jobs, job)(*arguments, **options)

    here.work = killed
    with pytest.raises((KeyboardInterrupt, BaseExceptionGroup)):
        await here.run(HOUR)
    assert len(here.archive.unexplained(100)) == len(urls) - 3
    here.work = None
    await here.tick()
    assert [told(here, url) for url in urls] == [[("publisher", ["figure"])]] * len(urls)


async def test_a_page_that_breaks_its_worker(town: MakeTown) -> None:
    """It is told by what the versions say, and does not wait for ever."""
    here = town({FEED: feed(link(URL)), URL: page("Dredging", STORY)})
    await here.run()
    here.web[URL] = page("Dredging", SEVERAL)

    async def work(job: str, *arguments: Any, **options: Any) -> Any:
        if job == "explain" and arguments[0] is not None:
            raise WorkerError("explain: no answer within 20 seconds; the worker was replaced")
        return getattr(jobs, job)(*arguments, **options)

    here.work = work
    await here.run(HOUR)
    assert told(here) == [("publisher", ["figure"])]


async def test_bodies_that_cannot_be_reached(town: MakeTown) -> None:
    """While their disk is away nothing is told of the pages that it holds; then it is."""
    here = town({FEED: feed(link(URL)), URL: page("Dredging", STORY)})
    await here.run()
    here.web[URL] = page("Dredging", SEVERAL)

    async def away(job: str, *arguments: Any, **options: Any) -> Any:
        return None if job == "explain" else getattr(jobs, job)(*arguments, **options)

    here.work = away
    await here.run(HOUR)
    assert told(here) == [(None, [])]
    here.work = None
    await here.tick()
    assert told(here) == [("publisher", ["figure"])]
