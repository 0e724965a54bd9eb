"""archive.db that goes, comes back, is another file, is held, full, old, or can only be read."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from storage.archive import Archive, ArchiveError
from storage.archive.base import ArchiveGone, Base
from storage.trouble import Replaced, Undone, can_pass
from tests.disks import disk, remount


@pytest.fixture
def base(tmp_path: Path) -> Iterator[Base]:
    opened = Base(tmp_path / "archive.db")
    opened.write("CREATE TABLE t (n)")
    yield opened
    opened.close()


def add(base: Base, value: object) -> None:
    with base.transaction():
        base.write("INSERT INTO t VALUES (?)", [value])


@pytest.mark.skipif(not Path("/proc/self/io").exists(), reason="writes are counted by Linux")
def test_small_steps_write_nothing_aside(base: Base) -> None:
    """What a step would have to undo goes into no file, and afterwards it does again."""

    def written(text: str) -> int:
        before = _writes()
        with base.transaction(), base.step():
            base.write("UPDATE t SET n = ?", [text])
        return _writes() - before

    base.db.conn.execute("PRAGMA wal_autocheckpoint = 0")
    with base.transaction():
        base.db.conn.executemany("INSERT INTO t VALUES (?)", [["x" * 3000]] * 500)
    aside = written("y" * 3000)
    with base.small_steps():
        assert written("z" * 3000) < 0.7 * aside
    assert written("w" * 3000) == pytest.approx(aside, rel=0.05)


def _writes() -> int:
    """System calls of this process that wrote."""
    return int(Path("/proc/self/io").read_text().split("syscw: ")[1].split()[0])


def test_gone_and_back(base: Base, tmp_path: Path) -> None:
    """Nothing is written into a file without a name; the same file back at its place is used as before."""
    add(base, 1)
    base.path.rename(tmp_path / "away")
    with pytest.raises(ArchiveGone, match="move it back") as told:
        add(base, 2)
    assert can_pass(told.value)
    (tmp_path / "away").rename(base.path)
    add(base, 3)
    assert [row["n"] for row in base.rows("SELECT n FROM t")] == [1, 3]


def test_another_file_in_its_place(base: Base, tmp_path: Path) -> None:
    """A backup that was put there while we ran is not written to, and waiting does not help."""
    add(base, 1)
    with closing(sqlite3.connect(tmp_path / "copy")) as copy:
        base.db.conn.backup(copy)
    base.path.unlink()
    (tmp_path / "copy").rename(base.path)
    with pytest.raises(Replaced, match="start newskeep again") as told:
        add(base, 2)
    assert not can_pass(told.value)


def test_a_commit_that_fails(base: Base) -> None:
    """The transaction ends with it: the next one neither continues it nor believes itself inside it."""
    base.db.conn.execute("CREATE TABLE child (n REFERENCES parent(n) DEFERRABLE INITIALLY DEFERRED)")
    base.db.conn.execute("CREATE TABLE parent (n PRIMARY KEY)")
    with pytest.raises(sqlite3.IntegrityError), base.transaction():
        base.write("INSERT INTO child VALUES (1)")
    assert not base.db.conn.in_transaction
    add(base, 5)
    with closing(sqlite3.connect(base.path)) as other:
        assert other.execute("SELECT n FROM t").fetchall() == [(5,)]
        assert other.execute("SELECT n FROM child").fetchall() == []


def test_a_full_disk_amid_a_transaction(base: Base) -> None:
    """SQLite takes all of it back at once; what comes after is not written without a transaction."""
    pages = base.value("PRAGMA page_count")
    base.value(f"PRAGMA max_page_count = {pages + 4}")
    with pytest.raises(Undone) as told, base.transaction():
        base.write("INSERT INTO t VALUES (1)")
        with pytest.raises(sqlite3.OperationalError) as full, base.step():
            base.write("INSERT INTO t VALUES (zeroblob(100000))")
        with base.step():
            base.write("INSERT INTO t VALUES (2)")
    assert can_pass(full.value)
    assert can_pass(told.value)
    base.value("PRAGMA max_page_count = 100000")
    assert base.value("SELECT count(*) FROM t") == 0


def test_a_damaged_file_does_not_pass(tmp_path: Path) -> None:
    """No waiting mends it; the file is named."""
    (tmp_path / "archive.db").write_bytes(b"no database at all" * 500)
    for readonly in (False, True):
        with pytest.raises(ArchiveError, match=r"archive\.db") as told:
            Base(tmp_path / "archive.db", readonly=readonly)
        assert not can_pass(told.value)


def test_read_only_beside_a_writer(base: Base) -> None:
    """It sees what was committed, writes nothing, and a writer that holds the archive does not keep it out."""
    add(base, 1)
    with closing(Base(base.path, readonly=True)) as reader, base.transaction():
        base.write("INSERT INTO t VALUES (2)")
        assert reader.value("SELECT max(n) FROM t") == 1
        with pytest.raises(ArchiveError, match="readonly"):
            reader.write("INSERT INTO t VALUES (3)")


def test_read_only_makes_nothing(tmp_path: Path) -> None:
    """Neither file nor folder, where there is no archive."""
    with pytest.raises(ArchiveError, match=r"none/archive\.db"):
        Base(tmp_path / "none" / "archive.db", readonly=True)
    assert not (tmp_path / "none").exists()


def test_read_only_of_an_old_archive(tmp_path: Path) -> None:
    """It is told what to do, and the file stays as it was."""
    path = tmp_path / "archive.db"
    with closing(sqlite3.connect(path)) as old:
        old.execute("CREATE TABLE sources (id INTEGER PRIMARY KEY)")
    with pytest.raises(ArchiveError, match="run `newskeep fetch` or `newskeep run` once"):
        Archive(path, readonly=True)
    with closing(sqlite3.connect(path)) as old:
        assert [name for (name,) in old.execute("SELECT name FROM sqlite_master")] == ["sources"]


def test_read_only_on_a_disk_that_cannot_be_written(tmp_path: Path) -> None:
    """An archive on a medium is read where no -shm can be made beside it; a `?` in its path is no query."""
    source = tmp_path / "archive.db"
    with closing(Base(source)) as made:
        made.write("CREATE TABLE t (n)")
        add(made, 4)
    with disk(tmp_path / "what?") as medium:
        shutil.copy(source, medium / "archive.db")
        remount(medium, "ro")
        with closing(Base(medium / "archive.db", readonly=True)) as reader:
            assert reader.value("SELECT n FROM t") == 4


@pytest.mark.slow
def test_held_wholly_by_another(tmp_path: Path) -> None:
    """One that even readers cannot pass is named as what it is."""
    path = tmp_path / "archive.db"
    Base(path).close()
    with closing(sqlite3.connect(path)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(ArchiveError, match=r"archive\.db: .*another program holds it") as told:
            Base(path, readonly=True)
        assert can_pass(told.value)
