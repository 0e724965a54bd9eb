"""What an address asks for -> the article that it means, or words for people. Knows no template."""

from dataclasses import dataclass
from typing import Any

from storage.archive.base import Row
from storage.archive.telling import Told
from storage.datasette.answers import Missing, Unclear
from storage.datasette.reading import Reading
from storage.datasette.words import moment

_DIGITS = 18  # of a number that SQLite can hold


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """An article as one of its versions has it. standing: `Archive.standing`; time_line: `Archive.time_line`."""

    standing: Row
    told: Told
    time_line: list[Row]

    @property
    def version(self) -> Row:
        """The line of the version that is shown."""
        return next(row for row in self.time_line if row["id"] == self.told.row["version_id"])

    @property
    def current(self) -> bool:
        return bool(self.standing["version_id"] == self.told.row["version_id"])


def shown(reading: Reading, request: Any) -> Shown:
    """`id` of the path, and `version` of the query; the current one without. Raises Missing, Unclear."""
    standing, number = standing_of(reading, request), whole(request, "version")
    told = reading.archive.told(standing["id"], number)
    time_line = reading.archive.time_line(standing["id"])
    if told is None:
        numbers = ", ".join(str(row["number"]) for row in time_line)
        raise Missing(f"There is no version {number} of this article; its versions are {numbers}.")
    return Shown(standing=standing, told=told, time_line=time_line)


def standing_of(reading: Reading, request: Any) -> Row:
    """The article that the path names. Raises Missing, with what became of it where that is known."""
    id_ = int(request.url_vars["id"])
    row = reading.archive.standing(id_)
    if row is None:
        raise Missing(_what_became(reading, id_))
    if row["taken_at"]:
        because = f", because: {row['why']}" if row["why"] else ""
        raise Missing(f"This article was taken down on {moment(row['taken_at'])}{because}.")
    if row["version_id"] is None:
        raise Missing(f"There is no text of article {id_}.")
    return row


def whole(request: Any, name: str) -> int | None:
    """A number of the query; None where it is not there, or empty. Raises Unclear."""
    said = request.args.get(name) or ""
    if not said:
        return None
    if not (said.isascii() and said.isdecimal() and len(said) <= _DIGITS):
        raise Unclear(f"“{name}” has to be a number.")
    return int(said)


def _what_became(reading: Reading, id_: int) -> str:
    withdrawn = reading.archive.withdrawn_from(id_)
    if not withdrawn:
        return f"There is no article {id_} in the archive."
    last = withdrawn[0]
    return f"What was read as article {id_} was taken back on {moment(last['withdrawn_at'])}: {last['why']}."
