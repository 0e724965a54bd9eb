"""What one archive tells another: pages with what was announced of them, rules, memories, tombstones, and articles
whose text cannot be read again. Giving is the one's, taking the other's."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from storage.archive.base import Row, stamp
from storage.archive.imports import Imports
from storage.archive.tombstones import Tombstones

ANNOUNCED = (
    *("guid", "title", "published", "published_raw", "published_precision"),
    *("updated", "authors", "tags", "language"),
)
# Of a text that stands in a source's document, or whose page is kept no longer, no worker can make another reading.
READ_ONCE = """NOT EXISTS (
    SELECT 1 FROM versions JOIN captures ON captures.id = capture_id
    WHERE article_id = articles.id AND coalesce(captures.source_id, captures.step_id) IS NULL AND body_gone IS NULL
)"""
OWN = frozenset({
    *("id", "entry_id", "source_id", "first_page_id", "import_id", "step_id"),
    *("run_id", "article_id", "capture_id"),
})  # fmt: skip


class Sharing(Imports, Tombstones):
    """Given, and taken."""

    def last_capture(self) -> int:
        """The id of the newest capture; 0 for none."""
        return int(self.value("SELECT coalesce(max(id), 0) FROM captures"))

    def first_capture(self) -> Row | None:
        """By which an archive is told from others."""
        return self.row("SELECT url, fetched_at, sha256 FROM captures ORDER BY id LIMIT 1")

    def captures_after(self, id_: int, most: int) -> list[Row]:
        """The next captures, with what was announced of their pages as `announced_…`."""
        announced = ", ".join(f"entries.{name} AS announced_{name}" for name in ANNOUNCED)
        return self.rows(
            f"""SELECT captures.*, {announced} FROM captures LEFT JOIN entries ON entries.id = entry_id
            WHERE captures.id > ? ORDER BY captures.id LIMIT ?""",  # noqa: S608 - our own words
            [id_, most],
        )

    def rules_kept(self) -> list[Row]:
        return self.rows("SELECT * FROM rules ORDER BY revision")

    def memories_kept(self) -> list[Row]:
        return self.rows("SELECT * FROM memories ORDER BY capture_id, id")

    def read_once(self, after: int, most: int) -> list[Row]:
        """The next articles that cannot be read again."""
        return self.rows(f"SELECT * FROM articles WHERE id > ? AND {READ_ONCE} ORDER BY id LIMIT ?", [after, most])  # noqa: S608 - our own words

    def capture_with_source(self, id_: int) -> tuple[Row, Row | None]:
        """The row of a capture, and that of the source whose document it is."""
        capture = self.rows("SELECT * FROM captures WHERE id = ?", [id_])[0]
        return capture, self.row("SELECT url, kind, site, title FROM sources WHERE id = ?", [capture["source_id"]])

    def tell_entry(self, id_: int, announced: Mapping[str, object]) -> None:
        """What another archive's sources said of a page, where nothing was said here."""
        said = {name: value for name, value in announced.items() if value is not None}
        if said:
            names = ", ".join(f"{name} = coalesce({name}, ?)" for name in said)
            self.write(f"UPDATE entries SET {names} WHERE id = ?", [*said.values(), id_])  # noqa: S608 - our own words

    def take_memory(self, import_id: int, memory: Row) -> bool:
        """A host's profile, as older than all that was learnt here. False: it is known, or no page of the host came."""
        first = self.value(
            "SELECT min(id) FROM captures WHERE host = ? AND kind = 'article' AND import_id = ?",
            [memory["host"], import_id],
        )
        return first is not None and bool(
            self.write(
                """INSERT INTO memories (host, revision, profile, pages, capture_id, built_at)
                VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING""",
                [*(memory[name] for name in ("host", "revision", "profile", "pages")), first, memory["built_at"]],
            )
        )

    def take_tombstone(self, stone: Row, now: datetime) -> bool:
        """False where an article stands here at its address: people decide whether it goes, too."""
        if self.value("SELECT 1 FROM articles WHERE key = ?", [stone["key"]]):
            return False
        if self.tombstone(stone["key"]) is None:
            self.set_tombstone(stone["key"], stone["url"], stone["why"], stone["bodies"], now)
            self.set_taken_down([stone["key"]], now)
        return True

    def take_capture(self, import_id: int, capture: Row, source: Row | None, now: datetime) -> int:
        """The row of a capture as it is there, once; its body is kept already, where there is one."""
        asked = [capture[name] for name in ("sha256", "url", "fetched_at")]
        known = self.value("SELECT id FROM captures WHERE sha256 = ? AND url = ? AND fetched_at = ?", asked)
        if known is not None:
            return int(known)
        row = {name: value for name, value in capture.items() if name not in OWN}
        row |= {"import_id": import_id, "source_id": source and self._source(source, now), "via": "import"}
        return self._insert_row("captures", row)

    def _source(self, source: Row, now: datetime) -> int:
        """A source of another archive is known here, and not watched."""
        self.write(
            """INSERT INTO sources (url, kind, site, title, active, added_at) VALUES (?, ?, ?, ?, 0, ?)
            ON CONFLICT DO NOTHING""",
            [*(source[name] for name in ("url", "kind", "site", "title")), stamp(now)],
        )
        return int(self.value("SELECT id FROM sources WHERE url = ?", [source["url"]]))

    def take_article(self, article: Row, versions: Sequence[Row], captures: Mapping[int, int], now: datetime) -> bool:
        """An article with its versions, as they were read there. False where it is known here, or was taken down.

        captures: from their ids there to those here.
        """
        if self.taken([article["key"]]) or self.value("SELECT 1 FROM articles WHERE key = ?", [article["key"]]):
            return False
        names = ("url", "key", "site", "title", "published", "first_seen", "last_seen", "found_on", "state", "gone_at")
        id_ = self._insert_row("articles", {name: article[name] for name in names})
        current = 0
        for version in versions:
            row = {name: value for name, value in version.items() if name not in OWN}
            row |= {"article_id": id_, "capture_id": captures[version["capture_id"]], "created_at": stamp(now)}
            current = self._insert_row("versions", row)
        self.write("UPDATE articles SET version_id = ? WHERE id = ?", [current, id_])
        return True

    def _insert_row(self, table: str, row: Row) -> int:
        names, marks = ", ".join(row), ", ".join("?" * len(row))
        sql = f"INSERT INTO {table} ({names}) VALUES ({marks}) RETURNING id"  # noqa: S608 - our own words
        return int(self.value(sql, [*row.values()]))
