"""An archive with sources in every state, and one site with something of all that its page tells."""

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path

from collector.extract.memory import Profile, digest
from storage.archive.backfills import Wish
from storage.archive.memories import Memory
from storage.archive.sources import Wanted
from storage.records import HostState
from tests.pages.press import NOW
from tests.storage.shelf import BEGAN, Shelf, article

LETTER = "Subscribe to our letter & read it <b>every</b> morning."
KNOWN = "Follow us wherever you happen to be."
RULE = "hosts: [one.test]\nbody: article <b>of it</b>\n"
SOURCES = (
    Wanted(url="https://one.test/feed", site="one.test", title="One", look_again=(900.0, 86400.0)),
    Wanted(url="https://two.test/feed", site="two.test", title="Two"),
    Wanted(url="https://three.test/index.xml", kind="sitemap", site="three.test"),
    Wanted(url="https://four.test/feed?key=s3cret-word", site="four.test", title="<b>Four</b>"),
    Wanted(url="https://five.test/feed", site="five.test", title="Five"),
)
ONE, TWO, INDEX, FOUR, FIVE = range(1, 6)
AT = NOW.isoformat()
STATES: Mapping[str, Mapping[str, str | float]] = {  # by address: columns of `sources`
    "https://one.test/feed": {
        "last_ok": AT,
        "last_poll": AT,
        "next_poll": (NOW - timedelta(minutes=50)).isoformat(),
        "interval": 900,
        "rate": 0.5,
        "window": 20,
        "etag": '"an-etag"',
        "skip_hours": "[1, 2]",
        "skip_days": "[6]",
    },
    "https://two.test/feed": {"last_ok": AT, "last_poll": AT, "interval": 900},
    "https://three.test/index.xml": {"last_ok": AT, "last_poll": AT},
    "https://four.test/feed?key=s3cret-word": {
        "last_poll": AT,
        "failing_since": (NOW - timedelta(days=3)).isoformat(),
        "last_error": "https://four.test/feed?key=s3cret-word: answered 503",
        "failures": 7,
    },
}


def fill(folder: Path) -> None:
    """Make archive.db and raw/ in a folder."""
    shelf = Shelf(folder)
    try:
        _sources(shelf)
        _site(shelf)
        _troubles(shelf)
    finally:
        shelf.close()


def _sources(shelf: Shelf) -> None:
    archive = shelf.archive
    gone = Wanted(url="https://six.test/feed", site="six.test", title="Six")
    archive.set_sources([*SOURCES, gone], BEGAN)
    archive.set_sources(SOURCES, BEGAN)
    archive.write("UPDATE sources SET site = substr(url, 9, 8) WHERE site IS NULL")  # those of the shelf
    parts = archive.add_parts(INDEX, [f"https://three.test/part-{number}.xml" for number in range(9)], BEGAN)
    archive.write("UPDATE sources SET last_ok = ?, last_poll = ? WHERE parent_id = ?", [AT, AT, INDEX])
    archive.write("UPDATE sources SET last_error = 'answered 404' WHERE id = ?", [parts[-1]])
    for url, columns in STATES.items():
        for name, value in columns.items():
            archive.write(f"UPDATE sources SET {name} = ? WHERE url = ?", [value, url])
    for day, polls, failed in (("2026-02-23", 10, 5), ("2026-02-28", 30, 5), ("2026-03-01", 40, 0)):
        archive.write(
            "INSERT INTO source_days (source_id, day, polls, failed, new_entries, bytes) VALUES (?, ?, ?, ?, 6, 1000)",
            [ONE, day, polls, failed],
        )
    wish = Wish(
        target="five.test",
        base="https://five.test/",
        site="five.test",
        source_id=None,
        since=date(2026, 1, 1),
        until=date(2026, 1, 31),
    )
    archive.add_backfill(wish, ["sitemap"], BEGAN)


def _site(shelf: Shelf) -> None:
    """Four stories of one.test that share two paragraphs, and a copy of the first."""
    for number in range(4):
        own = f"On day {number} the ferry was late, and nobody on the pier could say for how many hours."
        shelf.read(f"https://one.test/{number}", article(f"Story {number}", own, LETTER, KNOWN, language="en"))
    shelf.read("https://one.test/copy", article("Story 0 again", "Another beginning, and the rest as before.", LETTER))
    shelf.read("https://two.test/copy", article("Story of others", "Words that stand at two papers."), source=TWO)
    shelf.link(6, 1)
    write = shelf.archive.write
    write("UPDATE articles SET story_id = 1 WHERE id IN (1, 5, 6)")
    write("UPDATE versions SET extractor = 'site:one.test', rule_revision = 'r9+m9' WHERE article_id = 4")
    write("INSERT INTO rules (revision, name, text, kept_at) VALUES ('r9', 'one.test', ?, ?)", [RULE, AT])
    profile = Profile({"div.foot > p": frozenset({digest(KNOWN)})}, frozenset({"aside.promo > p"}))
    shelf.archive.add_memory(
        Memory(
            host="one.test",
            revision=profile.revision,
            profile=profile.to_json(),
            pages=4,
            capture_id=1,
            built_at=NOW,
        )
    )


def _troubles(shelf: Shelf) -> None:
    failed = shelf.announce("https://one.test/failed")
    write = shelf.archive.write
    write(
        "UPDATE entries SET state = 'failed', last_error = 'answered 500 <i>', host = 'one.test' WHERE id = ?", [failed]
    )
    shelf.announce("https://one.test/again")  # another address of what stands there already
    write("UPDATE entries SET state = 'done' WHERE state = 'fetched' OR url LIKE '%/again'")
    for entry, minutes in ((2, 10), (3, 30), (4, 90)):
        write(
            """UPDATE entries SET published_precision = 'minute',
            published = (SELECT datetime(found_at, ?) || '+00:00' FROM entry_sources WHERE entry_id = entries.id)
            WHERE id = ?""",
            [f"-{minutes} minutes", entry],
        )
    write("UPDATE captures SET replaced = 7, charset = 'cp1252' WHERE id = 1")
    shelf.archive.remember_host(
        HostState(origin="https://one.test", closed_until=NOW + timedelta(hours=2), closed_reason="answered 429")
    )
