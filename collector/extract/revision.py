"""What this code is to the pages that no site rule reads: its version, and a digest of every file that reads."""

import hashlib
from collections.abc import Iterator
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable


@cache
def revision() -> str:
    """`0.1.0-5f3a9c1d`: another one whenever any code or model of `collector.extract` is another."""
    digest = hashlib.sha256()
    for file in sorted(_files(files("collector") / "extract"), key=lambda file: file.name):
        digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return f"{version('newskeep')}-{digest.hexdigest()[:8]}"


def _files(folder: Traversable) -> Iterator[Traversable]:
    for each in folder.iterdir():
        if each.is_dir():
            yield from _files(each)
        elif each.name.endswith((".py", ".json")):
            yield each
