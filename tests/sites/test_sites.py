"""
Every site rule has pages in the site's shape, in our own words, and reads the text beside them.

A case is a folder `<rule>/<case>`: `page.html`; `source.yaml` with url, fetched_at and, for each article, the fields
to be asserted; `expected.txt`, the text file of each article. NEWSKEEP_ACCEPT=1 (`make accept`) rewrites expected.txt.
"""

import json
import os
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from collector.extract import extract
from collector.extract.rules import installed
from storage.export.text import render
from storage.records import Article, Result

HERE = Path(__file__).parent
CASES = sorted(page.parent for page in HERE.glob("*/*/page.html"))
BETWEEN = "\n\n* * *\n\n"  # the articles of one page


def source(case: Path) -> dict[str, Any]:
    """All scalars as they are written: dates stay text."""
    found = yaml.load((case / "source.yaml").read_text("utf-8"), Loader=_Source)
    assert isinstance(found, dict)
    return found


def read(case: Path) -> Result:
    told = source(case)
    return extract(
        (case / "page.html").read_bytes(), told["url"], fetched_at=datetime.fromisoformat(told["fetched_at"])
    )


def text_file(article: Article) -> str:
    kinds = json.dumps([paragraph.kind for paragraph in article.paragraphs])
    return render({"title": article.title, "published": article.published_iso, "kinds": kinds, "text": article.text})


@pytest.mark.parametrize("case", CASES, ids=[f"{case.parent.name}/{case.name}" for case in CASES])
def test_text(case: Path) -> None:
    """The text files of the page's articles, word for word."""
    result = read(case)
    text = BETWEEN.join(map(text_file, result.articles))
    if os.environ.get("NEWSKEEP_ACCEPT"):
        (case / "expected.txt").write_text(text, "utf-8", newline="\n")
    assert text == (case / "expected.txt").read_text("utf-8")
    assert result.extractor == f"site:{case.parent.name}"


@pytest.mark.parametrize("case", CASES, ids=[f"{case.parent.name}/{case.name}" for case in CASES])
def test_fields(case: Path) -> None:
    """What source.yaml says of the articles."""
    articles, wanted = [article.as_json() for article in read(case).articles], source(case)["articles"]
    assert len(articles) == len(wanted)
    for article, fields in zip(articles, wanted, strict=True):
        assert {key: article[key] for key in fields} == fields


def test_a_front_page_leads_to_its_posts() -> None:
    """Posts may be cut there, so a blog's front page gives addresses and no text."""
    assert read(HERE / "blogspot.com" / "front-page").links == (
        "https://tideandtimber.blogspot.com/2026/02/heron.html",
        "https://tideandtimber.blogspot.com/2026/01/yard.html",
    )


def test_every_rule_has_cases() -> None:
    """A rule without two pages that show what it reads is not finished; a case without a rule is lost."""
    cases = [case.parent.name for case in CASES]
    names = {rule.name for rule in installed().values()}
    assert set(cases) == names
    assert all(cases.count(name) >= 2 for name in names)


class _Source(yaml.SafeLoader):
    """YAML whose only values beside text are null, true and false."""


_Source.yaml_implicit_resolvers = {
    letter: [(tag, pattern) for tag, pattern in resolvers if tag.endswith((":null", ":bool"))]
    for letter, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
