"""
Takes articles out of the archive, so that no file of its folder holds their words any more. Knows no address.

    find:    articles -> their pages -> captures, documents of sources that carried their words    (reads only)
    remove:  tombstones and rows (one transaction) | bodies, month by month | text files | what is free is wiped

The tombstones are written first and name the bodies. Each step may be repeated: a takedown that was stopped is gone on
with by another one of the same address, and only at the end its tombstones say that all is done.
"""

import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from storage.archive import Archive, ArchiveError
from storage.archive.base import Row
from storage.care import sweep
from storage.care.words import Words
from storage.export.folder import bring_up
from storage.export.register import hex16
from storage.export.whole import CannotExport
from storage.raw import MissingBody, Raw
from storage.trouble import can_pass, told

READER_SECONDS = 20.0  # that another program may go on reading what was there before
NOTES = "reextract.db*"  # what a re-extraction that was not applied has read; it reads again

Decode = Callable[[bytes, str | None], str]  # bytes and content type -> characters
Tell = Callable[[str, int, int], None]  # what is done, how far, of how many


class StillRead(OSError):
    """Another program reads the archive as it was before: what is left of the words goes when that has ended."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """All that holds the words of some articles.

    addresses: key -> address, each of which gets a tombstone. entries: ids of pages that are theirs alone. bodies:
    SHA-256; documents: how many of them are of sources. others: articles that stay, but were read from bytes that go
    (id, url, title).
    """

    addresses: Mapping[str, str]
    articles: tuple[Row, ...]
    entries: tuple[int, ...]
    bodies: tuple[str, ...]
    versions: int
    documents: int
    others: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Takedown:
    """identity: the key of an address. decode: as a page is. now: aware UTC. patience: seconds, with who reads."""

    archive: Archive
    raw: Raw
    corpus: Path
    identity: Callable[[str], str]
    decode: Decode
    now: Callable[[], datetime]
    tell: Tell = lambda *_: None
    patience: float = READER_SECONDS

    def find(self, addresses: Mapping[str, str], ids: Collection[int] = ()) -> Found:
        """What a takedown of these addresses (key -> address) and articles would remove. Reads only."""
        archive = self.archive
        articles = archive.articles_at(addresses.keys(), ids)
        keys = {*addresses, *(row["key"] for row in articles)}
        captures = {*archive.captures_at(keys, self.identity), *archive.captures_read_as(articles)}
        own, shared = archive.pages_of(keys, articles, captures)
        entries = [row["id"] for row in own]
        certain = archive.bodies_of(captures, entries)
        searched = archive.bodies_of(archive.documents_of(articles, entries, captures), [row["id"] for row in shared])
        words = Words(archive.texts_of(articles))
        holding = {row["sha256"] for row in self._holding(searched, words)}
        holding |= {row["sha256"] for row in self._holding(self._orphans(articles), words)}
        bodies = sorted({row["sha256"] for row in certain} | holding | self._before(keys))
        targets = [row["id"] for row in articles]
        return Found(
            addresses={row["key"]: row["url"] for row in [*articles, *own]} | dict(addresses),
            articles=tuple(articles),
            entries=tuple(entries),
            bodies=tuple(bodies),
            versions=archive.versions_among(targets),
            documents=archive.documents_among(bodies),
            others=tuple(archive.read_from(bodies, targets)),
        )

    def remove(self, found: Found, why: str) -> None:
        """Take down what was found. Raises StillRead when all is done but that a -wal of old pages goes."""
        bodies = self._erase(found, why)
        for at, (month, digests) in enumerate((months := self._months(bodies)).items()):
            self.tell("bodies", at, len(months))
            sweep.remove(self.archive, self.raw, month, digests)
            self._until(partial(self.raw.shrink, month))
            self._until(partial(self._is_sealed, month))
        for path in self.archive.path.parent.glob(NOTES):
            path.unlink(missing_ok=True)
        self._until(partial(remove_files, self.archive, self.corpus, found.addresses.values()))
        self.tell("archive.db is written anew", 0, 1)
        self._until(self.archive.wipe)
        with self.archive.transaction():
            self.archive.set_taken_down(found.addresses, self.now())

    def _erase(self, found: Found, why: str) -> list[str]:
        """In one transaction; what came in since it was looked for goes, too. Returns the bodies that are to go."""
        archive, now = self.archive, self.now()
        archive.overwrite_deleted()
        with archive.transaction():
            late = archive.bodies_of(archive.captures_read_as(found.articles), found.entries)
            bodies = sorted({*found.bodies, *(row["sha256"] for row in late)})
            for key, url in found.addresses.items():
                archive.set_tombstone(key, url, why, bodies, now)
            archive.erase(found.articles, found.entries, bodies, now)
        return bodies

    def _before(self, keys: Iterable[str]) -> set[str]:
        """Bodies that an earlier takedown of these addresses was to remove."""
        stones = (self.archive.tombstone(key) for key in keys)
        return {digest for stone in stones if stone for digest in stone["bodies"]}

    def _months(self, bodies: Collection[str]) -> dict[str, list[str]]:
        """Month -> the bodies that its file holds or held. One that no row names is looked for in each file."""
        named = self.archive.months_of(bodies)
        nameless = {*bodies} - {digest for digests in named.values() for digest in digests}
        found = {}
        for month in self.raw.months():
            here = [each.sha256 for each in self.raw.stored(month) if each.sha256 in nameless] if nameless else []
            if digests := [*named.get(month, ()), *here]:
                found[month] = digests
        return found

    def _is_sealed(self, month: str) -> bool:
        """Nothing stands in the -wal of this month any more."""
        return self.raw.sealed(month) is not None or self.raw.seal(month)

    def _orphans(self, articles: Collection[Row]) -> Iterator[Row]:
        """Bodies of a run that was stopped before it wrote their rows, in the months that saw the articles."""
        first = min((row["first_seen"][:7] for row in articles), default="~")
        last = max((row["last_seen"][:7] for row in articles), default="")
        for month in (name for name in self.raw.months() if first <= name <= last):
            named = self.archive.named(month)
            for each in self.raw.stored(month):
                if each.sha256 not in named:
                    yield {"sha256": each.sha256, "fetched_at": f"{month}-01T00:00:00+00:00", "content_type": None}

    def _holding(self, captures: Iterable[Row], words: Words) -> Iterator[Row]:
        """Those of the captures whose body holds the words; bytes that are many times the same are read once."""
        listed, known = list(captures), dict[str, bool]()
        for at, row in enumerate(listed):
            self.tell("documents searched", at, len(listed))
            if row["sha256"] not in known:
                known[row["sha256"]] = self._holds(row, words)
            if known[row["sha256"]]:
                yield row

    def _holds(self, row: Row, words: Words) -> bool:
        try:
            body = self.raw.get(row["sha256"], datetime.fromisoformat(row["fetched_at"]))
        except MissingBody:
            return False
        return words.in_(self.decode(body, row["content_type"]))

    def _until(self, done: Callable[[], object]) -> None:
        """Ask until it is done; a program that is at the file is waited for."""
        until = time.monotonic() + self.patience
        while (why := _why_not(done)) is not None:
            if time.monotonic() > until:
                raise StillRead(
                    f"{self.archive.path.parent}: another program is at work on it as it was before, so that not all of"
                    f" the words are gone; give the same command again when that has ended ({why})"
                )
            time.sleep(min(1, self.patience))


def _why_not(done: Callable[[], object]) -> str | None:
    try:
        return "it is being read" if done() is False else None
    except CannotExport as error:
        return str(error)
    except ArchiveError as error:
        if not can_pass(error):
            raise
        return told(error)


def remove_files(archive: Archive, corpus: Path, addresses: Iterable[str]) -> None:
    """The text files of these addresses go, also those that no manifest tells of yet. Their names stay their own.

    Raises CannotExport while another export writes there.
    """
    if corpus.is_dir():
        bring_up(archive, corpus)
        for mark in map(hex16, addresses):
            for path in [*corpus.glob(f"*_{mark}.txt"), *corpus.glob(f".*_{mark}.txt.*")]:
                path.unlink(missing_ok=True)
