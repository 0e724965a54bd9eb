"""The table `captures`: every answer worth keeping; its body is in raw/, committed before the row."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypedDict, Unpack

from storage.archive.base import Base, Row, stamp
from storage.records import Capture, Charset, to_json

CaptureKind = Literal["source", "article", "listing", "empty", "wall", "gone", "error"]
Via = Literal["poll", "visit", "look", "next-page", "import", "backfill", "wayback"]


class About(TypedDict, total=False):
    """What a capture belongs to, and what it is as far as that is known before it is read.

    step_id: the document of a back-fill that it is. memento: the copy in a web archive that it was had from.
    """

    entry_id: int | None
    source_id: int | None
    first_page_id: int | None
    step_id: int | None
    kind: CaptureKind | None
    host: str | None
    memento: str | None


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
    memento: str | None = None


class Captures(Base):
    """Captures: kept, unread, read."""

    def add_capture(self, capture: Capture, sha256: str, via: Via, **about: Unpack[About]) -> int:
        """The row of one answer whose body is kept already. A visited entry becomes `fetched`. Returns the row's id.

        A source that gives the same document again, as one that cannot be read does at every poll, gets no second row;
        each document of a back-fill has its own.
        """
        row: Row = dict.fromkeys(About.__annotations__) | about
        with self.transaction():
            if (known := self._last_of_source(row["source_id"], row["step_id"])) and known["sha256"] == sha256:
                return int(known["id"])
            more = {"elapsed": round(capture.elapsed, 4), "reason": _why(row["kind"], capture)}
            id_ = self._insert_capture(capture, sha256, via, row | more)
            if row["entry_id"] is not None and row["first_page_id"] is None and row["kind"] is None:
                self.write(
                    """UPDATE entries SET state = 'fetched', capture_id = ?, last_error = NULL, next_visit = NULL
                    WHERE id = ?""",
                    [id_, row["entry_id"]],
                )
        return id_

    def _insert_capture(self, capture: Capture, sha256: str, via: Via, more: Row) -> int:
        """One row: what the answer says of itself, and `more` columns. Returns its id."""
        row: Row = more | {
            "url": capture.url,
            "final_url": capture.final_url,
            "fetched_at": stamp(capture.fetched_at),
            "status": capture.status,
            "headers": to_json(capture.headers),
            "content_type": capture.content_type,
            "sha256": sha256,
            "size": capture.size,
            "via": via,
        }
        names, marks = ", ".join(row), ", ".join("?" * len(row))
        sql = f"INSERT INTO captures ({names}) VALUES ({marks}) RETURNING id"  # noqa: S608 - our own words
        return int(self.value(sql, [*row.values()]))

    def _last_of_source(self, source_id: int | None, step_id: int | None) -> Row | None:
        if source_id is None or step_id is not None:
            return None
        where = "source_id = ? AND step_id IS NULL ORDER BY id DESC LIMIT 1"
        return self.row(f"SELECT id, sha256 FROM captures WHERE {where}", [source_id])  # noqa: S608 - our own words

    def captures_unread(self) -> list[Unread]:
        """Captures left unread by a run that was stopped, oldest first."""
        return [
            Unread(**row | {"fetched_at": datetime.fromisoformat(row["fetched_at"])})
            for row in self.rows(
                """SELECT captures.id, entries.id AS entry_id, captures.url, final_url, fetched_at, content_type,
                sha256, via, attempts, captures.memento FROM entries JOIN captures ON captures.id = entries.capture_id
                WHERE entries.state = 'fetched' ORDER BY captures.id"""
            )
        ]

    def set_capture_kind(self, id_: int, kind: CaptureKind, reason: str | None = None) -> None:
        """What a capture turned out to be, and why, when it is no article."""
        self.write("UPDATE captures SET kind = ?, reason = ? WHERE id = ?", [kind, reason, id_])

    def set_capture_charset(self, id_: int, charset: Charset | None) -> None:
        """How its bytes were made text; None: that is not known."""
        if charset is not None:
            self.write(
                "UPDATE captures SET charset = ?, charset_by = ?, replaced = ? WHERE id = ?",
                [charset.codec, charset.by, charset.replaced, id_],
            )

    def set_capture_text(self, id_: int, text_sha256: str | None, length: int) -> None:
        """The fingerprint of the text that was read from it, and its characters."""
        self.write("UPDATE captures SET text_sha256 = ?, text_length = ? WHERE id = ?", [text_sha256, length, id_])

    def go_by_capture(self, entry_id: int, capture_id: int | None) -> None:
        """Ask for the page on the conditions of this capture, a good one: a wall's ETag would hide the article.

        None, and a web archive's copy, which tells nothing of what stands there now: without conditions.
        """
        row = self.row("SELECT headers FROM captures WHERE id = ? AND memento IS NULL", [capture_id])
        sent = dict(reversed(json.loads(row["headers"]))) if row else {}  # the first of a name counts
        self.write(
            "UPDATE entries SET etag = ?, last_modified = ? WHERE id = ?",
            [sent.get("etag"), sent.get("last-modified"), entry_id],
        )


def _why(kind: CaptureKind | None, capture: Capture) -> str | None:
    """The reason of what is no article by its status alone, or by where it leads."""
    if kind not in ("gone", "error"):
        return None
    return f"leads to {capture.final_url}" if 200 <= capture.status < 300 else f"answered {capture.status}"
