"""When and whether, from values alone: the clock is an argument. Knows no network and no database."""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Literal, NamedTuple

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
DEFAULT_EVERY = 30 * 60.0  # seconds between two polls of a source that says nothing of it
LONGEST_WAIT = DAY

# What a page that could not be had is tried again after; past the end of its row it is given up.
TRIES: dict[str, tuple[timedelta, ...]] = {
    "passing": (HOUR / 12, HOUR / 4, HOUR, 3 * HOUR, 8 * HOUR, DAY, DAY, 2 * DAY, 4 * DAY, 8 * DAY),
    "missing": (HOUR / 4, HOUR, 6 * HOUR, DAY, 3 * DAY),  # 404: announced before it was there, or never there
    "denied": (HOUR, 6 * HOUR, DAY, 3 * DAY, 10 * DAY),  # 401, 403, other 4xx, TLS, too large
    "empty": (6 * HOUR, DAY, 3 * DAY),  # a page without an article: perhaps not yet
}
FEWEST_PAGES, MOST_PAGES = 4, 30  # of a host from which its furniture is learnt
LEARN_AGAIN = 7 * DAY  # after this a host that has grown at all is learnt again, and not twice a day

ROBOTS_AGAIN = DAY  # robots.txt is as old as this at most

Trouble = Literal["passing", "missing", "denied", "empty", "gone", "robots"]
End = Literal["new", "gone", "refused", "failed", "empty"]

GIVEN_UP: dict[Trouble, End] = {"passing": "failed", "missing": "gone", "denied": "failed", "empty": "empty"}
ABOUT_THE_PAGE: dict[int, Trouble] = {404: "missing", 410: "gone", 451: "gone"}


class NextTry(NamedTuple):
    """What an entry becomes, and when it is asked for again; None: never."""

    state: End
    at: datetime | None


def next_poll(now: datetime, every: float | None, failures: int) -> datetime:
    """A failing source is left alone twice as long each time, at most a day; it is never given up."""
    wait = timedelta(seconds=every or DEFAULT_EVERY)
    return now + (wait if failures == 0 else max(wait, min(wait * (1 << min(failures, 16)), LONGEST_WAIT)))


def next_try(now: datetime, attempts: int, trouble: Trouble) -> NextTry:
    """After `attempts` tries before this one."""
    if trouble == "gone":
        return NextTry("gone", None)
    if trouble == "robots":
        return NextTry("refused", now + ROBOTS_AGAIN)
    waits = TRIES[trouble]
    if attempts >= len(waits):
        return NextTry(GIVEN_UP[trouble], None)
    return NextTry("empty" if trouble == "empty" else "new", now + waits[attempts])


def trouble_of_status(status: int) -> Trouble | None:
    """What is wrong with an answer of this status; None when its body may hold an article."""
    if 200 <= status < 300:
        return None
    if status in (408, 425, 429) or status >= 500:
        return "passing"
    return ABOUT_THE_PAGE.get(status, "denied")


def worth_keeping(status: int) -> bool:
    """Answers about the page itself are kept, good or bad; those about the server's health are not."""
    return trouble_of_status(status) != "passing" and not 300 <= status < 400


def next_look(first_seen: datetime, now: datetime, ages: Sequence[float]) -> datetime | None:
    """The first age, in seconds since it was first seen, that an article has not reached yet; None after the last."""
    age = (now - first_seen).total_seconds()
    return next((first_seen + timedelta(seconds=each) for each in sorted(ages) if each > age), None)


def time_to_learn(fresh: int, learnt_from: int = 0, age: timedelta | None = None) -> bool:
    """Whether a host's furniture is to be learnt, from `fresh` pages and those before.

    The first four pages are enough to begin; from then on whenever their number has doubled, up to all that are read
    for it; then each time as many are new, or after a week. `learnt_from`, `age`: of what is known, if anything is.
    """
    if age is None:
        return fresh >= FEWEST_PAGES
    if learnt_from < MOST_PAGES and fresh >= min(max(learnt_from, FEWEST_PAGES), MOST_PAGES - learnt_from):
        return True
    return fresh > 0 and (age >= LEARN_AGAIN or (fresh >= MOST_PAGES and age >= DAY))


def same_story(title: str, text: str, other_title: str, other_text: str) -> bool:
    """Are these two readings of one article, perhaps edited? Half of the shorter one's word triples in the other."""
    if title.casefold().split() == other_title.casefold().split():
        return True
    one, other = _triples(text), _triples(other_text)
    return bool(one and other) and len(one & other) >= min(len(one), len(other)) / 2


def _triples(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.casefold())
    return set(zip(words, words[1:], words[2:], strict=False))
