"""The table `finds`: what the ways of a back-fill announced, and the pages of it that are still to be asked for."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from storage.archive.base import Row, stamp
from storage.archive.due import Todo
from storage.archive.entries import Entries, wordless
from storage.recipes import Addressed
from storage.records import to_json

# The very words of the index entries_past.
PAST = "state IN ('new', 'fetched') AND walk_id IS NOT NULL"
# Who is waited for: what was never asked for, or is in hand. A page that was tried in vain has its next try as news.
WAITED = f"{PAST} AND (state = 'fetched' OR attempts = 0 OR next_visit IS NULL OR next_visit <= ?)"

# Bytes of a body for one on disk, and of an article's text with its indexes (bench.archive, on real page frames).
PACKED, TEXT = 20.0, 18_500.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Find:
    """An address that a way announced. `day`: of publication; `memento`: a copy that is asked for in its place."""

    addressed: Addressed
    day: date | None
    memento: str | None


class Finds(Entries):
    """Finds: added, asked for, handed over to the ordinary to-do list."""

    def add_finds(
        self, walk_id: int, found: Sequence[Find], now: datetime, announced_in: int | None, room: int | None
    ) -> int:
        """As many as there is `room` for (None: all). Returns how many of them the back-fill had not found before.

        A page that is known keeps what became of it: it is asked for only if nobody ever will otherwise.
        """
        new = 0
        with self.transaction():
            taken = self.taken(each.addressed.key for each in found)
            for each in found:
                if room is not None and new >= room:
                    break
                said = wordless(each.addressed) if each.addressed.key in taken else each.addressed
                id_ = self._insert(said, now, announced_in)
                if id_ is not None:
                    sql = "UPDATE entries SET walk_id = ?, memento = ? WHERE id = ?"
                    self.write(sql, [walk_id, each.memento, id_])
                else:
                    id_ = self._known_find(walk_id, each, announced_in)
                new += self._found(walk_id, id_, each.day)
            if taken:
                self.refuse(taken)
        return new

    def _known_find(self, walk_id: int, each: Find, announced_in: int | None) -> int:
        """What no running back-fill asks for becomes this one's, and what was tried in vain; what is gone, if there is
        a copy elsewhere.
        """
        sql = "SELECT id FROM entries WHERE key = ? OR url = ?"
        id_ = int(self.value(sql, [each.addressed.key, each.addressed.url]))
        self.write(
            """UPDATE entries SET walk_id = ?1, memento = coalesce(?2, memento), state = 'new', attempts = 0,
            next_visit = NULL WHERE id = ?3 AND (
                (state = 'new' AND walk_id NOT IN (
                    SELECT walks.id FROM walks JOIN backfills ON backfills.id = backfill_id
                    WHERE backfills.state IN ('running', 'paused')
                )) OR (state = 'new' AND walk_id IS NULL AND attempts > 0) OR state = 'failed'
                OR (?2 IS NOT NULL AND state = 'gone')
            )""",
            [walk_id, each.memento, id_],
        )
        if content := each.addressed.entry.content:
            sql = "UPDATE entries SET content = ?, announced_in = ? WHERE id = ? AND content IS NULL"
            self.write(sql, [content, announced_in, id_])
        return id_

    def _found(self, walk_id: int, entry_id: int, day: date | None) -> bool:
        """Note it. Had no way of this back-fill found it before?"""
        known = self.value(
            """SELECT 1 FROM finds JOIN walks ON walks.id = walk_id WHERE entry_id = ? AND backfill_id =
            (SELECT backfill_id FROM walks WHERE id = ?)""",
            [entry_id, walk_id],
        )
        told = day.isoformat() if day else None
        self.write("INSERT INTO finds VALUES (?, ?, ?) ON CONFLICT DO NOTHING", [entry_id, walk_id, told])
        return known is None

    def finds_of(self, backfill_id: int) -> int:
        """Addresses that its ways announced, each once."""
        return int(
            self.value(
                """SELECT count(DISTINCT entry_id) FROM walks CROSS JOIN finds ON walk_id = walks.id
                WHERE backfill_id = ?""",
                [backfill_id],
            )
        )

    def finds_waiting(self, backfill_id: int) -> int:
        """Pages of it that are still to be asked for, or in hand; for a list of many back-fills, from an index."""
        return int(
            self.value(
                f"""SELECT count(*) FROM walks CROSS JOIN entries ON walk_id = walks.id
                WHERE backfill_id = ? AND {PAST.replace("state", "entries.state")}""",  # noqa: S608 - our own words
                [backfill_id],
            )
        )

    def past_due(self, walk_id: int, now: datetime, most: int) -> list[Todo]:
        """The first pages to ask for; none while as many wait for a host that wants peace."""
        rows = self.rows(
            f"""SELECT id, url, attempts, memento, walk_id, next_visit FROM entries
            WHERE {PAST} AND walk_id = ? AND state = 'new'
            AND (attempts = 0 OR next_visit IS NULL OR next_visit <= ?) ORDER BY id LIMIT ?""",  # noqa: S608 - our own words
            [walk_id, stamp(now), most],
        )
        due = [row for row in rows if (then := row.pop("next_visit")) is None or then <= stamp(now)]
        return [Todo(etag=None, last_modified=None, **row) for row in due]

    def past_waits(self, walk_ids: Iterable[int], now: datetime) -> bool:
        """Is any page of these walks still to be asked for, or in hand?"""
        return any(
            self.value(f"SELECT 1 FROM entries WHERE {WAITED} AND walk_id = ? LIMIT 1", [stamp(now), id_])  # noqa: S608 - our own words
            for id_ in walk_ids
        )

    def hand_over(self, walk_ids: Iterable[int]) -> None:
        """What is left of these walks is asked for as news is, when its next try has come."""
        for id_ in walk_ids:
            self.write(
                """UPDATE entries SET walk_id = NULL WHERE walk_id = ? AND state IN ('new', 'refused', 'empty')
                AND id IN (SELECT entry_id FROM finds WHERE finds.walk_id = ?)""",
                [id_, id_],
            )

    def page_bytes(self, hosts: Sequence[str]) -> float | None:
        """What a page of these hosts takes on disk on the average, by its newest ones; None where none is known."""
        found = self.value(
            """SELECT avg(size) FROM (SELECT size FROM captures INDEXED BY captures_host
            WHERE kind = 'article' AND host IN (SELECT value FROM json_each(?)) LIMIT 500)""",
            [to_json(hosts)],
        )
        return None if found is None else float(found) / PACKED + TEXT

    def answer_seconds(self, host: str) -> float | None:
        """What an answer of a host took on the network, by its newest ones; None where it was never asked."""
        return self.value(  # type: ignore[no-any-return]  # a number or NULL
            """SELECT avg(elapsed) FROM (SELECT elapsed FROM captures
            WHERE host = ? AND kind = 'article' ORDER BY id DESC LIMIT 100)""",
            [host],
        )

    def finds_told(self, backfill_id: int) -> list[Row]:
        """How far the pages of a back-fill are, by way and host: found, by state, and those that were not tried yet."""
        return self.rows(
            """SELECT way, host, count(*) AS found,
            sum(entries.state = 'new' AND attempts = 0) AS waiting,
            sum(entries.state = 'new' AND attempts > 0) AS trying,
            sum(entries.state = 'done') AS archived,
            sum(entries.state = 'gone') AS gone, sum(entries.state = 'refused') AS refused,
            sum(entries.state = 'failed') AS failed, sum(entries.state IN ('empty', 'fetched')) AS without
            FROM walks CROSS JOIN finds ON finds.walk_id = walks.id CROSS JOIN entries ON entries.id = entry_id
            WHERE backfill_id = ? GROUP BY walks.place, host ORDER BY walks.place, found DESC""",
            [backfill_id],
        )
