"""Who changed what, as the archive keeps it: a to-do list that is a query, and labels that fit their versions."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from storage.archive import Archive
from storage.archive.articles import Source
from storage.recipes import Reading
from storage.records import Article, Capture, Paragraph

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    opened = Archive(tmp_path / "archive.db")
    yield opened
    opened.close()


def file(archive: Archive, name: str, text: str, at: datetime, *, rule: str = "1", found: bool = False) -> int:
    """A version of the article of that name; its id."""
    url = f"https://e.org/{name}"
    capture = Capture(url=url, final_url=url, fetched_at=at, status=200, body=text.encode())
    source = Source(
        capture_id=archive.add_capture(capture, f"body of {text}", "visit", host="e.org"),
        page_url=url,
        entry_id=None,
        extractor="generic",
        rule_revision=rule,
        now=at,
        filed_at=at,
    )
    article = Article(title=name, paragraphs=(Paragraph(kind="p", text=text),), found=found)
    reading = Reading(article=article, url=url, key=url, site="e.org", own_url=url, own_key=url)
    archive.add_versions(source, [reading], next_look=lambda _: NOW, same_story=lambda *_: True, worse=lambda *_: None)
    return int(archive.value("SELECT version_id FROM articles WHERE url = ?", [url]))


def label(archive: Archive, version_id: int) -> tuple[Any, ...]:
    row = archive.rows("SELECT changed_by, edits FROM versions WHERE id = ?", [version_id])[0]
    return row["changed_by"], row["edits"]


def test_what_waits(archive: Archive) -> None:
    """Versions that follow another one and are not explained, the newest first; the first of an article never."""
    one, two, three = (file(archive, "a", text, NOW + at * HOUR) for at, text in enumerate(("one", "two", "three")))
    file(archive, "b", "one", NOW)
    assert archive.unexplained(9) == [three, two] and archive.unexplained(1) == [three]
    change = archive.change(three)
    assert change is not None and change.before is not None
    assert (change.before["id"], change.old["id"], change.new["id"]) == (one, two, three)
    assert archive.explain(change, "publisher", ["figure", "silent"])
    assert label(archive, three) == ("publisher", '["figure","silent"]')
    assert archive.unexplained(9) == [two] and archive.change(one) is None and archive.change(99) is None


def test_the_list_is_an_index(archive: Archive) -> None:
    """Asked at every tick of the daemon, it costs nothing when nothing waits."""
    plan = archive.rows(
        "EXPLAIN QUERY PLAN SELECT id FROM versions WHERE number > 1 AND changed_by IS NULL ORDER BY id DESC LIMIT 8"
    )
    assert [row["detail"] for row in plan] == ["SCAN versions USING INDEX versions_unexplained"]


def test_a_time_line_that_changed_meanwhile(archive: Archive) -> None:
    """A label tells of two versions: when another one came between them, it is not written."""
    one, _ = file(archive, "a", "one", NOW), file(archive, "a", "two", NOW + HOUR)
    last = file(archive, "a", "three", NOW + 2 * HOUR)
    change = archive.change(last)
    assert change is not None
    archive.write("UPDATE versions SET number = 9 WHERE id = ?", [one])  # another one than when it was asked
    archive.write("UPDATE versions SET number = 5 WHERE id = ?", [change.old["id"]])
    assert not archive.explain(change, "publisher") and label(archive, last) == (None, None)


def test_numbers_may_have_gaps(archive: Archive) -> None:
    """What became the first version of its article waits for nothing."""
    one, two, three = (file(archive, "a", text, NOW + at * HOUR) for at, text in enumerate(("one", "two", "three")))
    article_id = archive.value("SELECT article_id FROM versions WHERE id = ?", [one])
    archive.withdraw(article_id, [one], why="a wall", now=NOW)
    assert archive.unexplained(9) == [three] and archive.change(two) is None
    change = archive.change(three)
    assert change is not None and change.before is None


def test_a_flicker_is_told_of_two(archive: Archive) -> None:
    """What only the third version shows is the second one's, too."""
    _, two, three = (file(archive, "a", text, NOW + at * HOUR) for at, text in enumerate(("one", "two", "one")))
    second, third = archive.change(two), archive.change(three)
    assert second is not None and third is not None
    archive.explain(second, "publisher", ["wording"])
    archive.explain_flicker(third, "capture")
    assert label(archive, two) == label(archive, three) == ("capture", None)


def test_readers_and_places(archive: Archive) -> None:
    """Two versions were read alike, or by another rule; from one page, or one of them from a list."""
    file(archive, "a", "one", NOW)
    alike = archive.change(file(archive, "a", "two", NOW + HOUR))
    otherwise = archive.change(file(archive, "a", "three", NOW + 2 * HOUR, rule="2"))
    file(archive, "b", "one", NOW, found=True)
    arrived = archive.change(file(archive, "b", "one and more", NOW + HOUR))
    assert alike is not None and otherwise is not None and arrived is not None
    assert (alike.same_reader, otherwise.same_reader) == (True, False)
    assert (alike.one_place, arrived.one_place) == (True, False)


def test_others_of_the_site(archive: Archive) -> None:
    """Those from about the same time, and the newest; the article itself never."""
    for number in range(60):
        file(archive, f"n{number:02}", f"text {number}", NOW)
    change = archive.change(file(archive, "n20", "another text", NOW + HOUR))
    assert change is not None
    named = {title for title, _ in change.others}
    assert named == {f"n{number:02}" for number in (*range(10, 20), *range(21, 31), *range(50, 60))}
