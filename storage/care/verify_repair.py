"""What `verify` found, mended as far as it can be. Each step says what it did; nothing that can be read is destroyed.

A row that is not as it was written stays as it is: only a person, or a backup, knows what it said. What is made from
other rows is made anew. A body that is lost is noted as lost, and its page is asked for again.
"""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path

from storage.archive import Archive
from storage.archive.base import stamp
from storage.archive.sketches import Sketch
from storage.care.verify import CORPUS
from storage.care.verify_report import Fault, Mend, Report
from storage.care.verify_rows import PLACE
from storage.care.verify_sense import COUNTED, NEWEST
from storage.export.folder import bring_up
from storage.export.text import MANIFEST
from storage.raw import Raw
from storage.raw.files import open_month
from storage.schema.seals import SCHEMA, key, seal_schema
from storage.trouble import can_pass

LOST = "lost"  # why a body is gone
BAD = ".bad"  # put behind the name of a text file that is not as it was written: it is kept, and written anew

Faults = Sequence[Fault]
Step = Callable[[Archive, Faults, datetime], str]


def repair(data: Path, report: Report, now: datetime) -> Iterator[str]:
    """Mend what can be mended of these faults, and tell each step. Killed anywhere, the rest is found again.

    Raises sqlite3.Error where a file is held, OSError, CannotExport while the text files are being written.
    """
    with closing(Archive(data / PLACE)) as archive:
        for mend, step in STEPS.items():
            faults = [fault for fault in report.faults if fault.mend == mend]
            try:
                if faults and (said := step(archive, faults, now)):
                    yield said
            except sqlite3.DatabaseError as error:
                if can_pass(error):
                    raise
                yield f"could not be mended: {faults[0].place}: {error}"
        yield from _seal(archive, report.faults)


def accept(data: Path, report: Report) -> Iterator[str]:
    """Take the rows that are not as they were written as they are now: a person has looked at them."""
    rows = [fault.row for fault in report.faults if fault.row is not None]
    with closing(Archive(data / PLACE)) as archive, archive.transaction():
        for table, a, b in rows:
            archive.write("DELETE FROM seals WHERE (name, a, b) = (?, ?, ?)", [table, a, b])
            if table != SCHEMA:
                columns = key(table)
                sql = f"INSERT INTO seals (name, a, b) SELECT ?, {columns} FROM {table} WHERE ({columns}) = (?, ?)"  # noqa: S608 - our own words
                archive.write(sql, [table, a, b])
            yield f"{table} {a} {b}".rstrip() + ": taken as it is"
        if any(table == SCHEMA for table, _, _ in rows):
            seal_schema(archive.db.conn)


def _indexes(archive: Archive, faults: Faults, now: datetime) -> str:
    places = sorted({fault.place for fault in faults})
    for place in places:
        if place == PLACE:
            archive.write("REINDEX")
            continue
        file = open_month(archive.path.parent / place, readonly=False)
        try:
            file.begin()
            file.db.execute("REINDEX")
            file.db.execute("COMMIT")
        finally:
            file.close()
    return f"indexes made anew: {', '.join(places)}"


def _current(archive: Archive, faults: Faults, now: datetime) -> str:
    with archive.transaction():
        moved = archive.write(f"UPDATE articles SET version_id = {NEWEST} WHERE version_id IS NOT {NEWEST}")  # noqa: S608
        archive.write(
            """UPDATE articles SET title = versions.title, published = versions.published FROM versions
            WHERE versions.id = version_id
            AND (articles.title IS NOT versions.title OR articles.published IS NOT versions.published)"""
        )
    return f"{moved} articles point to their newest version again; {_search(archive, faults, now)}"


def _totals(archive: Archive, faults: Faults, now: datetime) -> str:
    with archive.transaction():
        archive.write("DELETE FROM totals")
        archive.write(f"INSERT INTO totals (what, kind, n) {COUNTED}")
    return "articles and versions counted anew"


