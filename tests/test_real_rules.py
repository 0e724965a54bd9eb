"""
The site rules on real pages of their sites, beside what the generic extractor reads there.

`../shared/pages` holds the pages and the truth about their text; without it these tests are skipped.
"""

from functools import cache
from pathlib import Path
from statistics import fmean
from typing import NamedTuple

import pytest

from collector.casebook.truth import RealPage, pages_in
from collector.extract import extract, rules
from storage.records import Result

FOLDER = Path(__file__).parents[2] / "shared" / "pages"
PAGES = pages_in(FOLDER) if FOLDER.is_dir() else []
OWN = {page.name: page for page in PAGES if rules.match(rules.installed(), page.url) is not None}
needs_folder = pytest.mark.skipif(not PAGES, reason="../shared/pages is not beside the repository")
MARGIN = 0.005  # by which the rule may fall behind the generic extractor on one page
LEAST = 0.98  # the mean of all

# Where the rule reads the site as a reader would, and the truth about this one page is told otherwise.
BEHIND = {
    "fundus_eval/TheIntercept_3": "an optional standfirst in two wordings; the truth has the one of the head",
    "fundus_pages/cz-SeznamZpravy_2025_12_10": "a box that explains a series is text there, and not on other pages",
    "fundus_pages/de-Focus_2023_04_28": "the truth leaves out the lists, which are half of this article",
    "fundus_pages/de-WinFuture_2024_04_29": "the truth has shopping links and soft hyphens, and leaves out the lists",
    "fundus_pages/de-ZDF_2024_04_22": "the truth leaves out the entries of a live blog",
    "fundus_pages/us-Wired_2024_04_28": "the truth leaves out the lists and headings of a buying guide",
    "zyte/5fa3154ec031ab35": "the truth leaves out the standfirst, which that of the site's other pages has",
    "zyte/d48aeb9cf2f2ff15": "the truth leaves out the standfirst",
}


class Scores(NamedTuple):
    extractor: str
    rule: float
    generic: float


@cache
def scores(name: str) -> Scores:
    page = OWN[name]
    ruled = extract(page.body, page.url, fetched_at=page.fetched_at)
    generic = extract(page.body, page.url, fetched_at=page.fetched_at, sites={})
    return Scores(ruled.extractor, f1(page, ruled), f1(page, generic))


def f1(page: RealPage, result: Result) -> float:
    return page.f1("\n".join(one.text for one in result.articles[0].paragraphs)) if result.articles else 0.0


@needs_folder
@pytest.mark.parametrize("name", OWN)
def test_page(name: str) -> None:
    """The site's rule reads it, and no worse than the generic extractor would."""
    page, rule = scores(name), rules.match(rules.installed(), OWN[name].url)
    assert rule is not None
    assert page.extractor == f"site:{rule.name}"
    if name not in BEHIND:
        assert page.rule >= page.generic - MARGIN


@needs_folder
def test_all_pages() -> None:
    """The pages of all sites with a rule, those counted in that the rule cannot win."""
    assert fmean(scores(name).rule for name in OWN) >= LEAST
    assert BEHIND.keys() <= OWN.keys()
