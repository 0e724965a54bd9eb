"""What was taken down is in no file any more, and does not come back."""

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from collector import urls
from collector.extract.charset import decode
from storage.care.takedown import Found, StillRead, Takedown
from storage.care.words import Words
from storage.export import text
from storage.raw import Raw
from tests.soundness import faults
from tests.storage.test_backup import busy
from tests.town import FEED, OTHER, STORY, Town, canonical, feed, link, page

A, B, C = "http://e.org/a", "http://e.org/b", "http://e.org/c"
PHRASE = "straightened, and ferries have had to wait for the tide"  # of STORY
WORDS = (PHRASE, "Dredging begins", "straightened", "harbour", "dredge")
ITEM = f"<title>Dredging begins</title><description><![CDATA[<p>{STORY[1]}</p>]]></description>"
MONTH = timedelta(days=30)


def takedown(town: Town, patience: float = 5) -> Takedown:
    def characters(body: bytes, content_type: str | None) -> str:
        return decode(body, content_type).text

    return Takedown(
        *(town.archive, town.raw, town.folder / "corpus", urls.identity, characters, lambda: town.now),
        patience=patience,
    )


def find(town: Town, *addresses: str) -> Found:
    return takedown(town).find({urls.identity(each): each for each in addresses})


def remove(town: Town, *addresses: str) -> Found:
    found = find(town, *addresses)
    takedown(town).remove(found, "a court said so")
    return found


def everything(folder: Path) -> str:
    """Every byte of every file, as characters, and every body once more as it was before compression."""
    files = [path.read_bytes().decode("latin-1") for path in sorted(folder.rglob("*")) if path.is_file()]
    with closing(Raw(folder / "raw", readonly=True)) as raw:
        for month in raw.months():
            at = datetime.fromisoformat(f"{month}-01T00:00:00+00:00")
            files += [raw.get(each.sha256, at).decode("latin-1") for each in raw.stored(month)]
    return "\n".join(files).lower()


def traces(folder: Path, words: tuple[str, ...] = WORDS) -> list[str]:
    there = everything(folder)
    return [each for each in words if each.lower() in there]


def lines(town: Town, name: str) -> list[dict[str, str]]:
    return [json.loads(line) for line in (town.folder / "corpus" / f"{name}.jsonl").read_text().splitlines()]


@pytest.fixture
async def told(town: Callable[..., Town]) -> Town:
    """Two articles: A, of which the feed carries a paragraph, edited a month later; B, which has nothing of it."""
    made = town({FEED: feed(link(A, ITEM), link(B)), A: page("Dredging begins", STORY), B: page("Herons", OTHER)})
    await made.run()
    made.web[A] = page("Dredging begins", (*STORY, "The council will pay."))
    made.web[FEED] = feed(link(B))
    await made.run(MONTH)
    text.export(made.archive.corpus(), made.folder / "corpus")
    return made


async def test_no_file_holds_its_words(told: Town) -> None:
    """Rows, index, bodies of both months, the feed that carried it, text files: none says a word of it. B stays."""
    assert traces(told.folder) == list(WORDS)
    found = remove(told, A)
    assert (len(found.articles), found.versions, len(found.bodies), found.documents) == (1, 2, 3, 1)
    assert traces(told.folder) == []
    assert told.articles() == [B] and told.archive.search("herons")
    assert traces(told.folder, ("nine herons",)), "the test can see words"
    assert [row["file"][:3] for row in lines(told, "manifest")] == ["001"]
    assert [row["url"] for row in lines(told, "withdrawn")] == [A]
    assert faults(told.folder) == []
    (stone,) = told.archive.tombstones()
    assert (stone["url"], stone["why"], stone["done_at"] is not None) == (A, "a court said so", True)


async def test_looking_changes_nothing(told: Town) -> None:
    """What would go is told by the same search."""
    before = everything(told.folder)
    find(told, A)
    assert everything(told.folder) == before


async def test_it_does_not_come_back(told: Town) -> None:
    """Announced again, as an address that leads to it, or that claims to be it: nothing is asked for or kept."""
    remove(told, A)
    told.web |= {
        FEED: feed(link(A, ITEM), link(B), link("http://e.org/moved"), link("http://e.org/claims")),
        "http://e.org/moved": (A, page("Dredging begins", STORY)),
        "http://e.org/claims": page("Dredging begins", STORY, canonical(A)),
    }
    await told.run(timedelta(hours=1))
    assert A not in told.visited()
    assert told.articles() == [B]
    assert traces(told.folder) == []
    rows = told.archive.rows("SELECT url, state, last_error FROM entries WHERE state <> 'done' ORDER BY url")
    assert [(row["url"], row["state"], row["last_error"]) for row in rows] == [
        (url, "gone", "taken down") for url in (A, "http://e.org/claims", "http://e.org/moved")
    ]
    await told.run(MONTH)
    assert {*told.visited()} <= {B}, "none of the three is tried again"
    assert faults(told.folder) == []


async def test_lifted(told: Town) -> None:
    """The address is asked for again, and filed as something new."""
    remove(told, A)
    assert told.archive.lift(urls.identity(A)) and not told.archive.lift(urls.identity(A))
    await told.run(timedelta(hours=1))
    assert sorted(told.articles()) == [A, B]


