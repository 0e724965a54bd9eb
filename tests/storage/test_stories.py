"""Stories as the archive keeps them: who had it first, what merges and divides them, what is kept of what was."""

import random
import sqlite3
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlite_utils import Database

from storage.archive import Archive
from storage.archive.articles import Source
from storage.archive.links import Shares
from storage.archive.sketches import Sketch
from storage.archive.stories import Unrelated
from storage.recipes import Reading
from storage.records import Article, Paragraph, Precision
from storage.schema import migrations

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
ALL: Shares = (1.0, 1.0)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    opened = Archive(tmp_path / "archive.db")
    opened.write(
        """INSERT INTO captures (url, final_url, fetched_at, status, headers, sha256, size, via)
        VALUES ('', '', ?, 200, '[]', '', 0, 'visit')""",
        [NOW.isoformat()],
    )
    yield opened
    opened.close()


def file(
    archive: Archive,
    name: str,
    text: str = "",
    *,
    seen: datetime = NOW,
    published: datetime | date | None = None,
    precision: Precision = "minute",
) -> Unrelated:
    """File a version of an article; what is then to be related."""
    url = f"https://e.org/{name}"
    source = Source(capture_id=1, page_url=url, entry_id=None, extractor="", rule_revision="", now=seen, filed_at=seen)
    paragraphs = (Paragraph(kind="p", text=text or f"The words of {name}."),)
    article = Article(
        title=name, paragraphs=paragraphs, published=published, published_precision=precision if published else None
    )
    reading = Reading(article=article, url=url, key=url, site="e.org", own_url=url, own_key=url)
    archive.add_versions(source, [reading], next_look=lambda _: None, same_story=lambda *_: True, worse=lambda *_: None)
    return archive.unrelated(1)[0]


def numbers(seed: int, count: int = 24) -> Sketch:
    """Of a text that shares nothing with that of another seed."""
    dice = random.Random(seed)
    return Sketch(count, tuple(sorted(dice.sample(range(1 << 48), count))))


def tell(
    archive: Archive, article: Unrelated, shares: Mapping[int, Shares | None] | None = None, *, now: datetime = NOW
) -> int:
    archive.relate(article, numbers(article.article_id), shares or {}, now)
    return article.article_id


def stories(archive: Archive) -> dict[int, int | None]:
    return {row["id"]: row["story_id"] for row in archive.rows("SELECT id, story_id FROM articles ORDER BY id")}


def count(archive: Archive, table: str) -> int:
    return int(archive.value(f"SELECT count(*) FROM {table}"))


@pytest.mark.parametrize(
    ("published", "precision", "seen", "first"),
    [
        (NOW - 3 * HOUR, "minute", NOW, "second"),  # found later, published earlier
        (NOW - 3 * HOUR, "hour", NOW, "one"),  # "3 hours ago" is a guess
        ((NOW - 3 * HOUR).date(), "day", NOW, "one"),
        (NOW + HOUR, "minute", NOW - 2 * HOUR, "second"),  # it stood there before the time that it tells
        (None, "minute", NOW, "one"),
        (None, "minute", NOW - 2 * HOUR, "second"),
    ],
)
def test_who_had_it_first(
    archive: Archive, published: datetime | date | None, precision: Precision, seen: datetime, first: str
) -> None:
    """The time that an article tells to the minute, or the time when it was seen, whichever is earlier."""
    one = tell(archive, file(archive, "one", seen=NOW, published=NOW - HOUR))
    second = tell(archive, file(archive, "second", seen=seen, published=published, precision=precision), {one: ALL})
    rows = archive.story_of(second)
    assert rows[0]["url"] == f"https://e.org/{first}"
    assert rows[1]["compared_with"] == rows[0]["id"]
    link = archive.row("SELECT article_id, other_id FROM story_links")
    assert link == {"article_id": rows[1]["id"], "other_id": rows[0]["id"]}
    assert stories(archive) == dict.fromkeys((one, second), rows[0]["id"])


def test_two_stories_turn_out_to_be_one(archive: Archive) -> None:
    """An article that shares its text with both joins them; the earliest of all is the first."""
    ids = [tell(archive, file(archive, name, seen=NOW - n * HOUR)) for n, name in enumerate("ab")]
    ids += [tell(archive, file(archive, name, seen=NOW + HOUR), {ids[n]: (0.9, 0.8)}) for n, name in enumerate("cd")]
    assert stories(archive) == {1: 1, 2: 2, 3: 1, 4: 2}
    tell(archive, file(archive, "e", seen=NOW + 2 * HOUR), {3: ALL, 4: (0.5, 1.0)})
    assert stories(archive) == dict.fromkeys(range(1, 6), 2)
    told = {row["id"]: (row["compared_with"], row["share"], row["other_share"]) for row in archive.story_of(5)}
    assert told == {2: (None, None, None), 1: (3, 0.8, 0.9), 3: (5, 1.0, 1.0), 4: (2, 0.9, 0.8), 5: (3, 1.0, 1.0)}
    assert archive.story_of(5)[0]["id"] == 2
    row = archive.row("SELECT story_id, articles, first_url FROM stories")
    assert row == {"story_id": 2, "articles": 5, "first_url": "https://e.org/b"}


