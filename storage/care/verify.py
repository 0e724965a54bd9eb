"""
Is the archive whole? Every file, row, reference, body and text, in this order:

archive.db   header, log, pages | seals of rows, references, search | sense | raw/: each month, each body | corpus/

It reads only and holds nobody up: what a daemon writes meanwhile is neither waited for nor taken for a fault.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

from storage.archive import Archive, ArchiveError
from storage.care.verify_bodies import body_faults
from storage.care.verify_corpus import corpus_faults
from storage.care.verify_file import header_damage, log_damage, page_damage
from storage.care.verify_report import Advance, Fault, Mend, Report
from storage.care.verify_rows import PLACE, row_faults
from storage.care.verify_sense import sense_faults
from storage.raw import seals
from storage.trouble import can_pass

CORPUS = "corpus"
# What else stands in a data folder: our own files, and those of SQLite beside its own.
OURS = re.compile(r"(archive\.db|raw/\d{4}-\d{2}\.db)(-wal|-shm|-journal|\.sha256|\.sha256\.new|\.new)?")
PASSED = re.compile(
    r"newskeep\.lock|import/newskeep\.lock|reextract\.db(-wal|-shm)?|raw/LOST|corpus/.*|.*/\.[^/]+\.part"
)

CHECKS: tuple[tuple[Callable[[Path], Iterator[str]], Mend], ...] = (
    *((header_damage, ""), (log_damage, "")),
    (page_damage, "indexes"),
)


def verify(data: Path, advance: Advance = lambda _: None) -> Report:
    """Check the archive in this folder. `advance` hears of `total(data)` bytes in all.

    No connection of this process may be open there. Raises sqlite3.Error where a file is held or cannot be had now,
    OSError.
    """
    report = Report()
    path = data / "archive.db"
    if seals.holds(path) is False:
        said = "some byte is not as it was when writing ended; alone: it carries nothing, or another program wrote"
        report.faults.append(Fault(place=PLACE, said=said, mend="seal"))
    for check, mend in CHECKS:
        report.faults += [Fault(place=PLACE, said=said, mend=mend) for said in _told(check(path))]
    advance(path.stat().st_size)
    try:
        archive = Archive(path, readonly=True)
    except (ArchiveError, UnicodeDecodeError) as error:
        _raise_passing(error)
        report.faults.append(Fault(place=PLACE, said=str(error)))
        return report
    try:
        archive.db.conn.execute("BEGIN")
        report.faults += _faults(row_faults(archive, report, advance))
        report.faults += _faults(sense_faults(archive))
        archive.db.conn.execute("ROLLBACK")
        report.faults += _faults(body_faults(archive, data / "raw", report, advance))
        report.faults += _faults(corpus_faults(data / CORPUS, archive, report, advance))
    finally:
        archive.close()
    report.strangers = sorted(strangers(data))
    return report


def total(data: Path) -> int:
    """How many bytes `verify` will read: archive.db twice, each month and each text once."""
    sizes = [path.stat().st_size for path in (*data.glob("raw/*.db"), *data.glob(f"{CORPUS}/*.txt"))]
    return 2 * (data / "archive.db").stat().st_size + sum(sizes)


def strangers(data: Path) -> Iterator[str]:
    """Files in the folder that newskeep did not put there."""
    for path in data.rglob("*"):
        name = path.relative_to(data).as_posix()
        if path.is_file() and not OURS.fullmatch(name) and not PASSED.fullmatch(name):
            yield name


def _faults(check: Iterator[Fault]) -> Iterator[Fault]:
    """What a check finds, to where the file can be read no further."""
    try:
        yield from check
    except (ArchiveError, UnicodeDecodeError) as error:
        _raise_passing(error)
        yield Fault(place=PLACE, said=f"cannot be read further: {error}")


def _told(check: Iterator[str]) -> Iterator[str]:
    try:
        yield from check
    except (ArchiveError, UnicodeDecodeError) as error:
        _raise_passing(error)
        yield str(error)


def _raise_passing(error: Exception) -> None:
    """A file that is held or away is not damaged."""
    if can_pass(error):
        raise error
