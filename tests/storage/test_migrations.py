"""Archives of every schema that was ever released, brought up to today: nothing is lost, all is sound, work goes on."""

import asyncio
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database

from storage.archive import Archive
from storage.care.verify import verify
from storage.raw import Raw
from storage.schema import migrations
from storage.schema.seals import KEYS
from tests.town import FEED, HOUR, OTHER, Answer, Town, feed, link, page

SCHEMAS = sorted((Path(__file__).parent / "schemas").glob("*.sql"))
DERIVED = {"articles_fts", "sketch_hashes", "seals", "totals"}  # made from sealed rows, or the seals themselves


def load(dump: Path, folder: Path) -> None:
    """Make the files of a dump anew."""
    for part in dump.read_text("utf-8").split("-- file: ")[1:]:
        name, _, sql = part.partition("\n")
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(folder / name)) as file:
            file.executescript(f"PRAGMA journal_mode = WAL; PRAGMA foreign_keys = OFF; BEGIN; {sql} COMMIT;")


def rows(path: Path) -> dict[str, list[dict[str, Any]]]:
    """All rows of all tables that are not SQLite's own."""
    with closing(sqlite3.connect(path)) as file:
        file.row_factory = sqlite3.Row
        tables = file.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT GLOB 'articles_fts*'")
        return {
            name: [dict(row) for row in file.execute(f'SELECT * FROM "{name}"')]
            for name in [row["name"] for row in tables.fetchall()]
        }


@pytest.fixture(params=SCHEMAS, ids=lambda path: path.stem)
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Path]:
    load(request.param, tmp_path)
    yield tmp_path


def test_nothing_is_lost(old: Path) -> None:
    """Every value of every row is there as it was; what was not known then is said nowhere."""
    before = rows(old / "archive.db")
    Archive(old / "archive.db").close()
    after = rows(old / "archive.db")
    assert before["versions"]
    for table, kept in before.items():
        if table == "_sqlite_migrations":
            continue
        if table == "seals":  # rows are not sealed anew, which would hide what was changed in them; the schema is
            sealed = [seal for seal in kept if seal["name"] != "sqlite_schema"]
            assert [seal for seal in sealed if seal not in after[table]] == []
            continue
        found = [{name: row[name] for name in kept[0]} for row in after[table]] if kept else after[table]
        assert found == kept, table


def test_the_archive_is_sound_then(old: Path) -> None:
    """Bodies, references, the index of the search, seals: of rows that were made before there were any, too."""
    Archive(old / "archive.db").close()
    report = verify(old)
    assert report.faults == []
    assert report.counts["unsealed"] == 0
    assert report.counts["bodies"] == 6


def test_work_goes_on(old: Path) -> None:
    """What waited is fetched, what is new is filed, month files of before take new bodies, and all is found."""
    web: dict[str, Answer] = {
        FEED: feed(link("http://e.org/weir"), link("http://e.org/boats")),
        "http://e.org/weir": page("The weir is mended", OTHER),
        "http://e.org/bakery": page("Bakery opens earlier", OTHER[::-1]),
    }
    town = Town(old, web)
    asyncio.run(town.run(later=24 * HOUR))
    with closing(town.archive), closing(town.raw):
        assert {"http://e.org/boats", "http://e.org/herons", "http://e.org/weir"} <= {*town.articles()}
        assert [found["title"] for found in town.archive.search("dredge")] == ["Three boats dredge the harbour"]
        assert town.archive.value("SELECT count(*) FROM versions WHERE text_sha256 = ''") == 0
    assert verify(old).faults == []


def test_bodies_of_before_are_read(old: Path) -> None:
    """A month file of before has three columns; of what has four, a small town's pages lean on none."""
    with closing(Raw(old / "raw", readonly=True)) as raw:
        assert {each.reference for each in raw.stored("2026-11")} == {None}
        assert list(raw.check("2026-11")) == []


def test_every_step_has_a_file() -> None:
    """Whoever adds a step to the schema keeps an archive of before it."""
    last = SCHEMAS[-1].read_text("utf-8")
    steps = [step.name for step in migrations.pending(Database(memory=True))]
    unreleased = steps[steps.index("m010_pages") :]  # one release
    assert {*re.findall(r"'(m\d{3}_\w+)'", last)} == {*steps} - {*unreleased}


def test_every_table_is_sealed(tmp_path: Path) -> None:
    """A new table gets its seals by `follow`, or is made from others."""
    Archive(tmp_path / "archive.db").close()
    tables = {name for name in rows(tmp_path / "archive.db") if not name.startswith("sqlite_")}
    assert tables - DERIVED == {*KEYS}
