"""The order of an article's versions: what is set aside, what comes in from before."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage.archive import Archive
from storage.archive.articles import Filed, Source
from storage.archive.sources import Wanted
from storage.recipes import Addressed, Reading
from storage.records import Article, Capture, Entry, Paragraph

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
DAY = timedelta(days=1)
URL, KEY = "https://e.org/a", "e.org/a"


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    made = opened(tmp_path)
    yield made
    made.close()


def opened(folder: Path) -> Archive:
    """An archive in which one page was announced."""
    archive = Archive(folder / "archive.db")
    archive.set_sources([Wanted(url="https://e.org/f", kind="feed", site="e.org", title=None, every=None)], NOW)
    archive.add_entries(1, [Addressed(entry=Entry(url=URL), url=URL, key=KEY, host="e.org")], NOW)
    return archive


def file(archive: Archive, text: str, at: datetime, *, imported: bool = True, filed_at: datetime = NOW) -> Filed:
    capture = Capture(url=URL, final_url=URL, fetched_at=at, status=200, body=text.encode())
    capture_id = archive.add_capture(capture, f"{text} {at}", "visit", host="e.org", entry_id=1)
    archive.set_capture_kind(capture_id, "article")
    source = Source(
        capture_id=capture_id,
        page_url=URL,
        entry_id=1,
        extractor="generic",
        rule_revision="1",
        now=at,
        filed_at=filed_at,
        imported=imported,
    )
    article = Article(title="Dredging", paragraphs=(Paragraph(kind="p", text=text),))
    reading = Reading(article=article, url=URL, key=KEY, site="e.org", own_url=URL, own_key=KEY)
    (filed,) = archive.add_versions(
        source, [reading], next_look=lambda _: None, same_story=lambda *_: True, worse=lambda *_: None
    )
    return filed


def texts(archive: Archive) -> list[str]:
    return [row["text"] for row in archive.rows("SELECT text FROM versions ORDER BY number")]


def current(archive: Archive) -> str:
    return str(archive.value("SELECT text FROM articles_text"))


@pytest.mark.slow
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=15, deadline=None)
@given(order=st.permutations(range(6)), said=st.lists(st.sampled_from("abc"), min_size=6, max_size=6))
def test_imports_come_in_any_order(tmp_path_factory: pytest.TempPathFactory, order: list[int], said: list[str]) -> None:
    """Whatever comes in when: the newest capture's text is current, versions stand in the order of their captures."""
    archive = opened(tmp_path_factory.mktemp("imports"))
    for day in order:
        file(archive, said[day], NOW + day * DAY)
    rows = archive.rows(
        "SELECT fetched_at, number FROM versions JOIN captures ON captures.id = capture_id ORDER BY number"
    )
    assert [row["fetched_at"] for row in rows] == sorted(row["fetched_at"] for row in rows)
    assert current(archive) == said[5]
    counted = archive.rows("SELECT reason, count(*) AS n FROM versions GROUP BY reason ORDER BY reason")
    assert archive.counts()["versions"] == {row["reason"]: row["n"] for row in counted}
    assert archive.value("SELECT first_seen FROM articles") == NOW.isoformat()
    assert archive.value("SELECT max(number) FROM versions") == archive.value(
        "SELECT number FROM articles JOIN versions ON versions.id = version_id"
    )
    archive.close()


def test_a_capture_of_before_is_an_earlier_version(archive: Archive) -> None:
    """It takes its place, and never that of the current one; who changed what in the one behind it is told anew."""
    file(archive, "first", NOW, imported=False)
    file(archive, "third", NOW + 2 * DAY, imported=False)
    archive.write("UPDATE versions SET changed_by = 'publisher', edits = '[]' WHERE number = 2")
    assert file(archive, "second", NOW + DAY).outcome == "edited"
    assert (texts(archive), current(archive)) == (["first", "second", "third"], "third")
    assert archive.value("SELECT changed_by FROM versions WHERE text = 'third'") is None


@pytest.mark.parametrize("said", ["first", "third"])
def test_what_says_the_same_as_a_neighbour_is_no_version(archive: Archive, said: str) -> None:
    """The one before it, or the one behind it."""
    file(archive, "first", NOW)
    file(archive, "third", NOW + 2 * DAY)
    assert file(archive, said, NOW + DAY).outcome == "unchanged"
    assert texts(archive) == ["first", "third"]


def test_from_before_the_first(archive: Archive) -> None:
    """The article was there earlier than we knew."""
    file(archive, "later", NOW, imported=False)
    file(archive, "earlier", NOW - DAY)
    assert texts(archive) == ["earlier", "later"]
    assert archive.value("SELECT first_seen FROM articles") == (NOW - DAY).isoformat()
    reasons = [row["reason"] for row in archive.rows("SELECT reason FROM versions ORDER BY number")]
    assert reasons == ["published", "published"]


def test_what_a_daemon_fetches_is_newer_whatever_its_clock_said(archive: Archive) -> None:
    """A clock that was set back does not hide an edit."""
    file(archive, "first", NOW, imported=False)
    file(archive, "second", NOW - DAY, imported=False)
    assert current(archive) == "second"


def test_withdrawn_versions_are_set_aside(archive: Archive) -> None:
    """With all that they said, and when; the one before is current and found again."""
    file(archive, "harbour", NOW, imported=False)
    file(archive, "consent", NOW + DAY, imported=False)
    gone = archive.value("SELECT version_id FROM articles")
    with archive.transaction():
        archive.withdraw(1, {gone}, why="wall: consent", now=NOW + 2 * DAY)
    assert (texts(archive), current(archive)) == (["harbour"], "harbour")
    assert [row["id"] for row in archive.search("harbour")] == [1]
    assert archive.search("consent") == []
    (row,) = archive.rows(
        "SELECT version_id, why, withdrawn_at, json_extract(version, '$.text') AS text FROM withdrawn"
    )
    assert row == {
        "version_id": gone,
        "why": "wall: consent",
        "withdrawn_at": (NOW + 2 * DAY).isoformat(),
        "text": "consent",
    }
    file(archive, "tide", NOW + timedelta(hours=1))
    assert archive.value("SELECT json_extract(version, '$.number') FROM withdrawn") == 2


def test_an_article_without_a_version_goes_and_is_remembered(archive: Archive) -> None:
    """What it was called then stands beside its last version."""
    file(archive, "consent", NOW, imported=False)
    with archive.transaction():
        archive.withdraw(1, {1}, why="wall: consent", now=NOW)
    assert archive.value("SELECT count(*) FROM articles") == 0
    assert archive.value("SELECT json_extract(article, '$.url') FROM withdrawn") == URL


def test_versions_tell_when_they_were_known(archive: Archive) -> None:
    """An import of today is known since today, whatever the age of its captures."""
    file(archive, "old", NOW - 100 * DAY, filed_at=NOW)
    assert archive.value("SELECT created_at FROM versions") == NOW.isoformat()
