"""Which articles of an archive are wanted, as values: what `corpus` is asked with. Knows no SQL."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from storage.archive.base import stamp


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """All articles that are none of what is left out. Of several sites, sources or languages one is enough.

    since, until: the day on which it was published, where it was; the day on which it was first seen, UTC, where none
    is known; both included. A date known to the month or the year counts as its first day.
    as_of: what the archive knew at that moment, aware; None for what it knows.
    """

    sites: tuple[str, ...] = ()  # registrable domains
    sources: tuple[str, ...] = ()  # addresses; the sitemaps of an index are meant with it
    languages: tuple[str, ...] = ()  # `en` means en-GB, too
    since: date | None = None
    until: date | None = None
    search: str | None = None  # as `Archive.search` takes it
    one_a_story: bool = False  # of the articles selected, the first of each story
    as_of: datetime | None = None

    def as_json(self) -> dict[str, Any]:
        """What was asked for, and nothing else: {} for the whole archive as it is."""
        said = {
            "sites": sorted(set(self.sites)),
            "sources": sorted(set(self.sources)),
            "languages": sorted(set(self.languages)),
            "since": self.since and self.since.isoformat(),
            "until": self.until and self.until.isoformat(),
            "search": self.search,
            "one_a_story": self.one_a_story,
            "as_of": stamp(self.as_of),
        }
        return {name: value for name, value in said.items() if value}


WHOLE = Selection()
