"""What a check of an archive found: faults, each with the repair that helps, and what was counted. No SQL, no files."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

Mend = Literal["", "indexes", "search", "current", "totals", "sketches", "bodies", "corpus", "seal"]
Advance = Callable[[int], None]  # so many bytes more were read


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What is not as the archive promises. `place`: the file; `mend`: the repair that helps, "" where none does.

    row: table and key of a row that is not as it was written. bodies: month and SHA-256 of those that cannot be had.
    """

    place: str
    said: str
    mend: Mend = ""
    row: tuple[str, object, object] | None = None
    bodies: tuple[tuple[str, str], ...] = ()


@dataclass(slots=True)
class Report:
    """`counts`: what was looked at, and what is no fault.

    rows; unsealed: rows that other programs wrote, which no digest vouches for. bodies, their bytes; orphans: bodies
    that no row names, of writes that were stopped; gone: captures whose body was given up on purpose. files of text;
    behind: those that the next export tells of. strangers: files in the folder that are not the archive's.
    """

    faults: list[Fault] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    strangers: list[str] = field(default_factory=list)

    @property
    def sound(self) -> bool:
        return not self.faults
