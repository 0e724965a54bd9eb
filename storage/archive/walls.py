"""The table `walls`: texts that are known to be none; and what becomes of all that came of one.

Knows not what makes a text a wall: it is asked for what decides it, and told.
"""

from dataclasses import dataclass
from datetime import datetime
from statistics import median

from storage.archive.base import Row, stamp
from storage.archive.captures import Captures
from storage.archive.timeline import TimeLine

NEWEST = 40  # captures of a host among which the copies of a text, and the usual length, are looked for


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A page that gave a text: its entry, and the version that was filed from it, if any was.

    dated: that version tells a date, which no source announced, or authors.
    """

    entry_id: int
    url: str
    announced: str | None
    title: str | None
    article_id: int | None
    dated: bool


class Walls(Captures, TimeLine):
    """Walls: learnt, known again."""

    def wall(self, host: str, text_sha256: str) -> str | None:
        """Why a text of this host is a wall; None where that is not known."""
        return self.value(  # type: ignore[no-any-return]  # text or NULL by the schema
            "SELECT reason FROM walls WHERE host = ? AND text_sha256 = ?", [host, text_sha256]
        )

    def announced_title(self, entry_id: int) -> str | None:
        """What a source called the page; None where none did."""
        return self.value("SELECT title FROM entries WHERE id = ?", [entry_id])  # type: ignore[no-any-return]  # text or NULL

    def first_reading(self, entry_id: int) -> tuple[str, str] | None:
        """Title and text of the only version of this page's own article; None where it has none, or several."""
        rows = self.rows(
            """SELECT versions.title, versions.text FROM articles JOIN versions ON article_id = articles.id
            WHERE entry_id = ? AND found_on IS NULL LIMIT 2""",
            [entry_id],
        )
        return (rows[0]["title"], rows[0]["text"]) if len(rows) == 1 else None

    def standings(self, host: str, text_sha256: str) -> list[Standing]:
        """The pages of this host that gave this text lately, each once.

        One that was filed and brought no version said the same as one that did, its title and article too.
        """
        rows = self.rows(
            """SELECT entries.id AS entry_id, entries.url, entries.title AS announced, versions.title,
                versions.article_id, kept.kind = 'article' AS filed,
                versions.published_raw IS NOT NULL AND versions.published_raw IS NOT entries.published_raw
                OR coalesce(versions.authors, '[]') <> '[]' AS dated
            FROM (
                SELECT id, entry_id, kind FROM captures WHERE host = ? AND text_sha256 = ? ORDER BY id DESC LIMIT ?
            ) AS kept JOIN entries ON entries.id = kept.entry_id LEFT JOIN versions ON versions.capture_id = kept.id
            ORDER BY kept.id, versions.id DESC""",
            [host, text_sha256, NEWEST],
        )
        pages: dict[int, Row] = {}
        for row in rows:  # the first version of the newest capture that has any stands last
            if row["article_id"] is not None or row["entry_id"] not in pages:
                pages[row["entry_id"]] = row
        first = next((row for row in pages.values() if row["article_id"] is not None), None)
        return [found for row in reversed(pages.values()) if (found := _standing(row, first)) is not None]

    def usual_length(self, host: str, least: int) -> float | None:
        """The median of the lengths of the host's newest articles, in characters; None while fewer than `least`."""
        rows = self.rows(
            "SELECT text_length FROM captures WHERE host = ? AND kind = 'article' ORDER BY id DESC LIMIT ?",
            [host, NEWEST],
        )
        lengths = [row["text_length"] for row in rows if row["text_length"]]
        return float(median(lengths)) if len(lengths) >= least else None

    def add_wall(
        self, host: str, text_sha256: str, *, reason: str, title: str, now: datetime, next_visit: datetime | None
    ) -> list[str]:
        """A text turned out to be a wall: what came of it before is undone. Returns the addresses of its pages.

        Their captures are walls, the versions that were read from them are withdrawn: of an article that has others
        the last of these is current again, one without goes. A page without an article is asked for again at
        `next_visit`. Bodies and capture rows stay.
        """
        with self.transaction():
            pages = self.rows(
                """SELECT DISTINCT entries.id, entries.url FROM captures JOIN entries ON entries.id = captures.entry_id
                WHERE captures.host = ? AND text_sha256 = ? ORDER BY 1""",
                [host, text_sha256],
            )
            self.write(
                """INSERT INTO walls (host, text_sha256, reason, title, addresses, found_at) VALUES (?, ?, ?, ?, ?, ?)
                ON CONFLICT (host, text_sha256) DO NOTHING""",
                [host, text_sha256, reason, title, len(pages), stamp(now)],
            )
            self._withdraw(host, text_sha256, reason, now)
            self.write(
                "UPDATE captures SET kind = 'wall', reason = ? WHERE host = ? AND text_sha256 = ?",
                [reason, host, text_sha256],
            )
            for page in pages:
                self._ask_again(page["id"], reason, next_visit)
        return [page["url"] for page in pages]

    def met_again(self, host: str, text_sha256: str, entry_id: int, capture_id: int) -> None:
        """One more capture of a known wall: of a page that it was not met at before, it counts."""
        self.write(
            """UPDATE walls SET addresses = addresses + 1 WHERE host = ? AND text_sha256 = ?
            AND NOT EXISTS (
                SELECT 1 FROM captures WHERE entry_id = ? AND text_sha256 = walls.text_sha256 AND id <> ?
            )""",
            [host, text_sha256, entry_id, capture_id],
        )

    def _withdraw(self, host: str, text_sha256: str, reason: str, now: datetime) -> None:
        """Versions of pages' own articles; what was found on such a page and stands elsewhere is not of its text."""
        rows = self.rows(
            """SELECT versions.id, article_id FROM captures JOIN versions ON versions.capture_id = captures.id
            JOIN articles ON articles.id = article_id
            WHERE captures.host = ? AND captures.text_sha256 = ? AND found_on IS NULL""",
            [host, text_sha256],
        )
        for article_id in {row["article_id"] for row in rows}:
            ids = [row["id"] for row in rows if row["article_id"] == article_id]
            self.withdraw(article_id, ids, why=f"wall: {reason}", now=now)

    def _ask_again(self, entry_id: int, reason: str, next_visit: datetime | None) -> None:
        """The page of a wall. One that has an article yet is looked at, on the conditions of its last good capture.

        One that no source announced was imported, and is asked for by nobody.
        """
        good = self.value(
            """SELECT max(id) FROM captures WHERE entry_id = ? AND kind = 'article' AND first_page_id IS NULL""",
            [entry_id],
        )
        self.go_by_capture(entry_id, good)
        self.write(
            """UPDATE entries SET state = 'empty', last_error = ?, attempts = 1,
            next_visit = CASE WHEN EXISTS (SELECT 1 FROM entry_sources WHERE entry_id = entries.id) THEN ? END
            WHERE id = ? AND state = 'done' AND NOT EXISTS (SELECT 1 FROM articles WHERE entry_id = entries.id)""",
            [reason, stamp(next_visit), entry_id],
        )


def _standing(row: Row, first: Row | None) -> Standing | None:
    """None for a page that was filed under an article of which nothing is known here: it tells nothing."""
    if row["article_id"] is None and row["filed"]:
        if first is None:
            return None
        row = row | {name: first[name] for name in ("title", "article_id", "dated")}
    names = ("entry_id", "url", "announced", "title", "article_id")
    return Standing(**{name: row[name] for name in names}, dated=bool(row["dated"]))
