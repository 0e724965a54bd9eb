"""The table `memories`: what is known of each host's furniture, every revision of it, and the pages to learn it from.

Knows not what a profile says: it is a text with a revision.
"""

from dataclasses import dataclass
from datetime import datetime

from storage.archive.base import Base, stamp

NEWEST = 300  # captures of a host among which the pages to learn from are looked for


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """One revision of a host's profile. `pages`: it was learnt from; `capture_id`: the newest of them."""

    host: str
    revision: str
    profile: str  # JSON
    pages: int
    capture_id: int
    built_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A capture of a page that held an article; its body is in raw/."""

    id: int
    final_url: str
    fetched_at: datetime
    content_type: str | None
    sha256: str


class Memories(Base):
    """Memories: added, found again, due."""

    def memory(self, host: str) -> Memory | None:
        """The newest of a host."""
        return self._memory("host = ? ORDER BY capture_id DESC LIMIT 1", host)

    def memory_for(self, host: str, entry_id: int) -> Memory | None:
        """With which a page is read: the host's newest; a page that was read before, with the one it was read with.

        So what differs between two versions is what the site changed, never what was learnt between them.
        """
        before = self.row(
            """SELECT versions.memory_revision AS revision FROM articles JOIN versions ON versions.id = version_id
            WHERE articles.entry_id = ? ORDER BY articles.id LIMIT 1""",
            [entry_id],
        )
        return self.memory(host) if before is None else self._memory("revision = ? LIMIT 1", before["revision"])

    def _memory(self, where: str, value: str) -> Memory | None:
        sql = "SELECT host, revision, profile, pages, capture_id, built_at FROM memories WHERE "
        row = self.row(sql + where, [value])
        return None if row is None else Memory(**row | {"built_at": datetime.fromisoformat(row["built_at"])})

    def add_memory(self, memory: Memory) -> None:
        """Keep a revision beside the earlier ones; one that was learnt again becomes the newest."""
        self.write(
            """INSERT INTO memories (host, revision, profile, pages, capture_id, built_at) VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (host, revision) DO UPDATE SET
            pages = excluded.pages, capture_id = excluded.capture_id, built_at = excluded.built_at""",
            [
                *(memory.host, memory.revision, memory.profile, memory.pages, memory.capture_id),
                stamp(memory.built_at),
            ],
        )

    def pages_since(self, host: str, capture_id: int) -> int:
        """How many pages of the host held an article when they were captured, after that capture."""
        return int(
            self.value(
                """SELECT count(DISTINCT entry_id) FROM captures
                WHERE host = ? AND kind = 'article' AND first_page_id IS NULL AND id > ?""",
                [host, capture_id],
            )
        )

    def newest_pages(self, host: str, most: int) -> list[Kept]:
        """The newest captures of a host's articles, one of each page, newest first."""
        rows = self.rows(
            """SELECT max(id) AS id, final_url, fetched_at, content_type, sha256 FROM (
                SELECT * FROM captures
                WHERE host = ? AND kind = 'article' AND first_page_id IS NULL AND entry_id IS NOT NULL
                AND body_gone IS NULL ORDER BY id DESC LIMIT ?
            ) GROUP BY entry_id ORDER BY id DESC LIMIT ?""",
            [host, NEWEST, most],
        )
        return [Kept(**row | {"fetched_at": datetime.fromisoformat(row["fetched_at"])}) for row in rows]
