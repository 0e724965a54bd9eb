"""What is wrong with a month file is found: each byte that flipped, each body that cannot be read back."""

import random
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from storage.raw import Fault, Raw
from tests.storage.test_raw_leaning import FRAMES, HOST, page

NOVEMBER = datetime(2026, 11, 3, tzinfo=UTC)
FILES = ("2026-11.db", "2026-11.db.sha256")


@pytest.fixture
def kept(tmp_path: Path) -> list[str]:
    """Two layouts, of which one has seen its reference removed: free pages, rewritten rows. The file is closed."""
    with closing(Raw(tmp_path)) as raw:
        with raw.transaction():
            digests = [raw.put(page(FRAMES[number % 2]), NOVEMBER, HOST) for number in range(10)]
        with raw.transaction():
            raw.remove("2026-11", digests[:1])
    return digests[1:]


def faults(folder: Path) -> list[Fault]:
    with closing(Raw(folder, readonly=True)) as raw:
        return list(raw.check("2026-11"))


def change(folder: Path, sql: str) -> None:
    """By another program than ours."""
    with closing(sqlite3.connect(folder / "2026-11.db")) as file, file:
        file.execute(sql)


def test_all_is_well(tmp_path: Path, kept: list[str]) -> None:
    """Nothing is wrong, each body was heard of."""
    heard: list[None] = []
    with closing(Raw(tmp_path, readonly=True)) as raw:
        assert list(raw.check("2026-11", lambda: heard.append(None))) == []
    assert len(heard) == len(kept)


@pytest.mark.parametrize("name", FILES)
def test_every_flipped_byte_is_found(tmp_path: Path, kept: list[str], name: str) -> None:
    """Wherever it is: in the header, between rows, in a free page, an index, a frame, in the seal itself."""
    file = tmp_path / name
    sound, dice = file.read_bytes(), random.Random(1)
    for place in [*range(0, min(len(sound), 100), 7), *dice.sample(range(len(sound)), 25)]:
        flipped = bytearray(sound)
        flipped[place] ^= 1 << dice.randrange(8)
        file.write_bytes(flipped)
        assert faults(tmp_path), f"byte {place} of {name}"
    file.write_bytes(sound)
    assert faults(tmp_path) == []


def test_flipped_bytes_of_frames_are_found_without_a_seal(tmp_path: Path, kept: list[str]) -> None:
    """As in a file that is being written to: what carries a body is read, and told apart from what leans on it."""
    file = tmp_path / "2026-11.db"
    (tmp_path / "2026-11.db.sha256").unlink()
    with closing(Raw(tmp_path, readonly=True)) as raw:
        row = raw._month("2026-11").db.execute("SELECT sha256, data FROM bodies WHERE reference IS NOT NULL").fetchone()
    leaning, data = row
    sound = file.read_bytes()
    part = next(data[at : at + 100] for at in range(0, len(data), 100) if data[at : at + 100] in sound)
    place = sound.index(part)
    for bit in range(8):
        flipped = bytearray(sound)
        flipped[place + 10 * bit] ^= 1 << bit
        file.write_bytes(flipped)
        assert [(fault.what, fault.sha256) for fault in faults(tmp_path)] == [("body", leaning)]


@pytest.mark.parametrize(
    ("sql", "what", "number"),
    [
        ("UPDATE bodies SET size = size + 1 WHERE reference IS NULL", "body", 2),
        ("UPDATE bodies SET data = 'text' WHERE rowid = (SELECT max(rowid) FROM bodies)", "body", 1),
        ("UPDATE bodies SET sha256 = 'no digest' WHERE rowid = (SELECT max(rowid) FROM bodies)", "body", 1),
        ("UPDATE bodies SET reference = 'nowhere' WHERE reference IS NOT NULL", "body", 7),
        ("UPDATE bodies SET reference = sha256 WHERE rowid = (SELECT max(rowid) FROM bodies)", "body", 1),
        (
            "UPDATE live_references SET sha256 = 'nowhere' WHERE used = (SELECT max(used) FROM live_references)",
            "reference",
            1,
        ),
        ("ALTER TABLE bodies RENAME TO corpses", "file", 1),
        ("ALTER TABLE live_references RENAME COLUMN used TO usEd", "file", 1),
    ],
)
def test_what_another_program_did_is_told(tmp_path: Path, kept: list[str], sql: str, what: str, number: int) -> None:
    """Each body is named that cannot be read back; the seal says that the file is another one, too."""
    change(tmp_path, sql)
    found = faults(tmp_path)
    assert [fault.what for fault in found] == ["seal", *[what] * number]
    assert all("2026-11.db" in fault.message and fault.month == "2026-11" for fault in found)


def test_a_removed_reference_takes_its_bodies_along(tmp_path: Path, kept: list[str]) -> None:
    """By another program: every body that leaned on it is named."""
    with closing(Raw(tmp_path, readonly=True)) as raw:
        rows = list(raw.stored("2026-11"))
    gone = next(row.sha256 for row in rows if row.reference is None)
    change(tmp_path, f"DELETE FROM bodies WHERE sha256 = '{gone}'")
    lost = {fault.sha256 for fault in faults(tmp_path) if fault.what == "body"}
    assert lost == {row.sha256 for row in rows if row.reference == gone} != set()


@pytest.mark.parametrize(
    "damage",
    [lambda file: file.write_bytes(b"no database"), lambda file: file.unlink(), lambda file: file.write_bytes(b"")],
    ids=["no database", "gone", "empty"],
)
def test_a_file_that_is_none(tmp_path: Path, kept: list[str], damage: Callable[[Path], object]) -> None:
    """It is told, and nothing is raised."""
    damage(tmp_path / "2026-11.db")
    assert {fault.what for fault in faults(tmp_path)} <= {"file", "seal"}
    assert faults(tmp_path)
