"""The table `tombstones`: addresses whose words were taken down and are not kept again. Knows not what is removed."""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime

from storage.archive.base import Base, Row, stamp
from storage.records import to_json

TAKEN_DOWN = "taken down"  # why an entry is gone, and why a body is
COLUMNS = "key, url, taken_at, why, bodies, done_at"


class Tombstones(Base):
    """Tombstones: set, asked for, lifted. A row: key, url, taken_at, why, bodies (a list of SHA-256), done_at."""

    def tombstone(self, key: str) -> Row | None:
        """That of an address, by its key (`urls.identity`); None where nothing was taken down."""
        row = self.row(f"SELECT {COLUMNS} FROM tombstones WHERE key = ?", [key])  # noqa: S608 - our own words
        return row and _read(row)

    def tombstones(self) -> list[Row]:
        """All of them, in the order in which they were set. Where `done_at` is None, the removal was stopped."""
        return [_read(row) for row in self.rows(f"SELECT {COLUMNS} FROM tombstones ORDER BY taken_at, key")]  # noqa: S608

    def taken(self, keys: Iterable[str]) -> set[str]:
        """Those of the keys that have a tombstone."""
        sql = "SELECT key FROM tombstones WHERE key IN (SELECT value FROM json_each(?))"
        return {row["key"] for row in self.rows(sql, [to_json(list(keys))])}

    def taken_bodies(self) -> set[str]:
        """The SHA-256 of every body that was removed with what was taken down."""
        return {row["value"] for row in self.rows("SELECT DISTINCT value FROM tombstones, json_each(bodies)")}

    def set_tombstone(self, key: str, url: str, why: str, bodies: Sequence[str], now: datetime) -> None:
        """One that stands already keeps its day; what is to be removed with it is added, and it is not done again."""
        before = self.tombstone(key)
        listed = sorted({*bodies, *(before["bodies"] if before else ())})
        self.write(
            """INSERT INTO tombstones (key, url, taken_at, why, bodies) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (key) DO UPDATE SET why = coalesce(nullif(excluded.why, ''), why),
            bodies = excluded.bodies, done_at = NULL""",
            [key, url, stamp(now), why, to_json(listed)],
        )

    def refuse(self, keys: Iterable[str]) -> None:
        """The entries of these addresses are not asked for, and say why."""
        self.write(
            """UPDATE entries SET state = 'gone', last_error = ?, next_visit = NULL
            WHERE key IN (SELECT value FROM json_each(?)) AND (state <> 'gone' OR last_error IS NOT ?)""",
            [TAKEN_DOWN, to_json(list(keys)), TAKEN_DOWN],
        )

    def take_down_capture(self, id_: int, now: datetime) -> list[Row]:
        """The body of a capture, and those of its later pages, are kept no longer: month and sha256 of each."""
        return self.rows(
            """UPDATE captures SET body_gone = ?, body_gone_at = ? WHERE (id = ? OR first_page_id = ?)
            RETURNING substr(fetched_at, 1, 7) AS month, sha256""",
            [TAKEN_DOWN, stamp(now), id_, id_],
        )

    def set_taken_down(self, keys: Iterable[str], now: datetime) -> None:
        """The last of what belonged to these addresses was removed."""
        sql = "UPDATE tombstones SET done_at = ? WHERE key IN (SELECT value FROM json_each(?))"
        self.write(sql, [stamp(now), to_json(list(keys))])

    def lift(self, key: str) -> bool:
        """The address may be kept again, and its entry is asked for. False where it had no tombstone."""
        with self.transaction():
            if not self.write("DELETE FROM tombstones WHERE key = ?", [key]):
                return False
            self.write(
                "UPDATE entries SET state = 'new', last_error = NULL, attempts = 0 WHERE key = ? AND last_error = ?",
                [key, TAKEN_DOWN],
            )
            return True


def _read(row: Row) -> Row:
    return row | {"bodies": json.loads(row["bodies"])}
