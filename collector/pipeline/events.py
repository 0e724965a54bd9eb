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
    "learnt",
    "learning-failed",
    "put-off",
    "asked",
    "wall",
    "worse",
    "gap",
    "broke",
    "storage-failed",
    "storage-mended",
    "offline",
    "online",
    "clock-changed",
    "step-read",
    "step-failed",
    "step-put-off",
    "backfill-done",
    "paused",
    "resumed",
]


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened to one address.

    count: new entries of a source that was read, addresses that a document of a back-fill brought, bytes of an answer.
    seconds: that a request took.
    """

    kind: Kind
    url: str
    detail: str = ""
    count: int = 0
    seconds: float = 0.0

    @property
    def told(self) -> str:
        """The detail with the address that it is about: after a redirect it may name only where that led."""
        return self.detail if self.url in self.detail else f"{self.url}: {self.detail}"


Report = Callable[[Event], None]
