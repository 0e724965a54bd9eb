"""Real processes: killed in mid-put, two that write at once, readers beside them."""

import hashlib
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from storage.raw import Raw

NOVEMBER = datetime(2026, 11, 3, tzinfo=UTC)

# Puts pages of two hosts, three a transaction, and says which are committed. Frames drift, so references come and go.
WRITER = """
import random, sys
from datetime import UTC, datetime
from pathlib import Path
from storage.raw import Raw

dice, frame = random.Random(sys.argv[2]), bytearray(random.Random(1).randbytes(6000).hex().encode())
raw, at = Raw(Path(sys.argv[1])), datetime(2026, 11, 3, tzinfo=UTC)
for number in range(int(sys.argv[3])):
    with raw.transaction():
        kept = []
        for host in "ab":
            place = dice.randrange(len(frame) - 400)
            frame[place : place + 400] = dice.randbytes(200).hex().encode()
            kept.append(raw.put(bytes(frame) + host.encode(), at, host))
        if dice.random() < 0.1 and number > 5:
            raw.remove("2026-11", kept[:1])
            kept = kept[1:]
    print(*kept, flush=True)
raw.close()
"""


@contextmanager
def writer(folder: Path, seed: int, rounds: int) -> Iterator[subprocess.Popen[str]]:
    arguments = [sys.executable, "-c", WRITER, str(folder), str(seed), str(rounds)]
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True) as process:
        yield process


def assert_whole(folder: Path, digests: set[str]) -> None:
    """All that was said to be committed is there, and nothing is wrong."""
    with closing(Raw(folder)) as raw:
        assert list(raw.check("2026-11")) == []
        assert digests <= {row.sha256 for row in raw.stored("2026-11")}
        assert {hashlib.sha256(raw.get(each, NOVEMBER)).hexdigest() for each in digests} == digests


def test_killed_in_mid_put(tmp_path: Path) -> None:
    """kill -9 at odd moments: what was committed is there, nothing leans on what was not."""
    said: list[str] = []
    for seed in range(3):
        with writer(tmp_path, seed, 10_000) as process:
            assert process.stdout
            said += process.stdout.readline().split()
            time.sleep(random.Random(seed).uniform(0.02, 0.15))
            process.kill()
            said += process.stdout.read().rpartition("\n")[0].split()  # the last line may be cut
        assert not (tmp_path / "2026-11.db.sha256").exists()
        assert_whole(tmp_path, set(said))
    assert len(said) > 20


def test_two_write_one_reads(tmp_path: Path) -> None:
    """Both decide within the file's own transaction: nobody leans on what the other has taken away or not kept."""
    with writer(tmp_path, 1, 30) as one, writer(tmp_path, 2, 30) as other:
        assert one.stdout
        assert other.stdout
        said = one.stdout.readline().split()
        with closing(Raw(tmp_path, readonly=True)) as reader:
            while one.poll() is None:
                assert list(reader.check("2026-11")) == []
                assert all(reader.get(each, NOVEMBER) for each in said)
        said += [*one.stdout.read().split(), *other.stdout.read().split()]
    assert one.wait() == other.wait() == 0
    assert_whole(tmp_path, set(said))
    with closing(Raw(tmp_path)) as raw:
        assert raw.seal("2026-11")
        assert list(raw.check("2026-11")) == []


def test_a_seal_takes_no_lock_off(tmp_path: Path) -> None:
    """Another process that comes and goes leaves the -wal of who has sealed a file and writes on."""
    with closing(Raw(tmp_path)) as raw:
        with raw.transaction():
            raw.put(b"first", NOVEMBER)
        assert raw.seal("2026-11")
        with writer(tmp_path, 1, 3) as other:
            other.wait()
        assert (tmp_path / "2026-11.db-wal").exists()
