"""When and whether: the clock is an argument."""

from datetime import UTC, datetime, timedelta

import pytest

from collector import policy

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
AGES = (900.0, 3600.0, 86400.0)


@pytest.mark.parametrize(
    ("attempts", "trouble", "state", "wait"),
    [
        (0, "passing", "new", 5 * MINUTE),
        (9, "passing", "new", 8 * DAY),
        (10, "passing", "failed", None),
        (0, "missing", "new", 15 * MINUTE),
        (5, "missing", "gone", None),
        (0, "gone", "gone", None),
        (4, "denied", "new", 10 * DAY),
        (5, "denied", "failed", None),
        (0, "robots", "refused", DAY),
        (50, "robots", "refused", DAY),
        (0, "empty", "empty", 6 * HOUR),
        (3, "empty", "empty", None),
    ],
)
def test_next_try(attempts: int, trouble: policy.Trouble, state: str, wait: timedelta | None) -> None:
    """What may pass is tried for weeks, what is gone is not, what robots.txt refuses is asked about daily."""
    assert policy.next_try(NOW, attempts, trouble) == (state, wait and NOW + wait)


@pytest.mark.parametrize(
    ("status", "trouble", "kept"),
    [
        (200, None, True),
        (204, None, True),
        (404, "missing", True),
        (410, "gone", True),
        (451, "gone", True),
        (403, "denied", True),
        (429, "passing", False),
        (500, "passing", False),
        (503, "passing", False),
    ],
)
def test_statuses(status: int, trouble: str | None, kept: bool) -> None:
    """What an answer says of the page is kept; what it says of the server's health is not."""
    assert policy.trouble_of_status(status) == trouble
    assert policy.worth_keeping(status) is kept


@pytest.mark.parametrize(
    ("age", "due"),
    [
        (0 * MINUTE, 15 * MINUTE),
        (15 * MINUTE, HOUR),
        (16 * MINUTE, HOUR),
        (3 * HOUR, DAY),
        (DAY, None),
        (99 * DAY, None),
    ],
)
def test_next_look(age: timedelta, due: timedelta | None) -> None:
    """The next age it has not reached; a machine that slept skips the looks it missed."""
    assert policy.next_look(NOW, NOW + age, AGES) == (due and NOW + due)


STORY = "Two boats began to dredge the harbour on Monday, and the council said that the work would last until spring."


@pytest.mark.parametrize(
    ("title", "text", "same"),
    [
        ("Dredging begins", STORY, True),
        ("Dredging begins", "Nothing alike at all.", True),
        ("Boats at work", STORY + " A third boat is expected in the new year, when the ice has gone.", True),
        ("Boats at work", STORY[:60], True),
        ("Heron count", "Nine herons were seen at the marsh on Sunday morning by volunteers.", False),
        ("Heron count", "", False),
    ],
)
def test_same_story(title: str, text: str, same: bool) -> None:
    """Edited, grown, cut or retitled is still the same story; other words are another."""
    assert policy.same_story("Dredging begins", STORY, title, text) is same


@pytest.mark.parametrize(
    ("fresh", "learnt_from", "age", "due"),
    [
        (3, 0, None, False),
        (4, 0, None, True),  # the first four pages
        (7, 4, timedelta(0), False),
        (8, 4, timedelta(0), True),  # thrice as many
        (17, 12, timedelta(0), False),
        (18, 12, timedelta(0), True),  # 30 are all that are read
        (29, 30, DAY, False),
        (30, 30, DAY, True),
        (90, 30, DAY / 2, False),  # not twice a day
        (1, 30, 7 * DAY, True),
        (1, 4, 7 * DAY, True),
        (0, 30, 70 * DAY, False),  # nothing new to learn from
        (1, 0, timedelta(0), False),  # what was learnt from could not be read
    ],
)
def test_time_to_learn(fresh: int, learnt_from: int, age: timedelta | None, due: bool) -> None:
    """A host is learnt at four pages, twelve and thirty, then with thirty new ones or after a week."""
    assert policy.time_to_learn(fresh, learnt_from, age) is due


@pytest.mark.parametrize(
    ("age", "again"),
    [
        (timedelta(0), 5 * MINUTE),
        (20 * MINUTE, 10 * MINUTE),
        (55 * MINUTE, 5 * MINUTE),  # the next age comes sooner
        (30 * HOUR, 15 * HOUR),
        (37 * HOUR, None),
    ],
)
def test_a_look_that_failed_is_made_again(age: timedelta, again: timedelta | None) -> None:
    """After half the article's age, until it is half as old again as the last age: an outage costs no look."""
    found = policy.look_after_failure(NOW - age, NOW, AGES)
    assert found == (None if again is None else NOW + again)


def test_a_source_that_is_never_looked_at_again_stays_so() -> None:
    """`look_again: []`."""
    assert policy.look_after_failure(NOW, NOW, ()) is None
    assert policy.next_look(NOW, NOW, ()) is None


def test_how_far_ahead_a_time_can_be_set() -> None:
    """Further than any wait of ours: only a clock that was wrong can have done that."""
    found = policy.longest(every=30 * 86_400.0, oldest=30 * 86_400.0)
    assert found.poll > policy.next_poll(NOW, 30 * 86_400.0, dice=1.0) - NOW
    assert found.look > policy.next_look(NOW, NOW, [30 * 86_400.0]) - NOW  # type: ignore[operator]  # there is one
    for trouble in ("passing", "missing", "denied", "empty"):
        for attempts in range(12):
            at = policy.next_try(NOW, attempts, trouble).at
            assert at is None or at - NOW <= found.visit
