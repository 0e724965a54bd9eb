"""
The bytes of a WARC file -> its records, each with its place; what is broken is named and passed over (ISO 28500).

After a broken record the next one is looked for: behind it where the file is packed member by member, from its second
byte on where it is not, because its length may have been the lie. Knows no HTTP and no archive.
"""

import io
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecordLoader
from warcio.statusandheaders import StatusAndHeaders, StatusAndHeadersParserException

from collector.imports.items import Place
from collector.imports.packed import BLOCK, LONGEST_HEAD, Damaged, Packing, Stream, Tape, Unpackable

WANTED = frozenset({"response", "resource", "revisit"})
LOADER = ArcWarcRecordLoader()
MARK = b"WARC/"
LONGEST_NUMBER = 18  # digits

logging.getLogger("warcio").setLevel(logging.ERROR)  # it warns of each blank in an address, and mends it


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """`block`: what stands behind the headers; None where it is of no kind that is WANTED, or too large."""

    type: str
    headers: StatusAndHeaders
    length: int
    block: bytes | None

    def header(self, name: str) -> str:
        return self.headers.get_header(name) or ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A record, or why there is none. `behind`: where to go on."""

    place: Place
    behind: Place
    record: Record | None = None
    fault: str = ""


def records(file: BinaryIO, after: Place, limit: int) -> Iterator[Found]:
    """All records behind `after`, without holding a block of more than `limit` bytes."""
    tape = Tape(file)
    try:
        packing = Packing(tape)
    except Damaged as error:
        yield Found(place=Place(), behind=Place(file.seek(0, io.SEEK_END)), fault=str(error))
        return
    if not tape.peek(1):
        yield Found(place=Place(), behind=Place(), fault="an empty file")
    tape.seek(after.offset)
    skip = after.within
    while not packing.at_end(tape):
        for number, found in enumerate(_Member(tape, packing, limit).records()):
            if number >= skip:
                yield found
        skip = 0


class _Member:
    """One member of a packed file, or the rest of one that is not packed, as far as no record of it is broken."""

    def __init__(self, tape: Tape, packing: Packing, limit: int) -> None:
        self._tape, self._packing, self._limit = tape, packing, limit
        self._start, self._number = tape.offset, 0
        self._stream = packing.open(tape)
        self._line: bytes | None = None  # the first of a record, where it was read already
        self._over = False  # nothing more of this member can be read

    def records(self) -> Iterator[Found]:
        while True:
            place = Place(self._start, self._number) if self._packing.magic else self._place()
            try:
                if not self._at_record():
                    return
                place = self._place()
                record = self._record()
                self._pass_blanks()
            except Unpackable as error:
                self._find_member()
                yield Found(place=place, behind=Place(self._tape.offset), fault=str(error))
                return
            except Damaged as error:
                yield self._after(place, str(error))
                if self._over:
                    return
            else:
                self._number += 1
                yield Found(place=place, behind=self._place(), record=record)

    def _place(self) -> Place:
        """Of the next byte; behind a member that was read to its end, of the next member."""
        if not self._packing.magic:
            return Place(self._stream.tell())
        more = self._line or self._stream.peek(1)
        return Place(self._start, self._number) if more else Place(self._tape.offset)

    def _at_record(self) -> bool:
        """False at the end. Raises Damaged where something else stands."""
        if self._line is not None:
            return True
        self._pass_blanks()
        first = self._stream.peek(1)[:1]
        if first not in (b"", b"W"):
            raise Damaged("no record begins here")
        return bool(first)

    def _pass_blanks(self) -> None:
        while self._stream.peek(1)[:1] in (b"\r", b"\n"):
            self._stream.read(1)

    def _record(self) -> Record:
        stream, line, self._line = self._stream, self._line, None
        stream.room = LONGEST_HEAD
        try:
            found = LOADER.parse_record_stream(stream, line, known_format="warc", no_record_parse=True)
        except (ArchiveLoadFailed, StatusAndHeadersParserException, EOFError) as error:
            raise Damaged(f"its headers cannot be read: {error}"[:200]) from error
        said = (found.rec_headers.get_header("Content-Length") or "").strip()
        if not said.isdecimal() or len(said) > LONGEST_NUMBER:
            raise Damaged(f"Content-Length {said[:40]!r}")
        length = int(said)
        wanted = found.rec_type in WANTED and length <= self._limit
        block = stream.read(length) if wanted else None
        read = len(block) if block is not None else _drain(stream, length)
        if read < length:
            raise Damaged(f"cut off: {read:,} of {length:,} bytes")
        if stream.peek(1)[:1] not in (b"", b"\r", b"\n"):
            raise Damaged("it goes on behind its Content-Length")
        return Record(type=found.rec_type or "", headers=found.rec_headers, length=length, block=block)

    def _after(self, place: Place, fault: str) -> Found:
        """Look for the next record: in the rest of the member, or anywhere behind the first byte of the broken one."""
        self._number += 1
        if self._packing.magic:
            try:
                self._line = self._next_mark()
                return Found(place=place, behind=self._place(), fault=fault)
            except Unpackable:
                self._find_member()
        else:
            self._tape.seek(place.offset + 1)
            self._tape.find(MARK)
        self._over = True
        return Found(place=place, behind=Place(self._tape.offset), fault=fault)

    def _next_mark(self) -> bytes | None:
        """The next line with which a record begins; None at the end of the member."""
        line = b" "
        while line and not line.startswith(MARK):
            self._stream.room = LONGEST_HEAD
            line = self._stream.readline()
        return line or None

    def _find_member(self) -> None:
        """The tape at the next place behind the start of this member at which one begins that holds a record."""
        self._tape.seek(self._start + 1)
        while self._tape.find(self._packing.magic):
            at = self._tape.offset
            try:
                begins = self._packing.open(self._tape).read(5) == MARK
            except Unpackable:
                begins = False
            self._tape.seek(at if begins else at + 1)
            if begins:
                return


def _drain(stream: Stream, length: int) -> int:
    """Read past so many bytes; how many there were."""
    left = length
    while left and (piece := stream.read(min(left, BLOCK))):
        left -= len(piece)
    return length - left