def test_what_is_no_longer_shared(archive: Archive) -> None:
    """A text that changed leaves its story, which falls apart where it held it together; what was is kept."""
    for name, shares in (("a", {}), ("b", {1: ALL}), ("c", {2: ALL}), ("d", {3: ALL})):
        tell(archive, file(archive, name), shares)
    assert stories(archive) == dict.fromkeys(range(1, 5), 1)
    again = file(archive, "b", "Other words.")
    assert again.article_id == 2
    tell(archive, again, {1: None, 3: None}, now=NOW + HOUR)
    assert stories(archive) == {1: None, 2: None, 3: 3, 4: 3}
    ended = archive.rows("SELECT article_id, other_id, linked_at, unlinked_at FROM unlinked ORDER BY 1")
    times = {"linked_at": NOW.isoformat(), "unlinked_at": (NOW + HOUR).isoformat()}
    assert ended == [{"article_id": 2, "other_id": 1, **times}, {"article_id": 3, "other_id": 2, **times}]
    assert archive.story_of(1) == []


def test_told_again_nothing_changes(archive: Archive) -> None:
    """The same shares once more leave every row as it is, and a share that changed is a new link."""
    one = tell(archive, file(archive, "a"))
    two = file(archive, "b")
    for _ in range(2):
        tell(archive, two, {one: (0.9, 0.8)}, now=NOW)
        tell(archive, two, {one: (0.9, 0.8)}, now=NOW + HOUR)
    assert archive.value("SELECT linked_at FROM story_links") == NOW.isoformat()
    tell(archive, two, {one: (0.7, 0.8)}, now=NOW + HOUR)
    assert (count(archive, "story_links"), count(archive, "unlinked"), stories(archive)) == (1, 1, {1: 1, 2: 1})


@pytest.mark.parametrize("late", [False, True])
def test_a_round_up_is_no_copy_of_what_it_holds(archive: Archive, late: bool) -> None:
    """It is linked with each article in it, and makes no story of them, whichever came first."""
    one, two = tell(archive, file(archive, "one")), tell(archive, file(archive, "two"))
    held: dict[int, Shares | None] = {one: (0.3, 1.0)} if late else {one: (0.3, 1.0), two: (0.2, 1.0)}
    all_of_it = tell(archive, file(archive, "all"), held)
    if late:
        assert stories(archive) == {one: one, two: None, all_of_it: one}, "it may still be a longer telling of it"
        archive.write("UPDATE articles SET related = 0 WHERE id = ?", [two])
        tell(archive, archive.unrelated(1)[0], {all_of_it: (1.0, 0.2)}, now=NOW + HOUR)
    assert stories(archive) == dict.fromkeys((one, two, all_of_it))
    assert (count(archive, "story_parts"), count(archive, "story_links")) == (2, 0)
    assert archive.links(one) == [{"other_id": all_of_it, "share": 1.0, "other_share": 0.3, "later": 1, "story": 0}]
    copy, both = file(archive, "copy of all"), sorted({*numbers(one).hashes, *numbers(two).hashes})
    archive.relate(copy, Sketch(48, tuple(both)), {all_of_it: ALL}, NOW)
    assert stories(archive) == {one: None, two: None, all_of_it: all_of_it, copy.article_id: all_of_it}
    archive.forget_sketch(two, NOW + 2 * HOUR)
    assert stories(archive) == {one: one, two: None, all_of_it: one, copy.article_id: one}, "it holds one alone"


def test_a_longer_telling_stays_with_its_copies(archive: Archive) -> None:
    """Two cuts of one text have words in common: what holds both is no round-up."""
    whole = file(archive, "whole")
    archive.relate(whole, numbers(1, 48), {}, NOW)
    for name, part in (("long cut", 40), ("short cut", 30)):
        cut = file(archive, name)
        archive.relate(cut, Sketch(part, numbers(1, 48).hashes[:part]), {1: (1.0, 0.4)}, NOW)
    assert stories(archive) == {1: 1, 2: 1, 3: 1}


