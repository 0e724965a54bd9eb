"""An archive of many versions, made by the code that files what is fetched: entries, bodies, versions, stories.

Version N is the same each time. While one process files the rows, another one keeps the bodies.
"""

from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from bench.archive_frames import Frame, texts
from collector import urls
from collector.config import Config
from collector.extract import generic
from collector.pipeline.edges import Edges
from collector.pipeline.filer import Filer
from collector.pipeline.relate import relate
from collector.policy import quality
from storage.archive import Archive
from storage.archive.captures import Via
from storage.archive.sources import Wanted
from storage.raw import Raw
from storage.recipes import Addressed
from storage.records import Capture, Charset, Entry, Result

START = datetime(2027, 1, 1, tzinfo=UTC)  # no frame has a date of later than that
PAUSE = timedelta(days=360) / 100_000  # between two versions
HOSTS = 40
TOGETHER = 500  # versions of one transaction
EDIT, COPY = (5, 4), (50, 13)  # every fifth version is an edit of the last but one, every fiftieth article a copy


@dataclass(frozen=True, slots=True)
class Piece:
    """One version as it is fetched. `texts`: title and paragraphs that fill the frame."""

    url: str
    host: str
    at: datetime
    frame: Frame
    texts: Sequence[str]
    edited: bool

    def capture(self) -> Capture:
        headers = (("content-type", "text/html; charset=utf-8"), ("etag", f'"{self.at.timestamp()}"'))
        body = self.frame.page(self.texts)
        return Capture(url=self.url, final_url=self.url, fetched_at=self.at, status=200, headers=headers, body=body)

    def result(self) -> Result:
        return Result(
            articles=(self.frame.reading(self.texts),),
            rule_revision=generic.REVISION,
            charset=Charset(codec="utf-8", by="header"),
        )


def piece(frames: Sequence[Frame], number: int) -> Piece:
    """Version `number`, from 0."""
    edited, copied = number % EDIT[0] == EDIT[1], number % COPY[0] == COPY[1]
    base = number - 2 * edited - copied
    frame = frames[base % len(frames)]
    filled = texts(frame, base)
    if edited:
        filled[2] = texts(frame, number)[2]
    if copied:
        filled[0] = texts(frame, number)[0]
    article = base if edited else number
    host = f"paper{article % HOSTS:02}.test"
    return Piece(f"https://{host}/{article}", host, START + number * PAUSE, frame, filled, edited)


def make(folder: Path, frames: Sequence[Frame], versions: int) -> None:
    """An archive in a folder."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as other:
        bodies = other.submit(keep, folder, frames, versions)
        archive = Archive(folder / "archive.db")
        archive.set_sources([Wanted(url=_feed(number), kind="feed") for number in range(HOSTS)], START)
        desk = Desk(archive, folder)
        for first in range(0, versions, TOGETHER):
            with archive.transaction():
                desk.file([piece(frames, number) for number in range(first, min(first + TOGETHER, versions))])
        archive.close()
        bodies.result()


def keep(folder: Path, frames: Sequence[Frame], versions: int) -> None:
    """The bodies alone."""
    raw = Raw(folder / "raw")
    for first in range(0, versions, TOGETHER):
        with raw.transaction():
            for number in range(first, min(first + TOGETHER, versions)):
                one = piece(frames, number)
                raw.put(one.frame.page(one.texts), one.at, one.host)
    raw.close()


class Desk:
    """Files pieces, in the transaction of the caller."""

    def __init__(self, archive: Archive, folder: Path) -> None:
        self._archive, self._at = archive, START
        edges = Edges(get=_nobody, work=_nobody, write=_nobody, now=lambda: self._at, report=lambda event: None)
        self._filer = Filer(archive, Config(data=folder, sources=()), edges)
        self._sources = {row["url"]: row["id"] for row in archive.rows("SELECT id, url FROM sources")}

    def file(self, pieces: Sequence[Piece]) -> None:
        """Announced, captured, filed, and compared with what is known."""
        by_host: dict[str, list[Addressed]] = {}
        for one in pieces:
            if not one.edited:
                entry = Entry(url=one.url, title=one.texts[0])
                said = Addressed(entry=entry, url=one.url, key=urls.identity(one.url), host=one.host)
                by_host.setdefault(one.host, []).append(said)
        for host, found in by_host.items():
            self._archive.add_entries(self._sources[f"https://{host}/feed"], found, pieces[0].at)
        for one in pieces:
            self._at = one.at
            self._file(one)
        for article in self._archive.unrelated(len(pieces)):
            relate(self._archive, article, self._at)

    def _file(self, one: Piece) -> None:
        capture, result = one.capture(), one.result()
        text = result.articles[0].text
        entry_id = int(self._archive.value("SELECT id FROM entries WHERE url = ?", [one.url]))
        via: Via = "look" if one.edited else "visit"
        digest = sha256(capture.body).hexdigest()
        id_ = self._archive.add_capture(capture, digest, via, entry_id=entry_id, host=one.host)
        self._archive.set_capture_charset(id_, result.charset)
        self._archive.set_capture_text(id_, quality.fingerprint(text), len(text))
        self._filer.file(result, capture, id_, entry_id)
        self._archive.set_capture_kind(id_, "article")
        self._archive.go_by_capture(entry_id, id_)
        self._archive.set_entry_read(entry_id, "done", None, None)


def _feed(number: int) -> str:
    return f"https://paper{number:02}.test/feed"


async def _nobody(*_: Any, **__: Any) -> Any:
    raise AssertionError("nothing is asked of network and workers")