@pytest.mark.parametrize("head", [None, canonical(A)])
async def test_every_address_and_capture_of_it(town: Callable[..., Town], head: str | None) -> None:
    """A page that redirects to it or claims to be it, a wall at its place: all of it goes, by any of its addresses."""
    there = page("Dredging begins", STORY, head or "")
    made = town({FEED: feed(link(A), link(B)), A: page("Dredging begins", STORY), B: there if head else (A, there)})
    await made.run()
    made.web |= {FEED: feed(link(C)), A: page("Just a moment", ("Checking the harbour.",)), C: page("Herons", OTHER)}
    await made.run(timedelta(hours=7))
    assert made.articles() == [A, C]
    assert {*remove(made, B).addresses.values()} == {A, B}
    assert traces(made.folder) == []
    assert faults(made.folder) == []


async def test_what_was_withdrawn(told: Town) -> None:
    """A version that was taken back stands in `withdrawn`, also when its article is no more: its words go, too."""
    article = told.archive.row("SELECT id FROM articles WHERE url = ?", [A])
    assert article is not None
    ids = [row["id"] for row in told.archive.versions_of(article["id"])]
    with told.archive.transaction():
        told.archive.withdraw(article["id"], ids, why="a wall", now=told.now)
    assert told.articles() == [B] and traces(told.folder) == list(WORDS)
    remove(told, A)
    assert traces(told.folder) == []
    assert told.archive.value("SELECT count(*) FROM withdrawn") == 0


async def test_bytes_that_others_share(town: Callable[..., Town]) -> None:
    """Another article that was read from the same bytes keeps its text, loses the bytes, and is named before."""
    items = (
        f"<title>Number {url[-1]}</title><content:encoded><![CDATA[{''.join(f'<p>{each}</p>' for each in said)}]]>"
        f"</content:encoded>{link(url)}"
        for url, said in ((A, STORY), (B, OTHER))
    )
    carrying = feed(*items).replace("<rss", "<rss xmlns:content='http://purl.org/rss/1.0/modules/content/'")
    made = town({FEED: carrying, A: 410, B: 410})
    await made.run()
    first, second = made.articles()
    found = remove(made, first)
    assert [row["url"] for row in found.others] == [second]
    assert made.articles() == [second] and traces(made.folder) == []
    gone = made.archive.value("SELECT body_gone FROM captures JOIN versions ON captures.id = capture_id")
    assert gone == "taken down"
    await made.run(timedelta(hours=1))
    assert made.articles() == [second] and traces(made.folder) == []


async def test_bodies_without_rows(told: Town) -> None:
    """What a run left that was stopped between body and row is found by its words, and in any state of a takedown."""
    with told.raw.transaction():
        told.raw.put(page("Dredging begins", (*STORY, "More.")).encode(), told.now, "e.org")
        other = told.raw.put(page("Owls", OTHER).encode(), told.now, "e.org")
    remove(told, A)
    assert traces(told.folder) == []
    assert told.raw.get(other, told.now)


class Stopped(Exception):
    """Here the power went."""


def stop(where: tuple[str, int], what: str, done: int, _of: int) -> None:
    if where == (what, done):
        raise Stopped


@pytest.mark.parametrize("done", [("bodies", 1), ("archive.db is written anew", 0)])
async def test_gone_on_with(told: Town, done: tuple[str, int]) -> None:
    """Stopped after any of its steps, the same takedown again does the rest."""
    found = find(told, A)
    with pytest.raises(Stopped):
        replace(takedown(told), tell=partial(stop, done)).remove(found, "")
    assert traces(told.folder)
    assert [row["done_at"] for row in told.archive.tombstones()] == [None]
    remove(told, A)
    assert traces(told.folder) == []
    assert [row["done_at"] is None for row in told.archive.tombstones()] == [False]


@pytest.mark.slow  # SQLite waits for the reader first
async def test_a_reader_holds_what_was(told: Town) -> None:
    """As long as a program reads the archive of before, words stand in a -wal: it is said, and done the next time."""
    with closing(sqlite3.connect(told.archive.path)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM entries").fetchone()
        with pytest.raises(StillRead):
            takedown(told, patience=0).remove(find(told, A), "")
    remove(told, A)
    assert traces(told.folder) == []


@pytest.mark.slow
async def test_beside_a_process_that_writes(told: Town) -> None:
    """It keeps and removes bodies of the same months all the time: neither disturbs the other."""
    with busy(told.folder):
        remove(told, A)
    assert faults(told.folder) == []
    assert traces(told.folder) == []


async def test_an_address_that_is_not_here(told: Town) -> None:
    """It gets a tombstone, and is never asked for."""
    remove(told, C)
    told.web |= {FEED: feed(link(C), link(B)), C: page("Dredging begins", STORY)}
    await told.run(timedelta(hours=1))
    assert C not in told.visited() and sorted(told.articles()) == [A, B]


@pytest.mark.parametrize(
    ("document", "there"),
    [
        (f"<p>{STORY[0]}</p>", True),
        (STORY[0].upper().replace(" ", "\n<br>"), True),
        (f"<content:encoded><![CDATA[<p>{STORY[0]}</p>]]></content:encoded>", True),
        (f"<description>&lt;p&gt;{STORY[0].replace('council', 'c&amp;#111;uncil')}&lt;/p&gt;</description>", True),
        (json.dumps({"content_html": f"<p>{STORY[0]}</p>"}).replace("council", "\\u0063ouncil"), True),
        (" ".join(STORY[0].split()[:9]), False),  # so few words may be anybody's
        (" ".join(reversed(STORY[0].split())), False),
        ("<p>They dredge the harbour at last</p>", True),  # its whole title
        ("<p>They dredge the harbour</p>", False),
        (OTHER[0], False),
    ],
)
def test_words_are_known_again(document: str, there: bool) -> None:
    """However a run of words is marked up, escaped and broken."""
    assert Words(["They dredge the harbour at last", "\n\n".join(STORY)]).in_(document) is there
