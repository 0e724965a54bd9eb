"""Columns that versions gained: picture, paywall, places. Added to archives that have none, and filled."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlite_utils import Database

from storage.archive import Archive
from storage.archive.articles import Filed, Reading, Source
from storage.records import Article, Capture, Paragraph
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
