"""The tables `imports` and `import_faults`: what was brought in from outside, how far it has come, what was broken."""

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from storage.archive.base import Row, stamp
from storage.archive.captures import Captures, Unread
from storage.archive.timeline import TimeLine
from storage.records import Capture, Headers, to_json

RESTING = "'empty'"  # an entry that nobody announced: it never becomes due
LATER_PAGE = "a later page of an article"


@dataclass(frozen=True, slots=True, kw_only=True)
class Import:
    """One parcel, whole or in part. `done` and `within`: where to go on; `ended`: all of it is kept."""

    id: int
    done: int
    within: int
    ended: bool


class Imports(Captures, TimeLine):
    """Imports: begun, gone on with, ended; their captures kept in the archive without ever being due."""

    def known_import(self, size: int, mark: str, choice: str) -> Import | None:
        """The same parcel with the same choice, if it was begun before."""
        row = self.row(
            """SELECT id, done, within, ended_at IS NOT NULL AS ended FROM imports
            WHERE mark = ? AND size = ? AND choice = ?""",
            [mark, size, choice],
        )
        return None if row is None else Import(**row | {"ended": bool(row["ended"])})

    def begin_import(self, path: str, kind: str, size: int, mark: str, choice: str, now: datetime) -> Import:
        """One that was begun before goes on, under the path at which it is now."""
        self.write(
            """INSERT INTO imports (path, kind, size, mark, choice, started_at) VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (mark, size, choice) DO UPDATE SET path = excluded.path""",
            [path, kind, size, mark, choice, stamp(now)],
        )
        found = self.known_import(size, mark, choice)
        assert found is not None
        return found

    def set_import_done(self, id_: int, done: int, within: int) -> None:
        """All before this place is kept."""
        self.write("UPDATE imports SET done = ?, within = ?, ended_at = NULL WHERE id = ?", [done, within, id_])

    def end_import(self, id_: int, now: datetime) -> None:
        """All of it is kept, and read."""
        self.write("UPDATE imports SET ended_at = ? WHERE id = ?", [stamp(now), id_])

    def count_import(self, id_: int, counted: Mapping[str, int]) -> None:
        """Add to what became of its records."""
        counts = self.import_counts(id_)
        for name, number in counted.items():
            counts[name] = counts.get(name, 0) + number
        self.write("UPDATE imports SET counts = ? WHERE id = ?", [to_json(counts), id_])

    def import_counts(self, id_: int) -> dict[str, int]:
        """What became of its records, from its beginning."""
        counts: dict[str, int] = json.loads(self.value("SELECT counts FROM imports WHERE id = ?", [id_]))
        return counts

    def add_fault(self, id_: int, place: str, error: str) -> None:
        self.write("INSERT INTO import_faults VALUES (?, ?, ?) ON CONFLICT DO NOTHING", [id_, place, error])

    def import_faults(self, id_: int, most: int) -> list[Row]:
        """The first of what was broken: place and error of each."""
        sql = "SELECT place, error FROM import_faults WHERE import_id = ? ORDER BY length(place), place LIMIT ?"
        return self.rows(sql, [id_, most])

    def entry_of(self, url: str, key: str, host: str, now: datetime) -> int:
        """The entry of a page that was brought in; a new one rests: it is asked for when a source announces it."""
        self.write(
            f"""INSERT INTO entries (url, key, host, found_at, state) VALUES (?, ?, ?, ?, {RESTING})
            ON CONFLICT DO NOTHING""",  # noqa: S608 - our own words
            [url, key, host, stamp(now)],
        )
        return int(self.value("SELECT id FROM entries WHERE key = ? OR url = ?", [key, url]))

    def same_capture(self, key: str, capture: Capture, sha256: str) -> int | None:
        """The same answer, if it is here already: by address, second and bytes. WARC 1.0 knows no part of a second."""
        sql = """SELECT captures.id FROM entries JOIN captures ON captures.entry_id = entries.id
            WHERE key = ? AND sha256 = ? AND captures.url = ? AND substr(fetched_at, 1, 19) = substr(?, 1, 19)"""
        return self.value(sql, [key, sha256, capture.url, stamp(capture.fetched_at)])  # type: ignore[no-any-return]  # an integer or NULL

    def is_taken_body(self, sha256: str) -> bool:
        """Was a body with these bytes removed with what was taken down?"""
        sql = "SELECT 1 FROM tombstones, json_each(bodies) WHERE value = ? LIMIT 1"
        return bool(self.value(sql, [sha256]))

    def note_payload(self, capture_id: int, digest: str) -> None:
        """By this digest later records may refer to a capture that is here already."""
        self.write(
            "UPDATE captures SET payload_digest = ? WHERE id = ? AND payload_digest IS NULL", [digest, capture_id]
        )

    def add_imported(
        self, import_id: int, entry_id: int, capture: Capture, *, host: str, sha256: str, digest: str
    ) -> Unread:
        """The row of a capture whose body is kept already; to be read. Its entry stays as it is."""
        more = {"entry_id": entry_id, "host": host, "import_id": import_id, "payload_digest": digest or None}
        id_ = self._insert_capture(capture, sha256, "import", more)
        return self._unread("captures.id = ?", id_)[0]

    def imported_unread(self) -> list[Unread]:
        """Captures that were kept and not read yet, of all imports, in the order in which they were kept."""
        return self._unread("import_id IS NOT NULL AND kind IS NULL")

    def _unread(self, where: str, *values: object) -> list[Unread]:
        rows = self.rows(
            f"""SELECT captures.id, entry_id, url, final_url, fetched_at, content_type, sha256, via, 0 AS attempts
            FROM captures WHERE {where} ORDER BY captures.id""",  # noqa: S608 - our own words
            values,
        )
        return [Unread(**row | {"fetched_at": datetime.fromisoformat(row["fetched_at"])}) for row in rows]

    def import_of(self, capture_id: int) -> int:
        """The import that brought a capture."""
        return int(self.value("SELECT import_id FROM captures WHERE id = ?", [capture_id]))

    def captured_as(self, digest: str) -> Row | None:
        """A kept answer with this payload, `sha1:…` as a record gave it, or `sha256:` in hexadecimal digits."""
        algorithm, _, value = digest.partition(":")
        if algorithm.lower() == "sha256" and (found := self._kept("sha256 = ?", value.lower())) is not None:
            return found
        return self._kept("payload_digest = ?", digest)

    def captured_at(self, key: str, at: datetime, *, before: bool = False) -> Row | None:
        """The page's answer that was kept in this second; with `before`, the last one up to it."""
        second = "substr(fetched_at, 1, 19) {} substr(?, 1, 19) ORDER BY fetched_at DESC"
        return self._kept(f"entries.key = ? AND {second.format('<=' if before else '=')}", key, stamp(at))

    def captured_near(self, key: str, at: datetime) -> Row | None:
        """The page's answer that lies nearest to a time."""
        nearest = "entries.key = ? ORDER BY abs(julianday(fetched_at) - julianday(?))"
        return self._kept(nearest, key, stamp(at))

    def _kept(self, where: str, *values: object) -> Row | None:
        sql = f"""SELECT captures.id, final_url, fetched_at, sha256
            FROM captures LEFT JOIN entries ON entries.id = entry_id
            WHERE status = 200 AND body_gone IS NULL AND first_page_id IS NULL AND {where} LIMIT 1"""  # noqa: S608
        return self.row(sql, values)

    def headers_of(self, capture_id: int) -> Headers:
        said = json.loads(self.value("SELECT headers FROM captures WHERE id = ?", [capture_id]))
        return tuple((name, value) for name, value in said)

    def later_page(self, first_page_id: int, capture: Capture) -> int | None:
        """The capture of this page beside that of the first one, if it stands there already."""
        found = self.value(
            "SELECT id FROM captures WHERE first_page_id = ? AND url = ? AND fetched_at = ?",
            [first_page_id, capture.url, stamp(capture.fetched_at)],
        )
        return None if found is None else int(found)

    def retire_later_page(self, key: str, capture: Capture, now: datetime) -> list[int]:
        """What was imported as a page of its own turned out to go on an article: it is none. Ids of such captures."""
        rows = self.rows(
            """SELECT captures.id, entry_id FROM entries JOIN captures ON captures.entry_id = entries.id
            WHERE key = ? AND fetched_at = ? AND import_id IS NOT NULL AND first_page_id IS NULL""",
            [key, stamp(capture.fetched_at)],
        )
        for row in rows:
            versions = self.rows("SELECT id, article_id FROM versions WHERE capture_id = ?", [row["id"]])
            for article_id in {version["article_id"] for version in versions}:
                ids = [version["id"] for version in versions if version["article_id"] == article_id]
                self.withdraw(article_id, ids, why=LATER_PAGE, now=now)
            self.set_capture_kind(row["id"], "empty", LATER_PAGE)
            self.write(
                f"""UPDATE entries SET state = {RESTING} WHERE id = ? AND state = 'done' AND next_visit IS NULL
                AND NOT EXISTS (SELECT 1 FROM articles WHERE entry_id = entries.id)""",  # noqa: S608 - our own words
                [row["entry_id"]],
            )
        return [row["id"] for row in rows]

    def settle_imported(self, entry_id: int, *, known: bool) -> None:
        """Its capture was read. What a live page is asked for with, and when, stays as it was."""
        if known:
            self.write(
                "UPDATE entries SET state = 'done' WHERE id = ? AND state = 'empty' AND next_visit IS NULL", [entry_id]
            )
        live = """SELECT max(id) FROM captures WHERE entry_id = ? AND kind = 'article' AND first_page_id IS NULL
            AND import_id IS NULL"""
        self.go_by_capture(entry_id, self.value(live, [entry_id]))

    @contextmanager
    def looks_kept(self, keys: Iterable[str], at: datetime) -> Iterator[None]:
        """What is filed inside, of captures made `at`, changes nothing of when known articles are looked at next.

        Nor is one seen earlier than it was, or back again that went after `at`.
        """
        before = self.rows(
            """SELECT id, next_look, looks, last_seen, state, gone_at FROM articles
            WHERE key IN (SELECT value FROM json_each(?))""",
            [to_json(list(keys))],
        )
        yield
        for row in before:
            self.write(
                "UPDATE articles SET next_look = ?, looks = ?, last_seen = max(last_seen, ?) WHERE id = ?",
                [row["next_look"], row["looks"], row["last_seen"], row["id"]],
            )
            if row["gone_at"] is not None and row["gone_at"] > (stamp(at) or ""):
                self.write(
                    "UPDATE articles SET state = ?, gone_at = ? WHERE id = ?", [row["state"], row["gone_at"], row["id"]]
                )
