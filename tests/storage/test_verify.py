"""`verify` finds what is not as it was written, and calls sound what is."""

import asyncio
import random
import shutil
import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

import pytest

from collector.pipeline.run import corpus_of
from storage.archive import Archive
from storage.care.verify import total, verify
from storage.care.verify_report import Report
from storage.export.folder import bring_up
from storage.raw import Raw
from tests.town import FEED, HOUR, NOW, OTHER, STORY, Answer, Town, feed, link, page


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive with text files: six articles, one of them edited."""
    folder = tmp_path_factory.mktemp("kept")
    web: dict[str, Answer] = {FEED: feed(*(link(f"http://e.org/{number}") for number in range(6)))}
    for number in range(6):
        web[f"http://e.org/{number}"] = page(f"Harbour, part {number}", tuple(f"{number}. {each}" for each in STORY))
    town = Town(folder, web)
    asyncio.run(town.run())
    web["http://e.org/3"] = page("Harbour, part 3", tuple(f"3. {each}" for each in (*STORY, OTHER[0])))
    asyncio.run(town.run(later=HOUR))
    bring_up(town.archive, corpus_of(town.config))
    town.archive.close()
    town.raw.close()
    return folder


@pytest.fixture
def data(kept: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    return shutil.copytree(kept, tmp_path / "data")


FILES = ("archive.db", "raw/2026-11.db", "corpus/*.txt", "corpus/manifest.jsonl", "*/*.sha256")


def flip(path: Path, place: int, bit: int = 0) -> None:
    """Turn one bit of a file over."""
    body = bytearray(path.read_bytes())
    body[place] ^= 1 << bit
    path.write_bytes(body)


def said(report: Report) -> str:
    """All faults in a line."""
    return " | ".join(f"{fault.place}: {fault.said}" for fault in report.faults)


def unseal(data: Path) -> None:
    """As after a run that was killed, or beside a daemon: the digest of the whole file is not there."""
    for seal in data.rglob("*.sha256"):
        seal.unlink()


def test_sound(data: Path) -> None:
    """Everything was looked at, and the same bytes are told as were read."""
    heard: list[int] = []
    report = verify(data, heard.append)
    assert report.faults == []
    assert report.strangers == []
    assert (report.counts["files"], report.counts["behind"], report.counts["unsealed"]) == (6, 0, 0)
    assert report.counts["bodies"] == 8
    assert 0.9 * total(data) < sum(heard) <= total(data)


@pytest.mark.parametrize("name", FILES)
def test_a_flipped_byte_is_found(data: Path, name: str) -> None:
    """In any file of an archive at rest, at any place."""
    dice = random.Random(name)
    path = dice.choice(sorted(data.glob(name)))
    body = path.read_bytes()
    for place in (0, len(body) - 1, *dice.sample(range(len(body)), 6)):
        flip(path, place, dice.randrange(8))
        assert not verify(data).sound, f"{path.name}: byte {place}"
        path.write_bytes(body)
    assert verify(data).sound


@pytest.mark.slow
@pytest.mark.parametrize("name", ["archive.db", "raw/2026-11.db"])
def test_a_flipped_byte_that_is_not_found_says_nothing(data: Path, name: str) -> None:
    """Without the digest of the whole file, what `verify` calls sound says what it said before, row for row."""
    unseal(data)
    path, dice, found = data / name, random.Random(name), 0
    body, before = path.read_bytes(), content(path)
    for _ in range(250):
        place = dice.randrange(len(body))
        flip(path, place, dice.randrange(8))
        for beside in path.parent.glob(f"{path.name}-*"):
            beside.unlink()
        if verify(data).sound:
            assert content(path) == before, f"byte {place}"
        else:
            found += 1
        path.write_bytes(body)
    print(f"{name}: {found / 2.5:.0f} % of flipped bytes found without a seal, the others said nothing")
    assert found > 25


def content(path: Path) -> dict[str, list[str]]:
    """Every row but of the search's index, and of what new bodies lean on, a guess; of archive.db the shape, too."""
    uri = f"{path.as_uri()}?mode=ro"
    with closing(sqlite3.connect(uri, uri=True)) as file:
        names = file.execute(
            "SELECT name FROM sqlite_schema WHERE type IN ('table', 'view') AND name NOT GLOB '*_fts_*'"
        )
        tables = [name for (name,) in names if name != "live_references"]
        cells = {"bodies": "sha256, size, reference"}  # a frame has bits that say nothing; what it says has its SHA-256
        rows = {
            name: sorted(map(repr, file.execute(f'SELECT {cells.get(name, "*")} FROM "{name}"'))) for name in tables
        }
        shapes = "SELECT type, name, sql FROM sqlite_schema WHERE 'seals' IN (SELECT name FROM sqlite_schema)"
        return rows | {"": [repr(row) for row in file.execute(shapes)]}


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (b"Two boats began to dredge", "versions"),
        (b"2026-11-22T12:00:00+00:00", "is not as it was written"),
        (b"CREATE VIEW edits AS\n    SELECT new", "sqlite_schema"),
    ],
)
def test_a_changed_letter_is_found_without_a_seal_of_the_file(data: Path, words: bytes, told: str) -> None:
    """SQLite's own check says nothing of it; the digest beside the row does."""
    unseal(data)
    path = data / "archive.db"
    flip(path, path.read_bytes().rindex(words) + len(words) - 1)
    with closing(sqlite3.connect(path)) as file, suppress(sqlite3.DatabaseError):
        assert file.execute("PRAGMA integrity_check").fetchall()
    assert told in said(verify(data))


