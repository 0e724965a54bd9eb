"""Two versions of an article side by side in one text."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape

from collector.policy.changes.words import marked, worddiff
from storage.datasette.differences import markup, shown
from storage.datasette.passages import passages
from tests.pages.conftest import Get

REMOVED, ADDED = '<del><span class="unseen">removed: </span>', '<ins><span class="unseen">added: </span>'


async def said(get: Get, address: str, status: int = 200) -> str:
    response = await get(address)
    assert response.status_code == status
    return " ".join(response.text.split())


async def test_words_and_labels(get: Get) -> None:
    """Every word that came or went, and for each version between who did it and what it was."""
    page = await said(get, "/-/article/1/compare?old=1&new=3")
    assert f"Dredging {REMOVED}begins</del>{ADDED}costs more</ins></h2>" in page
    assert f"cost {REMOVED}12</del>{ADDED}15</ins> million" in page
    assert f'<p dir="auto">{REMOVED}Fishermen welcomed' in page
    assert page.index("changed by the publisher") < page.index("changed by our reading")
    assert ">headline</span>" in page and ">figure</span>" in page


async def test_last_two(get: Get) -> None:
    """What is compared when nothing is asked for; one number alone is compared with the version before it."""
    page = await said(get, "/-/article/1/compare")
    assert "from version 2 to version 3" in page and "Fishermen" in page and "by the publisher" not in page
    assert "from version 1 to version 2" in await said(get, "/-/article/1/compare?new=2")
    assert '<option value="2" selected>' in page and '<option value="3" selected>' in page


async def test_backwards(get: Get) -> None:
    """As it is asked for."""
    page = await said(get, "/-/article/1/compare?old=2&new=1")
    assert "from version 2 to version 1" in page and f"{REMOVED}15</del>{ADDED}12</ins>" in page


async def test_nothing_to_compare(get: Get) -> None:
    """One version alone, and a version with itself."""
    assert "There is one version of “" in await said(get, "/-/article/2/compare")
    page = await said(get, "/-/article/1/compare?old=2&new=2")
    assert "Both are the same version" in page and "The words are the same." in page


@pytest.mark.parametrize(
    ("query", "status", "words"),
    [
        ("old=1&new=9", 404, "There is no version 9; the article&#39;s versions are 1, 2, 3."),
        ("old=0", 404, "There is no version 0"),
        ("old=a", 400, "“old” has to be a number"),
        ("new=-1", 400, "“new” has to be a number"),
    ],
)
async def test_versions_that_are_not_there(get: Get, query: str, status: int, words: str) -> None:
    """It says which there are."""
    assert words in await said(get, f"/-/article/1/compare?{query}", status)


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
