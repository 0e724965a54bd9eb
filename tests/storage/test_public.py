"""The copy for the public: what is in it, what never is, and what a Datasette without our plugin makes of it."""

import hashlib
import json
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from collector.cli import main
from collector.log_secrets import Secrets
from storage.archive.selection import WHOLE, Selection
from storage.export import files
from storage.export.files import Options
from storage.export.whole import CannotExport
from tests.disks import disk
from tests.storage.shelf import FEEDS, Shelf, article, shelf_in

ITEM = "https://one.test/list?key=opensesame"  # a page that is a source, and needs a key
Rows = list[tuple[Any, ...]]


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    """A story of two, an edit, an article that is gone, one of a list, a wall that was taken for one, a takedown."""
    with shelf_in(tmp_path_factory.mktemp("public")) as made:
        made.read("https://one.test/a", article("Harbour", "Boats came.", language="en"), body=b"<p>rawwords</p>")
        made.read("https://two.test/b", article("Harbor", "Boats came."), source=2)
        made.read("https://one.test/c", article("Marsh", "Herons."))
        made.link(2, 1)
        made.read("https://one.test/a", article("Harbour", "Boats went.", language="en"))
        made.read("https://one.test/d", article("Walled", "We value your privacy."))
        made.wall(4)
        made.read("https://one.test/e", article("Taken down", "Nobody may read this."))
        write = made.archive.write
        write("UPDATE versions SET changed_by = 'publisher', edits = '[\"text\"]' WHERE number = 2")
        write("UPDATE articles SET state = 'gone', gone_at = ? WHERE id = 3", [made.tick().isoformat()])
        write("INSERT INTO tombstones (key, url, taken_at) VALUES ('one.test/e', 'https://one.test/e', '2026-03-02')")
        write("UPDATE sources SET url = ?, etag = 'W/secretetag' WHERE id = 2", [ITEM])
        _read_on_its_source(made)
        yield made


def _read_on_its_source(made: Shelf) -> None:
    made.read(f"{ITEM}#1", article("Item", "Of a list."), source=2)
    made.archive.write(
        "UPDATE captures SET source_id = 2 WHERE id = (SELECT max(capture_id) FROM versions)",
    )


def exported(shelf: Shelf, dest: Path, selection: Selection = WHOLE) -> Path:
    files.export(shelf.archive, shelf.raw, dest, "datasette", selection, Options(hide=Secrets().hide))
    return dest


