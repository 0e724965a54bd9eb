"""When the furniture of a host is learnt from its pages."""

from datetime import timedelta

DAY = timedelta(days=1)
FEWEST_PAGES, MOST_PAGES = 4, 30  # of a host from which its furniture is learnt
LEARN_AGAIN = 7 * DAY  # after this a host that has grown at all is learnt again, and not twice a day


def time_to_learn(fresh: int, learnt_from: int = 0, age: timedelta | None = None) -> bool:
    """Whether a host's furniture is to be learnt, from `fresh` pages and those before.

    The first four pages are enough to begin; from then on whenever their number has trebled, up to all that are read
    for it; then each time as many are new, or after a week. `learnt_from`, `age`: of what is known, if anything is.
    """
    if age is None:
        return fresh >= FEWEST_PAGES
    if learnt_from < MOST_PAGES and fresh >= min(2 * max(learnt_from, FEWEST_PAGES), MOST_PAGES - learnt_from):
        return True
    return fresh > 0 and (age >= LEARN_AGAIN or (fresh >= MOST_PAGES and age >= DAY))
