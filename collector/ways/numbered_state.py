"""What a walk over numbered pages remembers: the pages it has read, and where it stands. Plain values for JSON."""

from dataclasses import asdict, dataclass, replace
from typing import Any

from collector.ways.nouns import Leaf, Notes


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A page that was read. Times in seconds since 1970, None where nothing was dated. first, last: addresses."""

    number: int
    oldest: float | None
    newest: float | None
    falling: bool
    first: str | None
    last: str | None
    count: int

    @classmethod
    def of(cls, number: int, leaf: Leaf) -> "Seen":
        return cls(
            number=number,
            oldest=leaf.oldest.timestamp() if leaf.oldest else None,
            newest=leaf.newest.timestamp() if leaf.newest else None,
            falling=leaf.falling,
            first=leaf.first,
            last=leaf.last,
            count=leaf.announced,
        )

    def after(self, moment: float) -> bool:
        """Is all of it of this moment or later?"""
        return self.oldest is not None and self.oldest >= moment

    def before(self, moment: float) -> bool:
        return self.newest is not None and self.newest < moment

    def same(self, other: "Seen") -> bool:
        return self.first is not None and (self.first, self.last) == (other.first, other.last)

    def newer(self, other: "Seen") -> bool:
        return self.newest is not None and other.newest is not None and self.newest > other.newest

    def pushed_onto(self, above: "Seen") -> bool:
        """Did stories of the page above come onto this one, since that was read?"""
        if self.first is not None and self.first == above.last:
            return True
        ordered = self.falling and above.falling and self.newest is not None and above.oldest is not None
        return ordered and self.newest > above.oldest  # type: ignore[operator]  # neither is None then

    def newer_form_of(self, front: "Seen") -> bool:
        """Is it that page with a new story on it since? Then it is newer than it was, and overlaps it."""
        return self.falling and self.newer(front) and front.pushed_onto(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """Where the walk stands."""

    first: int  # number of the newest page
    page: int  # the one that is asked for
    asked: int = 0
    front: Seen | None = None  # the newest page
    seen: tuple[Seen, ...] = ()  # in the search, as they were asked for
    walked: Seen | None = None  # the one above `page`, on the walk
    walking: bool = False
    fresh: bool = False  # the walk has asked for a page
    end: int | None = None  # the least number that is known to be no page
    told: int | None = None  # how many there are, they say; 0: they name only the next few
    linked: bool = False  # the first has a next link
    untidy: int = 0  # pages out of order, without the first
    before: int = 0  # pages in a row that lie before the span
    doubt: int | None = None  # the page just read shows the same as the one above it
    tried: tuple[int, ...] = ()  # pages the search has asked for: seen, or not to be had
    lost: int = 0  # pages in a row that could not be had
    passed: int | None = None  # the first of those just passed over that stories may have been pushed onto
    mark: str = ""

    @classmethod
    def load(cls, notes: Notes) -> "State":
        front, walked = (notes[name] and Seen(**notes[name]) for name in ("front", "walked"))
        seen = tuple(Seen(**one) for one in notes["seen"])
        return cls(**{**notes, "front": front, "walked": walked, "seen": seen, "tried": tuple(notes["tried"])})

    def dump(self) -> dict[str, Any]:
        return {**asdict(self), "seen": [asdict(one) for one in self.seen]}

    def with_page(self, page: Seen, leaf: Leaf) -> "State":
        """As it is with what the page tells of all, and of the end."""
        state = replace(self, lost=0, doubt=None)
        if page.number == self.first:
            state = replace(state, front=state.front or page, linked=bool(leaf.next))
        elif not page.falling:
            state = replace(state, untidy=self.untidy + 1)
        if leaf.pages is not None and self.told != 0:
            # one that grows by more than a new page from probe to probe is none of all pages
            fits = self.told is None or leaf.pages <= self.told + 1
            state = replace(state, told=leaf.pages if fits else 0)
        return state.ending(page.number + 1) if state._is_last(page, leaf) else state

    def _is_last(self, page: Seen, leaf: Leaf) -> bool:
        if any(page.same(one) and one.number > page.number for one in self.seen):
            return True  # that one lay beyond the end, and was answered with the last one
        if leaf.next is not None:
            return False
        return self.linked or self.is_short(page) or bool(self.told and page.number >= self.first + self.told - 1)

    def is_short(self, page: Seen) -> bool:
        """Has it so few entries that no page comes behind it? Not by one or two: some are left out here and there."""
        return self.front is not None and page.count * 4 < self.front.count * 3

    def twin(self, page: Seen) -> Seen | None:
        """One that was seen under a lower number, as servers answer beyond the end: the last page, or the first."""
        known = [*self.seen, *([self.walked] if self.walked else [])]
        lower = (one for one in known if one.number < page.number and page.same(one))
        first = self.front if self.front and page.number > self.first and page.newer_form_of(self.front) else None
        return min(lower, key=lambda one: one.number, default=first)

    def ending(self, number: int) -> "State":
        return replace(self, end=number if self.end is None else min(self.end, number))

    @property
    def top(self) -> int | None:
        """The least number that is no page, as far as is known."""
        told = self.first + self.told if self.told else None
        return min((one for one in (self.end, told) if one is not None), default=None)

    def in_turn(self, page: Seen) -> bool:
        """Was none above it asked for later?"""
        later = self.seen[self.seen.index(page) + 1 :]
        return not self.fresh and all(one.number > page.number for one in later)
