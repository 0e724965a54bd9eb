"""
Newsrooms that never were: who they are, and what each publishes, edits and takes away in a year. Knows no network.

Times are seconds since the world began, at midnight UTC. Arrivals are an inhomogeneous Poisson process: the hour of the
day, the day of the week and holidays say how dense it is; breaking news add bursts, and some stories wait for the
full hour. The same seed gives the same world, and a newsroom does not depend on who its neighbours are.
"""

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from random import Random

MINUTE, HOUR, DAY = 60.0, 3600.0, 86400.0
BEGIN = datetime(2026, 1, 5, tzinfo=UTC)  # a Monday
FALL_SILENT = frozenset({12, 38})  # by number: blogs
HOLIDAYS = frozenset({87, 88, 115, 130, 141, 297, 353, 354, 360})  # days on which newsrooms are half empty
NEVER = math.inf

# Of a day's stories, by local hour: a newsroom's day begins at six, is fullest before noon, and never quite ends.
AWAKE = (1, 1, 1, 1, 2, 6, 12, 18, 22, 24, 25, 24, 22, 22, 23, 23, 22, 20, 16, 12, 9, 6, 4, 2)
WRITES_AFTER_WORK = (2, 1, 0, 0, 0, 0, 2, 8, 12, 10, 8, 6, 8, 6, 5, 5, 6, 8, 12, 16, 18, 16, 10, 5)


@dataclass(frozen=True, slots=True)
class Shape:
    """What kind of newsroom: stories on a working day, how much of that on a weekend, what its feed holds."""

    kind: str
    per_day: tuple[float, float]
    weekend: float
    windows: tuple[int, ...]  # entries of the feed
    bursts: float  # a year
    hours: tuple[int, ...] = AWAKE
    opens: tuple[float, float] = (0.0, 0.0)  # the day on which we begin to watch it
    span: float | None = None  # seconds that a story stays in the feed at most, for some of them
    edited: float = 0.25  # share of stories that are edited at least once


# Sources are added throughout the year, those that publish much late in it: nearly all stories of real newsrooms are
# theirs, and a year of them would be hundreds of thousands, and hours.
AGENCY = Shape("agency", (60, 80), 0.55, (100,), 30, opens=(346, 352), span=2 * DAY, edited=0.4)
PAPER = Shape("paper", (13, 17), 0.5, (20, 30, 50), 12, opens=(150, 200), span=3 * DAY)
LATE = replace(PAPER, opens=(324, 338))
LOCAL = Shape("local", (1.5, 2.5), 0.35, (15, 20, 30), 4, opens=(90, 200))
BLOG = Shape("blog", (0.25, 0.6), 0.7, (10, 20), 0, hours=WRITES_AFTER_WORK, opens=(0, 150), edited=0.15)
FOUND = replace(BLOG, opens=(240, 350))
HALF = (*[AGENCY] * 2, PAPER, *[LATE] * 5, *[LOCAL] * 3, *[BLOG] * 4, *[FOUND] * 10)  # of the world; the other is alike


@dataclass(slots=True)
class Story:
    """One story: when it came, was edited (in order), and was taken away, with the status that tells so."""

    number: int
    at: float
    edits: tuple[float, ...] = ()
    gone: float = NEVER
    gone_status: int = 404

    def state(self, at: float) -> int:
        """How many of its edits had been made."""
        return bisect_right(self.edits, at)


@dataclass(slots=True)
class Newsroom:
    """One host with one feed."""

    number: int
    shape: Shape
    host: str
    zone: int  # hours that its clock is ahead of UTC
    window: int
    span: float | None
    opens: float  # when we begin to watch
    silent: float  # when it stops publishing
    stories: list[Story] = field(repr=False)
    times: list[float] = field(repr=False)  # of the stories, in order

    @property
    def feed(self) -> str:
        return f"http://{self.host}/feed"

    def published(self, at: float) -> int:
        """How many stories it has published."""
        return bisect_right(self.times, at)

    def in_feed(self, at: float) -> Sequence[Story]:
        """The stories that its feed holds, oldest first; what was taken away is taken out."""
        end = self.published(at)
        begin = max(end - self.window, 0)
        if self.span is not None:
            begin = max(begin, bisect_left(self.times, at - self.span))
        return [story for story in self.stories[begin:end] if story.gone > at]

    def leaves(self, story: Story) -> float:
        """When it falls out of the feed."""
        following = story.number + self.window
        pushed = self.times[following] if following < len(self.times) else NEVER
        return min(pushed, story.at + self.span if self.span is not None else NEVER, story.gone)


