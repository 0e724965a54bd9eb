"""A text turns out to be a wall: what came of it is undone, and nothing else."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from storage.archive import Archive
from storage.archive.articles import Source
from storage.archive.sources import Wanted
from storage.recipes import Addressed, Reading
from storage.records import Article, Capture, Entry, Paragraph

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
HOST = "e.org"
GOOD, WALL = "The harbour was dredged on Monday.", "We and our partners would like to ask you something."


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    """Three pages are announced."""
    opened = Archive(tmp_path / "archive.db")
    opened.set_sources([Wanted(url="https://e.org/feed")], NOW)
    urls = [f"https://e.org/{name}" for name in "abc"]
    entries = [Entry(url=url, title=f"Story {url[-1]}") for url in urls]
    opened.add_entries(1, [Addressed(entry=e, url=str(e.url), key=str(e.url), host=HOST) for e in entries], NOW)
    yield opened
    opened.close()


def read(archive: Archive, entry_id: int, text: str, at: datetime = NOW, under: str | None = None) -> int:
    """Capture and file a page; returns the capture's id. Its ETag is the hour."""
    url = f"https://e.org/{'abc'[entry_id - 1]}"
    headers = (("etag", f'"{at.hour}"'), ("etag", '"second"'))
    capture = Capture(url=url, final_url=url, fetched_at=at, status=200, headers=headers, body=text.encode())
    capture_id = archive.add_capture(capture, f"body of {text}", "visit", entry_id=entry_id, host=HOST)
    source = Source(
        capture_id=capture_id,
        page_url=url,
        entry_id=entry_id,
        extractor="generic",
        rule_revision="1",
        now=at,
        filed_at=at,
    )
    paragraphs = (Paragraph(kind="p", text=text),)
    article = Article(title="Dredging" if text == GOOD else "Hello", paragraphs=paragraphs)
    key = under or url
    reading = Reading(article=article, url=key, key=key, site=HOST, own_url=key, own_key=key)
    archive.add_versions(source, [reading], next_look=lambda _: NOW, same_story=lambda *_: True, worse=lambda *_: None)
    archive.set_capture_text(capture_id, text, len(text))
    archive.set_capture_kind(capture_id, "article")
    archive.go_by_capture(entry_id, capture_id)
    archive.set_entry_read(entry_id, "done", None, None)
    return capture_id


def learn(archive: Archive) -> list[str]:
    then = NOW + 9 * HOUR
    return archive.add_wall(HOST, WALL, reason="the same text", title="Hello", now=NOW, next_visit=then)


def found(archive: Archive, words: str) -> list[int]:
    return [row["id"] for row in archive.search(words)]


def test_what_came_of_a_wall_is_undone(archive: Archive) -> None:
    """An article with a good version has that again; one without goes; its page is asked for again."""
    read(archive, 1, GOOD)
    for n, hour in ((1, 1), (2, 2), (3, 3)):
        read(archive, n, WALL, NOW + hour * HOUR)
    bodies = archive.value("SELECT count(*) FROM captures")
    assert found(archive, "partners") == [1, 2, 3]
    assert learn(archive) == ["https://e.org/a", "https://e.org/b", "https://e.org/c"]
    assert archive.rows("SELECT url, title FROM articles") == [{"url": "https://e.org/a", "title": "Dredging"}]
    assert [row["text"] for row in archive.corpus()] == [GOOD]
    assert archive.rows("SELECT number, reason FROM versions") == [{"number": 1, "reason": "published"}]
    assert (found(archive, "partners"), found(archive, "dredged")) == ([], [1])
    archive.db.conn.execute("INSERT INTO articles_fts (articles_fts, rank) VALUES ('integrity-check', 1)")
    assert archive.value("SELECT count(*) FROM captures") == bodies
    kinds = archive.rows("SELECT kind, reason FROM captures ORDER BY id")
    assert [tuple(row.values()) for row in kinds] == [("article", None), *[("wall", "the same text")] * 3]
    rows = archive.rows("SELECT state, attempts, last_error, next_visit, etag FROM entries ORDER BY id")
    again = ("empty", 1, "the same text", (NOW + 9 * HOUR).isoformat(), None)
    assert [tuple(row.values()) for row in rows] == [("done", 0, None, None, '"12"'), again, again]
    assert archive.rows("SELECT host, title, addresses FROM walls") == [
        {"host": HOST, "title": "Hello", "addresses": 3}
    ]


