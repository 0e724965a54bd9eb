"""What the archive keeps, and what it does not keep twice."""

import hashlib
import json
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from collector import policy
from collector.policy import quality
from storage.archive import Archive
from storage.archive.articles import Filed, Source
from storage.archive.sources import Polled, Wanted
from storage.recipes import Addressed, Reading
from storage.records import Article, Capture, Entry, HostState, Moment, Paragraph

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
AGES = (900.0, 3600.0, 86400.0)
TEXT = "The harbour was dredged on Monday by two boats.\n\nThe work goes on until spring, the council said."


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    opened = Archive(tmp_path / "archive.db")
    opened.set_sources([Wanted(url="https://e.org/feed")], NOW)
    yield opened
    opened.close()


def announced(url: str, **said: Any) -> Addressed:
    return Addressed(entry=Entry(url=url, **said), url=url, key=url.removeprefix("https://"), host="e.org")


def article(title: str = "Dredging", text: str = TEXT, **fields: Any) -> Article:
    paragraphs = tuple(Paragraph(kind="p", text=each) for each in text.split("\n\n"))
    return Article(title=title, paragraphs=paragraphs, **fields)


def visit(archive: Archive, entry_id: int, at: datetime = NOW) -> int:
    capture = Capture(url="https://e.org/a", final_url="https://e.org/a", fetched_at=at, status=200, body=b"x")
    return archive.add_capture(capture, "00", "visit", entry_id=entry_id)


def file(
    archive: Archive, read: Article, *, entry_id: int | None = 1, at: datetime = NOW, key: str = "e.org/a"
) -> Filed:
    capture_id = visit(archive, entry_id, at) if entry_id else visit(archive, 1, at)
    source = Source(
        capture_id=capture_id,
        page_url="https://e.org/a" if entry_id else "https://e.org/list",
        entry_id=entry_id,
        extractor="generic",
        rule_revision="1",
        now=at,
        filed_at=at,
    )
    reading = Reading(article=read, url=f"https://{key}", key=key, site="e.org", own_url=f"https://{key}", own_key=key)
    (filed,) = archive.add_versions(
        source,
        [reading],
        next_look=lambda seen: policy.next_look(seen, at, AGES),
        same_story=policy.same_story,
        worse=quality.worse,
    )
    return filed


@pytest.fixture
def known(archive: Archive) -> Archive:
    """An archive with one announced page."""
    assert archive.add_entries(1, [announced("https://e.org/a", title="Dredging")], NOW).new == (1,)
    return archive


def test_announced_twice_is_one_entry(known: Archive) -> None:
    """Two sources that name one page make one entry, with both of them."""
    known.set_sources([Wanted(url="https://e.org/feed"), Wanted(url="https://e.org/sitemap.xml")], NOW)
    assert known.add_entries(2, [announced("https://e.org/a")], NOW).new == ()
    assert known.value("SELECT count(*) FROM entry_sources WHERE entry_id = 1") == 2


def test_sources_follow_the_configuration(archive: Archive) -> None:
    """A source that leaves config.yaml is no longer due, is not forgotten, and comes back as it was."""
    archive.set_source_read(1, {"etag": '"1"'}, now=NOW, next_poll=NOW, polled=Polled())
    archive.set_sources([Wanted(url="https://e.org/other")], NOW)
    assert [source.url for source in archive.sources_due(None)] == ["https://e.org/other"]
    archive.set_sources([Wanted(url="https://e.org/feed")], NOW)
    assert [(source.url, source.etag) for source in archive.sources_due(None)] == [("https://e.org/feed", '"1"')]


def test_parts_of_an_index_are_sources(archive: Archive) -> None:
    """The sitemaps of an index are polled on their own, and rest when their index leaves config.yaml."""
    ids = archive.add_parts(1, ["https://e.org/1.xml", "https://e.org/2.xml"], NOW)
    assert archive.add_parts(1, ["https://e.org/2.xml"], NOW) == ids[1:]
    assert len(archive.sources_due(None)) == 3
    archive.set_sources([], NOW)
    assert archive.sources_due(None) == []


def test_due_sources(archive: Archive) -> None:
    """A source is due when its next poll has come; a failed one later, with its reason."""
    archive.set_source_failed(1, "it burns", now=NOW, next_poll=NOW + HOUR)
    assert archive.sources_due(NOW) == []
    assert archive.sources_due(NOW + HOUR)[0].failures == 1
    assert archive.sources_due(None)[0].failures == 1
    assert archive.troubles()[0]["last_error"] == "it burns"
    archive.set_source_read(1, {}, now=NOW, next_poll=NOW, polled=Polled())
    assert archive.troubles() == []


