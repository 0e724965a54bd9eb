"""What back-fills know of the age of a page: when it was published, and whether it was had from a web archive."""

from dataclasses import dataclass
from datetime import UTC, datetime

from storage.archive.base import Base


@dataclass(frozen=True, slots=True)
class Past:
    """A page that only back-fills announced. `published`: by its own words, else as announced; None: undated."""

    published: datetime | None


class PastDays(Base):
    """The past of pages."""

    def past_of(self, entry_id: int | None) -> Past | None:
        """None for a page that a live source announces, and for one that nobody does."""
        row = self.row(
            """SELECT max(day) AS announced, (
                SELECT published FROM articles WHERE entry_id = ?1 AND published IS NOT NULL
                ORDER BY julianday(published) DESC LIMIT 1
            ) AS own FROM finds
            WHERE entry_id = ?1 AND NOT EXISTS (SELECT 1 FROM entry_sources WHERE entry_id = ?1) HAVING count(*)""",
            [entry_id],
        )
        return None if row is None else Past(_begin(row["own"] or row["announced"]))

    def is_copy(self, capture_id: int) -> bool:
        """Was it had from a web archive? Then it is of then, whenever it came in."""
        return self.value("SELECT memento FROM captures WHERE id = ?", [capture_id]) is not None


def _begin(text: str | None) -> datetime | None:
    """The first moment of a date of any precision; one without a zone is taken for UTC."""
    if text is None:
        return None
    moment = datetime.fromisoformat(text + "0000-01-01"[len(text) :] if len(text) < 10 else text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
