"""A kept capture read again, under the rule and memory of then, gives the very version that was filed."""

import asyncio
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from collector import jobs
from collector.config import Site
from collector.reread import GENERIC, Reader
from storage.archive.base import Row
from storage.columns import columns
from tests.town import FEED, HOUR, OTHER, STORY, Town, feed, link, page

Make = Callable[..., Town]
SAME = ("title", "text", "kinds", "places", "authors", "section", "tags", "captions", "language", "lead", "text_sha256")
RULE = "hosts: [e.org]\nbody: ['article p:first-of-type']\nsection: [{value: Harbour}]\n"


def of_then(town: Town, version: Row) -> Reader:
    """With what it was read."""
    rule = town.archive.rule_text(version["rule_revision"]) or GENERIC
    return Reader(rule=rule, memory=town.archive.profile(version["memory_revision"]))


def read_again(town: Town) -> list[tuple[Row, Row]]:
    """Every version beside what its bytes say now."""
    pairs = []
    for version in town.archive.rows("SELECT * FROM versions ORDER BY id"):
        recipe = town.archive.recipe(version["id"])
        (found,) = jobs.reread(str(town.folder / "raw"), [(recipe, of_then(town, version))])
        assert found.article is not None, (version["title"], found.reason)
        assert (found.extractor, found.rule_revision, found.memory_revision) == (
            version["extractor"],
            version["rule_revision"],
            version["memory_revision"],
        )
        pairs.append((version, columns(found.article)))
    return pairs


def web(**more: Any) -> dict[str, Any]:
    stories = {
        f"http://e.org/{n}": page(f"Story {n} of the town", tuple(f"Part {n}: {each}" for each in STORY))
        for n in range(3)
    }
    return {FEED: feed(*map(link, stories)), **stories, **more}


CARRIED = "<content:encoded><![CDATA[" + "".join(f"<p>{each}</p>" for each in OTHER) + "]]></content:encoded>"
CONTENT = (
    FEED,
    (
        "<rss version='2.0' xmlns:content='http://purl.org/rss/1.0/modules/content/'><channel><title>Town</title>"
        f"<item><title>Herons counted</title><link>http://e.org/gone</link>{CARRIED}</item>"
        f"<item><title>No address at all</title><guid isPermaLink='false'>7</guid>{CARRIED}</item></channel></rss>"
    ),
)
LIVE = page("Storm: live", STORY).replace(
    "</body>",
    "<script type='application/ld+json'>"
    + json.dumps(
        {
            "@type": "LiveBlogPosting",
            "headline": "Storm: live",
            "liveBlogUpdate": [
                {
                    "@type": "BlogPosting",
                    "headline": f"Update {number}",
                    "articleBody": OTHER[number],
                    "url": f"#u{number}",
                }
                for number in range(3)
            ],
        }
    )
    + "</script></body>",
)


@pytest.mark.parametrize(
    "pages",
    [
        pytest.param(web(), id="pages"),
        pytest.param(dict([CONTENT]), id="the text that a feed carried"),
        pytest.param(web(**{"http://e.org/1": LIVE}), id="a live blog"),
    ],
)
def test_the_version_that_was_filed(town: Make, pages: dict[str, Any]) -> None:
    """Word for word, field for field, place for place."""
    made = town(pages)
    asyncio.run(made.run())
    pairs = read_again(made)
    assert pairs
    for version, again in pairs:
        assert {name: again[name] for name in SAME} == {name: version[name] for name in SAME}


def test_later_versions_and_memories(town: Make) -> None:
    """Each is read from its own capture, with the memory that was at hand then."""
    promo = "Read our letter for more of what happens at the harbour, every morning at six, with all tides."
    pages = {f"http://e.org/{n}": page(f"Story {n}", (f"{n} {STORY[0]}", f"{n} {STORY[1]}", promo)) for n in range(6)}
    made = town({FEED: feed(*map(link, list(pages)[:5])), **pages})
    asyncio.run(made.run())
    made.web[FEED] = feed(*map(link, pages))
    made.web["http://e.org/0"] = page("Story 0", (f"0 {STORY[0]}", f"0 {STORY[2]}", promo))
    asyncio.run(made.run(HOUR))
    texts = [again["text"] for _, again in read_again(made)]
    assert texts == [row["text"] for row in made.archive.rows("SELECT text FROM versions ORDER BY id")]
    assert {promo in text for text in texts} == {True, False}


def test_pages_on_which_an_article_goes_on(town: Make) -> None:
    """As far as each page names the next one."""
    first, second = "http://e.org/news/1", "http://e.org/news/1?page=2"
    box = "<div class='article-detail-box'><p class='full-text'>{}</p></div>"
    shape = f"<html><head>{{}}</head><body><h1>Tides</h1>{box}</body></html>"
    pages = {
        FEED: feed(link(first)),
        first: shape.format(f"<link rel='next' href='{second}'>", STORY[0]),
        second: shape.format("", STORY[1]),
    }
    made = town(pages)
    site = Site(rule="nikkan-gendai.com")
    made.config = made.config.model_copy(update={"sites": {"e.org": site}})
    asyncio.run(made.run())
    [(version, again)] = read_again(made)
    assert again["text"] == version["text"] == f"{STORY[0]}\n\n{STORY[1]}"


def test_under_another_rule(town: Make) -> None:
    """The same bytes say what the rule reads, and who read them."""
    made = town(web())
    asyncio.run(made.run())
    recipes = made.archive.recipes([1, 2])
    found = jobs.reread(str(made.folder / "raw"), [(each, Reader(rule=("e.org", RULE))) for each in recipes])
    assert [(each.article.section, len(each.article.paragraphs)) for each in found if each.article] == [
        ("Harbour", 1)
    ] * 2
    assert {each.extractor for each in found} == {"site:e.org"}


@pytest.mark.parametrize("host", ["copy.example", "www.copy.example"])
def test_a_host_that_is_read_by_another_ones_rule(host: str) -> None:
    """config.yaml names it without or with www."""
    body = "<h1>Port</h1><div class='text-content'><p>A ship came in at dawn, with timber.</p></div>"
    result = jobs.extract(body.encode(), f"https://{host}/news/1", None, Town.now, rule=Site(rule="tass.com").rule)
    assert result.extractor == "site:tass.com"


def test_a_body_that_is_gone(town: Make) -> None:
    """Is told as that, and no error of the page."""
    made = town(web())
    asyncio.run(made.run(timedelta()))
    recipe = made.archive.recipe(1)
    (made.folder / "raw" / "2026-11.db").rename(made.folder / "elsewhere.db")
    made.raw.close()
    jobs._raw.cache_clear()
    (found,) = jobs.reread(str(made.folder / "raw"), [(recipe, Reader())])
    assert (found.article, found.missing) == (None, True)
    jobs._raw.cache_clear()
