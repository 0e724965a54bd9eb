"""
When and whether, from values alone: the clock is an argument. Knows no network and no database.

rhythm: when a source is polled | tries: when a page is tried again | looks: when an article is looked at again
learning: when a host's furniture is learnt | quality: which reading is kept
"""

from collector.policy.learning import MOST_PAGES, time_to_learn
from collector.policy.longest import longest
from collector.policy.looks import look_after_failure, next_look
from collector.policy.quality import same_story
from collector.policy.rhythm import (
    FIRST_INTERVAL,
    OFFLINE_AGAIN,
    Rhythm,
    Wishes,
    next_poll,
    next_poll_after_failure,
    pace,
    rhythm,
    weight,
)
from collector.policy.tries import NextTry, Trouble, next_try, trouble_of_status, worth_keeping

__all__ = [
    "FIRST_INTERVAL",
    "MOST_PAGES",
    "OFFLINE_AGAIN",
    "NextTry",
    "Rhythm",
    "Trouble",
    "Wishes",
    "longest",
    "look_after_failure",
    "next_look",
    "next_poll",
    "next_poll_after_failure",
    "next_try",
    "pace",
    "rhythm",
    "same_story",
    "time_to_learn",
    "trouble_of_status",
    "weight",
    "worth_keeping",
]
