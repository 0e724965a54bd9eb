"""The tables `walks` and `steps`: the ways into the past of a back-fill, and the documents to ask for on them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from storage.archive.base import Base, Row, stamp
from storage.records import to_json


@dataclass(frozen=True, slots=True, kw_only=True)
class Walk:
    """One way of a back-fill. `notes`: what the way remembers."""

    id: int
    backfill_id: int
    way: str
    state: str
    form: str
    notes: Mapping[str, Any]
    reached: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenStep:
    """One document to ask for. `body`: JSON that is posted, "" for a GET."""

    id: int
    walk_id: int
    url: str
    host: str
    body: str
    reads: str
    place: Mapping[str, Any]
    attempts: int


class Walks(Base):
    """Walks: begun, gone on with step by step, ended."""

    def walks(self, backfill_id: int) -> list[Walk]:
        """In the order in which they are tried."""
        return [_walk(row) for row in self.rows(f"{WALK} WHERE backfill_id = ? ORDER BY place", [backfill_id])]

    def walk(self, id_: int) -> Walk:
        return _walk(self.rows(f"{WALK} WHERE id = ?", [id_])[0])

    def set_walk(self, id_: int, **columns: object) -> None:
        """Columns of its row."""
        names = ", ".join(f"{name} = ?" for name in columns)
        self.write(f"UPDATE walks SET {names} WHERE id = ?", [*columns.values(), id_])  # noqa: S608 - our own words

    def walk_shows(self, id_: int) -> bool:
        """Has it announced anything yet?"""
        return bool(self.value("SELECT announced > 0 FROM walks WHERE id = ?", [id_]))

    def end_walk(self, id_: int, state: str, why: str) -> None:
        """It came to no good end, or to one that has a reason."""
        self.set_walk(id_, state=state, why=why)

    def skip_walks(self, backfill_id: int, why: str) -> None:
        """What waits still is not needed."""
        sql = "UPDATE walks SET state = 'not needed', why = ? WHERE backfill_id = ? AND state = 'waiting'"
        self.write(sql, [why, backfill_id])

    def add_step(self, walk_id: int, url: str, host: str, body: str, reads: str, place: Mapping[str, Any]) -> None:
        """One that is known already, whatever became of it, is not added again."""
        self.write(
            """INSERT INTO steps (walk_id, url, host, body, reads, place) VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT DO NOTHING""",
            [walk_id, url, host, body, reads, to_json(dict(place))],
        )

    def steps_due(self, walk_id: int, now: datetime, most: int) -> list[OpenStep]:
        """The first of the open ones."""
        rows = self.rows(
            """SELECT id, walk_id, url, host, body, reads, place, attempts FROM steps
            WHERE walk_id = ? AND state = 'new' AND (next_try IS NULL OR next_try <= ?) ORDER BY id LIMIT ?""",
            [walk_id, stamp(now), most],
        )
        return [OpenStep(**row | {"place": json.loads(row["place"])}) for row in rows]

    def steps_open(self, walk_id: int) -> int:
        return int(self.value("SELECT count(*) FROM steps WHERE walk_id = ? AND state = 'new'", [walk_id]))

    def put_off_step(self, id_: int, error: str, until: datetime, *, tried: bool) -> None:
        """It is asked for again later. `tried`: was anything asked?"""
        self.write(
            "UPDATE steps SET attempts = attempts + ?, next_try = ?, last_error = ? WHERE id = ?",
            [tried, stamp(until), error, id_],
        )

    def end_step(self, id_: int, state: str, announced: int, error: str | None) -> None:
        self.write(
            """UPDATE steps SET state = ?, attempts = attempts + 1, next_try = NULL, announced = ?, last_error = ?
            WHERE id = ?""",
            [state, announced, error, id_],
        )

    def drop_steps(self, walk_id: int) -> None:
        """What is open is no longer needed."""
        self.write("UPDATE steps SET state = 'not needed' WHERE walk_id = ? AND state = 'new'", [walk_id])

    def count_walk(self, id_: int, announced: int, oldest: datetime | None, newest: datetime | None) -> None:
        """Add a document that was asked for, and what it announced."""
        self.write(
            """UPDATE walks SET asked = asked + 1, announced = announced + ?,
            oldest = min(coalesce(oldest, ?), coalesce(?, oldest)),
            newest = max(coalesce(newest, ?), coalesce(?, newest)) WHERE id = ?""",
            [announced, *[stamp(oldest)] * 2, *[stamp(newest)] * 2, id_],
        )

    def count_walk_days(self, walk_id: int, days: Mapping[tuple[str, str], int]) -> None:
        """Add what a document announced and nobody asks for: (day, word) -> addresses."""
        for (day, word), number in days.items():
            self.write(
                """INSERT INTO walk_days (walk_id, day, number) VALUES (?, ?, ?)
                ON CONFLICT DO UPDATE SET number = number + excluded.number""",
                [walk_id, f"{day} {word}", number],
            )

    def walks_told(self, backfill_id: int) -> list[Row]:
        """How each way of a back-fill stands: documents asked for and open, addresses announced and found."""
        return self.rows(
            """SELECT id, way, form, state, asked, announced, oldest, newest, reached, why,
            (SELECT count(*) FROM steps WHERE walk_id = walks.id AND state = 'new') AS open,
            (SELECT count(*) FROM steps WHERE walk_id = walks.id AND state = 'failed') AS failed,
            (SELECT min(next_try) FROM steps WHERE walk_id = walks.id AND state = 'new') AS next_try,
            (SELECT count(*) FROM finds WHERE walk_id = walks.id) AS found,
            (SELECT coalesce(sum(number), 0) FROM walk_days WHERE walk_id = walks.id AND day GLOB '* later') AS later,
            (SELECT coalesce(sum(number), 0) FROM walk_days WHERE walk_id = walks.id AND day GLOB '* elsewhere')
                AS elsewhere
            FROM walks WHERE backfill_id = ? ORDER BY place""",
            [backfill_id],
        )


WALK = "SELECT id, backfill_id, way, state, form, notes, reached FROM walks"


def _walk(row: Row) -> Walk:
    reached = None if row["reached"] is None else bool(row["reached"])
    return Walk(**row | {"notes": json.loads(row["notes"]), "reached": reached})
