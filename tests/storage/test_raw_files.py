"""Bodies that come in a file: as those from memory, whatever their length, and never in memory as a whole."""

import errno
import hashlib
import io
import random
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage.raw import DamagedBody, MissingBody, Raw, large
from storage.raw.packing import PIECE, pack, unpacked
from tests.storage.test_raw_months import OLD, columns

NOVEMBER = datetime(2026, 11, 3, tzinfo=UTC)
SITE = "https://paper.test/sitemap.xml"


def sitemap(addresses: int, seed: int = 1) -> bytes:
    """Lines that compress as those of a sitemap do."""
    dice = random.Random(seed)
    lines = (f"<loc>https://paper.test/2025/{number}-{dice.randbytes(6).hex()}</loc>\n" for number in range(addresses))
    return "".join(lines).encode()


LARGE = sitemap(60_000)


def keep(raw: Raw, *files: Path) -> list[str]:
    with raw.transaction():
        return [raw.put_file(file, NOVEMBER, SITE) for file in files]


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """One that is small, and two that are too large for memory, of which one does not compress."""
    bodies = [sitemap(100), LARGE, random.Random(2).randbytes(large.LARGE)]
    made = [tmp_path / f"document-{number}" for number in range(len(bodies))]
    for file, body in zip(made, bodies, strict=True):
        file.write_bytes(body)
    return made


def test_files_are_bodies_like_others(tmp_path: Path, files: list[Path]) -> None:
    """They come back byte for byte, once however they came, and are found sound; large ones lean on nothing."""
    bodies = [file.read_bytes() for file in files]
    with closing(Raw(tmp_path / "raw")) as raw:
        kept = keep(raw, *files, *files)
        assert kept == [hashlib.sha256(body).hexdigest() for body in bodies] * 2
        assert [raw.get(digest, NOVEMBER) for digest in kept[:3]] == bodies
        with raw.transaction():
            assert [raw.put(body, NOVEMBER, SITE) for body in bodies] == kept[:3]
        rows = list(raw.stored("2026-11"))
        assert [(row.sha256, row.size, row.reference) for row in rows] == [
            (digest, len(body), None) for digest, body in zip(kept[:3], bodies, strict=True)
        ]
        assert rows[1].packed < len(LARGE) / 3
        assert list(raw.check("2026-11")) == []
        with raw.transaction():
            small = raw.put(bodies[0] + b"<loc/>", NOVEMBER, SITE)
        assert {row.sha256: row.reference for row in raw.stored("2026-11")}[small] == kept[0]
        with raw.transaction():
            assert raw.remove("2026-11", [kept[1]]) == rows[1].packed
        assert raw.shrink("2026-11") >= rows[1].packed - 2048
        assert list(raw.check("2026-11")) == []
    assert sorted(tmp_path.iterdir()) == [*files, tmp_path / "raw"]
    assert {file.suffix for file in (tmp_path / "raw").iterdir()} == {".db", ".sha256"}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25, deadline=None)
@given(st.integers(0, 3 * PIECE), st.integers(0, 3 * PIECE))
def test_frames_come_apart_piece_by_piece(tmp_path: Path, letters: int, noise: int) -> None:
    """What is packed from a file is read at once, and what is packed at once is read in pieces."""
    body = b"x" * letters + random.Random(noise).randbytes(noise)
    file = tmp_path / "document"
    file.write_bytes(body)
    with large.packed(file) as frame:
        data = frame.data.read()
    assert (len(data), frame.size) == (frame.packed, len(body))
    pieces = list(unpacked(pack(body)))
    assert b"".join(pieces) == b"".join(unpacked(data)) == body
    assert max(map(len, pieces)) <= PIECE


def test_damaged_frames() -> None:
    """Cut off, continued, leaning on something else: each is told, and none is taken for whole."""
    frame, leaning = pack(LARGE), pack(LARGE, LARGE[:9_000])
    for data in (frame[:-1], frame[:2_000], b"", frame + b"\0", frame[:9_000] + b"\0" + frame[9_001:], leaning):
        with pytest.raises(DamagedBody):
            list(unpacked(data))
    assert b"".join(unpacked(leaning, LARGE[:9_000])) == LARGE


