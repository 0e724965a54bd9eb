"""Another archive, brought in: its pages are read again, what cannot be read again comes as it was, nothing twice."""

import asyncio
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from collector.errors import CollectorError
from collector.imports.run import Brought
from storage.archive import Archive
from tests.imports.made import bring, rows
from tests.soundness import faults
from tests.town import FEED, OTHER, STORY, Town, feed, link, page

PAGE, GONE, MORE = "http://e.org/harbour", "http://e.org/marsh", "http://e.org/ferry"
CARRIED = "".join(f"<p>{text}</p>" for text in OTHER)
NAMED = 'content:encoded xmlns:content="http://purl.org/rss/1.0/modules/content/"'
WHOLE = f"<title>Herons</title><{NAMED}>{CARRIED.replace('<', '&lt;').replace('>', '&gt;')}</content:encoded>"
TEXTS = """SELECT articles.url, site, first_seen, number, versions.title, text, versions.published, sha256
    FROM articles JOIN versions ON article_id = articles.id JOIN captures ON captures.id = capture_id
    ORDER BY articles.url, number"""


async def _bring(data: Path, *paths: Path) -> list[Brought]:
    return await asyncio.to_thread(bring, data, *paths)


async def _made(here: Town) -> Town:
    """Two articles: one with two versions, one that stood in the feed alone."""
    await here.run()
    here.web[PAGE] = page("Harbour", (*STORY, "The work was ended on Friday, a week before the council had hoped."))
    await here.run(timedelta(hours=1))
    return here


def _web() -> dict[str, Any]:
    date = "<pubDate>Sat, 21 Nov 2026 10:00:00 GMT</pubDate>"
    return {
        FEED: feed(link(PAGE, f"<title>Harbour</title>{date}"), link(GONE, WHOLE)),
        PAGE: page("Harbour", STORY),
        GONE: 410,
    }


async def test_all_of_it_comes(tmp_path: Path, town: Callable[..., Town]) -> None:
    """Its versions at their times, the date that a source announced, the text that stood in a feed alone."""
    here = await _made(town(_web()))
    data = tmp_path / "new"
    (brought,) = await _bring(data, tmp_path)
    assert rows(data, TEXTS) == rows(tmp_path, TEXTS)
    assert len(rows(data, TEXTS)) == 3, "and that is all of it"
    assert brought.counts["captures"] == 2
    assert brought.counts["articles as they were read there"] == 1
    assert rows(data, "SELECT active FROM sources") == [(0,)]
    assert rows(data, "SELECT count(*) FROM entries WHERE next_visit IS NOT NULL OR state = 'new'") == [(0,)]
    assert faults(data) == []
    assert here.archive.last_capture() == rows(data, "SELECT done FROM imports")[0][0]


async def test_again_and_what_is_new(tmp_path: Path, town: Callable[..., Town]) -> None:
    """An archive that has grown is gone on with."""
    here = await _made(town(_web()))
    data = tmp_path / "new"
    await _bring(data, tmp_path)
    assert [(each.already, each.counts) for each in await _bring(data, tmp_path)] == [(True, {})]
    here.web |= {FEED: feed(link(PAGE), link(MORE)), MORE: page("Ferry", OTHER[:2])}
    await here.run(timedelta(hours=1))
    (grown,) = await _bring(data, tmp_path / "archive.db")
    assert grown.counts["captures"] == grown.counts["articles new"] == 1
    assert len(rows(data, "SELECT * FROM articles")) == 3


async def test_tombstones_and_rules(tmp_path: Path, town: Callable[..., Town]) -> None:
    """What was taken down there is not kept here; the rules and memories of there are known."""
    here = await _made(town(_web()))
    with here.archive.transaction():
        here.archive.set_tombstone("e.org/never", "http://e.org/never", "asked to", ["00"], here.now)
        here.archive.set_tombstone("e.org/harbour", PAGE, "asked to", [], here.now)
        here.archive.keep_rule("r1", "e.org", "body: article", here.now)
        at = here.archive.value("SELECT max(id) FROM captures WHERE kind = 'article'")
        here.archive.write("INSERT INTO memories VALUES (9, 'e.org', 'm1', '{}', 4, ?, '2026-11-22')", [at])
    data = tmp_path / "new"
    (brought,) = await _bring(data, tmp_path)
    assert brought.counts["taken down there, kept here"] == 1, "people decide: it was imported before this was known"
    with closing(Archive(data / "archive.db")) as archive:
        assert archive.taken(["e.org/never", "e.org/harbour"]) == {"e.org/never"}
        assert archive.rule_text("r1") == ("e.org", "body: article")
        assert archive.profile("m1") == "{}"


async def test_not_into_itself(tmp_path: Path, town: Callable[..., Town]) -> None:
    """That would never end."""
    await _made(town(_web()))
    with pytest.raises(ExceptionGroup) as caught:
        await _bring(tmp_path, tmp_path)
    assert caught.group_contains(CollectorError, match="into itself")
