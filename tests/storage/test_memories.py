"""Memories of hosts: every revision is kept, and a page goes on being read with the one that it was first read with."""

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlite_utils import Database

from storage.archive import Archive
from storage.archive.articles import Source
from storage.archive.memories import Memory
from storage.archive.sources import Wanted
from storage.recipes import Addressed, Reading
from storage.records import Article, Capture, Entry, Paragraph
from storage.schema import migrations

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
HOST = "e.org"


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    opened = Archive(tmp_path / "archive.db")
    opened.set_sources([Wanted(url="https://e.org/feed")], NOW)
    yield opened
    opened.close()


def page(archive: Archive, name: str, *, memory: str = "", host: str = HOST, at: datetime = NOW) -> tuple[int, int]:
    """A page that was announced, captured and read with a memory: its entry and its capture."""
    url = f"https://{host}/{name}"
    archive.add_entries(1, [Addressed(entry=Entry(url=url), url=url, key=url, host=host)], NOW)
    entry_id = int(archive.value("SELECT id FROM entries WHERE url = ?", [url]))
    capture = Capture(url=url, final_url=url, fetched_at=at, status=200, body=b"x")
    capture_id = archive.add_capture(capture, f"{name}{at}", "visit", entry_id=entry_id, host=host)
    archive.set_capture_kind(capture_id, "article")
    source = Source(
        capture_id=capture_id,
        page_url=url,
        entry_id=entry_id,
        extractor="generic",
        rule_revision="1",
        memory_revision=memory,
        now=at,
        filed_at=at,
    )
    article = Article(title=name, paragraphs=(Paragraph(kind="p", text=f"{name} at {at}"),))
    reading = Reading(article=article, url=url, key=url, site=host, own_url=url, own_key=url)
    archive.add_versions(source, [reading], next_look=lambda _: None, same_story=lambda *_: True, worse=lambda *_: None)
    return entry_id, capture_id


def learnt(archive: Archive, revision: str, capture_id: int, host: str = HOST, pages: int = 4) -> None:
    archive.add_memory(
        Memory(host=host, revision=revision, profile=f"<{revision}>", pages=pages, capture_id=capture_id, built_at=NOW)
    )


def profile_for(archive: Archive, entry_id: int, host: str = HOST) -> str | None:
    memory = archive.memory_for(host, entry_id)
    return None if memory is None else memory.profile


def test_a_page_is_read_with_the_newest_and_then_with_the_same(archive: Archive) -> None:
    """A new page gets what is known by now; one that was read before what was known then, were it nothing."""
    first, capture = page(archive, "a")
    assert profile_for(archive, first) is None
    learnt(archive, "one", capture)
    second, capture = page(archive, "b", memory="one")
    learnt(archive, "two", capture)
    third = archive.add_entries(
        1, [Addressed(entry=Entry(url="https://e.org/c"), url="https://e.org/c", key="c", host=HOST)], NOW
    ).new[0]
    assert [profile_for(archive, each) for each in (first, second, third)] == [None, "<one>", "<two>"]
    assert profile_for(archive, third, "other.org") is None
    assert [row["memory_revision"] for row in archive.versions_of(2)] == ["one"]


def test_what_is_learnt_again_is_the_newest_again(archive: Archive) -> None:
    """The same content has the same revision: one row, which says from how many pages it was learnt last."""
    captures = [page(archive, name)[1] for name in "abc"]
    for revision, capture, pages in zip(("one", "two", "one"), captures, (4, 8, 16), strict=True):
        learnt(archive, revision, capture, pages=pages)
    newest = archive.memory(HOST)
    assert newest is not None
    assert (newest.revision, newest.pages, newest.capture_id, newest.built_at) == ("one", 16, captures[2], NOW)
    assert archive.value("SELECT count(*) FROM memories") == 2


def test_pages_of_a_host(archive: Archive) -> None:
    """Each page counts once, with its newest capture; other hosts, later pages and pages without article do not."""
    _, first = page(archive, "a")
    page(archive, "b")
    page(archive, "x", host="other.org")
    entry_id, again = page(archive, "a", at=NOW + timedelta(hours=1))
    capture = Capture(url="https://e.org/a?p=2", final_url="https://e.org/a?p=2", fetched_at=NOW, status=200)
    archive.add_capture(capture, "00", "next-page", entry_id=entry_id, first_page_id=again, kind="article", host=HOST)
    archive.add_capture(capture, "01", "look", entry_id=entry_id, kind="gone", host=HOST)
    assert archive.pages_since(HOST, 0) == 2
    assert archive.pages_since(HOST, first) == 2
    assert archive.pages_since(HOST, again) == 0
    found = archive.newest_pages(HOST, 9)
    assert [(each.final_url, each.id) for each in found] == [("https://e.org/a", again), ("https://e.org/b", 2)]
    assert found[0].fetched_at == NOW + timedelta(hours=1)
    assert [each.id for each in archive.newest_pages(HOST, 1)] == [again]


def test_an_archive_of_the_first_release_learns_its_hosts(tmp_path: Path) -> None:
    """The step that brings memories gives each capture its host, where its address has one."""
    path = tmp_path / "archive.db"
    db = Database(sqlite3.connect(path, isolation_level=None))
    migrations.apply(db, stop_before="m002_memories")
    urls = ["https://WWW.e.org:8080/a", "http://[broken/"]
    for url in urls:
        db.conn.execute(
            """INSERT INTO captures (url, final_url, fetched_at, status, headers, sha256, size, via)
            VALUES (?, ?, '2026-11-22T12:00:00+00:00', 200, '[]', '00', 1, 'visit')""",
            [url, url],
        )
    db.close()
    archive = Archive(path)
    hosts = [row["host"] for row in archive.rows("SELECT host FROM captures ORDER BY id")]
    archive.close()
    assert hosts == ["www.e.org", None]
