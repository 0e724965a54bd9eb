"""
Records of a WARC file -> captures, or why they are none (ISO 28500: WARC 1.0 and 1.1).

Taken are HTML pages that a server gave with status 200, and revisits of such. Knows no archive.
"""

import io
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from typing import BinaryIO

from warcio.statusandheaders import StatusAndHeadersParser

from collector.fetch_body import BodyError
from collector.imports import payload
from collector.imports.items import Broken, Choice, Item, Place, Revisit, Skipped, item, time_of
from collector.imports.packed import LONGEST_HEAD
from collector.imports.records import Found, Record, records
from storage.records import Capture, Headers

HTTP = StatusAndHeadersParser([], verify=False)
HTML = frozenset({"text/html", "application/xhtml+xml"})
UNSAID = frozenset({"", "application/octet-stream", "text/plain", "unknown/unknown"})
FEEDS = (b"<rss", b"<feed", b"<rdf:rdf", b"<urlset", b"<sitemapindex")
HEAD = 1024  # bytes in which a document says what it is
SAME_PAYLOAD = "identical-payload-digest"


def items(file: BinaryIO, after: Place, choice: Choice, limit: int, now: datetime) -> Iterator[Item]:
    """What the records behind `after` are; of blocks of more than `limit` bytes and their headers none is held."""
    for found in records(file, after, limit + LONGEST_HEAD):
        yield item(str(found.place), found.behind, partial(_item, found, choice, limit, now))


def _item(found: Found, choice: Choice, limit: int, now: datetime) -> Item:
    record = found.record
    if record is None:
        raise Broken(found.fault)
    if record.type not in ("response", "resource", "revisit"):
        raise Skipped(record.type or "record without a type")
    url = record.header("WARC-Target-URI").strip("<>")
    if not url.startswith(("http://", "https://")):
        raise Skipped(url.partition(":")[0][:20] or "record without an address")
    at = time_of(record.header("WARC-Date"), now)
    if not choice.wants(url, at):
        raise Skipped("not asked for")
    if record.block is None:
        raise Skipped("too large")
    if reason := record.header("WARC-Truncated"):
        raise Broken(f"whoever captured it cut it short: {reason[:40]}")
    if record.type == "revisit":
        return _revisit(found, record, url, at)
    status, headers, raw = _message(record, record.block)
    if status != 200:
        raise Skipped(f"status {status}")
    sent = dict(reversed(headers))
    body = _body(record, record.block, raw, sent, limit)
    _check_kind(sent.get("content-type", ""), body)
    capture = Capture(url=url, final_url=url, fetched_at=at, status=200, headers=headers, body=body)
    digest = record.header("WARC-Payload-Digest").strip()
    return Item(place=str(found.place), behind=found.behind, capture=capture, digest=digest)


def _message(record: Record, block: bytes) -> tuple[int, Headers, bytes]:
    """Status, headers and payload, as they came from the server."""
    if record.type == "resource":  # the page alone; its type is the record's (ISO 28500, 6.4)
        return 200, (("content-type", record.header("Content-Type")),), block
    stream = io.BytesIO(block)
    try:
        found = HTTP.parse(stream)
    except EOFError:
        raise Broken("nothing in it") from None
    status = found.get_statuscode()
    if not found.protocol.upper().startswith("HTTP/") or not status.isdecimal() or len(status) != 3:
        raise Broken("no HTTP headers")
    headers = tuple((name.lower(), value) for name, value in found.headers)
    return int(status), headers, block[stream.tell() :]


def _body(record: Record, block: bytes, raw: bytes, sent: dict[str, str], limit: int) -> bytes:
    """The payload as a browser sees it; what does not fit the record's digests is broken.

    Some tools reckon the digest of a payload over its chunks, some over what they carry, some over what that unpacks
    to (ISO 28500, 5.9 leaves it open in practice): any of them will do.
    """
    if not payload.fits(record.header("WARC-Block-Digest") or "none:", [block]):
        raise Broken("it does not fit its WARC-Block-Digest")
    try:
        joined = payload.unchunked(raw) if "chunked" in sent.get("transfer-encoding", "").lower() else raw
        body = payload.decoded(joined, sent.get("content-encoding", ""), limit)
    except BodyError as error:
        raise (Skipped("too large") if error.reason == "too-large" else Broken(str(error))) from error
    if not payload.fits(record.header("WARC-Payload-Digest") or "none:", (raw, joined, body)):
        raise Broken("it does not fit its WARC-Payload-Digest")
    return body


def _check_kind(content_type: str, body: bytes) -> None:
    """A page says so, or looks like one and says nothing. Feeds are no pages, whatever they are called."""
    if not body:
        raise Skipped("no body")
    said = content_type.partition(";")[0].strip().lower()[:60]
    head = body[:HEAD].lower()
    if any(mark in head for mark in FEEDS) and b"<html" not in head:
        raise Skipped("feed or sitemap")
    if said in HTML or ((said in UNSAID or said.endswith("/xml")) and (b"<html" in head or b"<!doctype html" in head)):
        return
    raise Skipped(said or "no type")


def _revisit(found: Found, record: Record, url: str, at: datetime) -> Item:
    """The headers are those of the later answer, where it kept them."""
    status, headers, _ = _message(record, record.block) if record.block else (200, (), b"")
    content_type = dict(reversed(headers)).get("content-type", "text/html").partition(";")[0].strip().lower()
    if content_type not in HTML | UNSAID:
        raise Skipped(content_type[:60])
    if status not in (200, 304):
        raise Skipped(f"status {status}")
    refers = record.header("WARC-Refers-To-Date")
    try:
        earlier = datetime.fromisoformat(refers) if refers else None
    except ValueError:
        earlier = None
    same = SAME_PAYLOAD in record.header("WARC-Profile")
    revisit = Revisit(
        digest=record.header("WARC-Payload-Digest").strip() if same else "",
        url=record.header("WARC-Refers-To-Target-URI").strip("<>") or url,
        at=earlier and (earlier.replace(tzinfo=UTC) if earlier.tzinfo is None else earlier.astimezone(UTC)),
    )
    capture = Capture(url=url, final_url=url, fetched_at=at, status=200, headers=headers)
    return Item(place=str(found.place), behind=found.behind, capture=capture, revisit=revisit)