def test_a_damaged_log_is_found(data: Path, tmp_path: Path) -> None:
    """SQLite drops what stands behind a damaged frame without a word: it was committed, and is told of."""
    with closing(Archive(data / "archive.db")) as archive:
        for number in range(3):
            with archive.transaction():
                archive.write("INSERT INTO hosts (origin) VALUES (?)", [f"https://{number}.example"])
        killed = shutil.copytree(data, tmp_path / "killed")
    assert verify(killed).sound
    killed = shutil.copytree(data, tmp_path / "again", dirs_exist_ok=True)
    with closing(Archive(killed / "archive.db")) as archive:
        with archive.transaction():
            archive.write("INSERT INTO hosts (origin) VALUES ('https://4.example')")
        damaged = shutil.copytree(killed, tmp_path / "damaged")
    flip(damaged / "archive.db-wal", 32 + 24 + 100)
    assert "frame 1 is damaged" in said(verify(damaged))


def test_beside_a_writer(data: Path) -> None:
    """What is written meanwhile is no fault."""
    over = threading.Event()

    def write() -> None:
        with closing(Archive(data / "archive.db")) as archive, closing(Raw(data / "raw")) as raw:
            number = 0
            while not over.is_set():
                with archive.transaction(), raw.transaction():
                    raw.put(f"body {number}".encode(), NOW, "e.org")
                    archive.write("UPDATE articles SET looks = looks + 1, next_look = ?", [str(number)])
                    archive.write("INSERT INTO hosts (origin) VALUES (?)", [f"https://{number}.example"])
                number += 1

    writer = threading.Thread(target=write)
    writer.start()
    try:
        found = [verify(data) for _ in range(4)]
    finally:
        over.set()
        writer.join()
    assert [said(report) for report in found] == [""] * 4
    assert verify(data).counts["orphans"] > 0


def test_rows_of_other_programs(data: Path) -> None:
    """They are no fault, and nothing vouches for them until newskeep writes next."""
    with closing(sqlite3.connect(data / "archive.db")) as file:
        file.execute("UPDATE articles SET looks = 7 WHERE id = 1")
        file.commit()
    report = verify(data)
    assert [fault.mend for fault in report.faults] == ["seal"]
    assert report.counts["unsealed"] == 1
    with closing(Archive(data / "archive.db")) as archive, archive.transaction():
        archive.write("INSERT INTO hosts (origin) VALUES ('https://a.example')")
    assert verify(data).sound
    assert verify(data).counts["unsealed"] == 0