def test_life_of_an_entry(known: Archive) -> None:
    """new -> (tries) -> fetched -> done; a stopped run finds what it had kept but not read."""
    assert [todo.url for todo in known.entries_due(NOW)] == ["https://e.org/a"]
    known.set_entry_failed(1, "new", "timeout", NOW + HOUR)
    assert known.entries_due(NOW) == []
    assert known.entries_due(NOW, every_new=True)[0].attempts == 1
    visit(known, 1)
    assert known.entries_due(NOW + HOUR) == []
    assert [unread.entry_id for unread in known.captures_unread()] == [1]
    known.set_entry_read(1, "done", None, None)
    assert known.captures_unread() == []


@pytest.mark.parametrize(
    ("then", "outcome"),
    [
        (article(), "unchanged"),
        (article(modified=NOW), "unchanged"),
        (article(text=TEXT + "\n\nA third boat came."), "edited"),
        (article(title="Dredging begins"), "edited"),
        (article(authors=("Ada Reed",)), "edited"),
        (article(section="Local"), "edited"),
    ],
)
def test_a_version_only_when_something_changed(known: Archive, then: Article, outcome: str) -> None:
    """A changed text or field is a new version; a touched modification time alone is not."""
    assert file(known, article()).outcome == "new"
    filed = file(known, then, at=NOW + HOUR)
    assert filed.outcome == outcome
    assert filed.number == (2 if outcome == "edited" else 1)
    reasons = [row["reason"] for row in known.versions_of(1)]
    assert reasons == ["published", "edited"][: filed.number]


@pytest.mark.parametrize(
    ("before", "after", "kept"),
    [
        ((date(2026, 11, 16), "6 days ago", "day"), (date(2026, 11, 17), "6 days ago", "day"), "2026-11-16"),
        ((NOW - 3 * HOUR, "3 hours ago", "hour"), (NOW - 2 * HOUR, "4 hours ago", "hour"), "2026-11-22T09:00:00+00:00"),
        ((NOW, "12:00", "minute"), (None, None, None), "2026-11-22T12:00:00+00:00"),
        ((date(2026, 11, 22), "today", "day"), (NOW, "12:00", "minute"), "2026-11-22T12:00:00+00:00"),
        ((date(2026, 11, 16), "16 Nov", "day"), (date(2026, 11, 19), "19 Nov", "day"), "2026-11-19"),
    ],
)
def test_rounded_times_do_not_drift(known: Archive, before: tuple[Any, ...], after: tuple[Any, ...], kept: str) -> None:
    """A relative time read again later is no edit; a more exact one, or another day, is."""
    names = ("published", "published_raw", "published_precision")
    file(known, article(**dict(zip(names, before, strict=True))))
    filed = file(known, article(**dict(zip(names, after, strict=True))), at=NOW + HOUR)
    assert known.versions_of(1)[-1]["published"] == kept
    assert (filed.outcome == "edited") == (known.versions_of(1)[0]["published"] != kept)


def test_full_text_follows_the_current_version(known: Archive) -> None:
    """Search finds the current words only, and the index holds one row an article whatever was edited."""
    file(known, article())
    for number in range(5):
        file(known, article(text=f"Completely different words, {'otter' * (number + 1)}."), at=NOW + HOUR)
    assert known.search("dredged") == []
    assert [row["id"] for row in known.search("otterotterotterotterotter")] == [1]
    assert known.value("SELECT count(*) FROM articles_fts_docsize") == 1
    known.write("INSERT INTO articles_fts(articles_fts) VALUES ('integrity-check')")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("dredged harbour", 1),
        ('"two boats"', 1),
        ("ferry OR boats", 1),
        ("title: dredging", 1),
        ("title: boats", 0),
        ("harb*", 1),
        ("council's (boats", 0),
        ("boats)", 1),
        ("'", 0),
        ("", 0),
    ],
)
def test_search(known: Archive, query: str, found: int) -> None:
    """FTS5's own language where it can be read; anything else word by word, and never an error."""
    file(known, article())
    assert len(known.search(query)) == found


def test_a_copy_found_elsewhere_never_outranks_the_page(known: Archive) -> None:
    """Read on a listing first, then on its own page, then on a listing again: the page's words stay."""
    found = file(known, article(text="The harbour was dredged.", found=True), entry_id=None)
    assert (found.outcome, known.value("SELECT found_on FROM articles")) == ("new", "https://e.org/list")
    assert file(known, article(), at=NOW + HOUR).outcome == "edited"
    assert known.value("SELECT found_on FROM articles") is None
    assert file(known, article(text="Cut.", found=True), entry_id=None, at=NOW + 2 * HOUR).outcome == "unchanged"
    assert [row["reason"] for row in known.versions_of(1)] == ["published", "published"]


