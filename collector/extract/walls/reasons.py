"""Why a page is no article, in a word or two; and how the words that say so are written down. Knows none of them.

The words of a reason are lines of regular expressions, the languages in one order: en de fr es pt it nl pl ru uk tr sv
ar zh ja ko.
"""

import re
from collections.abc import Mapping

CONSENT, ROBOTS, LOGIN, PAYWALL = "a consent page", "a check for robots", "a log-in page", "a paywall"
LOST, BROKEN, SCRIPTED, LEADS = "not found", "an error page", "drawn by JavaScript", "it leads elsewhere"
SEARCH, INDEX = "a search", "an index of other pages"
LISTINGS = frozenset((SEARCH, INDEX))


def compiled(words: Mapping[str, str], around: str = "{}") -> dict[str, re.Pattern[str]]:
    """One expression a reason: its lines as alternatives."""
    joined = {reason: "|".join(filter(None, map(str.strip, lines.split("\n")))) for reason, lines in words.items()}
    return {reason: re.compile(around.format(f"(?:{one})"), re.IGNORECASE) for reason, one in joined.items()}
