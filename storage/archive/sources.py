"""The table `sources`: what is watched, and how its last polls went."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import UTC, datetime

from storage.archive.base import Base, Row, moment, stamp
from storage.records import SourceKind, to_json


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """A source that is due: what a conditional request needs, and what the next poll is reckoned from."""

    id: int
    url: str
    kind: SourceKind | None
    every: float | None  # seconds
    etag: str | None
    last_modified: str | None
    body_sha256: str | None
    failures: float  # in a row, each with its weight
    parent_id: int | None
    interval: float | None  # seconds
    rate: float | None  # new entries an hour
    ttl: float | None  # seconds
    skip_hours: tuple[int, ...]
    skip_days: tuple[int, ...]
    last_ok: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A source as config.yaml names it."""

    url: str
    kind: SourceKind | None = None
    site: str | None = None
    title: str | None = None
    every: float | None = None  # seconds
    look_again: tuple[float, ...] | None = None  # seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Polled:
    """What a poll that went well adds to the day of its source."""

    unchanged: bool = False
    entries: int = 0
    new: int = 0
    size: int = 0  # bytes
    gap_after: datetime | None = None


WATCHED = ", ".join(field.name for field in fields(Watched))
NOTHING_NEW = Polled()


class Sources(Base):
    """Sources: configured, due, polled, failed."""

    def set_sources(self, wanted: Iterable[Wanted], now: datetime) -> None:
        """Make the watched sources those of config.yaml. Nothing known of one that left is forgotten."""
        named = list(wanted)
        with self.transaction():
            listed = to_json([source.url for source in named])
            self.write(
                """UPDATE sources SET active = 0 WHERE parent_id IS NULL AND active
                AND url NOT IN (SELECT value FROM json_each(?))""",
                [listed],
            )
            for source in named:
                self.write(
                    """INSERT INTO sources (url, kind, site, title, every, look_again, added_at)
                    VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (url) DO UPDATE SET
                    next_poll = CASE WHEN every IS excluded.every AND active THEN next_poll END,
                    active = 1, parent_id = NULL, every = excluded.every, look_again = excluded.look_again,
                    kind = coalesce(excluded.kind, kind), title = coalesce(excluded.title, title)""",
                    [
                        *(source.url, source.kind, source.site, source.title, source.every),
                        *(None if source.look_again is None else to_json(source.look_again), stamp(now)),
                    ],
                )
            self.write(
                """UPDATE sources SET active =
                (SELECT parent.active FROM sources parent WHERE parent.id = sources.parent_id)
                WHERE parent_id IS NOT NULL"""
            )

    def add_parts(self, parent_id: int, urls: Iterable[str], now: datetime) -> list[int]:
        """The sitemaps that a sitemap index names become sources of their own. Returns the ids of all of them."""
        ids = []
        with self.transaction():
            for url in urls:
                self.write(
                    """INSERT INTO sources (url, kind, site, every, look_again, parent_id, added_at)
                    SELECT ?, 'sitemap', site, every, look_again, id, ? FROM sources WHERE id = ?
                    ON CONFLICT (url) DO NOTHING""",
                    [url, stamp(now), parent_id],
                )
                ids.append(int(self.value("SELECT id FROM sources WHERE url = ?", [url])))
        return ids

    def sources_due(self, now: datetime | None) -> list[Watched]:
        """Active sources whose next poll has come, longest waiting first; all of them when `now` is None."""
        return self._watched(
            "active AND (? IS NULL OR next_poll IS NULL OR next_poll <= ?) ORDER BY next_poll IS NOT NULL, next_poll",
            [stamp(now), stamp(now)],
        )

    def sources_by_id(self, ids: Iterable[int]) -> list[Watched]:
        """These sources, in the order of the list."""
        return [found for id_ in ids for found in self._watched("id = ?", [id_])]

    def _watched(self, where: str, parameters: list[object]) -> list[Watched]:
        return [_watched(row) for row in self.rows(f"SELECT {WATCHED} FROM sources WHERE {where}", parameters)]  # noqa: S608 - our own words

    def set_source_read(
        self, id_: int, learnt: Mapping[str, object], *, now: datetime, next_poll: datetime, polled: Polled
    ) -> None:
        """A poll went well. `learnt`: values of the columns of which the answer told something."""
        columns: dict[str, object] = {"last_poll": stamp(now), "last_ok": stamp(now), "next_poll": stamp(next_poll)}
        columns |= {"failures": 0, "last_error": None, "failing_since": None, **learnt}
        if polled.entries:
            columns |= {"window": polled.entries, "last_read": stamp(now)}
        if polled.new:
            columns["last_new"] = stamp(now)
        names = ", ".join(f"{name} = ?" for name in columns)
        with self.transaction():
            self.write(f"UPDATE sources SET {names} WHERE id = ?", [*columns.values(), id_])  # noqa: S608 - our own words
            self._count_poll(id_, now, polled, failed=False)
            if polled.gap_after is not None:
                gap = [id_, stamp(polled.gap_after), stamp(now), stamp(now)]
                self.write("INSERT INTO gaps (source_id, after, before, found_at) VALUES (?, ?, ?, ?)", gap)

    def set_source_failed(
        self, id_: int, error: str, *, now: datetime, next_poll: datetime, weight: float = 1.0
    ) -> None:
        """A poll went wrong: what was learnt before stays, so that the next document is read whole."""
        with self.transaction():
            self.write(
                """UPDATE sources SET last_poll = ?, next_poll = ?, failures = failures + ?, last_error = ?,
                failing_since = coalesce(failing_since, ?) WHERE id = ?""",
                [stamp(now), stamp(next_poll), weight, error, stamp(now), id_],
            )
            self._count_poll(id_, now, NOTHING_NEW, failed=True)

    def put_off_source(self, id_: int, next_poll: datetime) -> None:
        """A poll that could not be made, by no fault of the source."""
        self.write("UPDATE sources SET next_poll = ? WHERE id = ?", [stamp(next_poll), id_])

    def _count_poll(self, id_: int, now: datetime, polled: Polled, *, failed: bool) -> None:
        self.write(
            """INSERT INTO source_days (source_id, day, polls, unchanged, failed, new_entries, bytes)
            VALUES (?, ?, 1, ?, ?, ?, ?) ON CONFLICT (source_id, day) DO UPDATE SET polls = polls + 1,
            unchanged = unchanged + excluded.unchanged, failed = failed + excluded.failed,
            new_entries = new_entries + excluded.new_entries, bytes = bytes + excluded.bytes""",
            [id_, now.astimezone(UTC).date().isoformat(), polled.unchanged, failed, polled.new, polled.size],
        )

    def rates(self) -> list[float]:
        """New entries an hour of every source whose rhythm is its own."""
        sql = "SELECT rate FROM sources WHERE active AND rate IS NOT NULL AND every IS NULL AND parent_id IS NULL"
        return [float(row["rate"]) for row in self.rows(sql)]

    def look_ages(self, entry_id: int | None) -> tuple[float, ...] | None:
        """The ages, in seconds, at which config.yaml has articles of this entry's source looked at; None: as all."""
        found = self.value(
            """SELECT look_again FROM entry_sources JOIN sources ON sources.id = source_id
            WHERE entry_id = ? AND active AND look_again IS NOT NULL ORDER BY source_id LIMIT 1""",
            [entry_id],
        )
        return None if found is None else tuple(json.loads(found))

    def all_sources(self) -> list[Row]:
        """Every source of config.yaml with the number of its entries, for `status` and `sources list`."""
        return self.rows(
            """SELECT sources.*, (SELECT count(*) FROM entry_sources WHERE source_id = sources.id) AS entries
            FROM sources WHERE active ORDER BY coalesce(parent_id, id), id"""
        )


def _watched(row: Row) -> Watched:
    skipped = {name: tuple(json.loads(row[name] or "[]")) for name in ("skip_hours", "skip_days")}
    return Watched(**row | skipped | {"last_ok": moment(row["last_ok"])})