def test_other_files_are_named(data: Path) -> None:
    """A file that is not ours is no fault."""
    (data / "notes.txt").write_text("mine")
    (data / "raw" / "2026-10.db.bak").write_text("mine")
    report = verify(data)
    assert report.sound
    assert report.strangers == ["notes.txt", "raw/2026-10.db.bak"]


def test_an_export_that_was_stopped(data: Path) -> None:
    """Files are newer than their lines, or have none yet: the next export tells of them."""
    manifest = data / "corpus" / "manifest.jsonl"
    lines = manifest.read_text("utf-8").splitlines(keepends=True)
    manifest.write_text("".join(lines[:4]), "utf-8")
    assert verify(data).sound
    assert verify(data).counts["behind"] == 2


def _no_body(data: Path) -> None:
    with closing(Archive(data / "archive.db", readonly=True)) as archive, closing(Raw(data / "raw")) as raw:
        digest = archive.value("SELECT sha256 FROM captures WHERE url = 'http://e.org/2'")
        with raw.transaction():
            raw.remove("2026-11", [digest])


def _sql(*statements: str) -> Callable[[Path], None]:
    def change(data: Path) -> None:
        with closing(sqlite3.connect(data / "archive.db")) as file:
            for statement in statements:
                file.execute(statement)
            file.commit()

    return change


def _odd_file(data: Path) -> None:
    next(data.glob("corpus/002_*.txt")).write_text("another text")


FAULTS: list[tuple[Callable[[Path], None], str]] = [
    (_no_body, "http://e.org/2: its body is not there"),
    (_odd_file, "is not as it was written"),
    (_sql("UPDATE versions SET text_sha256 = '00' WHERE id = 2"), "version 2: its text has not its SHA-256"),
    (_sql("UPDATE versions SET kinds = '[]' WHERE id = 2"), "version 2: 0 kinds of 3 paragraphs"),
    (_sql("UPDATE versions SET authors = '[' WHERE id = 2"), "version 2: authors is no JSON list"),
    (_sql("UPDATE captures SET headers = '' WHERE id = 2"), "capture 2: its headers are no JSON"),
    (_sql("UPDATE captures SET size = 1 WHERE id = 2"), "1 bytes are said of"),
    (_sql("UPDATE articles SET title = 'x' WHERE id = 2"), "its title or date is not that of its current version"),
    (_sql("UPDATE articles SET version_id = 4 WHERE id = 4"), "its current version is not its newest"),
    (_sql("UPDATE articles SET entry_id = 99 WHERE id = 2"), "articles 2: leads to no row of entries"),
    (_sql("DELETE FROM articles_fts_docsize WHERE id = 2"), "the index of the search does not fit"),
    (_sql("UPDATE articles_fts_config SET v = 9"), "the settings of the search are not ours"),
    (_sql("UPDATE totals SET n = 99 WHERE what = 'articles'"), "articles current: not as many as `totals` says"),
    (_sql("INSERT INTO sketch_hashes VALUES (1, 1)"), "in the sketches"),
    (
        _sql("INSERT INTO tombstones (key, url, taken_at, done_at) SELECT key, url, '', '' FROM articles LIMIT 1"),
        "taken down, and",
    ),
    (_sql("DROP VIEW edits"), "sqlite_schema edits view: is lost"),
    (_sql("DROP TRIGGER seal_hosts_new", "INSERT INTO hosts (origin) VALUES ('a')"), "hosts a: was written by nobody"),
    (_sql("DROP TRIGGER seal_hosts_gone", "DELETE FROM seals WHERE name = 'hosts'", "DELETE FROM hosts"), "hosts"),
]


@pytest.mark.parametrize(("change", "told"), FAULTS)
def test_faults(data: Path, change: Callable[[Path], None], told: str) -> None:
    """Each is named."""
    change(data)
    assert told in said(verify(data))


@pytest.mark.parametrize("name", ["archive.db", "raw/2026-11.db"])
def test_a_file_that_is_none(data: Path, name: str) -> None:
    """Told, not raised."""
    (data / name).write_bytes(b"no database at all" * 300)
    assert name in said(verify(data))
