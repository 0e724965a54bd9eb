"""The formats but the text files, behind one call: each written anew, as a whole or not at all."""

import importlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import BinaryIO

from storage.archive import Archive
from storage.archive.base import Row
from storage.archive.corpus import Selected
from storage.archive.published import Published
from storage.archive.selection import Selection
from storage.export import atom, jsonl, public, table, warc
from storage.export.record import Hide, record
from storage.export.whole import CannotExport, whole_file, whole_folder
from storage.raw import MissingBody, Raw
from storage.records import to_json

FORMATS = ("jsonl", "csv", "parquet", "warc", "atom", "datasette")
NEWEST = 100  # entries of a feed
Progress = Callable[[int, int], None]  # done, of how many
Write = Callable[[Iterable[Row], BinaryIO], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What single formats leave to choose. `limit`: entries of a feed; `spreadsheet`: of CSV, see `table`."""

    limit: int = NEWEST
    spreadsheet: bool = False
    hide: Hide = lambda url: url  # what may not be told of a source's address


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What one export wrote. `captures`: of WARC, how many responses, revisits, missing (their bodies are not kept)."""

    articles: int
    files: tuple[Path, ...]
    captures: dict[str, int] = field(default_factory=dict)


def export(
    archive: Archive,
    raw: Raw,
    dest: Path,
    form: str,
    selection: Selection,
    options: Options = Options(),
    progress: Progress = lambda _done, _all: None,
) -> Written:
    """The articles of a selection in one of FORMATS: a file, a feed of several, or for WARC a folder.

    Raises CannotExport, OSError, ArchiveError.
    """
    if dest.exists() and dest.samefile(archive.path):
        raise CannotExport(f"{dest} is the archive itself; name another file")
    if form == "warc":
        return _warc(archive, raw, dest, selection, progress)
    write = _writer(form, options)
    with archive.selected(selection) as found:
        if form == "atom":
            return _atom(found, dest, selection, options, progress)
        if form == "datasette":
            return _public(Published(archive, found), dest, options, progress)
        with whole_file(dest) as file:
            write(_records(found, options, progress), file)
        return Written(articles=len(found.known), files=(dest,))


def _writer(form: str, options: Options) -> Write:
    if form == "csv":
        return partial(table.write, spreadsheet=options.spreadsheet)
    if form != "parquet":
        return jsonl.write
    try:
        parquet = importlib.import_module("storage.export.parquet")
    except ModuleNotFoundError as error:
        raise CannotExport("Parquet is written by pyarrow: pip install 'newskeep[parquet]'") from error
    write: Write = parquet.write
    return write


def _records(found: Selected, options: Options, progress: Progress) -> Iterator[Row]:
    count = len(found.known)
    for number, head in enumerate(found.known.heads(), 1):
        yield record(found.told(head["article_id"]), options.hide)
        progress(number, count)


def _atom(found: Selected, dest: Path, selection: Selection, options: Options, progress: Progress) -> Written:
    ids = found.known.newest(options.limit)
    name = to_json(selection.as_json()) if selection.as_json() else ""
    files = atom.write(lambda id_: record(found.told(id_), options.hide), ids, dest, name)
    progress(len(ids), len(ids))
    return Written(articles=len(ids), files=tuple(files))


def _public(published: Published, dest: Path, options: Options, progress: Progress) -> Written:
    with whole_file(dest) as file:
        public.write(published, file, dest.with_name(f".{dest.name}.made"), options.hide, progress)
    return Written(articles=len(published), files=(dest,))


def _warc(archive: Archive, raw: Raw, dest: Path, selection: Selection, progress: Progress) -> Written:
    taken = archive.taken_bodies()

    def body(capture: Row) -> bytes | None:
        try:
            known = capture["sha256"] not in taken
            return raw.get(capture["sha256"], datetime.fromisoformat(capture["fetched_at"])) if known else None
        except MissingBody:
            return None

    with archive.selected(selection) as found, whole_folder(dest, warc.INDEX) as folder:
        articles, count = len(found.known), found.known.gather()
        numbers = iter(range(1, count + 1))
        counts = warc.write(found.known.captures(), body, folder, progress=lambda: progress(next(numbers), count))
        names = sorted(path.name for path in folder.iterdir())
    return Written(articles=articles, files=tuple(dest / name for name in names), captures=dict(counts))