def test_a_new_version_is_told_anew(archive: Archive) -> None:
    """What waits is a query: an article is on it until its current version is told, also if it changes meanwhile."""
    before = file(archive, "a")
    after = file(archive, "a", "Other words.")
    tell(archive, before)
    assert (archive.unrelated(9), count(archive, "sketches")) == ([after], 0)
    tell(archive, after)
    assert (archive.unrelated(9), count(archive, "sketches")) == ([], 1)
    file(archive, "b")
    assert [each.url for each in archive.unrelated(9)] == ["https://e.org/b"]
    archive.leave_unrelated(archive.unrelated(1)[0])
    assert archive.unrelated(9) == []


def test_an_article_that_goes(archive: Archive) -> None:
    """One that was none after all leaves its story, and as-of questions can ask who was linked with it."""
    for name, shares in (("a", {}), ("b", {1: ALL}), ("c", {1: ALL})):
        tell(archive, file(archive, name), shares)
    archive.withdraw(1, [1], why="a wall", now=NOW + HOUR)
    assert stories(archive) == {2: None, 3: None}
    assert (count(archive, "sketches"), count(archive, "sketch_hashes")) == (2, 48)
    assert (count(archive, "story_links"), count(archive, "unlinked")) == (0, 2)
    assert archive.rows("PRAGMA foreign_key_check") == []


def test_what_is_taken_down_leaves_nothing(archive: Archive) -> None:
    """Without a time no table tells that there was a link."""
    for name, shares in (("a", {}), ("b", {1: ALL}), ("c", {2: ALL})):
        tell(archive, file(archive, name), shares)
    tell(archive, file(archive, "b", "Other words."), {1: None}, now=NOW + HOUR)
    archive.forget_sketch(2)
    assert stories(archive) == {1: None, 2: None, 3: None}
    tables = ("story_links", "story_parts", "unlinked")
    assert [count(archive, table) for table in tables] == [0, 0, 0]
    assert archive.value("SELECT count(*) FROM sketch_hashes WHERE article_id = 2") == 0


def test_numbers_that_everybody_has(archive: Archive) -> None:
    """A look-up takes the newest few of those that share a number, and finds the copy among them all the same."""
    common, own = numbers(0, 12), numbers(1000, 12)
    text = Sketch(24, tuple(sorted(common.hashes + own.hashes)))
    archive.relate(file(archive, "first"), text, {}, NOW)
    with archive.transaction():
        for number in range(200):
            other = Sketch(24, tuple(sorted(common.hashes + numbers(number + 1, 12).hashes)))
            archive.relate(file(archive, f"other {number}"), other, {}, NOW)
    assert archive.alike(text, 0.9) == [1]
    assert len(archive.alike(text, 0.2)) == 32
    assert 1 in archive.compared(999, text)
    assert len(archive.compared(999, text)) <= 8


def test_one_story_hides_no_other(archive: Archive) -> None:
    """However many copies there are of one story, the other story in a text is compared with it, too."""
    one, two = numbers(1, 24), numbers(2, 24)
    for number in range(40):
        archive.relate(file(archive, f"copy {number}"), one, {1: ALL} if number else {}, NOW + number * HOUR)
    archive.relate(file(archive, "another"), two, {}, NOW)
    both = Sketch(48, tuple(sorted(one.hashes + two.hashes)))
    assert {1, 41} <= archive.compared(999, both).keys()
    assert len(archive.compared(999, both)) == 4, "two of the story, its first, and the other"


def test_an_archive_from_before_there_were_stories(tmp_path: Path) -> None:
    """All its articles wait to be related."""
    path = tmp_path / "archive.db"
    db = Database(sqlite3.connect(path, isolation_level=None))
    migrations.apply(db, stop_before="m006_keep")
    db.conn.executescript(OLD)
    db.close()
    archive = Archive(path)
    assert [(each.article_id, each.text) for each in archive.unrelated(9)] == [(1, "Old words.")]
    archive.close()


OLD = """
INSERT INTO captures (id, url, final_url, fetched_at, status, headers, sha256, size, via)
VALUES (1, 'https://e.org/a', 'https://e.org/a', '2026-11-22T12:00:00+00:00', 200, '[]', '00', 1, 'visit');
INSERT INTO articles (id, url, key, title, first_seen, last_seen)
VALUES (1, 'https://e.org/a', 'e.org/a', 'Old', '2026-11-22T12:00:00+00:00', '2026-11-22T12:00:00+00:00');
INSERT INTO versions (id, article_id, capture_id, number, title, text, kinds, authors, tags, captions, text_sha256,
    extractor, rule_revision, reason, created_at)
VALUES (1, 1, 1, 1, 'Old', 'Old words.', '["p"]', '[]', '[]', '[]', '00', 'generic', '1', 'published',
    '2026-11-22T12:00:00+00:00');
UPDATE articles SET version_id = 1;
"""
