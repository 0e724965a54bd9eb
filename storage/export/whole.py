"""Files and folders that are written whole or not at all: beside their place first, then into it."""

import gzip
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast


class CannotExport(OSError):
    """What was asked for cannot be written there, or not here: says what to ask for instead."""


@contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """A file to write; the old one stays until the new one is complete. Compressed where its name ends in `.gz`.

    Raises CannotExport for a folder, OSError.
    """
    if path.is_dir():
        raise CannotExport(f"{path} is a folder; name a file")
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.part")
    try:
        with beside.open("wb") as file:
            if path.suffix == ".gz":
                with gzip.GzipFile(
                    "", "wb", fileobj=file, mtime=0
                ) as packed:  # no name, no clock: the same bytes again
                    yield cast(BinaryIO, packed)
            else:
                yield file
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


@contextmanager
def whole_folder(path: Path, ours: str) -> Iterator[Path]:
    """A folder to fill, which then stands at `path`. `ours`: a file that an earlier one of its kind holds.

    Raises CannotExport where something else stands there, OSError.
    """
    beside, old = (path.with_name(f".{path.name}.{end}") for end in ("part", "old"))
    if old.exists() and not path.exists():  # by a run that was killed between the two renames
        old.rename(path)
    if path.exists() and not (path.is_dir() and ((path / ours).exists() or not any(path.iterdir()))):
        raise CannotExport(f"{path} holds other things; name a new folder")
    for left in (beside, old):
        shutil.rmtree(left, ignore_errors=True)
    beside.mkdir(parents=True)
    try:
        yield beside
        _into_place(beside, path, old)
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _into_place(beside: Path, path: Path, old: Path) -> None:
    """What stood there is gone when the new one stands there, and not before."""
    if path.exists():
        path.rename(old)
    try:
        beside.rename(path)
    except OSError:
        if old.exists():
            old.rename(path)
        raise
    shutil.rmtree(old, ignore_errors=True)
