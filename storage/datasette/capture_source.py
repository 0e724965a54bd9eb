"""The bytes of a capture: as text that shows every sign, and to be saved."""

from typing import Any

from storage.datasette.answers import Document, Page
from storage.datasette.capture_read import capture_of, is_page, is_writing, needed_body, text_of
from storage.datasette.reading import Reading

MOST_SIGNS, MOST_LINES = 500_000, 20_000  # shown; the rest is for an editor
# Control signs by their pictures, so that none is unseen; those that turn the order of what is read, by their names.
SHOWN = {code: chr(0x2400 + code) for code in range(0x20) if chr(code) not in "\t\n"} | {0x7F: "\u2421"}
SHOWN |= {code: f"[U+{code:04X}]" for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C)}
INERT = {"content-security-policy": "sandbox; default-src 'none'", "cache-control": "private, no-store"}


def capture_source(reading: Reading, request: Any) -> Page:
    row = capture_of(reading, request)
    body = needed_body(reading, row)
    text = text_of(row, body) if is_writing(row, body) else None
    shown, lines = _lines(text or "")
    context = {
        "capture": row,
        "is_page": is_page(row, body),
        "is_writing": text is not None,
        "lines": lines,
        "shown": shown,
        "all": len(text or ""),
    }
    return Page(template="capture_source.html", context=context)


def capture_body(reading: Reading, request: Any) -> Document:
    """Of a type that no browser opens, whatever the server called it."""
    row = capture_of(reading, request)
    return Document(
        body=needed_body(reading, row),
        content_type="application/octet-stream",
        filename=f"capture-{row['id']}.bin",
        headers=INERT,
    )


def _lines(text: str) -> tuple[int, list[str]]:
    """How many characters are shown, and these by lines."""
    shown = text[:MOST_SIGNS]
    lines = shown.replace("\r\n", "\n").replace("\r", "\n").split("\n", MOST_LINES)
    if len(lines) > MOST_LINES:
        shown = shown[: len(shown) - len(lines.pop())]
    return len(shown), [line.translate(SHOWN) for line in lines]
