"""Queries worth having: each is run, on what it asks for."""

import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from datasette.app import Datasette

from storage.datasette import queries
from storage.datasette.described import FILE as METADATA
from tests.pages.conftest import Get, serving

MORE = """
UPDATE versions SET edits = '["headline","figure","silent","correction","paragraph-removed"]' WHERE id = 6;
UPDATE articles SET story_id = 1 WHERE id IN (1, 2);
UPDATE captures SET replaced = 12 WHERE id = 3;
INSERT INTO backfills (id, target, base, site, since, until, state, added_at)
    VALUES (50, 'one.test', 'https://one.test/', 'one.test', '2026-01-01', '2026-02-01', 'running', '2026-03-01');
INSERT INTO walks (backfill_id, way, place, asked, announced) VALUES (50, 'sitemap', 1, 4, 70), (50, 'feed', 2, 1, 10);
INSERT INTO withdrawn (version_id, article_id, capture_id, created_at, withdrawn_at, why, version, article)
    VALUES (99, 1, 1, '2026-03-01', '2026-03-02', 'wall: consent', '{"title": "We value you", "number": 4}', '{}');
"""
FOUND: list[tuple[str, dict[str, object]]] = [
    ("headlines_changed", {"title_before": "Dredging begins", "title_after": "Dredging costs more"}),
    ("silent_edits", {"article_id": 1, "number": 2}),
    ("figures_changed", {"article_id": 1, "number": 2}),
    ("paragraphs_removed", {"article_id": 1, "number": 2}),
    ("corrections", {"article_id": 1, "number": 2}),
    ("edits_by_site", {"site": "one.test", "edits": 1, "articles": 1, "silent": 1}),
    ("most_edited", {"article_id": 1, "edits": 1}),
    ("who_copied_whom", {"site": "two.test", "other_site": "one.test", "articles": 1, "share": 0.9}),
    ("first_with_a_story", {"site": "one.test", "articles": 1, "first": 1, "share": 1.0}),
    ("longest_silences", {"source_id": 1, "hours_silent": 6.0, "missed": 15.0}),
    ("sources_by_health", {"source_id": 2, "failures": 9}),
    ("walls_by_host", {"host": "one.test", "reason": "consent", "captures": 1}),
    ("gone_articles", {"article_id": 5}),
    ("publishing_hours", {"hour": "10:00", "sunday": 1, "monday": 0, "articles": 1}),
    ("undated_articles", {"site": "two.test", "undated": 2, "articles": 3}),
    ("slow_servers", {"host": "one.test"}),
    ("largest_captures", {"capture_id": 3}),
    ("garbled_pages", {"capture_id": 3, "replaced": 12}),
    ("coverage_holes", {"source_id": 1, "hours": 9.0}),
    ("backfill_progress", {"ways": "sitemap, feed", "documents": 5, "addresses": 80, "waiting": 0}),
    ("changed_by_rules", {"article_id": 1, "number": 3}),
    ("runs_by_site", {"run": 1, "site": "one.test", "versions": 1}),
    ("taken_back", {"title": "We value you", "number": 4, "why": "wall: consent"}),
]


@pytest.fixture(scope="module")
def fuller(archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The archive of `press` with what else the queries ask for."""
    path = tmp_path_factory.mktemp("fuller") / "archive.db"
    path.write_bytes(archive.read_bytes())
    connection = sqlite3.connect(path)
    connection.executescript(MORE)
    connection.close()
    return path


@pytest.fixture
async def asked(fuller: Path) -> AsyncIterator[Datasette]:
    async with serving(fuller) as datasette:
        yield datasette


async def test_each_is_tried(asked: Datasette) -> None:
    """No query without a line in this table."""
    assert queries.canned(asked, "archive").keys() == dict(FOUND).keys()


async def test_what_they_find(asked: Datasette) -> None:
    """Each finds first what it is named for, by itself and as somebody would fill it in."""
    for name, expected in FOUND:
        for asking in ("", "&since=2026-02-28&site=" + ("two.test" if name == "undated_articles" else "one.test")):
            response = await asked.client.get(f"/archive/{name}.json?_shape=objects{asking}")
            assert response.status_code == 200, response.text
            row = response.json()["rows"][0]
            assert {column: row[column] for column in expected} == expected, name


async def test_what_they_leave_out(asked: Datasette) -> None:
    """Of another site, and of later than anything: nothing."""
    for asking in ("site=none.test", "since=2027-01-01"):
        response = await asked.client.get(f"/archive/headlines_changed.json?_shape=objects&{asking}")
        assert response.json()["rows"] == []


async def test_each_says_what_it_is(asked: Datasette) -> None:
    """A title, a description, an order and an end; a name that no table has."""
    tables = METADATA.read_text("utf-8")
    for name, query in queries.canned(asked, "archive").items():
        assert query["title"] and query["description"]
        assert "ORDER BY" in query["sql"] and "LIMIT" in query["sql"] and "$" not in query["sql"].replace("'$.", "")
        assert f"\n      {name}:" not in tables


async def test_edits_are_found_by_their_index(fuller: Path, asked: Datasette) -> None:
    """Not by reading the texts of versions."""
    connection = sqlite3.connect(fuller)
    try:
        for name in ("headlines_changed", "edits_by_site", "most_edited", "changed_by_rules"):
            sql = queries.canned(asked, "archive")[name]["sql"]
            plan = connection.execute(f"EXPLAIN QUERY PLAN {sql}", {"since": "", "site": ""}).fetchall()
            assert any("versions_changed" in row[3] for row in plan), name
    finally:
        connection.close()


async def test_on_its_page(get: Get) -> None:
    """People see what it is and what they can fill in."""
    page = (await get("/archive/headlines_changed")).text
    assert "Headlines that were changed" in page and "<pre" not in page
    assert 'name="since" placeholder="a day: 2026-03-01"' in page
    assert 'name="site" placeholder="a host: example.org"' in page
    assert '<a href="/-/article/1">Dredging costs more</a>' in page


def test_of_what_is_no_archive(served: Datasette) -> None:
    assert queries.canned(served, "other") == {}
