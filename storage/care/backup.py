"""
A consistent copy of an archive, made while others write; whole at every moment, of before or of now.

    moment:  archive.db is locked for a blink | every file that changed is opened as it is then
    copy:    into DEST/.next: archive.db, the months that the last backup has not, config.yaml | backup.json, the last
    switch:  each file from DEST/.next into its place; one that was stopped is gone on with before anything else

Everybody who writes bodies or removes them holds archive.db meanwhile, so what is opened then belongs together. A month
has not changed when its seal says what the last backup noted: no clock and no time of a file is asked.
"""

import json
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path

from storage import lock
from storage.care.backup_folder import NEXT, RECORD, Backup, Copied, NoBackup, Tell, finish, read
from storage.care.copies import digest_of, size_of, snapshot
from storage.disk import on_disk, write_whole
from storage.raw import Raw, seals
from storage.raw.files import looked_at

CONFIG = "config.yaml"
SLACK = 10_000_000  # bytes that are left free beside the copies
HELD_SECONDS = 30.0  # that another program's transaction is waited for


@dataclass(slots=True)
class _Taken:
    """The files as they are at one moment, by their names: those to copy, what seals them, those that stay."""

    open: dict[str, sqlite3.Connection] = field(default_factory=dict)
    seals: dict[str, str] = field(default_factory=dict)
    kept: dict[str, Copied] = field(default_factory=dict)


def backup(data: Path, config: Path, dest: Path, now: datetime, tell: Tell = lambda *_: None) -> Backup:
    """Bring the copy in `dest` up to date, or make it. Raises NoBackup, Locked, OSError, sqlite3.Error."""
    _look(data, dest)
    dest.mkdir(parents=True, exist_ok=True)
    with lock.locked(dest):
        finish(dest)
        last = read(dest)
        staging = dest / NEXT
        shutil.rmtree(staging, ignore_errors=True)
        _seal_old_months(data)
        with _moment(data, last, dest) as taken:
            _room(dest, taken)
            made = _copy(data, config, staging, taken, now, tell)
        _complete(staging, made)
        finish(dest)
    return made


def _look(data: Path, dest: Path) -> None:
    inside, outside = dest.resolve(), data.resolve()
    if inside.is_relative_to(outside) or outside.is_relative_to(inside):
        raise NoBackup(f"{dest}: a backup beside or within its archive is lost with it; name a folder elsewhere")
    held = {path.name for path in dest.iterdir()} if dest.is_dir() else set()
    if held - {lock.NAME} and not held & {RECORD, NEXT}:  # the lock alone: one that was stopped in its first moments
        raise NoBackup(f"{dest} holds something else, and no backup; name an empty folder")


def _seal_old_months(data: Path) -> None:
    """A month that is over gets its seal if it has none, so that it needs to be copied only once."""
    with closing(Raw(data / "raw", make=False)) as raw:
        for month in raw.months()[:-1]:
            with suppress(sqlite3.OperationalError):  # it is written to, or cannot be
                if raw.sealed(month) is None:
                    raw.seal(month)


@contextmanager
def _moment(data: Path, last: Backup | None, dest: Path) -> Iterator[_Taken]:
    """Every file that has to be copied, open as it was when nobody wrote."""
    taken = _Taken()
    with ExitStack() as opened:
        with _still(data / "archive.db"):
            for path in [data / "archive.db", *sorted((data / "raw").glob("*.db"))]:
                name, digest = path.relative_to(data).as_posix(), seals.digest(path)
                known = last.files.get(name) if last else None
                if known and digest and known.seal == digest and _size(dest / name) == known.size:
                    taken.kept[name] = known
                    continue
                file = opened.enter_context(looked_at(path))
                file.execute("SELECT count(*) FROM sqlite_schema").fetchone()  # the moment begins with the first read
                taken.open[name] = file
                if digest is not None:
                    taken.seals[name] = digest
        gone = [name for name in (last.files if last else ()) if name not in taken.open and name.startswith("raw/")]
        taken.kept |= {name: last.files[name] for name in gone if last}  # a month that was moved away stays here
        yield taken


@contextmanager
def _still(path: Path) -> Iterator[None]:
    """Nobody writes the archive. One that cannot be written is still by itself."""
    with closing(sqlite3.connect(path, isolation_level=None, timeout=HELD_SECONDS)) as file:
        try:
            file.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_READONLY:
                raise
        yield


def _room(dest: Path, taken: _Taken) -> None:
    need, free = sum(map(size_of, taken.open.values())) + SLACK, shutil.disk_usage(dest).free
    if need > free:
        raise NoBackup(f"{dest}: has {free / 1e6:,.0f} MB left, but {need / 1e6:,.0f} MB are needed; make room there")


def _copy(data: Path, config: Path, staging: Path, taken: _Taken, now: datetime, tell: Tell) -> Backup:
    (staging / "raw").mkdir(parents=True)
    files, done, total = dict(taken.kept), 0, sum(map(size_of, taken.open.values()))
    for name, file in taken.open.items():
        before = done

        def heard(more: int, name: str = name) -> None:
            nonlocal done
            done += more
            tell(name, done, total)

        snapshot(file, staging / name, heard)
        digest = digest_of(staging / name)
        files[name] = Copied(size=_size(staging / name), sha256=digest, seal=taken.seals.get(name))
        done = before + size_of(file)
    if config.exists():
        shutil.copy(config, staging / CONFIG)
        on_disk(staging / CONFIG)
        files[CONFIG] = Copied(size=_size(staging / CONFIG), sha256=digest_of(staging / CONFIG))
    on_disk(staging / "raw")
    copied = tuple(name for name in files if (staging / name).exists())
    return Backup(made_at=now.isoformat(), files=files, copied=copied)


def _complete(staging: Path, made: Backup) -> None:
    """The record makes it one: it is there whole or not at all."""
    write_whole(staging / RECORD, json.dumps(asdict(made), indent=1).encode(), lasting=True)
    on_disk(staging)


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else -1
