"""Month files: those of before, those that may only be read, what is removed from them, their seals."""

import hashlib
import sqlite3
import subprocess
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from backports import zstd

from storage.raw import MissingBody, Raw, RawFolderGone
from tests.storage.test_raw_leaning import FRAMES, HOST, noise, page

NOVEMBER, DECEMBER = datetime(2026, 11, 3, tzinfo=UTC), datetime(2026, 12, 1, tzinfo=UTC)
OLD = "CREATE TABLE bodies (sha256 TEXT PRIMARY KEY, size INTEGER NOT NULL, data BLOB NOT NULL)"  # until 2026-11


@pytest.fixture
def old(tmp_path: Path) -> bytes:
    """The one body of a file as the first newskeep made it."""
    body = page(FRAMES[0])
    with closing(sqlite3.connect(tmp_path / "2026-11.db")) as file:
        file.execute("PRAGMA journal_mode = WAL")
        file.execute(OLD)
        row = (hashlib.sha256(body).hexdigest(), len(body), zstd.compress(body, 3))
        file.execute("INSERT INTO bodies VALUES (?, ?, ?)", row)
        file.commit()
    return body


def keep(raw: Raw, *bodies: bytes, at: datetime = NOVEMBER) -> list[str]:
    with raw.transaction():
        return [raw.put(body, at, HOST) for body in bodies]


def columns(folder: Path) -> int:
    with closing(sqlite3.connect(folder / "2026-11.db")) as file:
        return len(file.execute("PRAGMA table_info(bodies)").fetchall())


@pytest.mark.parametrize("readonly", [True, False])
def test_files_of_before_are_read_as_they_are(tmp_path: Path, old: bytes, readonly: bool) -> None:
    """Not a byte of them changes by that."""
    before = (tmp_path / "2026-11.db").read_bytes()
    with closing(Raw(tmp_path, readonly=readonly)) as raw:
        (row,) = raw.stored("2026-11")
        assert (raw.get(row.sha256, NOVEMBER), row.size, row.reference) == (old, len(old), None)
        assert list(raw.check("2026-11")) == []
        with pytest.raises(MissingBody):
            raw.get("00", NOVEMBER)
    assert (tmp_path / "2026-11.db").read_bytes() == before


def test_files_of_before_gain_the_column_when_they_are_written_to(tmp_path: Path, old: bytes) -> None:
    """A transaction that fails leaves them as they were; whoever reads them meanwhile goes on."""
    digest = hashlib.sha256(old).hexdigest()
    with closing(Raw(tmp_path, readonly=True)) as reader, closing(Raw(tmp_path)) as raw:
        assert reader.get(digest, NOVEMBER) == old
        with pytest.raises(KeyError), raw.transaction():
            raw.put(page(FRAMES[0]), NOVEMBER, HOST)
            raise KeyError
        assert columns(tmp_path) == 3
        bodies = [page(FRAMES[0]) for _ in range(3)]
        assert keep(raw, old) == [digest]
        assert columns(tmp_path) == 3  # for it was there
        kept = keep(raw, *bodies)
        assert columns(tmp_path) == 4
        assert [reader.get(each, NOVEMBER) for each in [digest, *kept]] == [old, *bodies]
        assert [each.reference for each in reader.stored("2026-11")] == [None, None, kept[0], kept[0]]
        assert list(raw.check("2026-11")) == []


def test_read_only_beside_a_writer(tmp_path: Path) -> None:
    """It sees what is committed, at once; it makes and changes nothing, and a folder that is gone is told."""
    with closing(Raw(tmp_path / "none", readonly=True)) as nothing:
        assert nothing.months() == []
        with pytest.raises(RawFolderGone):
            nothing.get("00", NOVEMBER)
        assert not (tmp_path / "none").exists()
    with closing(Raw(tmp_path)) as raw, closing(Raw(tmp_path, readonly=True)) as reader:
        for number in range(3):
            (digest,) = keep(raw, body := page(FRAMES[0], b"%d" % number))
            assert reader.get(digest, NOVEMBER) == body
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            keep(reader, b"never")
        with pytest.raises(MissingBody):
            reader.get(digest, DECEMBER)
        assert reader.months() == ["2026-11"]
        assert reader.sizes()["2026-11"] > len(FRAMES[0])


def test_each_month_has_references_of_its_own(tmp_path: Path) -> None:
    """Its file is read alone."""
    with closing(Raw(tmp_path)) as raw:
        (november,), (first, second) = (
            keep(raw, page(FRAMES[0])),
            keep(raw, page(FRAMES[0]), page(FRAMES[0]), at=DECEMBER),
        )
        assert [each.reference for each in raw.stored("2026-12")] == [None, first]
    (tmp_path / "2026-11.db").unlink()
    with closing(Raw(tmp_path, readonly=True)) as raw:
        assert raw.get(second, DECEMBER)
        with pytest.raises(MissingBody):
            raw.get(november, NOVEMBER)


