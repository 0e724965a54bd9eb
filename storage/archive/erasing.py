"""What of archive.db holds the words of an article, and how it is erased. Knows no body and no file beside it.

An article leaves its traces: rows of entries and captures stay, which say when it was asked for, without its words.
"""

import re
from collections.abc import Callable, Collection, Iterator
from datetime import datetime, timedelta

from storage.archive.base import Row, stamp
from storage.archive.timeline import TimeLine
from storage.archive.tombstones import TAKEN_DOWN, Tombstones
from storage.records import to_json

AROUND = timedelta(days=1)  # before a document was read and after it was seen last: clocks and restarts
IN = "IN (SELECT value FROM json_each(?))"


class Erasing(TimeLine, Tombstones):
    """Articles with all that belongs to them: found, erased."""

    def articles_at(self, keys: Collection[str], ids: Collection[int] = ()) -> list[Row]:
        """Articles that stand at these addresses, that these led to, or with these ids; those that were withdrawn too.

        Rows of id (0 for one that is no more: its number may be another's), key, url, title, first_seen, last_seen.
        """
        columns = ("key", "url", "title", "first_seen", "last_seen")
        there = self.rows(
            f"""SELECT id, {", ".join(columns)} FROM articles
            WHERE id {IN} OR key {IN} OR entry_id IN (SELECT id FROM entries WHERE key {IN})
            OR id IN (
                SELECT article_id FROM entries JOIN captures AS led ON led.entry_id = entries.id
                JOIN captures AS read ON read.host = led.host AND read.text_sha256 = led.text_sha256
                JOIN versions ON versions.capture_id = read.id
                WHERE entries.key {IN} AND led.kind = 'article'
                AND NOT EXISTS (SELECT 1 FROM articles AS own WHERE own.entry_id = entries.id)
            )""",  # noqa: S608 - our own words
            [to_json(list(ids)), *[to_json(list(keys))] * 3],
        )
        known = {row["key"] for row in there}
        fields = ", ".join(f"json_extract(article, '$.{name}') AS {name}" for name in columns)
        gone = self.rows(
            f"SELECT 0 AS id, {fields} FROM withdrawn WHERE json_extract(article, '$.key') {IN} GROUP BY key",  # noqa: S608 - our own words
            [to_json(list(keys))],
        )
        return there + [row for row in gone if row["key"] not in known]

    def its_story(self, ids: Collection[int]) -> list[int]:
        """The articles of the stories of these articles."""
        rows = self.rows(
            f"SELECT id FROM articles WHERE story_id IN (SELECT story_id FROM articles WHERE id {IN}) ORDER BY id",  # noqa: S608
            [to_json(list(ids))],
        )
        return [row["id"] for row in rows]

    def texts_of(self, articles: Collection[Row]) -> Iterator[str]:
        """Every title, text and lead that was ever read of them, and what a source carried (HTML)."""
        ids, keys = to_json([row["id"] for row in articles]), to_json([row["key"] for row in articles])
        read = self.rows(
            f"""SELECT title, lead, text FROM versions WHERE article_id {IN} UNION
            SELECT json_extract(version, '$.title'), json_extract(version, '$.lead'), json_extract(version, '$.text')
            FROM withdrawn WHERE json_extract(article, '$.key') {IN}""",  # noqa: S608 - our own words
            [ids, keys],
        )
        carried = self.rows(f"SELECT content FROM entries WHERE key {IN}", [keys])  # noqa: S608 - our own words
        for row in [*read, *carried]:
            yield from (text for text in row.values() if text)

    def captures_at(self, keys: Collection[str], identity: Callable[[str], str]) -> list[int]:
        """Captures that were asked for at one of these addresses, or ended at one. Reads the whole table."""
        ends = to_json([re.split(r"[/?&]", key)[-1].partition("%")[0].lower() for key in keys])
        rows = self.rows(
            """SELECT id, url, final_url FROM captures WHERE coalesce(source_id, step_id) IS NULL AND EXISTS (
                SELECT 1 FROM json_each(?) WHERE instr(lower(url), value) OR instr(lower(final_url), value))""",
            [ends],
        )
        return [row["id"] for row in rows if {identity(row["url"]), identity(row["final_url"])} & set(keys)]

    def captures_read_as(self, articles: Collection[Row]) -> list[int]:
        """Captures from which a version of them was read, and those of the same host with the same text."""
        ids, keys = to_json([row["id"] for row in articles]), to_json([row["key"] for row in articles])
        rows = self.rows(
            f"""WITH read(id) AS (
                SELECT capture_id FROM versions WHERE article_id {IN}
                UNION SELECT capture_id FROM withdrawn WHERE json_extract(article, '$.key') {IN}
            ) SELECT id FROM read UNION
            SELECT captures.id FROM read JOIN captures AS first ON first.id = read.id
            JOIN captures ON captures.host = first.host AND captures.text_sha256 = first.text_sha256
            WHERE captures.kind = 'article'""",  # noqa: S608 - our own words
            [ids, keys],
        )
        return [row["id"] for row in rows]

    def pages_of(
        self, keys: Collection[str], articles: Collection[Row], captures: Collection[int]
    ) -> tuple[list[Row], list[Row]]:
        """The entries behind all this: pages of theirs alone, and those with other articles, too: id, key, url."""
        ids = to_json([row["id"] for row in articles])
        rows = self.rows(
            f"""SELECT id, key, url, NOT EXISTS (
                SELECT 1 FROM articles WHERE entry_id = entries.id AND NOT id {IN}
            ) AND NOT EXISTS (
                SELECT 1 FROM captures JOIN versions ON capture_id = captures.id
                WHERE captures.entry_id = entries.id AND NOT article_id {IN}
            ) AS alone FROM entries
            WHERE key {IN} OR id IN (SELECT entry_id FROM articles WHERE id {IN})
            OR id IN (SELECT entry_id FROM captures WHERE id {IN})""",  # noqa: S608 - our own words
            [ids, ids, to_json(list(keys)), ids, to_json(list(captures))],
        )
        return [row for row in rows if row["alone"]], [row for row in rows if not row["alone"]]

    def documents_of(self, articles: Collection[Row], entries: Collection[int], captures: Collection[int]) -> list[int]:
        """Documents in which their words may stand: of sources that announced them, while they did; of back-fills."""
        rows = self.rows(
            f"""SELECT source_id, min(found_at) AS first, max(coalesce(seen_at, found_at)) AS last
            FROM entry_sources WHERE entry_id {IN} GROUP BY 1
            UNION ALL SELECT source_id, min(fetched_at), max(fetched_at)
            FROM captures WHERE id {IN} AND source_id IS NOT NULL GROUP BY 1""",  # noqa: S608 - our own words
            [to_json(list(entries)), to_json(list(captures))],
        )
        seen = [row[name] for row in articles for name in ("first_seen", "last_seen")]
        steps = self.rows(
            f"""SELECT captures.id FROM finds CROSS JOIN steps ON steps.walk_id = finds.walk_id
            CROSS JOIN captures ON step_id = steps.id WHERE finds.entry_id {IN}""",  # noqa: S608 - our own words
            [to_json(list(entries))],
        )
        found = {row["id"] for row in steps}
        for row in rows:
            first, last = (datetime.fromisoformat(end([row[at], *seen])) for at, end in (("first", min), ("last", max)))
            found |= {
                each["id"]
                for each in self.rows(
                    "SELECT id FROM captures WHERE source_id = ? AND fetched_at BETWEEN ? AND ?",
                    [row["source_id"], stamp(first - AROUND), stamp(last + AROUND)],
                )
            }
        return sorted(found)

    def bodies_of(self, captures: Collection[int], entries: Collection[int]) -> list[Row]:
        """Captures with these ids, and of these entries: id, sha256, fetched_at, content_type."""
        return self.rows(
            f"""SELECT id, sha256, fetched_at, content_type FROM captures
            WHERE id {IN} OR entry_id {IN} ORDER BY id""",  # noqa: S608 - our own words
            [to_json(list(captures)), to_json(list(entries))],
        )

    def versions_among(self, ids: Collection[int]) -> int:
        """How many versions these articles have."""
        return int(self.value(f"SELECT count(*) FROM versions WHERE article_id {IN}", [to_json(list(ids))]))  # noqa: S608

    def documents_among(self, bodies: Collection[str]) -> int:
        """How many of the bodies are documents of sources."""
        sql = f"""SELECT count(DISTINCT sha256) FROM captures
            WHERE sha256 {IN} AND coalesce(source_id, step_id) IS NOT NULL"""  # noqa: S608 - our own words
        return int(self.value(sql, [to_json(list(bodies))]))

    def read_from(self, bodies: Collection[str], but: Collection[int]) -> list[Row]:
        """Other articles that were read from these bytes: id, url, title."""
        return self.rows(
            f"""SELECT DISTINCT articles.id, articles.url, articles.title FROM captures
            JOIN versions ON capture_id = captures.id JOIN articles ON articles.id = article_id
            WHERE captures.sha256 {IN} AND NOT articles.id {IN} ORDER BY 1""",  # noqa: S608 - our own words
            [to_json(list(bodies)), to_json(list(but))],
        )

    def erase(
        self, articles: Collection[Row], entries: Collection[int], bodies: Collection[str], now: datetime
    ) -> None:
        """Their words in every table. `bodies`: SHA-256 of what is to be kept no longer, which is noted."""
        ids, keys = to_json([row["id"] for row in articles]), to_json([row["key"] for row in articles])
        with self.transaction():
            self._forget_walls(entries)
            self.write(f"DELETE FROM withdrawn WHERE json_extract(article, '$.key') {IN}", [keys])  # noqa: S608
            for row in self.rows(f"SELECT id FROM articles WHERE id {IN}", [ids]):  # noqa: S608 - our own words
                self._erase_article(row["id"])
            self.write(
                f"""UPDATE entries SET state = 'gone', last_error = '{TAKEN_DOWN}', next_visit = NULL, guid = NULL,
                title = NULL, authors = '[]', tags = '[]', content = NULL, etag = NULL, last_modified = NULL
                WHERE id {IN}""",  # noqa: S608 - our own words
                [to_json(list(entries))],
            )
            self.write(f"UPDATE captures SET headers = '[]' WHERE entry_id {IN}", [to_json(list(entries))])  # noqa: S608
            self.write(
                f"""UPDATE captures SET body_gone = '{TAKEN_DOWN}', body_gone_at = ?
                WHERE sha256 {IN} AND body_gone IS NOT '{TAKEN_DOWN}'""",  # noqa: S608 - our own words
                [stamp(now), to_json(list(bodies))],
            )

    def _erase_article(self, article_id: int) -> None:
        """Nothing of it is set aside: the full-text index follows its pointer first."""
        self._point_to(article_id, None)
        self.forget_sketch(article_id)
        self.write("DELETE FROM versions WHERE article_id = ?", [article_id])
        self.write("DELETE FROM articles WHERE id = ?", [article_id])

    def _forget_walls(self, entries: Collection[int]) -> None:
        """A text that was taken for a wall is known by its digest alone."""
        self.write(
            f"""UPDATE walls SET title = NULL WHERE (host, text_sha256) IN (
                SELECT host, text_sha256 FROM captures WHERE entry_id {IN})""",  # noqa: S608 - our own words
            [to_json(list(entries))],
        )

    def overwrite_deleted(self) -> None:
        """From now on this connection overwrites with zeros whatever it deletes."""
        self.write("PRAGMA secure_delete = ON")

    def wipe(self) -> bool:
        """No byte of what was deleted stays in the file: its full-text index in one piece, free pages gone.

        Others who write wait meanwhile. False while one of them still reads what was: to be tried again.
        """
        with self.transaction():
            self.write("INSERT INTO articles_fts (articles_fts) VALUES ('optimize')")
        self._break_seal()
        self.write("VACUUM")
        return not self.value("PRAGMA wal_checkpoint(TRUNCATE)")
