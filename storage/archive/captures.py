"""The table `captures`: every answer worth keeping; its body is in raw/, committed before the row."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from storage.archive.base import Base, Row, stamp
from storage.records import Capture, to_json

CaptureKind = Literal["source", "article", "listing", "empty", "wall", "gone", "error"]
Via = Literal["poll", "visit", "look", "next-page"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unread:
    """A kept capture that nothing has been read from yet: a run was stopped between the two."""

    id: int
    entry_id: int
    url: str
    final_url: str
    fetched_at: datetime
    content_type: str | None
    sha256: str
    via: Via
    attempts: int


class Captures(Base):
    """Captures: kept, unread, read."""

    def add_capture(
        self,
        capture: Capture,
        sha256: str,
        via: Via,
        *,
        entry_id: int | None = None,
        source_id: int | None = None,
        first_page_id: int | None = None,
        kind: CaptureKind | None = None,
        host: str | None = None,
    ) -> int:
        """The row of one answer whose body is kept already. A visited entry becomes `fetched`. Returns the row's id.

        A source that gives the same document again, as one that cannot be read does at every poll, gets no second row.
        """
        with self.transaction():
            if source_id is not None and (known := self._last_of_source(source_id)) and known["sha256"] == sha256:
                return int(known["id"])
            id_ = int(
                self.value(
                    """INSERT INTO captures (entry_id, source_id, first_page_id, url, final_url, fetched_at, status,
                    headers, content_type, sha256, size, kind, via, elapsed, host)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id""",
                    [
                        *(entry_id, source_id, first_page_id, capture.url, capture.final_url),
                        *(stamp(capture.fetched_at), capture.status, to_json(capture.headers), capture.content_type),
                        *(sha256, len(capture.body), kind, via, round(capture.elapsed, 4), host),
                    ],
                )
            )
            if entry_id is not None and first_page_id is None and kind is None:
                self.write(
                    """UPDATE entries SET state = 'fetched', capture_id = ?, etag = ?, last_modified = ?,
                    last_error = NULL, next_visit = NULL WHERE id = ?""",
                    [id_, capture.header("etag"), capture.header("last-modified"), entry_id],
                )
        return id_

    def _last_of_source(self, source_id: int) -> Row | None:
        return self.row("SELECT id, sha256 FROM captures WHERE source_id = ? ORDER BY id DESC LIMIT 1", [source_id])

    def captures_unread(self) -> list[Unread]:
        """Captures left unread by a run that was stopped, oldest first."""
        return [
            Unread(**row | {"fetched_at": datetime.fromisoformat(row["fetched_at"])})
            for row in self.rows(
                """SELECT captures.id, entries.id AS entry_id, captures.url, final_url, fetched_at, content_type,
                sha256, via, attempts FROM entries JOIN captures ON captures.id = entries.capture_id
                WHERE entries.state = 'fetched' ORDER BY captures.id"""
            )
        ]

    def set_capture_kind(self, id_: int, kind: CaptureKind) -> None:
        self.write("UPDATE captures SET kind = ? WHERE id = ?", [kind, id_])
