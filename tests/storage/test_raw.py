"""Bodies come back byte for byte, from the file of their month alone."""

import hashlib
import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage.raw import MissingBody, Raw, RawFolderGone
from storage.trouble import Undone

NOVEMBER, DECEMBER = datetime(2026, 11, 30, 23, 59, tzinfo=UTC), datetime(2026, 12, 1, tzinfo=UTC)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50, deadline=None)
@given(bodies=st.lists(st.binary(max_size=3000), max_size=5))
def test_round_trip(tmp_path: Path, bodies: list[bytes]) -> None:
    """Any bytes come back as they were, under their SHA-256."""
    raw = Raw(tmp_path)
    with raw.transaction():
        digests = [raw.put(body, NOVEMBER) for body in bodies]
    assert [raw.get(digest, NOVEMBER) for digest in digests] == bodies
    assert digests == [hashlib.sha256(body).hexdigest() for body in bodies]
    raw.close()


def test_identical_bodies_once(tmp_path: Path) -> None:
    """The same bytes twice in a month are one row."""
    raw = Raw(tmp_path)
    with raw.transaction():
        assert raw.put(b"same", NOVEMBER) == raw.put(b"same", NOVEMBER)
    raw.close()
    with sqlite3.connect(tmp_path / "2026-11.db") as file:
        assert file.execute("SELECT count(*), sum(size) FROM bodies").fetchone() == (1, 4)
    file.close()


def test_each_month_is_readable_alone(tmp_path: Path) -> None:
    """A month's file, moved elsewhere, gives its bodies without the others."""
    raw = Raw(tmp_path / "raw")
    with raw.transaction():
        digest = raw.put(b"november", NOVEMBER)
        assert raw.put(b"november", DECEMBER) == digest
    raw.close()
    (tmp_path / "moved").mkdir()
    (tmp_path / "raw" / "2026-11.db").rename(tmp_path / "moved" / "2026-11.db")
    moved, left = Raw(tmp_path / "moved"), Raw(tmp_path / "raw")
    assert moved.get(digest, NOVEMBER) == left.get(digest, DECEMBER) == b"november"
    with pytest.raises(MissingBody, match="2026-11"):
        left.get(digest, NOVEMBER)
    moved.close()
    left.close()


def test_what_fails_is_not_kept(tmp_path: Path) -> None:
    """Bodies of a transaction that fails are gone."""
    raw = Raw(tmp_path)
    with pytest.raises(RuntimeError), raw.transaction():
        digest = raw.put(b"never", NOVEMBER)
        raise RuntimeError
    with pytest.raises(MissingBody):
        raw.get(digest, NOVEMBER)
    raw.close()


def keep(raw: Raw, body: bytes, at: datetime = NOVEMBER) -> str:
    with raw.transaction():
        return raw.put(body, at)


def held(path: Path) -> list[bytes]:
    """What a month's file holds for a reader that was not there when it was written."""
    raw = Raw(path.parent)
    with closing(raw), closing(sqlite3.connect(path)) as file:
        assert file.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return [raw.get(digest, NOVEMBER) for (digest,) in file.execute("SELECT sha256 FROM bodies ORDER BY rowid")]


@pytest.mark.parametrize("empty", [False, True], ids=["deleted", "unmounted"])
def test_a_folder_that_went_while_it_was_open(tmp_path: Path, empty: bool) -> None:
    """Nothing is put into a deleted file, or under a mount point; when the folder is back it goes on."""
    folder, away = tmp_path / "raw", tmp_path / "away"
    with closing(Raw(folder)) as raw:
        keep(raw, b"before")
        folder.rename(away)
        if empty:
            folder.mkdir()
        for _ in range(2):
            with pytest.raises(RawFolderGone, match="mount it"):
                keep(raw, b"while it is away")
        if empty:
            folder.rmdir()
        away.rename(folder)
        keep(raw, b"after")
    assert held(folder / "2026-11.db") == [b"before", b"after"]


