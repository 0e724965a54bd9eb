"""What was taken down is in no file any more, and does not come back."""

import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from collector import urls
from collector.extract.charset import decode
from storage.care.takedown import Takedown
from storage.export import text
from storage.raw import Raw
from tests.soundness import faults
from tests.town import FEED, NOW, OTHER, STORY, Town, canonical, feed, link, page

A, B, MOVED = "http://e.org/a", "http://e.org/b", "http://e.org/moved"
PHRASE = "straightened, and ferries have had to wait for the tide"  # of STORY
WORDS = ("straightened", "harbour", "dredge")
ITEM = f"<title>Dredging begins</title><description>{STORY[1]}</description>"
MONTH = timedelta(days=30)


def takedown(town: Town) -> Takedown:
    return Takedown(
        town.archive, town.raw, town.folder / "corpus", urls.identity, lambda b, c: decode(b, c).text, lambda: town.now
    )


def remove(town: Town, *addresses: str) -> None:
    work = takedown(town)
    work.remove(work.find({urls.identity(each): each for each in addresses}), "a court said so")


def everything(folder: Path) -> str:
    """Every byte of every file, as characters, and every body once more as it was before compression."""
    files = [path.read_bytes().decode("latin-1") for path in sorted(folder.rglob("*")) if path.is_file()]
    with closing(Raw(folder / "raw", readonly=True)) as raw:
        for month in raw.months():
            at = datetime.fromisoformat(f"{month}-01T00:00:00+00:00")
            files += [raw.get(each.sha256, at).decode("latin-1") for each in raw.stored(month)]
    return "\n".join(files)


def traces(folder: Path, words: tuple[str, ...] = (PHRASE, "Dredging begins", *WORDS)) -> list[str]:
    there = everything(folder).lower()
    return [each for each in words if each.lower() in there]


@pytest.fixture
async def told(town: Callable[..., Town]) -> Town:
    """Two articles: A, of whom the feed carries a paragraph, edited a month later; B, which has nothing of it."""
    made = town({FEED: feed(link(A, ITEM), link(B)), A: page("Dredging begins", STORY), B: page("Herons", OTHER)})
    await made.run()
    made.web[A] = page("Dredging begins", (*STORY, "The council will pay."))
    made.web[FEED] = feed(link(B))
    await made.run(MONTH)
    text.export(made.archive.corpus(), made.folder / "corpus")
    return made


async def test_no_file_holds_its_words(told: Town) -> None:
    """Rows, index, bodies of both months, the feed that carried it, text files: none says a word of it. B stays."""
    assert traces(told.folder)
    remove(told, A)
    assert traces(told.folder) == []
    assert told.articles() == [B]
    assert traces(told.folder, ("nine herons",))
    assert [row["file"][:3] for row in lines(told, "manifest")] == ["001"]
    assert [row["url"] for row in lines(told, "withdrawn")] == [A]


def lines(town: Town, name: str) -> list[dict[str, str]]:
    import json
    return [json.loads(line) for line in (town.folder / "corpus" / f"{name}.jsonl").read_text().splitlines()]
