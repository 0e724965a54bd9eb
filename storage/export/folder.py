"""A folder of text files brought up to date: it belongs to one selection, and says so in selection.json.

When nothing has changed since, neither in the archive nor in the folder, that is all that is read of both.
"""

import errno
import fcntl
import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from storage.archive import Archive
from storage.archive.base import Row
from storage.archive.selection import WHOLE, Selection
from storage.export import text
from storage.export.text import MANIFEST, NAME, Exported
from storage.export.whole import CannotExport, whole_file
from storage.records import to_json

SELECTION = "selection.json"
Progress = Callable[[int, int], None]  # done, of how many


def bring_up(
    archive: Archive, folder: Path, selection: Selection = WHOLE, progress: Progress = lambda _done, _all: None
) -> Exported:
    """Write what is new of the selection into its folder. One at a time; a folder of another selection is refused.

    Raises CannotExport, OSError, ArchiveError.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with _held(folder):
        told, mark = _told(folder), archive.mark()
        if told is not None and told["selection"] != selection.as_json():
            raise CannotExport(f"{folder} holds {_in_words(told['selection'])}; name another folder for this selection")
        if told is not None and selection.as_of is None and told.get("mark") == [*mark, *_state(folder)]:
            return Exported(added=0, rewritten=0, unchanged=told["articles"])
        _tell(folder, selection)
        with archive.selected(selection) as found:
            known, count = found.known, len(found.known)
            done = text.export(
                known.heads(),
                folder,
                whole=lambda head: known.row(head["article_id"]),
                has_left=archive.has_left,
                progress=_counting(progress, count),
            )
        if selection.as_of is None:  # what was known then stays what it is
            _tell(folder, selection, articles=count, mark=[*mark, *_state(folder)])
    return done


def _counting(progress: Progress, count: int) -> Callable[[], None]:
    numbers = iter(range(1, count + 1))
    return lambda: progress(next(numbers), count)


@contextmanager
def _held(folder: Path) -> Iterator[None]:
    """Two at once would give a number twice."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno == errno.EWOULDBLOCK:
            raise CannotExport(f"{folder}: another export is writing here; wait for it to end") from error
        # a file system without locks: as before there were any
    try:
        yield
    finally:
        os.close(descriptor)


def _told(folder: Path) -> Row | None:
    """What selection.json says; one of before there was any holds the whole archive. None for a folder of others."""
    try:
        told = json.loads((folder / SELECTION).read_text("utf-8"))
        return {"selection": told["selection"], "articles": int(told.get("articles", 0)), "mark": told.get("mark")}
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return {"selection": {}} if (folder / MANIFEST).exists() else None


def _tell(folder: Path, selection: Selection, **more: object) -> None:
    with whole_file(folder / SELECTION) as file:
        file.write((to_json({"selection": selection.as_json(), **more}) + "\n").encode())


def _state(folder: Path) -> list[int]:
    """Its text files, counted, and what shows that the manifest was changed."""
    manifest = folder / MANIFEST
    stat = manifest.stat() if manifest.exists() else None
    files = sum(1 for entry in os.scandir(folder) if NAME.fullmatch(entry.name))
    return [files, stat.st_size, stat.st_mtime_ns] if stat else [files]


def _in_words(selection: Row) -> str:
    return f"the export of {to_json(selection)}" if selection else "the export of a whole archive"
