"""What becomes of a page that could not be had, and of one without an article: when it is tried again."""

from datetime import datetime, timedelta
from typing import Literal, NamedTuple

HOUR, DAY = timedelta(hours=1), timedelta(days=1)

# What a page that could not be had is tried again after; past the end of its row it is given up.
TRIES: dict[str, tuple[timedelta, ...]] = {
    "passing": (HOUR / 12, HOUR / 4, HOUR, 3 * HOUR, 8 * HOUR, DAY, DAY, 2 * DAY, 4 * DAY, 8 * DAY),
    "missing": (HOUR / 4, HOUR, 6 * HOUR, DAY, 3 * DAY),  # 404: announced before it was there, or never there
    "denied": (HOUR, 6 * HOUR, DAY, 3 * DAY, 10 * DAY),  # 401, 403, other 4xx, TLS, too large
    "empty": (6 * HOUR, DAY, 3 * DAY),  # a page without an article: perhaps not yet
    "wall": (HOUR, 6 * HOUR, DAY, 3 * DAY, 10 * DAY, 30 * DAY),  # consent, log-in, a check for robots: till it is open
}
ROBOTS_AGAIN = DAY  # robots.txt is as old as this at most

Trouble = Literal["passing", "missing", "denied", "empty", "wall", "gone", "robots"]
End = Literal["new", "gone", "refused", "failed", "empty"]

GIVEN_UP: dict[Trouble, End] = {
    "passing": "failed",
    "missing": "gone",
    "denied": "failed",
    "empty": "empty",
    "wall": "empty",
}
ABOUT_THE_PAGE: dict[int, Trouble] = {404: "missing", 410: "gone", 451: "gone"}


class NextTry(NamedTuple):
    """What an entry becomes, and when it is asked for again; None: never."""

    state: End
    at: datetime | None


def next_try(now: datetime, attempts: int, trouble: Trouble) -> NextTry:
    """After `attempts` tries before this one."""
    if trouble == "gone":
        return NextTry("gone", None)
    if trouble == "robots":
        return NextTry("refused", now + ROBOTS_AGAIN)
    waits = TRIES[trouble]
    if attempts >= len(waits):
        return NextTry(GIVEN_UP[trouble], None)
    return NextTry("empty" if trouble in ("empty", "wall") else "new", now + waits[attempts])


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
