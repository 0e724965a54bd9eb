"""What the folder of a backup holds, and whether it is what was written. Knows no archive that is in use.

DEST/archive.db, raw/YYYY-MM.db, config.yaml    as in the folder of an archive: copied back, they are one
DEST/backup.json                                when it was made, each file with its SHA-256
DEST/.next                                      what the next one has copied so far; complete with its backup.json
"""

import json
import shutil
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from storage.care.copies import digest_of
from storage.disk import on_disk

NEXT, RECORD = ".next", "backup.json"

Tell = Callable[[str, int, int], None]  # which file, bytes done, of how many


class NoBackup(OSError):
    """This cannot be made there, or is none: says what to do instead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Copied:
    """One file of a backup. seal: of the archive's file that it was copied from, if that had one: its SHA-256."""

    size: int
    sha256: str
    seal: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """What backup.json says: when it was made, and each file by its name in the folder. copied: those of this time."""

    made_at: str
    files: Mapping[str, Copied]
    copied: tuple[str, ...] = ()

    @property
    def size(self) -> int:
        """Bytes of all files."""
        return sum(each.size for each in self.files.values())


def read(dest: Path) -> Backup | None:
    """The backup that a folder holds. Raises NoBackup for a record that makes no sense."""
    path = dest / RECORD
    if not path.exists():
        return None
    try:
        said = json.loads(path.read_text())
        return Backup(
            made_at=said["made_at"],
            files={name: Copied(**each) for name, each in said["files"].items()},
            copied=tuple(said["copied"]),
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise NoBackup(f"{path} cannot be read ({error}); back up into another folder") from error


def finish(dest: Path) -> None:
    """Put what a stopped backup had copied completely into its place."""
    staging = dest / NEXT
    if (made := read(staging)) is None:
        return
    for name in made.copied:
        target = dest / name
        target.parent.mkdir(parents=True, exist_ok=True)
        for stale in (f"{target.name}-wal", f"{target.name}-shm", f"{target.name}.sha256"):
            target.with_name(stale).unlink(missing_ok=True)  # of another state of the file
        if (staging / name).exists():  # else it was put in its place before
            (staging / name).replace(target)
        on_disk(target.parent)
    (staging / RECORD).replace(dest / RECORD)
    on_disk(dest)
    shutil.rmtree(staging)


def check(dest: Path, tell: Tell = lambda *_: None) -> list[str]:
    """What is wrong with a backup, in words: a file that is missing or not, byte for byte, what was written."""
    finish(dest)
    if (made := read(dest)) is None:
        raise NoBackup(f"{dest} holds no backup")
    faults, done = [], 0
    for name, said in made.files.items():
        tell(name, done, made.size)
        done += said.size
        faults += [f"{dest / name}: {wrong}" for wrong in _wrong(dest / name, said)]
    return faults


def _wrong(path: Path, said: Copied) -> Iterator[str]:
    if not path.exists():
        yield "is missing"
    elif digest_of(path) != said.sha256:
        yield "is not what was written"
    elif path.suffix == ".db":
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?immutable=1", uri=True)) as file:
            yield from (each for (each,) in file.execute("PRAGMA integrity_check") if each != "ok")