@pytest.fixture(scope="module")
def copy(shelf: Shelf, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return exported(shelf, tmp_path_factory.mktemp("copy") / "news.db")


def rows(path: Path, sql: str) -> Rows:
    with closing(sqlite3.connect(path)) as opened:
        return opened.execute(sql).fetchall()


@pytest.mark.parametrize(
    ("sql", "found"),
    [
        (
            "SELECT id, title, text, site, language, state, story_id, versions FROM articles",
            [
                (1, "Harbour", "Boats went.", "one.test", "en", "current", 1, 2),
                (2, "Harbor", "Boats came.", "two.test", None, "current", 1, 1),
                (3, "Marsh", "Herons.", "one.test", None, "gone", None, 1),
                (5, "Item", "Of a list.", "one.test", None, "current", None, 1),
            ],
        ),
        (
            "SELECT article_id, number, text, reason, changed_by, edits, status FROM versions WHERE article_id = 1",
            [
                (1, 1, "Boats came.", "published", None, None, 200),
                (1, 2, "Boats went.", "edited", "publisher", '["text"]', 200),
            ],
        ),
        (
            "SELECT extractor, rule_revision, captured_from FROM versions WHERE id = 1",
            [("generic", "r1", "https://one.test/a")],
        ),
        ("SELECT article_id, source_id FROM announcements ORDER BY 1", [(1, 1), (2, 2), (3, 1), (5, 2)]),
        (
            "SELECT id, url, title FROM sources",
            [(1, FEEDS[0], "Feed of one"), (2, "https://one.test/list?key=***", "Feed of two")],
        ),
        ("SELECT article_id, other_id, share, other_share FROM story_links", [(2, 1, 0.9, 0.8)]),
        (
            "SELECT article_id, number, title_before, characters_gained, changed_by FROM edits",
            [(1, 2, "Harbour", 0, "publisher")],
        ),
        ("SELECT story_id, title, first_site, articles, sites FROM stories", [(1, "Harbour", "one.test", 2, 2)]),
        ("SELECT id, characters FROM latest_articles", [(5, 10), (3, 7), (2, 11), (1, 11)]),
        ("SELECT url FROM articles WHERE id = 5", [("https://one.test/list?key=***#1",)]),
        ("SELECT captured_from FROM versions WHERE article_id = 5", [("https://one.test/list?key=***#1",)]),
        ("SELECT rowid FROM articles_fts WHERE articles_fts MATCH 'boats' ORDER BY rowid", [(1,), (2,)]),
        ("PRAGMA integrity_check", [("ok",)]),
        ("PRAGMA foreign_key_check", []),
        ("PRAGMA journal_mode", [("delete",)]),
        ("PRAGMA user_version", [(1,)]),
        ("PRAGMA application_id", [(0x4E4B5043,)]),
        ("PRAGMA freelist_count", [(0,)]),
        ("SELECT count(*) FROM sqlite_schema WHERE type = 'trigger'", [(0,)]),
    ],
)
def test_what_is_in_it(copy: Path, sql: str, found: Rows) -> None:
    """Current articles, all their versions with where they are from, announcements, stories; sound, and whole."""
    assert rows(copy, sql) == found


@pytest.mark.parametrize(
    "word",
    ["rawwords", "privacy", "Nobody may read", "secretetag", "opensesame", "x-made-by", "captures", "tombstones"],
)
def test_what_never_is(shelf: Shelf, copy: Path, word: str) -> None:
    """Nothing of bodies, walls, what was taken down, headers, keys, or of how the archive is kept; in no byte."""
    assert word.encode() not in copy.read_bytes()


def test_its_tables(copy: Path) -> None:
    """No other table has come in."""
    found = {name for (name,) in rows(copy, "SELECT name FROM sqlite_schema WHERE type IN ('table', 'view')")}
    fts = {"articles_fts", *(f"articles_fts_{end}" for end in ("data", "idx", "docsize", "config"))}
    views = {"edits", "latest_articles", "stories"}
    assert found - fts - views == {"articles", "versions", "sources", "announcements", "story_links"}


def test_the_same_bytes(shelf: Shelf, copy: Path, tmp_path: Path) -> None:
    """An archive that has not changed makes the same file, to the byte; and nothing is left beside it."""
    assert exported(shelf, tmp_path / "again.db").read_bytes() == copy.read_bytes()
    assert [path.name for path in tmp_path.iterdir()] == ["again.db"]


@pytest.mark.parametrize(
    ("selection", "found"),
    [
        (Selection(sites=("two.test",)), [("Harbor", 1)]),
        (Selection(search="herons"), [("Marsh", 1)]),
        (Selection(one_a_story=True), [("Harbour", 2), ("Marsh", 1), ("Item", 1)]),
        (Selection(sources=(FEEDS[0],)), [("Harbour", 2), ("Marsh", 1)]),
        (Selection(languages=("de",)), []),
    ],
)
def test_a_selection(shelf: Shelf, tmp_path: Path, selection: Selection, found: Rows) -> None:
    """What was not asked for is not in it, and nothing in it points there."""
    path = exported(shelf, tmp_path / "some.db", selection)
    assert rows(path, "SELECT title, versions FROM articles ORDER BY id") == found
    assert rows(path, "PRAGMA foreign_key_check") == []


def test_as_of(shelf: Shelf, tmp_path: Path) -> None:
    """What the archive knew then: no version that came later, nobody gone yet, no story told yet."""
    then = datetime.fromisoformat(shelf.archive.value("SELECT created_at FROM versions WHERE article_id = 3"))
    path = exported(shelf, tmp_path / "then.db", Selection(as_of=then))
    assert rows(path, "SELECT title, text, state, versions, story_id FROM articles ORDER BY id") == [
        ("Harbour", "Boats came.", "current", 1, None),
        ("Harbor", "Boats came.", "current", 1, None),
        ("Marsh", "Herons.", "current", 1, None),
    ]
    assert rows(path, "SELECT count(*) FROM versions") == [(3,)]
    assert rows(path, "SELECT max(last_seen) <= max(read_at) FROM articles, versions") == [(1,)]
    later = exported(shelf, tmp_path / "later.db", Selection(as_of=then + timedelta(seconds=1)))
    assert rows(later, "SELECT count(*) FROM story_links") == [(1,)]


def test_what_was_a_walls_was_known_then(shelf: Shelf, tmp_path: Path) -> None:
    """As in the other formats: a moment is told as it was, and what was taken down is not known at any."""
    then = datetime.fromisoformat(shelf.archive.value("SELECT created_at FROM withdrawn"))
    path = exported(shelf, tmp_path / "then.db", Selection(as_of=then))
    assert rows(path, "SELECT title, url, last_seen FROM articles WHERE id = 4") == [
        ("Walled", "https://one.test/d", None)
    ]
    assert rows(path, "SELECT text, extractor FROM versions WHERE article_id = 4") == [
        ("We value your privacy.", "generic")
    ]


def test_the_archive_itself_is_no_place_for_it(shelf: Shelf) -> None:
    """A copy is never written over what it is made from."""
    before = hashlib.sha256(shelf.archive.path.read_bytes()).digest()
    with pytest.raises(CannotExport, match="is the archive itself"):
        exported(shelf, shelf.archive.path)
    assert hashlib.sha256(shelf.archive.path.read_bytes()).digest() == before


def test_a_disk_that_is_full(shelf: Shelf, tmp_path: Path) -> None:
    """The old copy stays, and nothing half is left."""
    with disk(tmp_path / "small", "64k") as small:
        (small / "news.db").write_text("the old one")
        with pytest.raises((sqlite3.OperationalError, OSError)):
            exported(shelf, small / "news.db")
        assert [(path.name, path.read_text()) for path in small.iterdir()] == [("news.db", "the old one")]


@pytest.fixture
def run(shelf: Shelf, tmp_path: Path) -> Callable[..., Any]:
    config = tmp_path / "config.yaml"
    config.write_text(f"data: {shelf.folder}\nsources: []\n")
    return lambda *said: CliRunner().invoke(main, ["export", *map(str, said), "--config", str(config)])


def test_the_command(run: Callable[..., Any], copy: Path, tmp_path: Path) -> None:
    """`--datasette FILE` is DEST and --format in one; filters hold, JSON tells."""
    done = run("--datasette", tmp_path / "a.db")
    assert (done.exit_code, done.stdout) == (0, f"4 articles: {tmp_path / 'a.db'}\n"), done.stderr
    assert run(tmp_path / "b.db", "--format", "datasette").exit_code == 0
    assert (tmp_path / "a.db").read_bytes() == (tmp_path / "b.db").read_bytes() == copy.read_bytes()
    told = json.loads(run("--datasette", tmp_path / "c.db", "--site", "two.test", "--json").stdout)
    assert (told["articles"], told["format"], told["file"]) == (1, "datasette", str(tmp_path / "c.db"))


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ((), "name DEST, or --datasette FILE"),
        (("x", "--datasette", "y"), "and not both"),
        (("--datasette", "y", "--format", "csv"), "its own format, not csv"),
    ],
)
def test_mistakes(run: Callable[..., Any], said: tuple[str, ...], words: str) -> None:
    """One place, said once."""
    done = run(*said)
    assert (done.exit_code, words in done.stderr) == (2, True)


