"""What happened, as values: the pipeline says it once, commands count, show and log it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

Kind = Literal[
    "to-poll",
    "source-read",
    "source-unchanged",
    "source-failed",
    "to-visit",
    "visited",
    "looked",
    "gone",
    "empty",
    "entry-refused",
    "entry-failed",
    "article-new",
    "article-edited",
    "article-unchanged",
]


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened to one address. `count`: new entries of a source that was read."""

    kind: Kind
    url: str
    detail: str = ""
    count: int = 0


Report = Callable[[Event], None]
