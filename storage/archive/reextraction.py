"""Re-extractions: the current versions to read again, what they would become, runs that were applied and undone.

Knows not how to read and which reading is the better one.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from storage.archive.base import Row, stamp
from storage.archive.timeline import TimeLine
from storage.columns import COMPARED, columns, kept_date
from storage.records import Article, to_json

DATED = ("published", "published_raw", "published_precision")
CURRENT = "articles JOIN versions ON versions.id = version_id"
READ_BY = """(extractor IN (SELECT value FROM json_each(?)) OR rule_revision IN (SELECT value FROM json_each(?))
    OR substr(rule_revision, 1, instr(rule_revision, '+') - 1) IN (SELECT value FROM json_each(?)))"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Which articles are read again. All of these hold; what is empty or None asks for nothing.

    rules: revisions, or extractors such as `generic` or `site:example.org`. since, until: of `first_seen`, as `stamp`
    writes times; the second is not included.
    """

    sites: tuple[str, ...] = ()
    articles: tuple[int, ...] = ()
    rules: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class New:
    """A version that a run makes: its columns, and with what they were read. `version_id`: the one it replaces."""

    article_id: int
    version_id: int
    values: Row
    extractor: str
    rule_revision: str
    memory_revision: str


class Reextraction(TimeLine):
    """What is read again, applied, undone."""

    def sites_in(self, scope: Scope) -> dict[str | None, int]:
        """The sites of the articles in scope, and how many there are of each."""
        where, parameters = _where(scope)
        sql = f"SELECT articles.site, count(*) AS n FROM {CURRENT} WHERE {where} GROUP BY articles.site"  # noqa: S608 - our own words
        return {row["site"]: row["n"] for row in self.rows(sql, parameters)}

    def current_of(self, site: str | None, scope: Scope, most: int = 500) -> Iterator[list[Row]]:
        """The current versions of a site's articles in scope, oldest article first, at most so many at a time.

        `entry_id` is the article's, `host` and `charset_by` its page's; `announced`: the dates that its source told.
        """
        where, parameters = _where(scope)
        sql = f"""SELECT versions.*, articles.site, articles.entry_id, captures.host, captures.charset_by,
            json_array(entries.published, entries.published_raw, entries.published_precision) AS announced
            FROM {CURRENT} JOIN captures ON captures.id = versions.capture_id
            LEFT JOIN entries ON entries.id = articles.entry_id
            WHERE articles.site IS ? AND articles.id > ? AND {where} ORDER BY articles.id LIMIT ?"""  # noqa: S608 - our own words
        after = 0
        while rows := self.rows(sql, [site, after, *parameters, most]):
            yield rows
            after = rows[-1]["article_id"]

    def begin_run(self, scope: Scope, program: str, now: datetime) -> int:
        """The row of a re-extraction that is about to be applied."""
        return int(
            self.value(
                "INSERT INTO runs (scope, program, counts, applied_at) VALUES (?, ?, '{}', ?) RETURNING id",
                [to_json(scope.as_json()), program, stamp(now)],
            )
        )

    def apply_site(self, run_id: int, site: str | None, news: Iterable[New], now: datetime) -> int:
        """All new versions of a site, in one transaction; returns how many.

        An article whose current version is another one by now stays as it is. Old versions stay.
        """
        with self.transaction():
            made = sum(self._apply(run_id, new, now) for new in news)
            counts = json.loads(self.value("SELECT counts FROM runs WHERE id = ?", [run_id]))
            counts[site or ""] = counts.get(site or "", 0) + made
            self.write("UPDATE runs SET counts = ? WHERE id = ?", [to_json(counts), run_id])
        return made

    def _apply(self, run_id: int, new: New, now: datetime) -> bool:
        current = self.row(
            """SELECT number, capture_id FROM articles JOIN versions ON versions.id = version_id
            WHERE articles.id = ? AND version_id = ?""",
            [new.article_id, new.version_id],
        )
        if current is None:
            return False
        row = new.values | {
            "article_id": new.article_id,
            "capture_id": current["capture_id"],
            "number": current["number"] + 1,
            "extractor": new.extractor,
            "rule_revision": new.rule_revision,
            "memory_revision": new.memory_revision,
            "reason": "re-extracted",
            "created_at": stamp(now),
            "run_id": run_id,
            "changed_by": "rule",
            "edits": "[]",
        }
        self._point_to(new.article_id, row | {"id": self.insert_version(row)})
        return True

    def current_version(self, article_id: int) -> Row | None:
        """The columns of an article's current version, with its address."""
        return self.row(f"SELECT versions.*, articles.url FROM {CURRENT} WHERE articles.id = ?", [article_id])  # noqa: S608 - our own words

    def versions_of_run(self, run_id: int) -> int:
        """How many versions of a run there are."""
        return int(self.value("SELECT count(*) FROM versions WHERE run_id = ?", [run_id]))

    def runs(self) -> list[Row]:
        """Every re-extraction that was applied, newest first."""
        return self.rows("SELECT * FROM runs ORDER BY id DESC")

    def run(self, run_id: int) -> Row | None:
        return self.row("SELECT * FROM runs WHERE id = ?", [run_id])

    def undo_sites(self, run_id: int) -> Iterator[tuple[str, list[int]]]:
        """The articles that have a version of this run yet, by site."""
        rows = self.rows(
            """SELECT DISTINCT coalesce(site, '') AS site, articles.id FROM versions
            JOIN articles ON articles.id = article_id WHERE run_id = ? ORDER BY 1, 2""",
            [run_id],
        )
        for site, group in groupby(rows, lambda row: row["site"]):
            yield site, [row["id"] for row in group]

    def undo_site(self, run_id: int, articles: Sequence[int], now: datetime) -> int:
        """Withdraw the run's versions of these articles, in one transaction; how many of them stay as they are.

        Those stay current that came after: a publisher's edit is not taken back. Who changed what in it is told anew.
        """
        later = 0
        with self.transaction():
            for article_id in articles:
                versions = self.rows(
                    "SELECT id, number, run_id FROM versions WHERE article_id = ? ORDER BY number", [article_id]
                )
                of_run = [row for row in versions if row["run_id"] == run_id]
                self.withdraw(article_id, {row["id"] for row in of_run}, why=f"run {run_id} undone", now=now)
                if versions[-1]["run_id"] != run_id:
                    later += 1
                    self.explain_anew(article_id, of_run[-1]["number"])
        return later

    def end_undo(self, run_id: int, now: datetime) -> None:
        self.write("UPDATE runs SET undone_at = coalesce(undone_at, ?) WHERE id = ?", [stamp(now), run_id])


