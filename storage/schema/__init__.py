"""The shape of archive.db: a list of steps that only grows. A released step is never edited.

A step that changes a table or view ends with `seal_schema`; one that adds a table, with `follow` before it.
"""

from sqlite3 import complete_statement
from urllib.parse import urlsplit

from sqlite_utils import Database, Migrations

from storage.schema.first import FIRST
from storage.schema.keep import KEEP
from storage.schema.pages import PAGES
from storage.schema.past import NEW, PAST
from storage.schema.seals import KEYS, SEALS, follow, seal, seal_schema
from storage.schema.watch import WATCH

migrations = Migrations("newskeep")


def _execute(db: Database, script: str) -> None:
    """Each statement, which ends with its line; sqlite-utils looks for the ends at every letter, sixty times slower."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if complete_statement(statement):
            db.conn.execute(statement)
            statement = ""


@migrations()
def m001_first(db: Database) -> None:
    """Sources, entries, captures, articles, versions, hosts; full-text search; views to open first."""
    _execute(db, FIRST)


MEMORIES = """
ALTER TABLE captures ADD COLUMN host TEXT;     -- of final_url
ALTER TABLE versions ADD COLUMN memory_revision TEXT NOT NULL DEFAULT '';  -- in memories; '' for none
CREATE INDEX captures_host ON captures(host, id) WHERE kind = 'article';
CREATE TABLE memories (
    id INTEGER PRIMARY KEY,
    host TEXT NOT NULL,
    revision TEXT NOT NULL,                    -- of the profile's content
    profile TEXT NOT NULL,                     -- JSON: the furniture of the host's pages
    pages INTEGER NOT NULL,                    -- it was learnt from
    capture_id INTEGER NOT NULL REFERENCES captures(id),  -- the newest of them
    built_at TEXT NOT NULL,
    UNIQUE (host, revision)
);
CREATE INDEX memories_revision ON memories(revision);
"""


@migrations()
def m002_memories(db: Database) -> None:
    """What is known of each host's furniture, and which revision of it a version was read with."""
    _execute(db, MEMORIES)
    hosts = [(_host(row["final_url"]), row["id"]) for row in db.query("SELECT id, final_url FROM captures")]
    db.conn.executemany("UPDATE captures SET host = ? WHERE id = ?", hosts)


def _host(url: str) -> str | None:
    try:
        return urlsplit(url).hostname
    except ValueError:  # a bracket that is no IPv6 address
        return None


@migrations()
def m003_image_and_paywall(db: Database) -> None:
    """The picture that stands for an article, and whether readers pay for its text (1, 0, NULL: not said)."""
    db.executescript("ALTER TABLE versions ADD COLUMN image TEXT; ALTER TABLE versions ADD COLUMN paywalled INTEGER;")


@migrations()
def m004_places(db: Database) -> None:
    """Where each paragraph stood on its page: a JSON list of CSS selectors, one a paragraph, beside `kinds`."""
    db.executescript("ALTER TABLE versions ADD COLUMN places TEXT")


@migrations()
def m005_watch(db: Database) -> None:
    """What the daemon goes by: each source's rhythm, gaps, walls, alarms, its pulse."""
    _execute(db, WATCH)


@migrations()
def m006_keep(db: Database) -> None:
    """Rules, re-extractions, labels of changes, charsets, imports, stories, tombstones; what was withdrawn."""
    _execute(db, KEEP)


@migrations()
def m007_precision(db: Database) -> None:
    """How exactly a source dates an entry: m001 had no such column in its first hours."""
    if "published_precision" not in db["entries"].columns_dict:
        db.executescript("ALTER TABLE entries ADD COLUMN published_precision TEXT")


@migrations()
def m008_seals(db: Database) -> None:
    """A digest of every row beside it, so that one changed letter is found. Reads the whole archive once."""
    _execute(db, SEALS + follow(*(table for table in KEYS if table not in NEW)))
    seal(db.conn)
    seal_schema(db.conn)


@migrations()
def m009_past(db: Database) -> None:
    """Back-fills: their ways, the documents on them, what these announced."""
    _execute(db, PAST + follow(*NEW))
    seal(db.conn)
    seal_schema(db.conn)


@migrations()
def m010_pages(db: Database) -> None:
    """Indexes for the pages in Datasette."""
    _execute(db, PAGES)
    seal_schema(db.conn)
