"""The page of one capture: what was asked, what came back and how it was taken; what was read from it."""

import json
from typing import Any

from storage.archive.base import Base, Row
from storage.archive.known import pages_of
from storage.datasette import capture_words
from storage.datasette.answers import Document, Missing, Page
from storage.datasette.capture_read import body_of, capture_of, seen_as, status_words, why_gone
from storage.datasette.reading import Reading
from storage.export.warc_records import one_file

MOST = 50  # rows of a list


def capture(reading: Reading, request: Any) -> Page:
    row = capture_of(reading, request)
    context = {
        "capture": row,
        "now": reading.now,
        "words": capture_words,
        "status_words": status_words(row["status"]),
        "headers": _headers(reading, row),
        "asked": _address(reading, row["url"]),
        "ended": _address(reading, row["final_url"]) if row["final_url"] != row["url"] else None,
        "memento": _address(reading, row["memento"]) if row["memento"] else None,
        **seen_as(row, body_of(reading, row)),
        **_around(reading, row),
    }
    return Page(template="capture.html", context=context)


def capture_warc(reading: Reading, request: Any) -> Document:
    """It, with the later pages of its article, as a file that web archives replay."""
    row = capture_of(reading, request)
    name = f"capture-{row['id']}.warc.gz"
    pages = [] if row["body_gone"] else pages_of(reading.archive, row["id"])
    if (file := one_file(pages, reading.body, name)) is None:
        raise Missing(f"The bytes of capture {row['id']} are not kept. {why_gone(row)}")
    return Document(body=file, content_type="application/warc", filename=name)


def _headers(reading: Reading, row: Row) -> list[tuple[str, str]]:
    """In the order in which they came."""
    return [
        (name, reading.hide(capture_words.header(name, value))) for name, value in json.loads(row["headers"] or "[]")
    ]


def _address(reading: Reading, url: str) -> dict[str, str | None]:
    told = reading.hide(url)
    return {"told": told, "outward": capture_words.outward(url, told)}


def _around(reading: Reading, row: Row) -> Row:
    """What it belongs to, and what belongs to it."""
    archive, id_ = reading.archive, row["id"]
    return {
        "sources": [source | {"url": reading.hide(source["url"])} for source in _sources(archive, row)],
        "versions": archive.rows(
            """SELECT article_id, number, title, reason, created_at FROM versions WHERE capture_id = ?
            ORDER BY article_id, number LIMIT ?""",
            [row["first_page_id"] or id_, MOST],
        ),
        "withdrawn": archive.rows(
            "SELECT article_id, withdrawn_at, why FROM withdrawn WHERE capture_id = ? ORDER BY id LIMIT ?", [id_, MOST]
        ),
        "pages": archive.rows("SELECT id FROM captures WHERE first_page_id = ? ORDER BY id LIMIT ?", [id_, MOST]),
        "same": archive.rows(
            "SELECT id, fetched_at FROM captures WHERE sha256 = ? AND id <> ? ORDER BY id LIMIT ?",
            [row["sha256"], id_, MOST],
        ),
        **_beside(archive, row),
    }


def _sources(archive: Base, row: Row) -> list[Row]:
    """Of which it is a document, or which announced its page."""
    if row["source_id"] is not None:
        return archive.rows("SELECT id, url, title FROM sources WHERE id = ?", [row["source_id"]])
    return archive.rows(
        """SELECT sources.id, url, title FROM entry_sources JOIN sources ON sources.id = source_id
        WHERE entry_id = ? ORDER BY entry_sources.found_at LIMIT ?""",
        [row["entry_id"], MOST],
    )


def _beside(archive: Base, row: Row) -> Row:
    """The answers before and after it, of the same address."""
    column = "entry_id" if row["entry_id"] is not None else "source_id"
    if row[column] is None or row["first_page_id"] is not None:
        return {"before": None, "after": None}
    same = f"FROM captures WHERE {column} = ? AND first_page_id IS NULL"
    return {
        "before": archive.value(f"SELECT max(id) {same} AND id < ?", [row[column], row["id"]]),
        "after": archive.value(f"SELECT min(id) {same} AND id > ?", [row[column], row["id"]]),
    }
