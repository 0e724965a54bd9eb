"""Do the rows make sense together? What no seal tells, for a mistake of ours is sealed as well. Reads only."""

import json
from collections.abc import Iterator
from hashlib import sha256
from typing import Any

from storage.archive import Archive
from storage.archive.base import Row
from storage.archive.sketches import Sketch
from storage.care.verify_report import Fault, Mend

PLACE = "archive.db"
# The version with the greatest number is the current one.
NEWEST = "(SELECT id FROM versions WHERE article_id = articles.id ORDER BY number DESC LIMIT 1)"
# What the table `totals` should hold.
COUNTED = """SELECT 'articles' AS what, state AS kind, count(*) AS n FROM articles GROUP BY state
    UNION ALL SELECT 'versions', reason, count(*) FROM versions GROUP BY reason"""

# A query that finds what is wrong -> what is said of it, and the repair.
WRONG: dict[str, tuple[str, Mend]] = {
    f"SELECT url AS what FROM articles WHERE version_id IS NOT {NEWEST}": (  # noqa: S608 - our own words
        "its current version is not its newest",
        "current",
    ),
    f"SELECT url AS what FROM articles WHERE {NEWEST} IS NULL": ("an article without a version", ""),  # noqa: S608 - our own words
    """SELECT url AS what FROM articles JOIN versions ON versions.id = version_id
    WHERE articles.title IS NOT versions.title OR articles.published IS NOT versions.published""": (
        "its title or date is not that of its current version",
        "current",
    ),
    """SELECT count(*) || ' articles' AS what FROM articles
    HAVING count(*) <> (SELECT count(*) FROM articles_fts_docsize)""": ("not as many are in the index", "search"),
    """SELECT url AS what FROM captures
    WHERE coalesce(entry_id, source_id, first_page_id, import_id, step_id) IS NULL""": (
        "a capture that belongs to nothing",
        "",
    ),
    "SELECT url AS what FROM entries WHERE state = 'fetched' AND capture_id IS NULL": ("fetched, with no capture", ""),
    """SELECT entries.url AS what FROM entries JOIN captures ON captures.id = capture_id
    WHERE captures.entry_id IS NOT entries.id""": ("its capture is another page's", ""),
    """SELECT url AS what FROM articles WHERE story_id IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM articles AS first WHERE first.id = articles.story_id)""": (
        "its story has no first article",
        "sketches",
    ),
    f"""SELECT what || ' ' || kind AS what FROM (
        SELECT * FROM ({COUNTED}) EXCEPT SELECT * FROM totals
        UNION SELECT * FROM (SELECT * FROM totals EXCEPT SELECT * FROM ({COUNTED}))
    )""": ("not as many as `totals` says", "totals"),  # noqa: S608 - our own words
    "SELECT articles.url AS what FROM articles JOIN tombstones USING (key) WHERE done_at IS NOT NULL": (
        "taken down, and still there",
        "",
    ),
}
LISTS = ("kinds", "places", "authors", "tags", "captions", "edits")  # columns of a version that hold a JSON list
PER_PARAGRAPH = ("kinds", "places")
COLUMNS = ", ".join(("id", "text", "text_sha256", *LISTS))


def sense_faults(archive: Archive) -> Iterator[Fault]:
    """Faults of what the rows say of each other, and of what each version says of itself."""
    for sql, (said, mend) in WRONG.items():
        for row in archive.rows(sql):
            yield Fault(place=PLACE, said=f"{row['what']}: {said}", mend=mend)
    for row in archive.db.conn.execute(f"SELECT {COLUMNS} FROM versions"):  # noqa: S608 - our own words
        yield from _version(f"version {row['id']}", dict(row))
    for row in archive.db.conn.execute("SELECT id, version, article FROM withdrawn"):
        version, article = _json(row["version"], dict), _json(row["article"], dict)
        if version is None or article is None:
            yield Fault(place=PLACE, said=f"withdrawn {row['id']}: is no JSON")
        else:
            yield from _version(f"withdrawn {row['id']}", version)
    yield from _sketches(archive)
    for row in archive.db.conn.execute("SELECT id, headers FROM captures"):
        if _json(row["headers"], list) is None:
            yield Fault(place=PLACE, said=f"capture {row['id']}: its headers are no JSON")


def _version(name: str, row: Row) -> Iterator[Fault]:
    if sha256(row["text"].encode()).hexdigest() != row["text_sha256"]:
        yield Fault(place=PLACE, said=f"{name}: its text has not its SHA-256")
    paragraphs = len(row["text"].split("\n\n")) if row["text"] else 0
    for column in LISTS:
        if row[column] is None:
            continue
        held = _json(row[column], list)
        if held is None:
            yield Fault(place=PLACE, said=f"{name}: {column} is no JSON list")
        elif column in PER_PARAGRAPH and len(held) != paragraphs:
            yield Fault(place=PLACE, said=f"{name}: {len(held)} {column} of {paragraphs} paragraphs")


def _sketches(archive: Archive) -> Iterator[Fault]:
    """The numbers to look up are those of the sketches, no more and no less."""
    has = "SELECT 1 FROM sketch_hashes WHERE hash = ? AND article_id = ?"
    numbers = 0
    for row in archive.db.conn.execute("SELECT article_id, size, sketch FROM sketches"):
        hashes = Sketch.from_bytes(row["size"], row["sketch"]).hashes
        numbers += len(hashes)
        if not all(archive.value(has, [number, row["article_id"]]) for number in hashes):
            yield Fault(place=PLACE, said=f"article {row['article_id']}: its sketch is not found", mend="sketches")
    if (there := archive.value("SELECT count(*) FROM sketch_hashes")) != numbers:
        yield Fault(place=PLACE, said=f"{there} numbers of {numbers} in the sketches", mend="sketches")


def _json(text: object, kind: type) -> Any:
    """What it holds; None where it is no JSON, or of another kind."""
    try:
        held = json.loads(str(text))
    except ValueError:
        return None
    return held if isinstance(held, kind) else None
