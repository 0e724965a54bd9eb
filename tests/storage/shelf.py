"""A small archive that tests fill by hand: pages with bodies, edits, walls, imports, re-extractions, links."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from storage.archive import Archive
from storage.archive.articles import Filed, Source
from storage.archive.reextraction import New, Scope
from storage.archive.sources import Wanted
from storage.columns import columns
from storage.raw import Raw
from storage.recipes import Addressed, Reading
from storage.records import Article, Capture, Entry, Headers, Paragraph

BEGAN = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
FEEDS = ("https://one.test/feed", "https://two.test/feed")
HEADERS: Headers = (
    ("content-type", "text/html; charset=utf-8"),
    ("content-encoding", "gzip"),
    ("content-length", "77"),
    ("x-made-by", "Bücher\tund mehr"),
)


def article(title: str, *texts: str, **fields: Any) -> Article:
    """Paragraphs of one kind, `p`, unless the text begins with `kind:`."""
    return Article(title=title, paragraphs=tuple(_paragraph(text) for text in texts), **fields)


def _paragraph(text: str) -> Paragraph:
    kind, colon, rest = text.partition(":")
    if colon and kind in ("h", "li", "quote", "tr", "pre"):
        return Paragraph(kind=kind, text=rest, where=f"{kind}.story")  # type: ignore[arg-type]  # one of the kinds
    return Paragraph(kind="p", text=text)


@dataclass
class Shelf:
    """Each deed takes a second, so that no two are of one moment."""

    folder: Path
    now: datetime = BEGAN
    bodies: dict[str, bytes] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.archive = Archive(self.folder / "archive.db")
        self.raw = Raw(self.folder / "raw")
        self.archive.set_sources([Wanted(url=url, title=f"Feed of {url[8:11]}") for url in FEEDS], self.now)

    def tick(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now

    def announce(self, url: str, source: int = 1) -> int:
        """The entry of a page."""
        key, host = url.removeprefix("https://"), url.split("/")[2]
        said = Addressed(entry=Entry(url=url), url=url, key=key, host=host)
        self.archive.add_entries(source, [said], self.tick())
        return int(self.archive.value("SELECT id FROM entries WHERE url = ?", [url]))

    def read(
        self,
        url: str,
        read: Article,
        *,
        body: bytes | None = None,
        at: datetime | None = None,
        imported: bool = False,
        source: int = 1,
        asked: str | None = None,
        headers: Headers = HEADERS,
    ) -> Filed:
        """A page that was fetched and read. at: when, if not now."""
        entry_id = self.announce(url, source)
        fetched_at = at or self.tick()
        body = f"<html>{read.title}: {read.text}</html>".encode() if body is None else body
        self.bodies[hashlib.sha256(body).hexdigest()] = body
        capture = Capture(
            url=asked or url, final_url=url, fetched_at=fetched_at, status=200, headers=headers, body=body
        )
        with self.archive.transaction(), self.raw.transaction():
            sha256 = self.raw.put(body, fetched_at, "one.test")
            capture_id = self.archive.add_capture(
                capture, sha256, "visit", entry_id=entry_id, kind="article", host="one.test"
            )
            now = Source(
                capture_id=capture_id,
                page_url=url,
                entry_id=entry_id,
                extractor="generic",
                rule_revision="r1",
                memory_revision="m1",
                now=fetched_at,
                filed_at=self.tick(),
                imported=imported,
            )
            key, site = url.removeprefix("https://"), url.split("/")[2]
            reading = Reading(article=read, url=url, key=key, site=site, own_url=url, own_key=key)
            (filed,) = self.archive.add_versions(
                now,
                [reading],
                next_look=lambda _: None,
                same_story=lambda *_: True,
                worse=lambda *_: None,
            )
        return filed

    def later_page(self, of: int, url: str, body: bytes) -> None:
        """A capture of the second page of an article."""
        at = self.tick()
        capture = Capture(url=url, final_url=url, fetched_at=at, status=200, headers=HEADERS, body=body)
        with self.archive.transaction(), self.raw.transaction():
            sha256 = self.raw.put(body, at, "one.test")
            self.archive.add_capture(capture, sha256, "next-page", first_page_id=of, kind="article")

    def wall(self, article_id: int) -> None:
        """The current version of an article was a wall's."""
        with self.archive.transaction():
            self.archive.write(
                """UPDATE captures SET kind = 'wall' WHERE id = (SELECT capture_id FROM articles
                JOIN versions ON versions.id = version_id WHERE articles.id = ?)""",
                [article_id],
            )
            current = self.archive.value("SELECT version_id FROM articles WHERE id = ?", [article_id])
            self.archive.withdraw(article_id, {current}, why="wall: a test", now=self.tick())

    def reextract(self, article_id: int, read: Article) -> int:
        """A run that reads one article otherwise; its number."""
        row = self.archive.row("SELECT site, version_id FROM articles WHERE id = ?", [article_id])
        assert row
        with self.archive.transaction():
            run = self.archive.begin_run(Scope(articles=(article_id,)), "test", self.tick())
        new = New(
            article_id=article_id,
            version_id=row["version_id"],
            values=columns(read),
            extractor="generic",
            rule_revision="r2",
            memory_revision="",
        )
        self.archive.apply_site(run, row["site"], [new], self.tick())
        return run

    def undo(self, run: int) -> None:
        for _, articles in list(self.archive.undo_sites(run)):
            self.archive.undo_site(run, articles, self.tick())

    def link(self, one: int, other: int) -> None:
        """Two articles share most of their text."""
        with self.archive.transaction():
            self.archive.link(one, other, (0.9, 0.8), self.tick())

    def unlink(self, one: int, other: int) -> None:
        with self.archive.transaction():
            self.archive.unlink(one, other, self.tick())

    def close(self) -> None:
        self.archive.close()
        self.raw.close()


@contextmanager
def shelf_in(folder: Path) -> Iterator[Shelf]:
    made = Shelf(folder)
    try:
        yield made
    finally:
        made.close()
