"""What a daemon leaves beside articles, so that no page is flattered by an empty table: days, walls, gaps, failures.

Plain SQL, by the numbers of rows alone: the same each time. Written through Archive, so that the seals hold.
"""

from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import date, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

from bench.pages_rows import PAGES, SOURCES, STORIES, TROUBLES
from collector.extract.memory import Profile
from storage.archive import Archive
from storage.archive.base import Row, stamp
from storage.records import to_json

TOGETHER = 5000  # rows of one transaction
LIVE, LIVE_VERSIONS = 7, 60  # the article of a live blog
STORY, COPIES = 11, 200  # the first article of a story that everybody has, and how many do
BACKFILLS, DOCUMENTS = 24, 100

POLLS = """INSERT INTO captures (source_id, url, final_url, fetched_at, sha256, size, status, headers, content_type,
    kind, via, body_gone) VALUES (?, ?, ?, ?, ?, ?, 200, '[["content-type","application/rss+xml"]]',
    'application/rss+xml', 'source', 'poll', 'pruned')"""
WITHDRAWN = """INSERT INTO withdrawn (version_id, article_id, capture_id, created_at, withdrawn_at, why, version,
    article) VALUES (?, ?, ?, ?, ?, 'a wall', ?, ?)"""
MEMORY = "INSERT INTO memories (host, revision, profile, pages, capture_id, built_at) VALUES (?, ?, ?, ?, ?, ?)"
BACKFILL = """INSERT INTO backfills (id, target, base, site, since, until, state, added_at, ended_at)
    VALUES (?, ?, ?, ?, '2026-01-01', '2026-12-31', ?, ?, ?)"""
WALK = """INSERT INTO walks (id, backfill_id, way, place, state, asked, announced, oldest, newest, reached)
    VALUES (?, ?, ?, ?, ?, ?, 9000, '2026-01-02', '2026-12-31', 1)"""
STEP = "INSERT INTO steps (walk_id, url, host, reads, state, announced) VALUES (?, ?, ?, 'listing', ?, 90)"
FINDS = "INSERT INTO finds SELECT id, ?, substr(found_at, 1, 10) FROM entries WHERE host = ? AND id % 5 = 0"
RULED = "paper03.test"  # the site that was read again by a new rule
TAKEN_BACK = 1999  # of so many versions a wall stood beside one


def add(folder: Path) -> None:
    """To the archive in a folder, made by `archive_make`."""
    with closing(Archive(folder / "archive.db")) as archive:
        now = archive.last_captured_at()
        assert now is not None, "an archive with captures"
        moments = {"now": now, "soon": now + timedelta(minutes=9), "week": now - timedelta(days=7)}
        values: dict[str, Any] = {name: stamp(at) for name, at in moments.items()}
        values |= {"month": stamp(now - timedelta(days=30)), "story": STORY, "copies": COPIES}
        _run(archive, SOURCES, values)
        _count_days(archive, now.date())
        for part in _parts(archive):
            _run(archive, PAGES.replace("{part}", part), values)
        _run(archive, TROUBLES, values)
        _run(archive, STORIES, values)
        _read_again(archive, now)
        _take_back(archive, now)
        _polls(archive)
        _backfills(archive, now)


def _run(archive: Archive, script: str, values: dict[str, Any]) -> None:
    with archive.transaction():
        for statement in filter(str.strip, script.split(";\n")):
            archive.db.conn.execute(statement, values)


def _many(archive: Archive, sql: str, rows: Sequence[Sequence[object]]) -> None:
    for first in range(0, len(rows), TOGETHER):
        with archive.transaction():
            archive.db.conn.executemany(sql, rows[first : first + TOGETHER])


def _parts(archive: Archive) -> Iterator[str]:
    last = max(archive.value(f"SELECT max(id) FROM {table}") for table in ("entries", "captures", "versions"))
    for first in range(1, last + 1, TOGETHER):
        yield f"id BETWEEN {first} AND {first + TOGETHER - 1}"


