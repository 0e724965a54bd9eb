"""What every page of a capture reads first: its row, its bytes, their text. Says when there are none, and why."""

from http import HTTPStatus
from typing import Any

from collector.extract.charset import decode, is_text
from collector.extract.charset_labels import codec_of
from storage.archive.base import Row
from storage.archive.bodies import PRUNED
from storage.archive.tombstones import TAKEN_DOWN
from storage.datasette.answers import Missing
from storage.datasette.reading import Reading

PAGES = ("text/html", "application/xhtml+xml")
BEGINNINGS = (b"<!doctype html", b"<html")
GONE = {
    PRUNED: "It was pruned, as the configuration asks for captures of its kind.",
    TAKEN_DOWN: "It was taken down.",
    "lost": "It was lost, and `newskeep verify --repair` found no other copy.",
}


def capture_of(reading: Reading, request: Any) -> Row:
    """The row that the address names. Raises Missing."""
    row = reading.archive.row("SELECT * FROM captures WHERE id = ?", [int(request.url_vars["id"])])
    if row is None:
        raise Missing(f"There is no capture {request.url_vars['id']}.")
    return row


def body_of(reading: Reading, capture: Row) -> bytes | None:
    """What the server sent. None where it is kept no longer, or cannot be read: `why_gone` says which."""
    return None if capture["body_gone"] else reading.body(capture)


def needed_body(reading: Reading, capture: Row) -> bytes:
    """The same for an answer that is nothing without it. Raises Missing."""
    if (body := body_of(reading, capture)) is None:
        raise Missing(f"The bytes of capture {capture['id']} are not kept. {why_gone(capture)}")
    return body


def why_gone(capture: Row) -> str:
    """Of bytes that are not there."""
    if said := capture["body_gone"]:
        return GONE.get(said, f"It is gone: {said}.")
    return "They are not in raw/, or are damaged there: `newskeep verify` tells."


def text_of(capture: Row, body: bytes) -> str:
    """As it was decoded when it was read; one that never was, as it would be."""
    if codec := codec_of(capture["charset"] or ""):
        return body.decode(codec, "replace").removeprefix("\ufeff")
    return decode(body, capture["content_type"]).text


def is_writing(capture: Row, body: bytes) -> bool:
    """Can it be shown as text?"""
    return is_text(body, capture["content_type"], capture["charset"])


def is_risky(capture: Row) -> bool:
    """Did it break the worker that was to read it, or has none read it yet? Pages parse nothing that workers have not.

    A parser can hang or end its process, which workers are for; an answer with an error in its status is short.
    """
    kind, ok = capture["kind"], capture["status"] < 300
    return kind is None or bool(kind == "error" and ok)


def is_page(capture: Row, body: bytes) -> bool:
    """Is it HTML that can be shown: by what its server says of it, or by how it begins where nothing is said?"""
    if is_risky(capture) or not is_writing(capture, body):
        return False
    mime = (capture["content_type"] or "").partition(";")[0].strip().lower()
    return mime in PAGES or (not mime and body.lstrip().lower().startswith(BEGINNINGS))


def seen_as(capture: Row, body: bytes | None) -> Row:
    """What a page can show of it. body: of `body_of`."""
    return {
        "kept": body is not None,
        "why_gone": why_gone(capture),
        "is_page": body is not None and is_page(capture, body),
        "is_writing": body is not None and is_writing(capture, body),
        "is_risky": is_risky(capture),
    }


def status_words(status: int) -> str:
    """`404 Not Found`."""
    return f"{status} {HTTPStatus(status).phrase}" if status in HTTPStatus.__members__.values() else str(status)