def would_be(version: Row, article: Article) -> Row:
    """The columns of a version that this reading of the same capture would make. `version`: a row of `current_in`.

    Where the page gives no date it is the one that its source announced; a rounded time stays what it was once read as.
    """
    values = columns(article)
    if values["published"] is None and not article.found:
        values |= dict(zip(DATED, json.loads(version["announced"]), strict=True))
    if values["published"] is None and version["number"] > 1:  # an earlier capture may have told it
        return values | {name: version[name] for name in DATED}
    return values | (kept_date(version, values) if values["published"] is not None else {})


def differs(version: Mapping[str, Any], values: Row) -> bool:
    """Would it be another version?"""
    return any(values[name] != version[name] for name in COMPARED)


def _where(scope: Scope) -> tuple[str, list[object]]:
    parts: list[tuple[str, list[object]]] = []
    if scope.sites:
        parts.append(("articles.site IN (SELECT value FROM json_each(?))", [to_json(scope.sites)]))
    if scope.articles:
        parts.append(("articles.id IN (SELECT value FROM json_each(?))", [to_json(scope.articles)]))
    if scope.rules:
        parts.append((READ_BY, [to_json(scope.rules)] * 3))
    if scope.since:
        parts.append(("articles.first_seen >= ?", [scope.since]))
    if scope.until:
        parts.append(("articles.first_seen < ?", [scope.until]))
    where = " AND ".join(sql for sql, _ in parts) or "1"
    return where, [value for _, values in parts for value in values]
