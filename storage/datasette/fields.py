"""The newest readings of a site -> how full its fields are, how long its texts, what recurs in them, what read them.

From values alone; knows no archive. A reading is a row of `Sites.site_readings`.
"""

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from collector.extract.memory import digest, folded
from collector.policy.verdicts import SHARED
from storage.archive.base import Row

NAMES = {
    "title": "title",
    "published": "date",
    "clock": "time of day",
    "modified": "date of its last change",
    "authors": "authors",
    "section": "section",
    "tags": "tags",
    "lead": "lead",
    "captions": "captions",
    "image": "picture",
    "language": "language",
    "source": "name of the paper",
}
DROP = 0.15  # of all: a field that lost as much stands out
ENOUGH = 20  # readings on both sides, below which a drop is chance
MOST_SUSPECTS = 20
_NOTHING = (None, "", "[]")
_EXACT = ("second", "minute")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fill:
    """Shares of 1. before: of the readings before the newest, None without any. by: of the newest, by extractor."""

    name: str
    now: float
    before: float | None
    by: Mapping[str, float]
    dropped: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspect:
    """A paragraph that stands in several articles. remembered: what is known of its host holds it as furniture."""

    text: str
    articles: int
    example: int
    remembered: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """An extractor in one revision, over the newest readings. since, until: when it first and last read one of them."""

    extractor: str
    revision: str
    articles: int
    since: str
    until: str


def fill_rates(now: Sequence[Row], before: Sequence[Row]) -> list[Fill]:
    """A row a field; none without readings."""
    if not now:
        return []
    by = {name: [row for row in now if row["extractor"] == name] for name in sorted({r["extractor"] for r in now})}
    return [_fill(field, now, before, by) for field in NAMES]


def _fill(field: str, now: Sequence[Row], before: Sequence[Row], by: Mapping[str, Sequence[Row]]) -> Fill:
    share, earlier = _share(now, field), _share(before, field) if before else None
    compared = earlier is not None and min(len(now), len(before)) >= ENOUGH
    return Fill(
        name=NAMES[field],
        now=share,
        before=earlier,
        by={extractor: _share(rows, field) for extractor, rows in by.items()},
        dropped=compared and (earlier or 0.0) - share >= DROP,
    )


def _share(rows: Sequence[Row], field: str) -> float:
    holds: Callable[[Row], bool] = _tells_time if field == "clock" else lambda row: row[field] not in _NOTHING
    return sum(map(holds, rows)) / len(rows)


def _tells_time(row: Row) -> bool:
    return row["published_precision"] in _EXACT


def usual_length(readings: Sequence[Row]) -> int | None:
    """The median of the lengths of the texts, in characters; None without any."""
    return round(median(len(row["text"]) for row in readings)) if readings else None


def suspects(readings: Sequence[Row], remembered: Collection[str]) -> list[Suspect]:
    """Paragraphs that stand in the texts of three stories or more, those of most articles first.

    Copies of one story share their text for a good reason, and count once. remembered: digests of known furniture.
    """
    stories: dict[str, set[int]] = {}
    articles: Counter[str] = Counter()
    shown: dict[str, tuple[str, int]] = {}
    for row in readings:
        for words, text in {folded(text): text for text in row["text"].split("\n\n")}.items():
            if any(map(str.isalnum, words)):
                stories.setdefault(words, set()).add(row["story"])
                articles[words] += 1
                shown.setdefault(words, (text, row["id"]))
    recurring = sorted((words for words in stories if len(stories[words]) >= SHARED), key=lambda each: -articles[each])
    return [
        Suspect(text=text, articles=articles[words], example=example, remembered=digest(text) in remembered)
        for words in recurring[:MOST_SUSPECTS]
        for text, example in [shown[words]]
    ]


def readers(readings: Sequence[Row]) -> list[Reader]:
    """What read them, the latest first."""
    found: dict[tuple[str, str], list[str]] = {}
    for row in readings:
        found.setdefault((row["extractor"], row["rule_revision"]), []).append(row["created_at"])
    made = [
        Reader(extractor=extractor, revision=revision, articles=len(at), since=min(at), until=max(at))
        for (extractor, revision), at in found.items()
    ]
    return sorted(made, key=lambda each: each.until, reverse=True)
