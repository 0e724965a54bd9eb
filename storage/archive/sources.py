"""The table `sources`: what is watched, and how its last polls went."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from storage.archive.base import Base, Row, stamp
from storage.records import SourceKind


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
    failures: int
    parent_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A source as config.yaml names it."""

    url: str
    kind: SourceKind | None = None
    site: str | None = None
    title: str | None = None
    every: float | None = None  # seconds


class Sources(Base):
    """Sources: configured, due, polled, failed."""

    def set_sources(self, wanted: Iterable[Wanted], now: datetime) -> None:
        """Make the watched sources those of config.yaml. Nothing known of one that left is forgotten."""
        with self.transaction():
            self.write("UPDATE sources SET active = 0 WHERE parent_id IS NULL AND active")
            for source in wanted:
                self.write(
                    """INSERT INTO sources (url, kind, site, title, every, added_at) VALUES (?, ?, ?, ?, ?, ?)
                    ON CONFLICT (url) DO UPDATE SET active = 1, parent_id = NULL, every = excluded.every,
                    kind = coalesce(excluded.kind, kind), title = coalesce(excluded.title, title)""",
                    [source.url, source.kind, source.site, source.title, source.every, stamp(now)],
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
                    """INSERT INTO sources (url, kind, site, every, parent_id, added_at)
                    SELECT ?, 'sitemap', site, every, id, ? FROM sources WHERE id = ? ON CONFLICT (url) DO NOTHING""",
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
        columns = "id, url, kind, every, etag, last_modified, body_sha256, failures, parent_id"
        return [Watched(**row) for row in self.rows(f"SELECT {columns} FROM sources WHERE {where}", parameters)]  # noqa: S608 - our own words

    def set_source_read(self, id_: int, *, now: datetime, next_poll: datetime, **learnt: object) -> None:
        """A poll went well. `learnt`: etag, last_modified, body_sha256, kind, title, as far as the answer told."""
        columns: dict[str, object] = {"last_poll": stamp(now), "last_ok": stamp(now), "next_poll": stamp(next_poll)}
        columns |= {"failures": 0, "last_error": None} | learnt
        self._set(id_, columns)

    def set_source_failed(self, id_: int, error: str, *, now: datetime, next_poll: datetime) -> None:
        """A poll went wrong: what was learnt before stays, so that the next document is read whole."""
        self.write(
            "UPDATE sources SET last_poll = ?, next_poll = ?, failures = failures + 1, last_error = ? WHERE id = ?",
            [stamp(now), stamp(next_poll), error, id_],
        )

    def all_sources(self) -> list[Row]:
        """Every source of config.yaml with the number of its entries, for `status` and `sources list`."""
        return self.rows(
            """SELECT sources.*, (SELECT count(*) FROM entry_sources WHERE source_id = sources.id) AS entries
            FROM sources WHERE active ORDER BY coalesce(parent_id, id), id"""
        )

    def _set(self, id_: int, columns: dict[str, object]) -> None:
        names = ", ".join(f"{name} = ?" for name in columns)
        self.write(f"UPDATE sources SET {names} WHERE id = ?", [*columns.values(), id_])  # noqa: S608 - our own words
