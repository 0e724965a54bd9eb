"""The figures of a year as a table: one column a rhythm."""

from collections.abc import Callable, Mapping

from bench.year.accounts import Figures, quantile

Row = tuple[str, Callable[[Figures], str]]


def table(columns: Mapping[str, Figures], rows: tuple[Row, ...]) -> str:
    """Lines of text, the figures of each column below its name."""
    width = max(len(name) for name, _ in rows) + 2
    lines = [" " * width + "".join(f"{name:>16}" for name in columns)]
    lines += [f"{name:{width}}" + "".join(f"{tell(each):>16}" for each in columns.values()) for name, tell in rows]
    return "\n".join(lines)


def _a_story(*kinds: str) -> Callable[[Figures], str]:
    return lambda figures: f"{sum(figures.requests[kind] for kind in kinds) / figures.archived:.1f}"


def _minutes(share: float) -> Callable[[Figures], str]:
    return lambda figures: f"{figures.delay(share):.1f} min"


LATENESS: tuple[Row, ...] = (
    ("polls", lambda each: f"{each.requests['polls']:,}"),
    ("delay, median", _minutes(0.5)),
    ("delay, mean", lambda each: f"{each.mean_delay:.1f} min"),
    ("delay, 90 of 100", _minutes(0.9)),
    ("delay, 99 of 100", _minutes(0.99)),
)
WHOLE: tuple[Row, ...] = (
    ("stories an hour and more in their feed", lambda each: f"{each.stories:,}"),
    ("of these not archived", lambda each: f"{len(each.missed)}"),
    ("stories archived", lambda each: f"{each.archived:,}"),
    *LATENESS,
    ("polls a story", _a_story("polls")),
    ("visits a story", _a_story("visits")),
    ("looks a story", _a_story("looks")),
    ("edits seen", lambda each: f"{len(each.edits_seen) / each.edits:.0%} of {each.edits:,}"),
    ("edits, median delay", lambda each: f"{quantile(each.edits_seen, 0.5) / 60:.0f} min"),
    ("walls that became versions", lambda each: f"{each.walls_filed}"),
    ("good texts lost", lambda each: f"{each.texts_lost}"),
    ("articles that show an older text", lambda each: f"{each.wrongly_current}"),
    ("losses from a feed, and gaps recorded", lambda each: f"{each.losses}, {each.gaps}"),
    ("gaps recorded without a loss", lambda each: f"{each.false_gaps}"),
    ("requests sooner than allowed", lambda each: f"{len(each.offences)}"),
    ("sources named failing, silent", lambda each: f"{len(each.failing)}, {len(each.silent)}"),
    ("bugs met", lambda each: f"{len(each.broken)}"),
    ("seconds that this took", lambda each: f"{each.seconds:.0f}"),
)
