"""
Every site rule has pages in the site's shape, in our own words, and reads the text beside them.

What a case is says `collector.casebook.cases`. NEWSKEEP_ACCEPT=1 (`make accept`) rewrites expected.txt.
"""

import os
from pathlib import Path

import pytest

from collector.casebook.cases import Case, cases_in
from collector.extract.rule import Rule
from collector.extract.rules import installed

HERE = Path(__file__).parent
CASES = cases_in(HERE)
RULES = {rule.name: rule for rule in installed().values()}


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_case(case: Case) -> None:
    """The text files of the page's articles, word for word, and what source.yaml says of them."""
    if os.environ.get("NEWSKEEP_ACCEPT"):
        case.accept()
    outcome = case.outcome()
    assert outcome.extractor == outcome.wanted_extractor
    assert outcome.text == outcome.wanted_text
    assert outcome.fields == outcome.wanted_fields


def test_a_front_page_leads_to_its_posts() -> None:
    """Posts may be cut there, so a blog's front page gives addresses and no text."""
    assert Case(HERE / "blogspot.com" / "front-page").read().links == (
        "https://tideandtimber.blogspot.com/2026/02/heron.html",
        "https://tideandtimber.blogspot.com/2026/01/yard.html",
    )


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_every_rule_has_cases(rule: Rule) -> None:
    """A rule without a page that shows what it reads is not finished; of two layouts with a text, each is shown."""
    bodies = sum(bool(layout.piece.body) for layout in rule.layouts)
    own = [case for case in CASES if case.rule == rule.name]
    assert len(own) >= min(2, max(1, bodies)), f"{rule.name}: newskeep sites new makes a case of a saved page"


def test_every_case_has_a_rule() -> None:
    """A case without a rule is lost."""
    assert {case.rule for case in CASES} <= RULES.keys()
