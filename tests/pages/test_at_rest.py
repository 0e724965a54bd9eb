"""An archive is shown where nothing can be written, and while others write to it."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from datasette.database import QueryInterrupted

from storage.datasette.at_rest import ArchiveFile
from tests.disks import disk
from tests.pages.conftest import serving

ROOT = Path(__file__).parent.parent.parent
# Of those who read the archive of the session meanwhile; nothing is in them.
READERS = shutil.ignore_patterns("*-wal", "*-shm")
# Another program on the same archive: a page for each line that it is told, and what it says when that is kept.
WRITER = """
import sys
import time
from datetime import timedelta
from pathlib import Path
from tests.storage.shelf import BEGAN, article, Shelf
shelf = Shelf(Path(sys.argv[1]), now=BEGAN + timedelta(days=1))
for line in sys.stdin:
    shelf.read(f"https://one.test/{line.strip()}", article(f"News {line.strip()}", "One word more."))
    print("kept", flush=True)
shelf.close()
"""


class Writer:
    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self.process = process

    def read(self, name: str) -> None:
        """A page, `News <name>`; returns when it is committed."""
        assert self.process.stdin and self.process.stdout
        self.process.stdin.write(f"{name}\n")
        self.process.stdin.flush()
        assert self.process.stdout.readline() == "kept\n"

    def close(self) -> None:
        """As a daemon ends that was asked to."""
        self.process.communicate(timeout=20)


@contextmanager
def writer(folder: Path) -> Iterator[Writer]:
    command = [sys.executable, "-c", WRITER, str(folder)]
    with subprocess.Popen(command, cwd=ROOT, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        try:
            yield Writer(process)
        finally:
            process.kill()


@pytest.fixture
def copy(archive: Path, tmp_path: Path) -> Path:
    """A folder with the archive, to be written to."""
    return shutil.copytree(archive.parent, tmp_path / "copy", ignore=READERS)


@pytest.fixture
def mounted(archive: Path, tmp_path: Path) -> Iterator[tuple[Path, Path]]:
    """The archive's folder, and the same where it is mounted read-only."""
    with disk(tmp_path / "disk", "32m") as folder:
        shutil.copytree(archive.parent, folder, dirs_exist_ok=True, ignore=READERS)
        there = tmp_path / "there"
        there.mkdir()
        subprocess.run(["mount", "--bind", folder, there], check=True)
        subprocess.run(["mount", "-o", "remount,bind,ro", there], check=True)
        try:
            yield folder, there
        finally:
            subprocess.run(["umount", "--lazy", there], check=True)


async def titles(datasette: Any) -> list[str]:
    """Of all articles, by SQL, as any program asks for them."""
    response = await datasette.client.get("/archive.json?_shape=arrays&sql=SELECT+title+FROM+articles+ORDER+BY+id")
    assert response.status_code == 200, response.text
    return [title for (title,) in response.json()["rows"]]


async def test_at_rest_on_a_read_only_mount(mounted: tuple[Path, Path]) -> None:
    """Pages, bodies' files beside them, Datasette's own tables: all answer, and nothing is made."""
    _, there = mounted
    before = sorted(path.name for path in there.rglob("*"))
    async with serving(there / "archive.db") as datasette:
        for path in ("/", "/archive", "/archive/articles", "/archive/articles/1.json"):
            assert (await datasette.client.get(path)).status_code == 200
        assert len(await titles(datasette)) == 5
    assert sorted(path.name for path in there.rglob("*")) == before


async def test_others_write_to_what_is_mounted_read_only(mounted: tuple[Path, Path]) -> None:
    """Each page is of this moment: while a program begins to write, writes, ends, or is killed; and at rest again."""
    folder, there = mounted
    async with serving(there / "archive.db") as datasette:
        assert (await titles(datasette))[5:] == []
        with writer(folder) as writing:
            writing.read("a")
            assert (await titles(datasette))[5:] == ["News a"]
            writing.read("b")
            assert (await titles(datasette))[5:] == ["News a", "News b"]
            writing.close()
        assert (await titles(datasette))[5:] == ["News a", "News b"]
        with writer(folder) as writing:
            writing.read("c")
            writing.process.send_signal(signal.SIGKILL)
            writing.process.wait()
        assert (await titles(datasette))[5:] == ["News a", "News b", "News c"]
        assert (await datasette.client.get("/")).status_code == 200
    async with serving(there / "archive.db") as datasette:
        assert (await titles(datasette))[5:] == ["News a", "News b", "News c"]


