"""The nouns keep their promises."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.records import Article, Paragraph

WORDS = st.text(st.sampled_from("ab \n\t\u00a0"), min_size=1).filter(str.strip)


@given(texts=st.lists(WORDS, min_size=1, max_size=4))
def test_text_can_be_cut_back(texts: list[str]) -> None:
    """Whatever stands in a paragraph, the text parted at blank lines gives the paragraphs."""
    article = Article(title="t", paragraphs=tuple(Paragraph(kind="pre", text=text) for text in texts))
    assert article.text.split("\n\n") == [paragraph.text for paragraph in article.paragraphs]
    assert "".join(article.text.split()) == "".join("".join(texts).split())


@pytest.mark.parametrize(
    ("text", "parts"),
    [("one", ["one"]), ("a\n\nb", ["a", "b"]), ("  a\n  b\n \n\n c\n", ["  a\n  b", " c"]), ("a\nb", ["a\nb"])],
)
def test_stanzas(text: str, parts: list[str]) -> None:
    """Pre-formatted text is parted at blank lines; its own line breaks and indents stay."""
    article = Article(title="t", paragraphs=(Paragraph(kind="pre", text=text),))
    assert [paragraph.text for paragraph in article.paragraphs] == parts
