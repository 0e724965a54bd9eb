"""Records -> JSON Lines: one article a line, in the letters of its language."""

from collections.abc import Iterable
from typing import BinaryIO

from storage.archive.base import Row
from storage.records import to_json


def write(records: Iterable[Row], file: BinaryIO) -> None:
    """All keys of `record`, each line in the same order, null where nothing is known."""
    for record in records:
        file.write(to_json(record).encode() + b"\n")
