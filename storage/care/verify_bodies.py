"""Is every body that a capture names there, whole? Reads each once."""

from collections.abc import Iterator
from pathlib import Path

from storage.archive import Archive, ArchiveError
from storage.care.verify_file import header_damage, log_damage
from storage.care.verify_report import Advance, Fault, Mend, Report
from storage.raw import Fault as RawFault
from storage.raw import Raw
from storage.trouble import can_pass

MONTH = "substr(fetched_at, 1, 7)"
NAMED = f"""SELECT sha256, max(size) AS most, min(size) AS least, min(url) AS url FROM captures
WHERE {MONTH} = ? AND body_gone IS NULL GROUP BY sha256"""  # noqa: S608 - our own words
STILL = f"SELECT 1 FROM captures WHERE sha256 = ? AND {MONTH} = ? AND body_gone IS NULL"  # noqa: S608 - our own words
MENDS: dict[str, Mend] = {"seal": "seal", "file": "indexes", "body": "bodies", "reference": ""}


def body_faults(archive: Archive, folder: Path, report: Report, advance: Advance) -> Iterator[Fault]:
    """Faults of raw/, month by month; `report` counts bodies, their bytes, orphans, and bodies gone on purpose.

    What is missing is asked of the archive again before it is called a fault: it may have been pruned meanwhile.
    Raises sqlite3.Error where a file is held, RawFolderGone.
    """
    report.counts["gone"] = archive.value("SELECT count(*) FROM captures WHERE body_gone IS NOT NULL")
    named = {row["month"] for row in archive.rows(f"SELECT DISTINCT {MONTH} AS month FROM captures")}  # noqa: S608
    raw = Raw(folder, readonly=True)
    try:
        for month in sorted({*named, *raw.months()}):
            yield from _month(archive, raw, folder / f"{month}.db", report, advance)
    finally:
        raw.close()


def _month(archive: Archive, raw: Raw, path: Path, report: Report, advance: Advance) -> Iterator[Fault]:
    month, place = path.stem, f"raw/{path.name}"
    wanted = {row["sha256"]: row for row in archive.rows(NAMED, [month])}
    sizes: dict[str, int] = {}
    damaged: set[str | None] = set()
    if path.exists():
        for said in (*header_damage(path), *log_damage(path)):
            yield Fault(place=place, said=said)
        for fault in raw.check(month):
            damaged.add(fault.sha256)
            yield _told(fault, place)
        advance(path.stat().st_size)
        try:
            sizes = {body.sha256: body.size for body in raw.stored(month)}
        except ArchiveError as error:
            if can_pass(error):
                raise
            return  # that the file cannot be read was told
    for digest, row in wanted.items():
        if digest not in sizes and digest not in damaged and archive.value(STILL, [digest, month]):
            said = f"{row['url']}: its body is not there: {digest}"
            yield Fault(place=place, said=said, mend="bodies", bodies=((month, digest),))
        elif digest in sizes and not row["least"] == row["most"] == sizes[digest]:
            yield Fault(
                place=place, said=f"{row['url']}: {row['most']} bytes are said of {digest}, not {sizes[digest]}"
            )
    report.counts["bodies"] += len(sizes)
    report.counts["bytes"] += sum(sizes.values())
    report.counts["orphans"] += len(sizes.keys() - wanted.keys())


def _told(fault: RawFault, place: str) -> Fault:
    bodies = ((fault.month, fault.sha256),) if fault.what == "body" and fault.sha256 else ()
    return Fault(place=place, said=fault.message, mend=MENDS[fault.what], bodies=bodies)
