"""The table `backfills`: what of the past is asked for, by whom, and whether it goes on."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Literal

from storage.archive.base import Base, Row, stamp
from storage.records import to_json

BackfillState = Literal["running", "paused", "cancelled", "done"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What somebody asks for. `most`: addresses that are asked for at most. `via`: ways; empty: they are found out."""

    target: str
    base: str
    site: str
    source_id: int | None
    since: date
    until: date
    most: int | None = None
    via: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Backfill(Wish):
    """`gap_id`: that it fills by itself. `dry`: a trial, no page is asked for."""

    id: int
    gap_id: int | None
    dry: bool
    state: BackfillState
    added_at: str
    ended_at: str | None


NAMES = ", ".join(field.name for field in fields(Backfill))


class Backfills(Base):
    """Back-fills: asked for, paused, gone on with, ended."""

    def add_backfill(self, wish: Wish, ways: Sequence[str], now: datetime, *, dry: bool = False) -> int:
        """Its row, and one for each of `ways`, in this order. Returns its id."""
        with self.transaction():
            id_ = int(
                self.value(
                    """INSERT INTO backfills (target, base, site, source_id, since, until, most, via, dry, state,
                    added_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'running', ?) RETURNING id""",
                    [
                        *(wish.target, wish.base, wish.site, wish.source_id),
                        *(wish.since.isoformat(), wish.until.isoformat(), wish.most, to_json(wish.via)),
                        *(dry, stamp(now)),
                    ],
                )
            )
            for place, way in enumerate(ways):
                self.write("INSERT INTO walks (backfill_id, way, place) VALUES (?, ?, ?)", [id_, way, place])
        return id_

    def backfill(self, id_: int) -> Backfill | None:
        return next(iter(self._backfills("id = ?", [id_])), None)

    def backfills(self) -> list[Backfill]:
        """All of them, the newest first."""
        return self._backfills("1 ORDER BY id DESC", [])

    def backfills_running(self) -> list[Backfill]:
        """Those that are to be worked on: what somebody asked for before what fills a gap, the oldest first."""
        return self._backfills("state = 'running' ORDER BY gap_id IS NOT NULL, id", [])

    def like_backfill(self, wish: Wish) -> Backfill | None:
        """The newest one that asks for the same and may go on: it has not ended, or was a trial alone."""
        found = self._backfills(
            """base = ? AND source_id IS ? AND since = ? AND until = ? AND most IS ? AND via = ? AND gap_id IS NULL
            AND (state IN ('running', 'paused') OR (state = 'done' AND dry)) ORDER BY id DESC LIMIT 1""",
            [
                *(wish.base, wish.source_id, wish.since.isoformat(), wish.until.isoformat()),
                *(wish.most, to_json(wish.via)),
            ],
        )
        return next(iter(found), None)

    def set_backfill_state(self, id_: int, state: BackfillState, now: datetime) -> None:
        """What its ways lack, they say themselves."""
        ended_at = stamp(now) if state in ("done", "cancelled") else None
        self.write("UPDATE backfills SET state = ?, ended_at = ? WHERE id = ?", [state, ended_at, id_])

    def set_backfill_dry(self, id_: int, dry: bool) -> None:
        """A trial, or the thing itself: what a trial found is not looked for again."""
        self.write("UPDATE backfills SET dry = ? WHERE id = ?", [dry, id_])

    def site_sources(self, site: str) -> list[Row]:
        """Id, address and kind of each watched source of a site; parts of a sitemap index are not told."""
        return self.rows(
            "SELECT id, url, kind FROM sources WHERE site = ? AND active AND parent_id IS NULL ORDER BY id", [site]
        )

    def known_sites(self) -> list[str]:
        """Every site that is or was watched, or back-filled."""
        sql = "SELECT site FROM sources WHERE site IS NOT NULL UNION SELECT site FROM backfills ORDER BY 1"
        return [row["site"] for row in self.rows(sql)]

    def _backfills(self, where: str, parameters: list[object]) -> list[Backfill]:
        return [_read(row) for row in self.rows(f"SELECT {NAMES} FROM backfills WHERE {where}", parameters)]  # noqa: S608 - our own words


def _read(row: Row) -> Backfill:
    days = {name: date.fromisoformat(row[name]) for name in ("since", "until")}
    return Backfill(**row | days | {"via": tuple(json.loads(row["via"])), "dry": bool(row["dry"])})