def test_a_borrowed_address_is_believed_only_for_the_same_story(known: Archive) -> None:
    """A page that claims another page's address is that article's copy, or a page whose claim is wrong."""
    known.add_entries(1, [announced("https://e.org/b"), announced("https://e.org/c")], NOW)
    file(known, article())
    claim = Reading(
        article=article(title="A marsh bird count", text="Nine herons were seen at the marsh on Sunday morning."),
        url="https://e.org/a",
        key="e.org/a",
        site="e.org",
        own_url="https://e.org/b",
        own_key="e.org/b",
    )

    def filed(reading: Reading, entry_id: int) -> Filed:
        source = Source(
            capture_id=visit(known, entry_id),
            page_url=reading.own_url,
            entry_id=entry_id,
            extractor="generic",
            rule_revision="1",
            now=NOW,
            filed_at=NOW,
        )
        return known.add_versions(
            source, [reading], next_look=lambda _: None, same_story=policy.same_story, worse=quality.worse
        )[0]

    assert filed(claim, 2).url == "https://e.org/b"
    copy = replace(claim, article=article(), own_url="https://e.org/c", own_key="e.org/c")
    assert (filed(copy, 3).url, filed(copy, 3).outcome) == ("https://e.org/a", "unchanged")


def test_looking_again(known: Archive) -> None:
    """Articles come up at each age, then never; one announced as changed comes up at once; gone is kept as such."""
    file(known, article())
    known.set_entry_read(1, "done", None, None)
    assert known.articles_due(NOW) == []
    assert [todo.url for todo in known.articles_due(NOW + timedelta(minutes=15))] == ["https://e.org/a"]
    known.set_looked(1, NOW + HOUR, lambda seen: policy.next_look(seen, NOW + HOUR, AGES))
    assert known.articles_due(NOW + 2 * HOUR) == []
    known.add_entries(1, [announced("https://e.org/a", title="Dredging stops")], NOW + 2 * HOUR)
    assert len(known.articles_due(NOW + 2 * HOUR)) == 1
    known.set_looked(1, NOW + 48 * HOUR, lambda seen: policy.next_look(seen, NOW + 48 * HOUR, AGES), gone=True)
    assert known.articles_due(NOW + 999 * HOUR) == []
    assert known.row("SELECT state, looks, version_id FROM articles") == {"state": "gone", "looks": 2, "version_id": 1}


def test_announced_again_with_a_later_date(known: Archive) -> None:
    """A feed's newer `updated` brings a look; an older one, or the same, does not."""

    def updated(at: datetime) -> Addressed:
        return announced("https://e.org/a", title="Dredging", updated=Moment(value=at, raw="", precision="second"))

    known.add_entries(1, [updated(NOW)], NOW)
    file(known, article())
    known.set_entry_read(1, "done", None, None)
    known.add_entries(1, [updated(NOW)], NOW)
    assert known.articles_due(NOW) == []
    known.add_entries(1, [updated(NOW + timedelta(seconds=1))], NOW)
    assert len(known.articles_due(NOW)) == 1


def test_hosts_are_remembered(archive: Archive) -> None:
    """robots.txt, its age, and a Retry-After survive the process."""
    host = HostState(
        origin="https://e.org",
        robots_status=200,
        robots_body=b"User-agent: *",
        robots_fetched_at=NOW,
        closed_until=NOW + HOUR,
        closed_reason="429",
    )
    archive.remember_host(host)
    archive.remember_host(host)
    again = Archive(archive.path)
    assert again.hosts() == {"https://e.org": host}
    again.close()


def test_lone_surrogates_are_no_end(known: Archive) -> None:
    """What JSON can spell and no database keeps is replaced, and the text's digest is that of what is kept."""
    file(known, article(title="Tide \ud800 table", text="High at \udfff noon."))
    (version,) = known.versions_of(1)
    assert (version["title"], version["text"]) == ("Tide ? table", "High at ? noon.")
    assert version["text_sha256"] == hashlib.sha256(version["text"].encode()).hexdigest()


def test_foreign_keys_and_wal(archive: Archive) -> None:
    """The file is in WAL, and a row that names nothing is refused."""
    assert archive.value("PRAGMA journal_mode") == "wal"
    with pytest.raises(sqlite3.IntegrityError):
        archive.write("INSERT INTO entry_sources (entry_id, source_id, found_at) VALUES (99, 99, '')")


def test_views_open(known: Archive) -> None:
    """What a person opens first shows the current text, the edits and the troubles."""
    file(known, article())
    file(known, article(title="Dredging ends"), at=NOW + HOUR)
    known.set_entry_failed(1, "failed", "broken", None)
    assert known.rows("SELECT title, versions FROM latest_articles") == [{"title": "Dredging ends", "versions": 2}]
    assert known.rows("SELECT title_before, title_after FROM edits") == [
        {"title_before": "Dredging", "title_after": "Dredging ends"}
    ]
    assert [row["what"] for row in known.troubles()] == ["entry failed"]
    assert json.loads(known.versions_of(1)[0]["kinds"]) == ["p", "p"]