def test_a_folder_that_is_not_there_at_the_start(tmp_path: Path) -> None:
    """It is made for a new archive only; where there were bodies a person says that they are lost."""
    folder = tmp_path / "raw"
    with closing(Raw(folder, make=False)) as raw:
        with pytest.raises(RawFolderGone) as told:
            keep(raw, b"never")
        with pytest.raises(RawFolderGone):
            raw.get("00", NOVEMBER)
        assert not folder.exists()
        make, touch = str(told.value).partition("held: ")[2].split(" && ")
        Path(make.removeprefix("mkdir -p ")).mkdir()
        Path(touch.removeprefix("touch ")).touch()
        keep(raw, b"goes on")
    assert held(folder / "2026-11.db") == [b"goes on"]


def test_a_month_that_was_moved_away_is_whole(tmp_path: Path) -> None:
    """It takes along what still stood in its -wal; its place gets a new file."""
    folder = tmp_path / "raw"
    (tmp_path / "moved").mkdir()
    with closing(Raw(folder)) as raw:
        digest = keep(raw, b"before")
        (folder / "2026-11.db").rename(tmp_path / "moved" / "2026-11.db")
        keep(raw, b"after")
        with pytest.raises(MissingBody):
            raw.get(digest, NOVEMBER)
    assert held(tmp_path / "moved" / "2026-11.db") == [b"before"]
    assert held(folder / "2026-11.db") == [b"after"]


def test_a_month_that_goes_amid_a_transaction(tmp_path: Path) -> None:
    """Neither its end nor a second body passes: the rows that name them are not committed either."""
    folder = tmp_path / "raw"
    with closing(Raw(folder)) as raw:
        with pytest.raises(RawFolderGone, match="went"), raw.transaction():
            raw.put(b"one", NOVEMBER)
            shutil.rmtree(folder)
        folder.mkdir()
        (folder / "LOST").touch()
        with pytest.raises(RawFolderGone, match="went"), raw.transaction():
            raw.put(b"two", NOVEMBER)
            shutil.rmtree(folder)
            raw.put(b"three", NOVEMBER)
        folder.mkdir()
        (folder / "LOST").touch()
        keep(raw, b"four")
    assert held(folder / "2026-11.db") == [b"four"]


def test_the_month_before_is_closed(tmp_path: Path) -> None:
    """When a month begins the file of the last one is alone, without -wal: it can be moved. Few files stay open."""
    with closing(Raw(tmp_path)) as raw:
        keep(raw, b"november")
        keep(raw, b"december", DECEMBER)
        assert not (tmp_path / "2026-11.db-wal").exists()
        for year in range(2027, 2037):
            for number in range(1, 13):
                keep(raw, b"later", datetime(year, number, 1, tzinfo=UTC))
        assert len([each for each in Path("/proc/self/fd").iterdir() if leads(each, tmp_path)]) <= 3


def leads(link: Path, folder: Path) -> bool:
    try:
        return str(link.readlink()).startswith(str(folder))
    except FileNotFoundError:
        return False


def test_bodies_that_sqlite_took_back_are_not_named(tmp_path: Path) -> None:
    """A full disk at the second body takes the first back, too: the transaction fails, so no row names either."""
    with closing(Raw(tmp_path)) as raw:
        keep(raw, b"small")
        limit(raw, pages=8)
        errors: list[Any] = []
        with pytest.raises(Undone), raw.transaction():
            first = raw.put(b"first", NOVEMBER)
            for _ in range(2):  # the third is not even tried
                try:
                    raw.put(noise(200_000), NOVEMBER)
                except sqlite3.OperationalError as error:
                    errors.append(error)
        assert errors[0] is errors[1]
        with pytest.raises(MissingBody):
            raw.get(first, NOVEMBER)
        limit(raw, pages=10_000)
        keep(raw, noise(200_000))
    assert held(tmp_path / "2026-11.db") == [b"small", noise(200_000)]


def limit(raw: Raw, *, pages: int) -> None:
    """A disk that is full at so many pages."""
    raw._months["2026-11"].db.execute(f"PRAGMA max_page_count = {pages}")


def noise(size: int) -> bytes:
    """Bytes that no compression makes smaller."""
    return b"".join(hashlib.sha256(str(n).encode()).digest() for n in range(size // 32))