# Datasette 0.65 loads every plugin that is installed: ours is taken out again.
ASKING = """
import asyncio, json, sys
from datasette.app import Datasette
from datasette.plugins import pm
if sys.argv[2] == "without":
    pm.unregister(name="newskeep")
async def ask():
    datasette = Datasette([sys.argv[1]])
    await datasette.invoke_startup()
    get = datasette.client.get
    for path in ("/", "/news", "/news/articles", "/news/articles/1", "/news/edits", "/news/stories", "/news/versions"):
        assert (await get(path)).status_code == 200, path
    found = (await get("/news/articles.json?_search=boats&_shape=array")).json()
    tables = {each["name"]: each for each in (await get("/news.json")).json()["tables"] if not each["hidden"]}
    print(json.dumps([[each["title"] for each in found], tables["articles"]["fts_table"],
        (await get("/-/article/1")).status_code, [each["name"] for each in datasette._plugins()]]))
asyncio.run(ask())
"""


@pytest.mark.slow
@pytest.mark.parametrize("plugin", ["with", "without"])
def test_any_datasette_shows_it(copy: Path, plugin: str) -> None:
    """Without our plugin and with it: its index, its tables with the search that Datasette finds by itself, its views.

    It is no archive: our pages are not there, and Datasette's own front page is.
    """
    told = subprocess.run([sys.executable, "-c", ASKING, copy, plugin], capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stderr
    found, fts, ours, loaded = json.loads(told.stdout)
    assert (found, fts, ours) == (["Harbour", "Harbor"], "articles_fts", 404)
    assert ("newskeep" in loaded) is (plugin == "with")
