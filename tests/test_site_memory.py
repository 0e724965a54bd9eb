"""Site memory in whole runs: what a site's pages have in common goes from the texts of those that come after."""

import sqlite3
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from collector import jobs
from collector.errors import WorkerError
from tests import web
from tests.test_whole_run import configure, newskeep
from tests.town import FEED, Town, feed, link, page

PROMO = web.PROMO
OTHER = "The mountain letter tells six stories each evening, and it is sent when the last train has left the valley."
DAY = timedelta(days=1)


def story(number: int, more: str = "", letter: str = PROMO) -> str:
    """A page of the town with a promo for a letter within its text."""
    told = web.story("letters.test", number, 4).split("<article>")[1].split("</article>")[0].replace(PROMO, letter)
    html = page(f"Story {number}", ())
    return html.replace("</article>", f"{told}{f'<p>{more}</p>' if more else ''}</article>")


def announce(here: Town, *numbers: int, letter: str = PROMO) -> None:
    """The feed announces these stories."""
    here.web[FEED] = feed(*(link(f"http://e.org/{each}") for each in numbers))
    here.web |= {f"http://e.org/{each}": story(each, letter=letter) for each in numbers}


def texts(here: Town) -> dict[str, list[str]]:
    """Whether each version of each story has the promo, by number: the memory that it was read with, or ""."""
    found: dict[str, list[str]] = {}
    for row in here.archive.rows(
        """SELECT articles.url, versions.text, memory_revision FROM versions
        JOIN articles ON articles.id = article_id ORDER BY versions.id"""
    ):
        revision = row["memory_revision"]
        assert (PROMO in row["text"]) == (revision == "")
        found.setdefault(row["url"].rpartition("/")[2], []).append(revision)
    return found


async def test_learnt_from_four_pages_and_used_for_the_fifth(town: Callable[..., Town]) -> None:
    """The texts say which revision was at hand; those that were read before it stay as they are, also when edited."""
    here = town({FEED: feed()})
    announce(here, 0, 1, 2)
    await here.run()
    assert here.archive.memory("e.org") is None
    announce(here, 0, 1, 2, 3)
    await here.run(timedelta(minutes=1))
    known = here.archive.memory("e.org")
    assert known is not None and known.pages == 4
    announce(here, 4)
    await here.run(timedelta(minutes=1))
    assert texts(here) == {"0": [""], "1": [""], "2": [""], "3": [""], "4": [known.revision]}

    here.web["http://e.org/0"] = story(0, "A correction: the boats were three, and they came from upstream.")
    here.web["http://e.org/4"] = story(4, "A correction: the boats were four, and nobody knows where they went.")
    await here.run(DAY)
    assert {event.url for event in here.events if event.kind == "article-edited"} == {
        "http://e.org/0",
        "http://e.org/4",
    }
    assert texts(here) | {"1": [""], "2": [""]} == texts(here)
    assert (texts(here)["0"], texts(here)["4"]) == (["", ""], [known.revision] * 2)


async def test_learnt_again_when_the_host_has_grown(town: Callable[..., Town]) -> None:
    """At thrice as many pages, by then with another letter in the box; what was known before is kept beside it."""
    here = town({FEED: feed()})
    announce(here, 0, 1, 2, 3)
    await here.run()
    announce(here, *range(4, 12), letter=OTHER)
    await here.run(timedelta(minutes=1))
    announce(here, 12, letter=OTHER)
    await here.run(timedelta(minutes=1))
    revisions = {row["pages"]: row["revision"] for row in here.archive.rows("SELECT pages, revision FROM memories")}
    read = here.archive.rows("SELECT text, memory_revision FROM versions ORDER BY id")
    assert revisions.keys() == {4, 12}
    assert [row["memory_revision"] for row in read] == [""] * 4 + [revisions[4]] * 8 + [revisions[12]]
    assert [OTHER in row["text"] for row in read] == [False] * 4 + [True] * 8 + [False]


async def test_pages_that_break_the_learner(town: Callable[..., Town]) -> None:
    """Their host is read without memory, and not tried again at each of its pages."""
    asked: list[str] = []

    async def work(job: str, *arguments: Any, **options: Any) -> Any:
        asked.append(job)
        if job == "learn":
            raise WorkerError("learn: no answer within 20 seconds")
        return getattr(jobs, job)(*arguments, **options)

    here = town({FEED: feed()}, work=work)
    announce(here, 0, 1, 2, 3)
    await here.run()
    announce(here, 4, 5)
    await here.run(timedelta(minutes=1))
    assert asked.count("learn") == 1
    assert here.archive.value("SELECT count(*) FROM articles") == 6
    assert [event.kind for event in here.events].count("article-new") == 2


@pytest.mark.slow
def test_over_the_network(tmp_path: Path) -> None:
    """A site with a promo in the column of its text: gone from what is read after enough articles, and only it."""
    with web.running(6) as served:
        configure(tmp_path, served.port, ["letters.test", "site.test"])
        newskeep("fetch", cwd=tmp_path)
        served.ask("/publish")
        assert newskeep("fetch", cwd=tmp_path)["articles"]["new"] == 2
    archive = sqlite3.connect(tmp_path / "data" / "archive.db")
    archive.row_factory = sqlite3.Row
    rows = archive.execute("SELECT text, memory_revision, url FROM versions JOIN articles ON articles.id = article_id")
    read = {row["url"].partition("//")[2]: row for row in rows}
    revisions = {row["host"]: row["revision"] for row in archive.execute("SELECT host, revision FROM memories")}
    archive.close()
    first, last = read["letters.test/story/0"], read["letters.test/story/6"]
    assert PROMO in "\n".join(row["text"] for row in read.values())
    assert PROMO not in last["text"] and last["memory_revision"] == revisions["letters.test"]
    assert (PROMO in first["text"]) == (first["memory_revision"] == "")
    told = [each.partition("</p>")[0] for each in web.story("letters.test", 6, 4).split("<p>")[1:]]
    assert last["text"].split("\n\n") == [each for each in told if each != PROMO]