def test_a_damaged_large_body_is_found(tmp_path: Path, files: list[Path]) -> None:
    """Whatever byte of it changed."""
    with closing(Raw(tmp_path / "raw")) as raw:
        _, digest, _ = keep(raw, *files)
    with closing(sqlite3.connect(tmp_path / "raw/2026-11.db")) as file, file:
        ((row,),) = file.execute("SELECT rowid FROM bodies WHERE sha256 = ?", [digest]).fetchall()
        with file.blobopen("bodies", "data", row) as blob:
            blob[5_000] = blob[5_000] ^ 1
    with closing(Raw(tmp_path / "raw", readonly=True)) as raw:
        assert {fault.sha256 for fault in raw.check("2026-11") if fault.what == "body"} == {digest}
        with pytest.raises(DamagedBody):
            raw.get(digest, NOVEMBER)


def test_part_of_its_transaction(tmp_path: Path, files: list[Path]) -> None:
    """What fails is not kept, neither it nor what was put before it."""
    with closing(Raw(tmp_path / "raw")) as raw:
        with pytest.raises(KeyError), raw.transaction():
            digest = raw.put_file(files[1], NOVEMBER)
            raise KeyError
        with pytest.raises(MissingBody):
            raw.get(digest, NOVEMBER)
        with raw.transaction():
            first = raw.put(b"before", NOVEMBER)
            with pytest.raises(FileNotFoundError):
                raw.put_file(tmp_path / "gone", NOVEMBER)
            second = raw.put(b"after", NOVEMBER)
        assert [raw.get(each, NOVEMBER) for each in (first, second)] == [b"before", b"after"]


class Failing(io.BytesIO):
    """A frame on a disk that breaks behind its first piece."""

    def read(self, size: int | None = -1) -> bytes:
        if not (piece := super().read(size)):
            raise OSError(errno.EIO, "Input/output error")
        return piece


def test_no_half_body(tmp_path: Path) -> None:
    """A frame that breaks off leaves no row, though what was put before it is committed: the next try is whole."""
    with closing(sqlite3.connect(tmp_path / "month.db", isolation_level=None)) as file:
        file.execute("CREATE TABLE bodies (sha256 TEXT PRIMARY KEY, size, reference, data)")
        file.execute("BEGIN")
        file.execute("INSERT INTO bodies VALUES ('before', 1, NULL, 'x')")
        frame = large.Frame(sha256="00", size=8, packed=4, data=Failing(b"ab"))
        with pytest.raises(OSError, match="Input/output"):
            large.add(file, frame)
        file.execute("COMMIT")
        assert file.execute("SELECT sha256 FROM bodies").fetchall() == [("before",)]


def test_files_of_before(tmp_path: Path, files: list[Path]) -> None:
    """Into a month that an older newskeep began, whose column of references stands last."""
    (tmp_path / "raw").mkdir()
    with closing(sqlite3.connect(tmp_path / "raw/2026-11.db")) as file:
        file.execute(OLD)
    with closing(Raw(tmp_path / "raw")) as raw:
        kept = keep(raw, *files)
        assert columns(tmp_path / "raw") == 4
        assert [raw.get(digest, NOVEMBER) for digest in kept] == [file.read_bytes() for file in files]
        assert list(raw.check("2026-11")) == []


# Keeps a file and reads the month, and says by how many bytes the process grew; a small round before loads what it may.
MEASURED = r"""
import re, sys
from datetime import UTC, datetime
from pathlib import Path
from storage.raw import Raw

def peak():
    return int(re.search(r"VmHWM:\s*(\d+) kB", Path("/proc/self/status").read_text())[1]) * 1024

raw, at = Raw(Path(sys.argv[1])), datetime(2026, 11, 3, tzinfo=UTC)
for file in map(Path, sys.argv[2:]):
    before = peak()
    with raw.transaction():
        raw.put_file(file, at, "https://paper.test/sitemap.xml")
    kept = peak()
    assert not list(raw.check("2026-11"))
    print(kept - before, peak() - kept)
"""


@pytest.mark.slow
def test_sixty_megabytes_in_bounded_memory(tmp_path: Path) -> None:
    """The largest sitemap there may be costs no more than one of two megabytes did; its check, its frame."""
    small, big = tmp_path / "small", tmp_path / "big"
    small.write_bytes(LARGE)
    with big.open("wb") as file:
        for seed in range(18):
            file.write(sitemap(60_000, seed))
    assert big.stat().st_size > 50_000_000
    command = [sys.executable, "-c", MEASURED, str(tmp_path / "raw"), str(small), str(big)]
    _, growth = subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()
    kept, checked = map(int, growth.split())
    assert kept < 4_000_000
    with closing(sqlite3.connect(tmp_path / "raw" / "2026-11.db")) as month:
        frame = month.execute("SELECT max(length(data)) FROM bodies").fetchone()[0]
    assert checked < 2 * frame + 3_000_000  # SQLite's copy of it, and ours: 25 MB of 58
