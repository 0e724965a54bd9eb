"""What a person named -> parcels: files by their first bytes, folders by what is in them, patterns spelled out."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from collector.errors import CollectorError, ConfigError
from collector.imports.files import WARC_NAMES, Warc, packed
from collector.imports.folder import PAGES, Folder
from collector.imports.items import Parcel
from collector.imports.other import Other
from collector.imports.packed import GZIP, SKIPPABLE, ZSTD
from storage.archive import ArchiveError

SQLITE = b"SQLite format 3\x00"
ZIP = b"PK\x03\x04"
ARCHIVE = "archive.db"
WHAT = "name WARC or WACZ files, a folder of them or of saved pages, or another archive"


def parcels(names: Sequence[str]) -> tuple[list[Parcel], list[str]]:
    """All that is behind these paths and patterns, in their order, and what of it cannot be read, in words.

    A data folder is another archive. Raises ConfigError for a name that is nothing to import.
    """
    found: list[Parcel] = []
    unreadable: list[str] = []
    for path in (path for name in names for path in _files(name)):
        try:
            found += _parcels(path)
        except ConfigError:
            raise
        except (CollectorError, ArchiveError, OSError) as error:
            unreadable.append(str(error))
    return found, unreadable


def _files(name: str) -> Iterator[Path]:
    """The files of records behind a name; a folder that holds none, for its saved pages."""
    path = Path(name)
    root = Path(path.anchor)
    paths = [path] if path.exists() else sorted(root.glob(str(path.relative_to(root))))
    if not paths:
        raise ConfigError([f"{name}: there is no such file; {WHAT}"])
    for each in paths:
        whole = not each.is_dir() or (each / ARCHIVE).exists()
        yield from [each] if whole else _records_in(each) or [each]


def _records_in(folder: Path) -> list[Path]:
    names = (*WARC_NAMES, ".wacz")
    return sorted(file for file in folder.rglob("*") if file.name.lower().endswith(names) and file.is_file())


def _parcels(path: Path) -> Sequence[Parcel]:
    if path.is_dir():
        return [Other(path) if (path / ARCHIVE).exists() else Folder(path)]
    with path.open("rb") as file:
        head = file.read(16)
    if head == SQLITE:
        return [Other(path)]
    if head.startswith(ZIP) or path.name.lower().endswith(".wacz"):
        return packed(path)
    if path.suffix.lower() in PAGES:
        return [Folder(path)]
    if head.startswith((GZIP, ZSTD, b"WARC/", *SKIPPABLE)) or path.name.lower().endswith(WARC_NAMES):
        return [Warc(path)]
    raise ConfigError([f"{path}: this is nothing that can be imported; {WHAT}"])