def _count_days(archive: Archive, today: date) -> None:
    """From the first entry's day on; a source that fails does so for the last week."""
    began = datetime.fromisoformat(archive.value("SELECT min(first_seen) FROM articles")).date()
    days = [began + timedelta(days=number) for number in range((today - began).days + 1)]
    rows = [
        (source["id"], str(day), polls, polls * 3 // 4, failed, source["id"] % 7 + day.day % 5, polls * 30_000)
        for source in archive.rows("SELECT id, failures FROM sources")
        for day in days
        for polls in (20 + (source["id"] * 7 + day.toordinal()) % 50,)
        for failed in (polls // 4 if source["failures"] and (today - day).days < 7 else int(polls % 17 == 0),)
    ]
    _many(archive, "INSERT INTO source_days VALUES (?, ?, ?, ?, ?, ?, ?)", rows)


def _read_again(archive: Archive, now: datetime) -> None:
    """One site by a new rule, and a page that is edited sixty times."""
    ruled = {"extractor": f"site:{RULED}", "rule_revision": "0123456789ab+0.1.0", "reason": "re-extracted", "run_id": 1}
    ruled |= {"changed_by": "rule", "edits": None, "created_at": stamp(now)}
    for row in archive.rows("SELECT id FROM articles WHERE site = ?", [RULED]):
        _version(archive, row["id"], ruled)
    for number in range(1, LIVE_VERSIONS):
        at = stamp(now - timedelta(hours=LIVE_VERSIONS - number))
        edited = {"reason": "edited", "changed_by": "publisher", "edits": '["headline","wording"]', "created_at": at}
        _version(archive, LIVE, edited | _rewritten(_newest(archive, LIVE), number))


def _rewritten(version: Row, number: int) -> Row:
    text = version["text"].replace(" a", f" a{number % 10}", number)
    title = f"{version['title'][:30]}: {number}"
    return {"title": title, "text": text, "text_sha256": sha256(text.encode()).hexdigest()}


def _version(archive: Archive, article: int, changed: Row) -> None:
    """One more, made of the newest."""
    with archive.transaction():
        newest = _newest(archive, article)
        made = newest | changed | {"id": None, "number": newest["number"] + 1}
        id_ = archive.insert_version(made)
        archive.write("UPDATE articles SET version_id = ?, title = ? WHERE id = ?", [id_, made["title"], article])


def _newest(archive: Archive, article: int) -> Row:
    return archive.rows("SELECT * FROM versions WHERE article_id = ? ORDER BY number DESC LIMIT 1", [article])[0]


def _take_back(archive: Archive, now: datetime) -> None:
    for version in archive.rows("SELECT * FROM versions WHERE id % ? = 3", [TAKEN_BACK]):
        article = archive.row("SELECT * FROM articles WHERE id = ?", [version["article_id"]])
        row = version | {"id": version["id"] + 10_000_000, "number": version["number"] + 100}
        known = [row["id"], row["article_id"], row["capture_id"], row["created_at"], stamp(now)]
        archive.write(WITHDRAWN, [*known, to_json(row), to_json(article)])


def _polls(archive: Archive) -> None:
    """A document of each source on every third day, and what was known of each host's furniture."""
    found = archive.rows(
        "SELECT source_days.*, url FROM source_days JOIN sources ON id = source_id WHERE polls % 3 = 0"
    )
    rows = [
        (row["source_id"], row["url"], row["url"], f"{row['day']}T04:00:00+00:00", f"{number:064x}", row["bytes"] // 40)
        for number, row in enumerate(found)
    ]
    _many(archive, POLLS, rows)
    digests = frozenset(f"{number:016x}" for number in range(40))
    profile = Profile({"div.more > p": digests}, frozenset({"div.share > p"}))
    newest = "SELECT host, max(id) AS id, max(fetched_at) AS at FROM captures WHERE kind = 'article' GROUP BY host"
    known = [
        (row["host"], profile.revision, profile.to_json(), 12, row["id"], row["at"]) for row in archive.rows(newest)
    ]
    _many(archive, MEMORY, known)


def _backfills(archive: Archive, now: datetime) -> None:
    """One for each of many sites, two of them running, each with its ways, documents and finds."""
    for number in range(1, BACKFILLS + 1):
        site, running = f"paper{number:02}.test", number > BACKFILLS - 2
        began, ended = stamp(now - timedelta(days=number + 9)), stamp(now - timedelta(days=number))
        states = ("running", "walking", None) if running else ("done", "done", ended)
        with archive.transaction():
            archive.write(BACKFILL, [number, site, f"https://{site}/", site, states[0], began, states[2]])
            for walk, way, state in ((number * 2, "sitemap", "done"), (number * 2 + 1, "listing", states[1])):
                archive.write(WALK, [walk, number, way, walk % 2, state, DOCUMENTS])
                archive.db.conn.executemany(STEP, _steps(walk, site))
            archive.write(FINDS, [number * 2, site])
            archive.write("INSERT INTO walk_days VALUES (?, ' elsewhere', 12)", [number * 2])


def _steps(walk: int, site: str) -> Iterator[tuple[object, ...]]:
    for each in range(DOCUMENTS):
        yield walk, f"https://{site}/{walk}/{each}", site, "done" if each % 9 else "failed"