async def test_at_rest_again(mounted: tuple[Path, Path]) -> None:
    """A file that was written to while nobody asked, and has no -wal any more, is not taken for what it was."""
    folder, there = mounted
    async with serving(there / "archive.db") as datasette:
        assert len(await titles(datasette)) == 5
        with writer(folder) as writing:
            writing.read("a")
            writing.close()
        assert not list(folder.glob("archive.db-*"))
        assert (await titles(datasette))[5:] == ["News a"]


@pytest.mark.parametrize("fails", [False, True])
async def test_a_question_during_which_it_woke(mounted: tuple[Path, Path], fails: bool) -> None:
    """Half of one moment and half of another is no answer, and what it broke on is no error: it is asked again."""
    folder, there = mounted
    asked = []

    def question(_: sqlite3.Connection) -> int:
        asked.append(1)
        if len(asked) < 3:
            os.utime(folder / "archive.db", ns=(0, len(asked)))
            if fails:
                raise sqlite3.DatabaseError("database disk image is malformed")
        return len(asked)

    async with serving(there / "archive.db") as datasette:
        assert await datasette.databases["archive"].execute_fn(question) == 3


async def test_an_error_at_rest_is_told(mounted: tuple[Path, Path]) -> None:
    """What is wrong with a question is wrong with it the second time, too."""
    _, there = mounted
    async with serving(there / "archive.db") as datasette:
        response = await datasette.client.get("/archive.json?sql=SELECT+nobody+FROM+articles")
        assert (response.status_code, response.json()["error"]) == (400, "no such column: nobody")


@pytest.mark.slow
async def test_pages_beside_a_writer(copy: Path) -> None:
    """While a program commits one page after the other, every page answers, with what was committed before it."""
    with writer(copy) as writing:
        async with serving(copy / "archive.db") as datasette:
            for number in range(30):
                writing.read(str(number))
                answers = [await datasette.client.get(path) for path in ("/", "/archive/articles")]
                assert [answer.status_code for answer in answers] == [200, 200]
                assert (await titles(datasette))[-1] == f"News {number}"


async def test_another_file_in_its_place(copy: Path, tmp_path: Path) -> None:
    """An archive that was moved in from a backup is shown at once."""
    other = tmp_path / "other.db"
    shutil.copy(copy / "archive.db", other)
    async with serving(copy / "archive.db") as datasette:
        assert (await titles(datasette))[0] == "Dredging costs more"
        changed = sqlite3.connect(other)
        changed.execute("UPDATE articles SET title = 'From a backup' WHERE id = 1")
        changed.commit()
        changed.close()
        other.replace(copy / "archive.db")
        assert (await titles(datasette))[0] == "From a backup"


async def test_a_file_that_went(copy: Path) -> None:
    """While the archive is not at its place, what was open goes on to be read; an open file outlives its name."""
    async with serving(copy / "archive.db", settings={"num_sql_threads": 0}) as datasette:
        before = await titles(datasette)
        (copy / "archive.db").rename(copy / "elsewhere.db")
        assert await titles(datasette) == before


async def test_none_of_it_can_be_written(copy: Path) -> None:
    """The connection of every page is one that reads; of the archive alone, not of other files."""
    async with serving(copy / "archive.db") as datasette:
        database = datasette.databases["archive"]
        assert isinstance(database, ArchiveFile)
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            await database.execute_fn(lambda connection: connection.execute("DELETE FROM articles"))


async def test_an_archive_of_an_older_newskeep(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A plain Datasette shows its tables, and says why there are no pages."""
    changed = sqlite3.connect(copy / "archive.db")
    changed.execute("DELETE FROM _sqlite_migrations WHERE name = 'm010_pages'")
    changed.commit()
    changed.close()
    async with serving(copy / "archive.db") as datasette:
        assert (await datasette.client.get("/archive/articles")).status_code == 200
        assert (await datasette.client.get("/")).status_code == 200
    assert "made by an older newskeep" in capsys.readouterr().err


async def test_counting_is_bounded(archive: Path) -> None:
    """Datasette gives up what it counts by itself before a page is late; a person's own SQL has all of its time."""
    endless = "select count(*) from (WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n)"
    async with serving(archive, settings={"sql_time_limit_ms": 700}) as datasette:
        database, begun = datasette.get_database("archive"), time.perf_counter()
        with pytest.raises(QueryInterrupted):
            await database.execute(endless)
        counted = time.perf_counter() - begun
        with pytest.raises(QueryInterrupted):
            await database.execute(endless, truncate=True)
        asked = time.perf_counter() - begun - counted
    assert counted < 0.7 <= asked