def _search(archive: Archive, faults: Faults, now: datetime) -> str:
    with archive.transaction():
        archive.write("INSERT INTO articles_fts (articles_fts) VALUES ('rebuild')")
    return "the index of the search made anew"


def _sketches(archive: Archive, faults: Faults, now: datetime) -> str:
    """From the sketches themselves; a story without its first article is told anew, by the next run."""
    with archive.transaction():
        archive.write("DELETE FROM sketch_hashes")
        for row in archive.rows("SELECT article_id, size, sketch FROM sketches"):
            for number in Sketch.from_bytes(row["size"], row["sketch"]).hashes:
                archive.write("INSERT INTO sketch_hashes VALUES (?, ?)", [number, row["article_id"]])
        told = archive.write(
            """UPDATE articles SET story_id = NULL, related = 0
            WHERE story_id IS NOT NULL AND story_id NOT IN (SELECT id FROM articles)"""
        )
    return f"the numbers of the sketches made anew; {told} articles wait for their story"


def _bodies(archive: Archive, faults: Faults, now: datetime) -> str:
    """The rows say so first: then what is left of a body goes, or its bytes could never be kept there again."""
    lost = sorted({body for fault in faults for body in fault.bodies})
    with archive.transaction():
        asked = sum(_lose(archive, month, digest, now) for month, digest in lost)
    with closing(Raw(archive.path.parent / "raw", make=False)) as raw:
        for month, digest in lost:
            with raw.transaction():
                raw.remove(month, [digest])
    return f"{len(lost)} bodies noted as lost: {', '.join(digest for _, digest in lost)}; {asked} pages asked for again"


def _lose(archive: Archive, month: str, digest: str, now: datetime) -> int:
    """Note it, and ask for its page again without conditions; how many pages. Imported ones are asked for nowhere."""
    entries = archive.rows(
        """UPDATE captures SET body_gone = ?, body_gone_at = ?
        WHERE sha256 = ? AND substr(fetched_at, 1, 7) = ? AND body_gone IS NULL RETURNING entry_id, via""",
        [LOST, stamp(now), digest, month],
    )
    ids = {row["entry_id"] for row in entries if row["entry_id"] is not None and row["via"] != "import"}
    for id_ in ids:
        archive.write("UPDATE articles SET next_look = ? WHERE entry_id = ?", [stamp(now), id_])
        archive.write(
            """UPDATE entries SET etag = NULL, last_modified = NULL,
            next_visit = CASE state WHEN 'fetched' THEN ? ELSE next_visit END,
            state = CASE state WHEN 'fetched' THEN 'new' ELSE state END WHERE id = ?""",
            [stamp(now), id_],
        )
    return len(ids)


def _corpus(archive: Archive, faults: Faults, now: datetime) -> str:
    folder = archive.path.parent / CORPUS
    for name in {MANIFEST, *(fault.place.partition("/")[2] for fault in faults)}:
        if (folder / name).is_file():
            (folder / name).rename(folder / f"{name}{BAD}")
    done = bring_up(archive, folder)
    return f"{done.added + done.rewritten} text files written; what was there is kept with {BAD} behind its name"


def _seal(archive: Archive, faults: Faults) -> Iterator[str]:
    """A file whose rows and bodies are all as they were: what changed carries nothing."""
    broken = {fault.place for fault in faults if fault.mend == "seal"}
    for place in sorted(broken - {fault.place for fault in faults if fault.mend != "seal"}):
        if place == PLACE:
            done = archive.seal()
        else:
            with closing(Raw(archive.path.parent / "raw", make=False)) as raw:
                done = raw.seal(Path(place).stem)
        yield f"{place} {'sealed anew' if done else 'is in use: it is sealed when that ends'}"


STEPS: dict[Mend, Step] = {
    "indexes": _indexes,
    "current": _current,
    "totals": _totals,
    "search": _search,
    "sketches": _sketches,
    "bodies": _bodies,
    "corpus": _corpus,
}
