"""The rows that a ledger is told from, written by hand: a site with one feed, and a back-fill of March 2025."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from storage.archive import Archive
from storage.archive.backfills import Wish
from storage.archive.ledger import Scope
from storage.archive.sources import Wanted
from tests.town import FEED, NOW

SITE = Scope(site="e.org")
Rows = Counter[tuple[Any, ...]]


@dataclass
class Books:
    """An archive whose rows are written by hand: one feed, and a back-fill of March 2025 by two ways."""

    archive: Archive
    number: int = 0

    def __post_init__(self) -> None:
        self.archive.set_sources([Wanted(url=FEED, kind="feed", site="e.org")], NOW)
        self.backfill(date(2025, 3, 1), date(2025, 3, 31))  # walks 1 and 2

    def backfill(self, since: date, until: date) -> None:
        wish = Wish(target="e.org", base="http://e.org/", site="e.org", source_id=None, since=since, until=until)
        self.archive.add_backfill(wish, ["sitemap", "feed"], NOW)

    def entry(self, live: bool = False, finds: Sequence[tuple[int, str | None]] = (), **columns: Any) -> int:
        """One that the feed announces, and, or, these walks, each with the day it told."""
        self.number += 1
        url = f"http://e.org/{self.number}"
        values = {"url": url, "key": url, "host": "e.org", "found_at": NOW.isoformat(), **columns}
        id_ = self.add("entries", **values)
        if live:
            self.add("entry_sources", entry_id=id_, source_id=1, found_at=NOW.isoformat())
        for walk_id, day in finds:
            self.add("finds", entry_id=id_, walk_id=walk_id, day=day)
        return id_

    def capture(self, entry_id: int, kind: str | None, status: int = 200) -> None:
        """An answer for its page; it is the entry's own unless it is an error's or says that the page is gone."""
        id_ = self.add(
            "captures",
            **dict.fromkeys(("url", "final_url", "headers", "sha256"), ""),
            entry_id=entry_id,
            fetched_at=NOW.isoformat(),
            status=status,
            size=0,
            kind=kind,
            via="backfill",
        )
        if status == 200 and kind != "gone":
            self.archive.write("UPDATE entries SET capture_id = ? WHERE id = ?", [id_, entry_id])

    def article(self, entry_id: int | None, published: str | None = None, key: str = "") -> None:
        self.number += 1
        url = key or f"http://e.org/article-{self.number}"
        times = {"first_seen": NOW.isoformat(), "last_seen": NOW.isoformat()}
        self.add("articles", url=url, key=url, title="T", published=published, entry_id=entry_id, **times)

    def add(self, table: str, **values: Any) -> int:
        sql = f"INSERT INTO {table} ({', '.join(values)}) VALUES ({', '.join('?' * len(values))})"
        self.archive.write(sql, list(values.values()))
        return int(self.archive.value("SELECT last_insert_rowid()"))

    def told(self, *names: str, scope: Scope = SITE, **only: Any) -> Rows:
        """Addresses by these columns."""
        rows = [row for row in self.archive.ledger(scope) if all(row[name] == it for name, it in only.items())]
        found: Rows = Counter()
        for row in rows:
            found[tuple(row[name] for name in names)] += row["number"]
        return found
