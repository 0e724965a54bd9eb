"""Columns that versions gained: picture, paywall, places. Added to archives that have none, and filled."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlite_utils import Database

from storage.archive import Archive
from storage.archive.articles import Filed, Source
from storage.recipes import Addressed, Reading
from storage.records import Article, Capture, Entry, Paragraph
from storage.schema import migrations

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
TEXT = (Paragraph(kind="p", text="The harbour was dredged on Monday by two boats."),)


def file(archive: Archive, article: Article) -> Filed:
    capture = Capture(url="https://e.org/a", final_url="https://e.org/a", fetched_at=NOW, status=200, body=b"x")
    source = Source(
        capture_id=archive.add_capture(capture, "00", "visit"),
        page_url="https://e.org/a",
        entry_id=None,
        extractor="generic",
        rule_revision="1",
        now=NOW,
        filed_at=NOW,
    )
    reading = Reading(
        article=article,
        url="https://e.org/a",
        key="e.org/a",
        site="e.org",
        own_url="https://e.org/a",
        own_key="e.org/a",
    )
    (filed,) = archive.add_versions(
        source, [reading], next_look=lambda _: None, same_story=lambda *_: True, worse=lambda *_: None
    )
    return filed


def test_an_archive_of_before_gets_the_columns(tmp_path: Path) -> None:
    """What was read before the columns were there says nothing in them."""
    old = Database(tmp_path / "archive.db")
    migrations.apply(old, stop_before="m003_image_and_paywall")
    old.conn.execute("PRAGMA foreign_keys = OFF")
    old.conn.execute(
        """INSERT INTO versions (id, article_id, capture_id, number, title, text, kinds, authors, tags, captions,
        text_sha256, extractor, rule_revision, reason, created_at)
        VALUES (1, 1, 1, 1, 'Dredging', '', '[]', '[]', '[]', '[]', '', 'generic', '1', 'published', '')"""
    )
    old.conn.commit()
    old.close()
    new = Archive(tmp_path / "archive.db")
    assert new.rows("SELECT title, image, paywalled, places FROM versions") == [
        {"title": "Dredging", "image": None, "paywalled": None, "places": None}
    ]
    new.close()


def test_an_archive_of_before_is_watched(tmp_path: Path) -> None:
    """Sources, entries, links and articles of before the daemon are there as they were, and are due as they were."""
    old = Database(tmp_path / "archive.db")
    migrations.apply(old, stop_before="m005_watch")
    old.conn.executescript(
        """
        INSERT INTO sources (id, url, every, next_poll, last_ok, failures, last_error, added_at)
            VALUES (1, 'https://e.org/f', 600, '2026-11-22T11:00:00+00:00', '2026-11-22T10:00:00+00:00', 2, 'x', '');
        INSERT INTO captures (id, source_id, url, final_url, fetched_at, status, headers, sha256, size, kind, via)
            VALUES (1, 1, '', '', '2026-11-22T10:00:00+00:00', 200, '[]', '00', 1, 'source', 'poll');
        INSERT INTO entries (id, url, key, host, found_at, state)
            VALUES (1, 'https://e.org/a', 'e.org/a', 'e.org', '', 'done'),
                (2, 'https://e.org/b', 'e.org/b', 'e.org', '', 'new');
        INSERT INTO entry_sources VALUES (1, 1, ''), (2, 1, '');
        INSERT INTO articles (id, url, key, title, first_seen, last_seen, next_look, entry_id, state)
            VALUES (1, 'https://e.org/a', 'e.org/a', 'A', '2026-11-22T10:00:00+00:00', '',
                '2026-11-22T11:00:00+00:00', 1, 'gone');
        """
    )
    old.close()
    new = Archive(tmp_path / "archive.db")
    (source,) = new.sources_due(NOW)
    assert (source.failures, source.rate, source.interval, source.skip_hours) == (2, None, None, ())
    assert [todo.id for todo in new.entries_due(NOW)] == [2]
    assert [todo.id for todo in new.articles_due(NOW)] == [1]
    assert new.row("SELECT state, gone_at FROM articles") == {"state": "gone", "gone_at": None}
    again = [Addressed(entry=Entry(url=url), url=url, key=url[8:], host="e.org") for url in ("https://e.org/c",)]
    assert new.add_entries(1, again, NOW).gap_after is None  # what the last document held was not noted then
    assert new.pulse() is None
    new.close()


@pytest.mark.parametrize(("paywalled", "kept"), [(True, 1), (False, 0), (None, None)])
def test_both_are_kept(tmp_path: Path, paywalled: bool | None, kept: int | None) -> None:
    """A page that does not say is told from one that says no."""
    archive = Archive(tmp_path / "archive.db")
    file(archive, Article(title="Dredging", paragraphs=TEXT, image="https://e.org/a.jpg", paywalled=paywalled))
    (row,) = archive.rows("SELECT image, paywalled FROM versions")
    assert row == {"image": "https://e.org/a.jpg", "paywalled": kept}
    archive.close()


def test_another_address_of_the_picture_is_no_edit(tmp_path: Path) -> None:
    """Sites cut their pictures anew at every rendering."""
    archive = Archive(tmp_path / "archive.db")
    file(archive, Article(title="Dredging", paragraphs=TEXT, image="https://e.org/a.jpg?w=100"))
    filed = file(archive, Article(title="Dredging", paragraphs=TEXT, image="https://e.org/a.jpg?w=200", paywalled=True))
    assert (filed.outcome, filed.number) == ("unchanged", 1)
    archive.close()


def test_places_are_kept_and_are_no_edit(tmp_path: Path) -> None:
    """Where each paragraph stood is noted; a new design of the site alone makes no version."""
    archive = Archive(tmp_path / "archive.db")
    [paragraph] = TEXT
    old, new = (Article(title="Dredging", paragraphs=(replace(paragraph, where=at),)) for at in ("#a>p", "#b>p"))
    file(archive, old)
    assert archive.value("SELECT places FROM versions") == '["#a>p"]'
    assert file(archive, new).outcome == "unchanged"
    archive.close()
