"""The walk along next links, one page at a time: go on or not. Knows neither addresses nor how a page was asked for."""

from dataclasses import asdict, dataclass
from typing import Any, Self

from collector.ways import days
from collector.ways.nouns import Leaf, Notes, Span

MOST = 5_000  # pages of one walk: where there are more, it is going in a circle
_EMPTY = 3  # pages in a row without an article: a calendar goes on for ever
_BEFORE = 2  # pages in a row wholly before the span, where dates do not fall


@dataclass(frozen=True, slots=True, kw_only=True)
class Along:
    """What is known after some pages; plain values for JSON, kept in the place of the next step."""

    asked: int = 0
    first: str | None = None  # of the page before, with `last`: the same page again has the same
    last: str | None = None
    most: int = 0  # articles on the fullest page
    empty: int = 0
    before: int = 0
    loose: bool = False  # dates do not fall

    @classmethod
    def load(cls, place: Notes) -> Self:
        return cls(**place["along"])

    def dump(self) -> dict[str, Any]:
        return asdict(self)

    def after(self, leaf: Leaf, span: Span) -> "Along | Ended":
        """This page added; or that no more is to be asked for."""
        if leaf.status >= 400 or leaf.why:
            return Ended(reached=None, why=leaf.why)
        if leaf.first is not None and (leaf.first, leaf.last) == (self.first, self.last):
            return Ended(reached=None, why="the next page is the same again")
        now = self._with(leaf, span)
        if now.before >= _BEFORE or (not now.loose and reaches(leaf, span)):
            return Ended(reached=True)
        if leaf.next is None:  # a last page with fewer articles than the others is the end of all there is
            return Ended(reached=True if 0 < leaf.announced < now.most else None)
        if now.empty >= _EMPTY:
            return Ended(reached=None, why=f"{_EMPTY} pages without an article")
        return now if now.asked < MOST else Ended(reached=None, why=f"more than {MOST:,} pages")

    def _with(self, leaf: Leaf, span: Span) -> "Along":
        earlier = leaf.newest is not None and days.utc_day(leaf.newest) < span.since
        return Along(
            asked=self.asked + 1,
            first=leaf.first or self.first,
            last=leaf.last or self.last,
            most=max(self.most, leaf.announced),
            empty=0 if leaf.announced else self.empty + 1,
            before=self.before + 1 if earlier else 0,
            loose=self.loose or not leaf.falling,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """There is no more to ask for. reached, why: as in Moves."""

    reached: bool | None
    why: str = ""


def reaches(leaf: Leaf, span: Span) -> bool:
    """Do the dates of a page fall to before the span? What comes after it is none of it then."""
    return leaf.falling and leaf.oldest is not None and days.utc_day(leaf.oldest) < span.since
