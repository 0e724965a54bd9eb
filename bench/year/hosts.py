"""How each host behaves: what its answers carry, when it is ill, walled or redesigned. Knows no network."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from random import Random

from bench.year.newsrooms import DAY, HOUR, MINUTE, NEVER, Newsroom, poisson

# By the number of the newsroom; blogs, but for the papers that skip the night.
DIES, MOVES, SKIPS_THE_NIGHT, SLOW = {13, 39}, {14, 40}, {2, 27}, {8, 34}
ILL = ("timeout", "dns", "500", "503", "retry-after")


@dataclass(frozen=True, slots=True)
class Spell:
    """A time in which something is wrong, and what."""

    begin: float
    end: float
    kind: str


class Spells:
    """Spells that do not overlap, found by time."""

    def __init__(self, spells: Iterable[Spell]) -> None:
        self.all: list[Spell] = []
        for spell in sorted(spells, key=lambda each: each.begin):
            if not self.all or spell.begin >= self.all[-1].end:
                self.all.append(spell)
        self._begins = [spell.begin for spell in self.all]

    def at(self, at: float) -> Spell | None:
        place = bisect_right(self._begins, at) - 1
        return self.all[place] if place >= 0 and at < self.all[place].end else None

    def up(self, begin: float, end: float) -> float:
        """Seconds of this time in which nothing was wrong."""
        return end - begin - sum(max(min(each.end, end) - max(each.begin, begin), 0.0) for each in self.all)


@dataclass(frozen=True, slots=True)
class Manners:
    """What a host's answers carry. `ttl`, `max_age`, `delay`: seconds; `tells_edits`: its feed names them."""

    etags: bool
    ttl: float
    max_age: float
    tells_edits: bool
    skip_hours: tuple[int, ...]
    delay: float  # of its robots.txt


@dataclass(slots=True)
class Host:
    """A newsroom with its server."""

    newsroom: Newsroom
    manners: Manners
    down: Spells
    walls: Spells
    redesigns: Sequence[float]
    dies: float
    moves: float
    unreadable: Spells = field(init=False)  # whatever keeps its stories from us
    _changes: list[float] = field(init=False, repr=False)  # of the feed

    def __post_init__(self) -> None:
        self.unreadable = Spells((*self.down.all, *self.walls.all, Spell(self.dies, NEVER, "dead")))
        self._changes = sorted(self._moments())

    def revision(self, at: float) -> int:
        """Of the feed: how often it has changed."""
        return bisect_right(self._changes, at)

    def _moments(self) -> Iterable[float]:
        span = self.newsroom.span
        for story in self.newsroom.stories:
            yield story.at
            yield story.gone
            if span is not None:
                yield story.at + span
            if self.manners.tells_edits:
                yield from story.edits


def line(seed: int, days: float) -> Spell:
    """The one outage of our own line: all hosts at once, for hours."""
    begin = Random(f"{seed}:line").uniform(0.4, 0.45) * days * DAY
    return Spell(begin, begin + 5 * HOUR, "line")


def host(seed: int, newsroom: Newsroom, days: float) -> Host:
    dice, number, end = Random(f"{seed}:host:{newsroom.number}"), newsroom.number, days * DAY
    return Host(
        newsroom=newsroom,
        manners=_manners(dice, newsroom),
        down=Spells((*_ill(dice, days), line(seed, days))),
        walls=Spells(_walls(dice, newsroom.opens, end)),
        redesigns=sorted(dice.uniform(newsroom.opens, end) for _ in range(dice.choice((0, 1, 1, 2)))),
        dies=dice.uniform(0.5, 0.6) * end if number in DIES else NEVER,
        moves=dice.uniform(0.3, 0.4) * end if number in MOVES else NEVER,
    )


def _manners(dice: Random, newsroom: Newsroom) -> Manners:
    blog, number = newsroom.shape.kind == "blog", newsroom.number
    return Manners(
        etags=newsroom.shape.kind in ("agency", "paper") or dice.random() < 0.8,
        ttl=dice.choice((0, 0, 0, 30, 60)) * MINUTE if blog else dice.choice((0, 0, 5, 10)) * MINUTE,
        max_age=dice.choice((0, 0, 0, 60, 300, 600)),
        tells_edits=dice.random() < 0.5,
        skip_hours=tuple((hour - newsroom.zone) % 24 for hour in range(1, 5)) if number in SKIPS_THE_NIGHT else (),
        delay=5.0 if number in SLOW else 0.0,
    )


def _ill(dice: Random, days: float) -> Iterable[Spell]:
    """In a year six short outages, one or two of hours, and one of two days at every fourth host."""
    for often, least, most in ((6.0, 2 * MINUTE, 40 * MINUTE), (1.5, HOUR, 8 * HOUR), (0.25, DAY, 2 * DAY)):
        for _ in range(poisson(dice, often * days / 365)):
            begin = dice.uniform(0, days * DAY)
            yield Spell(begin, begin + dice.uniform(least, most), dice.choice(ILL))


def _walls(dice: Random, opens: float, end: float) -> Iterable[Spell]:
    """Two hours in the year in which every page is a wall: one says what it is, the other is known by its sameness."""
    for kind in ("consent", "same"):
        begin = dice.uniform(opens + (end - opens) / 4, end)
        yield Spell(begin, begin + HOUR, kind)