def newsrooms(seed: int, half: int, days: float) -> list[Newsroom]:
    """One half of the world, as it is for `days` days."""
    return [_newsroom(seed, half * len(HALF) + place, shape, days) for place, shape in enumerate(HALF)]


def _newsroom(seed: int, number: int, shape: Shape, days: float) -> Newsroom:
    dice = Random(f"{seed}:{number}")
    zone = dice.choice((-8, -5, 0, 1, 1, 2, 3, 8))
    falls_silent = number in FALL_SILENT
    silent = dice.uniform(0.45, 0.55) * days * DAY if falls_silent else NEVER
    stories = [
        _story(dice, shape, place, at)
        for place, at in enumerate(sorted(_arrivals(dice, shape, zone, days)))
        if at < silent
    ]
    return Newsroom(
        number=number,
        shape=shape,
        host=f"{shape.kind}{number}.example",
        zone=zone,
        window=dice.choice(shape.windows),
        span=shape.span if dice.random() < 0.3 else None,
        opens=dice.uniform(*shape.opens) * DAY * days / 365,
        silent=silent,
        stories=stories,
        times=[story.at for story in stories],
    )


def _arrivals(dice: Random, shape: Shape, zone: int, days: float) -> Iterator[float]:
    """Moments of publication; those of two weeks before we begin to watch are in the feed when we do."""
    per_day = dice.uniform(*shape.per_day)
    punctual = dice.choice((0.0, 0.1, 0.3))  # share that waits for the full hour
    total = sum(shape.hours)
    began = shape.opens[0] * days / 365 - 14 if shape.opens[0] else -14
    for hour in range(int(began) * 24, int(days) * 24):
        local = hour + zone
        day = local // 24
        density = per_day * shape.hours[local % 24] / total
        density *= (shape.weekend if day % 7 >= 5 else 1.0) * (0.5 if day in HOLIDAYS else 1.0)
        for _ in range(poisson(dice, density)):
            yield (hour + (0.0 if dice.random() < punctual else dice.random())) * HOUR + dice.random()
    for _ in range(poisson(dice, shape.bursts * days / 365)):
        yield from _burst(dice, dice.uniform(began, days) * DAY, days)


def _burst(dice: Random, at: float, days: float) -> Iterator[float]:
    """Breaking news: many at first, then fewer and fewer, over an hour or several."""
    spread = dice.uniform(0.3, 2.0) * HOUR
    for _ in range(dice.randint(6, 35)):
        after = at + dice.expovariate(1 / spread)
        if after < days * DAY:
            yield after


def _story(dice: Random, shape: Shape, number: int, at: float) -> Story:
    often = dice.choice((1, 1, 1, 2, 2, 4)) if dice.random() < shape.edited else 0
    # Half of the edits come within forty minutes, one in twenty after more than a day.
    edits = sorted(at + MINUTE + dice.lognormvariate(math.log(40 * MINUTE), 2.0) for _ in range(often))
    story = Story(number, at, tuple(edits))
    if dice.random() < 0.02:
        story.gone = at + 10 * MINUTE + dice.expovariate(1 / (4 * DAY))
        story.gone_status = dice.choice((404, 410))
        story.edits = tuple(edit for edit in story.edits if edit < story.gone)
    return story


def poisson(dice: Random, mean: float) -> int:
    """How often, when `mean` is expected (Knuth's way: means are small here)."""
    limit, product, count = math.exp(-mean), dice.random(), 0
    while product > limit:
        product *= dice.random()
        count += 1
    return count
