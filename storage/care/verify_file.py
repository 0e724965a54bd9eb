"""Is a SQLite file as SQLite left it? Its header, its log, its pages. Knows no table of ours.

The header and the log are read as plain files, before the file is opened: closing a file by other means than SQLite's
drops the locks that the same process holds on it (https://sqlite.org/howtocorrupt.html, 2.2).
Not looked at, for it says nothing: free space within pages, and the counters by which caches know that they are old.
"""

import sqlite3
import struct
import time
from array import array
from collections.abc import Iterator
from pathlib import Path
from sys import byteorder

MAGIC = b"SQLite format 3\0"
LOG_HEADER, FRAME_HEADER = 32, 24
LOG_MAGICS = {0x377F0682: "little", 0x377F0683: "big"}  # the order of the bytes that the checksums count by
TRIES, PAUSE = 3, 0.2  # a daemon may be writing the very frame that is read
MOST = 20  # damages that are told of one file


def header_damage(path: Path) -> Iterator[str]:
    """Fields that have one value in every file of ours (https://sqlite.org/fileformat2.html#the_database_header).

    As the other two: words for each damage; raises sqlite3.Error where the file is held, OSError where it cannot be
    read. It must not be open in this process.
    """
    with path.open("rb") as file:
        head = file.read(100)
    if len(head) < 100:
        return  # new, and still in its log alone
    fixed = {
        "the first words": (head[:16], MAGIC),
        "the file format": (
            head[18:20],
            b"\x02\x02" if head[18] == 2 else b"\x01\x01",
        ),  # with a log, or copied without
        "the payload fractions": (head[20:24], bytes([0, 64, 32, 32])),
        "the schema format": (head[44:52], struct.pack(">II", 4, 0)),
        "the text encoding": (head[56:60], struct.pack(">I", 1)),
        "fields that are not used": (head[60:64] + head[68:92], bytes(28)),
    }
    for what, (found, wanted) in fixed.items():
        if found != wanted:
            yield f"{what} in its header: {found.hex()}, not {wanted.hex()}"


def log_damage(path: Path) -> Iterator[str]:
    """A log that SQLite would read to the damage, and drop what was committed behind it without a word."""
    log = path.with_name(f"{path.name}-wal")
    said = ""
    for _ in range(TRIES):
        said, before = _log_damage(log), said
        if not said:
            return
        if said == before:
            break
        time.sleep(PAUSE)
    yield f"{log.name}: {said}"


def _log_damage(log: Path) -> str:
    """https://sqlite.org/fileformat2.html#the_write_ahead_log"""
    try:
        file = log.open("rb")
    except FileNotFoundError:
        return ""
    with file:
        head = file.read(LOG_HEADER)
        if len(head) < LOG_HEADER:
            return ""
        magic, _, size, _, *salts, one, two = struct.unpack(">8I", head)
        if magic not in LOG_MAGICS or _checksum(head[:24], LOG_MAGICS[magic]) != (one, two):
            return "its header is damaged; SQLite drops the whole log"
        sums, number, broken = (one, two), 0, 0
        while len(frame := file.read(FRAME_HEADER + size)) == FRAME_HEADER + size:
            number += 1
            _, commits, *rest = struct.unpack(">6I", frame[:FRAME_HEADER])
            if not broken:
                sums = _checksum(frame[:8] + frame[FRAME_HEADER:], LOG_MAGICS[magic], sums)
                broken = number if [*salts, *sums] != rest else 0
            # Behind the end stand frames of earlier rounds, with other salts, and of what was taken back: no commit.
            if broken and commits and rest[:2] == salts:
                return f"frame {broken} is damaged; SQLite drops what was committed in it and behind it"
    return ""


def _checksum(data: bytes, order: str, sums: tuple[int, int] = (0, 0)) -> tuple[int, int]:
    words = array("I", data)
    if order != byteorder:
        words.byteswap()
    one, two = sums
    for at in range(0, len(words), 2):
        one = (one + words[at] + two) & 0xFFFFFFFF
        two = (two + words[at + 1] + one) & 0xFFFFFFFF
    return one, two


def page_damage(path: Path) -> Iterator[str]:
    """What SQLite's own check finds: pages, the order of rows, and an index entry for every row."""
    uri = f"{path.absolute().as_uri()}?mode=ro"
    file = sqlite3.connect(uri, uri=True, isolation_level=None)
    try:
        file.execute("PRAGMA cell_size_check = ON")
        for (said,) in file.execute(f"PRAGMA integrity_check({MOST})"):
            if said != "ok":
                yield said
    finally:
        file.close()