def test_removal_leaves_all_others_and_no_trace(tmp_path: Path) -> None:
    """What leaned on a removed body leans on another; of the removed words nothing is left in the file."""
    secret = b"the words that have to go " * 30
    marked = noise(2_000) + secret  # as it stands in a frame: a compressor cannot shorten letters that it meets once
    bodies = [page(FRAMES[0], marked), *(page(FRAMES[0]) for _ in range(6)), *(page(FRAMES[1]) for _ in range(2))]
    with closing(Raw(tmp_path)) as raw:
        kept = keep(raw, *bodies)
        frames = {row.sha256: row for row in raw.stored("2026-11")}
        data = raw._months["2026-11"].db.execute("SELECT data FROM bodies WHERE sha256 = ?", [kept[0]]).fetchone()[0]
        with raw.transaction():
            saved = raw.remove("2026-11", [kept[0], kept[2], "00"])
        after = {row.sha256: row for row in raw.stored("2026-11")}
        assert saved == sum(row.packed for row in frames.values()) - sum(row.packed for row in after.values())
        left = [kept[1], *kept[3:]]
        assert list(after) == left
        (alone,) = (each for each in left[:-2] if after[each].reference is None)
        assert {after[each].reference for each in left[:-2]} == {None, alone}
        assert [after[each].reference for each in left[-2:]] == [None, kept[7]]
        assert [raw.get(each, NOVEMBER) for each in left] == [bodies[1], *bodies[3:]]
        assert raw.remove("2025-01", kept) == 0
        shrunk = raw.shrink("2026-11")
        assert shrunk > 0
        on_disk = b"".join(file.read_bytes() for file in tmp_path.iterdir())
        assert not any(data[at : at + 16] in on_disk for at in range(100, len(data) - 16, 500))
        assert list(raw.check("2026-11")) == []
        keep(raw, page(FRAMES[0]))
        assert list(raw.stored("2026-11"))[-1].reference == alone  # it is what new ones lean on, too
        with raw.transaction():
            raw.remove("2026-11", [each.sha256 for each in raw.stored("2026-11")])
        assert list(raw.stored("2026-11")) == []


def test_a_removal_that_fails_takes_nothing(tmp_path: Path) -> None:
    """It is part of its transaction."""
    with closing(Raw(tmp_path)) as raw:
        bodies = [page(FRAMES[0]) for _ in range(3)]
        kept = keep(raw, *bodies)
        with pytest.raises(KeyError), raw.transaction():
            raw.remove("2026-11", kept[:1])
            raise KeyError
        assert [raw.get(each, NOVEMBER) for each in kept] == bodies
        assert [each.reference for each in raw.stored("2026-11")] == [None, kept[0], kept[0]]


def test_a_file_is_sealed_when_writing_is_over(tmp_path: Path) -> None:
    """At the end of a run, or of its month; never while it is written to. `sha256sum` reads the seal."""
    november, december = tmp_path / "2026-11.db.sha256", tmp_path / "2026-12.db.sha256"
    with closing(Raw(tmp_path)) as raw:
        keep(raw, b"one")
        assert not november.exists()
        keep(raw, b"two", at=DECEMBER)
        assert november.exists()
        assert not december.exists()
        keep(raw, b"late")
        assert not november.exists()
    told = subprocess.check_output(["sha256sum", "-c", november.name, december.name], cwd=tmp_path)
    assert told == b"2026-11.db: OK\n2026-12.db: OK\n"
    with closing(Raw(tmp_path)) as raw:
        assert raw.sealed("2026-11") == november.read_text().split()[0]
        keep(raw, b"late")  # it is there: nothing is written
        raw.get(hashlib.sha256(b"one").hexdigest(), NOVEMBER)
    with closing(Raw(tmp_path, readonly=True)) as raw:
        assert not raw.seal("2026-11")
        assert november.exists()


def test_no_seal_on_what_others_write(tmp_path: Path) -> None:
    """The first of two that ends leaves the file as it is; the last one seals it."""
    first, second = Raw(tmp_path), Raw(tmp_path)
    keep(first, b"one")
    with second.transaction():
        second.put(b"two", NOVEMBER)
        assert not first.seal("2026-11")
    with second.transaction():
        second.put(b"four", NOVEMBER)
        first.close()
    keep(second, b"three")
    assert second.sealed("2026-11") is None
    second.close()
    with closing(Raw(tmp_path, readonly=True)) as raw:
        assert raw.sealed("2026-11")
        assert list(raw.check("2026-11")) == []
