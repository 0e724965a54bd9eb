"""Records and files to import, made by warcio's own writer, in our own words; and an importer for tests."""

import asyncio
import io
from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from collector import jobs
from collector.config import Config
from collector.imports.found import parcels
from collector.imports.items import Choice
from collector.imports.run import Brought, opened
from collector.pipeline.events import Event
from collector.pipeline.run import open_archive
from storage.archive import Archive
from tests.town import OTHER, STORY, page

AT = "2025-03-10T12:00:00Z"
URL = "https://e.org/news/harbour"
HARBOUR, HERONS = page("Harbour", STORY).encode(), page("Herons", OTHER).encode()
HTML = "text/html; charset=utf-8"
ALL = Choice()


def record(
    body: bytes = HARBOUR,
    url: str = URL,
    *,
    at: str = AT,
    status: str = "200 OK",
    headers: Sequence[tuple[str, str]] = (("Content-Type", HTML),),
    gzip: bool = True,
    more: dict[str, str] | None = None,
    kind: str = "response",
) -> bytes:
    """One record, as a member of its own where it is packed."""
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=gzip)
    http = StatusAndHeaders(status, list(headers), protocol="HTTP/1.1") if kind == "response" else None
    said: dict[str, str] = {"WARC-Date": at} | (more or {})
    writer.write_record(
        writer.create_warc_record(
            url, kind, payload=io.BytesIO(body), length=len(body), http_headers=http, warc_headers_dict=said
        )
    )
    return out.getvalue()


def revisit(of: bytes = HARBOUR, url: str = URL, *, at: str, refers: str = AT, gzip: bool = True) -> bytes:
    """The same payload again at another time."""
    out, plain = io.BytesIO(), io.BytesIO()
    writer = WARCWriter(out, gzip=gzip)
    http = StatusAndHeaders("200 OK", [("Content-Type", HTML)], protocol="HTTP/1.1")
    first = WARCWriter(plain, gzip=False).create_warc_record(
        url, "response", payload=io.BytesIO(of), length=len(of), http_headers=http
    )
    digest = first.rec_headers.get_header("WARC-Payload-Digest")
    writer.write_record(
        writer.create_revisit_record(url, digest, url, refers, http_headers=http, warc_headers_dict={"WARC-Date": at})
    )
    return out.getvalue()


def by_hand(headers: str, block: bytes, *, length: int | None = None) -> bytes:
    """A record that no writer would write, not packed."""
    size = len(block) if length is None else length
    return f"WARC/1.0\r\n{headers}\r\nContent-Length: {size}\r\n\r\n".encode() + block + b"\r\n\r\n"


def response(message: bytes, *, url: str = URL, more: str = "", length: int | None = None) -> bytes:
    """A response by hand: `message` is all of the HTTP message."""
    said = f"WARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: {AT}{more}"
    return by_hand(said, message, length=length)


def bring(data: Path | Config, *paths: Path | str, choice: Choice = ALL, limit: int | None = None) -> list[Brought]:
    """Import into the archive of a data folder; pages are read in this process."""
    config = data if isinstance(data, Config) else Config(data=data, sources=())
    events: list[Event] = []

    async def work(job: str, *arguments: Any, **options: Any) -> Any:
        return getattr(jobs, job)(*arguments, **options)

    async def run(archive: Archive) -> list[Brought]:
        async with opened(config, archive, events.append, work) as importer:
            await importer.go_on()
            found, unreadable = parcels([str(path) for path in paths])
            assert not unreadable
            brought = [await importer.bring(parcel, choice, limit, lambda _: None) for parcel in found]
            await importer.finish()
            return brought

    with closing(open_archive(config)) as archive:
        brought = asyncio.run(run(archive))
    assert not [event for event in events if event.kind == "broke"], events
    return brought


def rows(data: Path, sql: str) -> list[Any]:
    """What the archive of a data folder answers: a list of tuples."""
    with closing(Archive(data / "archive.db")) as archive:
        return [tuple(row.values()) for row in archive.rows(sql)]


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)
