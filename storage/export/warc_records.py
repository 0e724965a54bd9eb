"""Captures -> records of WARC 1.1 (ISO 28500:2017), one gzip member each, so that each can be read alone.

The bytes are those that we keep: as the server sent them, after content decoding. What its headers say of coding and
length is made true, and kept under X-Archive-Orig-*.
"""

import json
import re
from collections.abc import Callable, Iterable
from http import HTTPStatus
from io import BytesIO
from typing import Any, BinaryIO
from uuid import NAMESPACE_URL, uuid5

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from storage.archive.base import Row

ABOUT = (
    b"software: Newskeep\r\nformat: WARC File Format 1.1\r\nconformsTo: http://iipc.github.io/warc-specifications/\r\n"
)
OF_THE_WIRE = {"content-encoding", "transfer-encoding", "content-length"}
Known = tuple[str, str, str]  # a payload that a record before holds: its digest, the address and the date there


def one_file(captures: Iterable[Row], body: Callable[[Row], bytes | None], name: str) -> bytes | None:
    """A whole file of this name with a response for each capture, as `Known.pages` tells them; None where nothing is
    kept any more.

    body: None for one that is no longer kept: it is left out.
    """
    file = BytesIO()
    for capture in captures:
        payload = body(capture)
        if payload is not None:
            if not file.tell():
                begin(file, name, capture)
            add(file, capture, payload)
    return file.getvalue() or None


def begin(file: BinaryIO, name: str, capture: Row) -> None:
    """The record that says what the file is. capture: the first that will stand in it."""
    writer = WARCWriter(file, gzip=True, warc_version="1.1")
    named = {"WARC-Record-ID": _id(capture, name), "WARC-Filename": name, "WARC-Date": date(capture)}
    writer.write_record(writer.create_warc_record("", "warcinfo", BytesIO(ABOUT), len(ABOUT), warc_headers_dict=named))


def add(file: BinaryIO, capture: Row, payload: bytes, known: Known | None = None) -> str:
    """A response; of a payload that is `known`, which is not written again, a revisit. Returns the payload's digest."""
    writer = WARCWriter(file, gzip=True, warc_version="1.1")
    make = writer.create_revisit_record if known else writer.create_warc_record
    record = make(
        capture["final_url"],
        *(known or ["response", BytesIO(payload), len(payload)]),
        http_headers=_http(capture),
        warc_headers_dict={"WARC-Record-ID": _id(capture, "record"), "WARC-Date": date(capture)},
    )
    writer.write_record(record)
    return str(record.rec_headers.get_header("WARC-Payload-Digest"))


def date(capture: Row) -> str:
    """When it was fetched, as WARC writes it."""
    return str(capture["fetched_at"]).replace("+00:00", "Z")


def _http(capture: Row) -> Any:
    status = capture["status"]
    phrase = HTTPStatus(status).phrase if status in HTTPStatus.__members__.values() else ""
    headers = []
    for name, value in json.loads(capture["headers"]):
        clean = re.sub(r"[\x00-\x1f\x7f]+", " ", value)
        headers.append((f"X-Archive-Orig-{name}" if name.lower() in OF_THE_WIRE else name, clean))
    headers.append(("Content-Length", str(capture["size"])))
    return StatusAndHeaders(f"{status} {phrase}".strip(), headers, protocol="HTTP/1.1")


def _id(capture: Row, what: str) -> str:
    """The same record has the same id in every export."""
    made = uuid5(NAMESPACE_URL, f"{what} {capture['sha256']} {capture['fetched_at']} {capture['final_url']}")
    return f"<{made.urn}>"
