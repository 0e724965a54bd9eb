"""A selection -> one SQLite file for the public, which any Datasette shows: texts and where they are from, no bodies.

Made in a file beside, then copied to its place. The same selection of the same archive makes the same bytes.
"""

import shutil
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import BinaryIO

from storage.archive.base import Row
from storage.archive.published import CURRENT, WRITTEN, Published
from storage.export.public_schema import APPLICATION, REST, SHAPE_NUMBER, TABLES
from storage.export.record import Hide

ARTICLE = (
    *("id", "url", "site", *CURRENT, "first_seen", "last_seen", "state", "gone_at", "story_id"),
    *("versions", "version_id"),
)
VERSION = (
    *("id", "article_id", "number", "read_at", "captured_at", "captured_from", "memento", "capture_sha256", "status"),
    *WRITTEN,
)
ANNOUNCEMENT = ("article_id", "source_id", "announced_at")
LINK = ("article_id", "other_id", "share", "other_share")
SOURCE = ("id", "url", "kind", "site", "title")
SETTINGS = ("page_size = 4096", "journal_mode = OFF", "synchronous = OFF")  # what is left half is thrown away
Progress = Callable[[int, int], None]  # done, of how many


def write(published: Published, file: BinaryIO, beside: Path, hide: Hide, progress: Progress) -> None:
    """beside: the name of a file that is made meanwhile. Raises OSError, ArchiveError."""
    beside.unlink(missing_ok=True)  # of a run that was killed
    try:
        with closing(sqlite3.connect(beside, isolation_level=None)) as made:
            for setting in SETTINGS:
                made.execute(f"PRAGMA {setting}")
            made.execute("BEGIN")
            _run(made, TABLES)
            _fill(made, published, hide, progress)
            _run(made, REST)
            made.execute("COMMIT")
            made.execute(f"PRAGMA application_id = {APPLICATION}")
            made.execute(f"PRAGMA user_version = {SHAPE_NUMBER}")
            made.execute("VACUUM")
        with beside.open("rb") as whole:
            shutil.copyfileobj(whole, file, 1 << 20)
    finally:
        beside.unlink(missing_ok=True)


def _run(made: sqlite3.Connection, script: str) -> None:
    """One by one: `executescript` would commit first."""
    for statement in script.split(";\n"):
        made.execute(statement)


def _fill(made: sqlite3.Connection, published: Published, hide: Hide, progress: Progress) -> None:
    count = len(published)
    for done, row in enumerate(published.articles(), 1):
        id_ = row["article_id"]
        versions = published.versions(id_)
        for version in versions:
            if version["of_source"]:
                version["captured_from"] = hide(version["captured_from"])
        if versions[-1]["of_source"]:  # an item of a list goes by the address of the list
            row["url"] = hide(row["url"])
        _insert(made, "articles", ARTICLE, [row | {"id": id_, "versions": len(versions)}])
        _insert(made, "versions", VERSION, versions)
        _insert(made, "announcements", ANNOUNCEMENT, published.announcements(id_))
        _insert(made, "story_links", LINK, published.links(id_))
        progress(done, count)
    named = [id_ for (id_,) in made.execute("SELECT DISTINCT source_id FROM announcements")]
    sources = [row | {"url": hide(row["url"])} for row in published.sources(named)]
    _insert(made, "sources", SOURCE, sources)


def _insert(made: sqlite3.Connection, table: str, columns: Sequence[str], rows: Sequence[Row]) -> None:
    values = ", ".join(f":{name}" for name in columns)
    made.executemany(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({values})", rows)  # noqa: S608 - our own words
