"""Word differences as markup, paragraph by paragraph."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape

from collector.policy.changes.words import marked, worddiff
from storage.datasette.differences import markup, shown
from storage.datasette.passages import passages

REMOVED, ADDED = '<del><span class="unseen">removed: </span>', '<ins><span class="unseen">added: </span>'


WORDS = st.text("ab <&-+]}[{\n", max_size=30)


@given(WORDS, WORDS)
def test_nothing_is_markup(old: str, new: str) -> None:
    """Whatever stands in a text, tags are ours alone, and both texts can be read from it."""
    pieces = worddiff(old, new)
    text = str(shown(pieces))
    for tag, word in (("del", "removed"), ("ins", "added")):
        text = text.replace(f'<{tag}><span class="unseen">{word}: </span>', "").replace(f"</{tag}>", "")
    assert text == escape("".join(piece.text for piece in pieces))


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("a [-b-]{+c+} d", f"a {REMOVED}b</del>{ADDED}c</ins> d"),
        ("[-<b>-]", f"{REMOVED}&lt;b&gt;</del>"),
        ("{+a\nb+}", f"{ADDED}a\nb</ins>"),
        ("[-no end {+ either", "[-no end {+ either"),
        ("", ""),
    ],
)
def test_marks(text: str, html: str) -> None:
    """What wdiff marks is shown so; a mark that is not closed is text."""
    assert markup(text) == html


@given(st.lists(st.sampled_from(["One boat came.", "Two went.", "Ice."]), min_size=1, max_size=3).map("\n\n".join))
def test_marks_are_those_of_diff(text: str) -> None:
    """`newskeep diff` and the page show the same pieces."""
    pieces = worddiff("One boat came.\n\nIce.", text)
    assert markup(marked(pieces)) == shown(pieces)


LONG = [f"Paragraph {number} says nothing new." for number in range(9)]


def test_long_unchanged_runs_are_folded() -> None:
    """A paragraph before and behind a change stays in sight; nothing is left out."""
    new = [*LONG[:4], "Another one.", *LONG[5:]]
    found = passages(worddiff("\n\n".join(LONG), "\n\n".join(new)))
    assert [(len(each.paragraphs), each.folded) for each in found] == [(3, True), (4, False), (3, True)]
    assert "Another" in "".join(found[1].paragraphs)


@given(*[st.lists(st.sampled_from(["a", "b", " ", "c\nd", "e e"]), max_size=6).map("\n\n".join)] * 2)
def test_no_word_is_lost(old: str, new: str) -> None:
    """Passages without what came are the old text, without what went the new one, but for blanks."""
    html = "".join(text for each in passages(worddiff(old, new)) for text in each.paragraphs)
    assert [_letters(html, without="ins"), _letters(html, without="del")] == [_letters(old), _letters(new)]


def _letters(html: str, without: str = "ins") -> str:
    left = re.sub(rf"<{without}>.*?</{without}>|<span.*?</span>|</?(?:ins|del)>|¶", "", html, flags=re.DOTALL)
    return "".join(left.split())