def test_learnt_twice_is_learnt_once(archive: Archive) -> None:
    """What was undone is undone; a wall that is told again changes nothing."""
    for n in (1, 2, 3):
        read(archive, n, WALL)
    learn(archive)
    before = archive.rows("SELECT * FROM entries"), archive.rows("SELECT * FROM walls")
    learn(archive)
    assert before == (archive.rows("SELECT * FROM entries"), archive.rows("SELECT * FROM walls"))


def test_a_wall_between_two_good_versions(archive: Archive) -> None:
    """What followed stays current, and its number stays."""
    read(archive, 1, GOOD)
    read(archive, 1, WALL, NOW + HOUR)
    read(archive, 1, f"{GOOD} And on Tuesday.", NOW + 2 * HOUR)
    learn(archive)
    assert [row["number"] for row in archive.versions_of(1)] == [1, 3]
    assert found(archive, "tuesday") == [1]
    read(archive, 1, f"{GOOD} And on Friday.", NOW + 3 * HOUR)
    assert [row["number"] for row in archive.versions_of(1)] == [1, 3, 4]


def test_a_known_wall(archive: Archive) -> None:
    """It is known by host and text, and counts the pages that it was met at, each once."""
    read(archive, 1, WALL)
    read(archive, 2, WALL)
    learn(archive)
    assert archive.wall(HOST, WALL) == "the same text"
    assert archive.wall("other.org", WALL) is archive.wall(HOST, GOOD) is None
    for entry_id, met in ((1, 2), (3, 3), (3, 3)):
        capture_id = read(archive, entry_id, WALL)
        archive.met_again(HOST, WALL, entry_id, capture_id)
        assert archive.value("SELECT addresses FROM walls") == met


def test_standings(archive: Archive) -> None:
    """Each page once; a copy that was filed under another page's article has that one's title."""
    read(archive, 1, GOOD)
    read(archive, 2, GOOD, under="https://e.org/a")
    read(archive, 1, GOOD)
    rows = sorted(archive.standings(HOST, GOOD), key=lambda row: row.url)
    assert [(row.url, row.announced, row.title, row.article_id) for row in rows] == [
        ("https://e.org/a", "Story a", "Dredging", 1),
        ("https://e.org/b", "Story b", "Dredging", 1),
    ]
    assert archive.standings(HOST, WALL) == []


def test_standings_of_what_was_not_filed(archive: Archive) -> None:
    """A page whose reading was worse than what is known has no title; one of an article unknown here is left out."""
    worse = read(archive, 1, WALL)
    archive.set_capture_kind(worse, "wall", "a fraction of the text")
    archive.write("UPDATE articles SET version_id = NULL")
    archive.write("DELETE FROM versions")
    assert [(row.url, row.title, row.article_id) for row in archive.standings(HOST, WALL)] == [
        ("https://e.org/a", None, None)
    ]
    archive.set_capture_kind(worse, "article")
    assert archive.standings(HOST, WALL) == []


def test_the_usual_length(archive: Archive) -> None:
    """The median of a host's articles, once enough are known; walls do not count."""
    for number in range(8):
        assert archive.usual_length(HOST, 8) is None
        capture_id = read(archive, 1, GOOD)
        archive.set_capture_text(capture_id, GOOD, 1000 + number)
    archive.set_capture_kind(read(archive, 2, WALL), "wall")
    assert archive.usual_length(HOST, 8) == 1003.5
    assert archive.usual_length("other.org", 8) is None


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT id, entry_id FROM captures WHERE host = ? AND text_sha256 = ? ORDER BY id DESC LIMIT 40",
        "SELECT reason FROM walls WHERE host = ? AND text_sha256 = ?",
        "SELECT text_length FROM captures WHERE host = ? AND kind = 'article' AND ? ORDER BY id DESC LIMIT 40",
    ],
)
def test_what_every_page_asks_is_answered_by_an_index(archive: Archive, sql: str) -> None:
    """Nothing is scanned or sorted for a page."""
    told = [row["detail"] for row in archive.rows(f"EXPLAIN QUERY PLAN {sql}", [HOST, WALL])]
    assert all(line.startswith("SEARCH") for line in told), told
