"""The text of a version as blocks of a page; what may stand in attributes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.datasette.prose import Block, blocks, language, web
from storage.records import to_json


@given(st.lists(st.tuples(st.sampled_from(["p", "h", "li", "quote", "tr", "pre"]), st.text("ab |\n", min_size=1))))
def test_no_paragraph_is_lost(paragraphs: list[tuple[str, str]]) -> None:
    """Blocks hold all paragraphs in their order, each as it is."""
    paragraphs = [(kind, text) for kind, text in paragraphs if text.strip("\n") == text and "\n\n" not in text]
    found = blocks("\n\n".join(text for _, text in paragraphs), to_json([kind for kind, _ in paragraphs]))
    assert [(block.kind, text) for block in found for text in block.texts] == paragraphs


def test_rows() -> None:
    """A row of a table is cut where extraction joined it."""
    assert Block("tr", ["a | b", "c"]).rows == [["a", "b"], ["c"]]


@pytest.mark.parametrize(
    ("given", "kept"), [("en", "en"), ("sr-Latn-RS", "sr-Latn-RS"), ('"><script>', None), ("", None)]
)
def test_language(given: str, kept: str | None) -> None:
    """What can be no language is not told as one."""
    assert language(given) == kept


@pytest.mark.parametrize(
    "given", ["javascript:alert(1)", "data:text/html,x", "//e.org/", " https://e.org", "ftp://e.org/", None, ""]
)
def test_links_lead_to_pages_alone(given: str | None) -> None:
    """Only http and https."""
    assert web(given) is None and web("HTTPS://e.org/") == "HTTPS://e.org/"
