"""Word differences: they rebuild both texts, and read as a person would mark them."""

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collector.policy.changes import worddiff
from collector.policy.changes.tokens import tokens, words
from collector.policy.changes.words import excerpt, marked, summary

TEXT = st.text(st.sampled_from("ab 1.,\n\u0301漢字ก\u0e31'’\u00a0-"), max_size=60)
PARAGRAPHS = st.lists(
    st.lists(st.sampled_from(["boat", "harbour", "tide", "ice"]), max_size=9).map(" ".join), max_size=6
)


@given(TEXT | PARAGRAPHS.map("\n\n".join), TEXT | PARAGRAPHS.map("\n\n".join))
def test_pieces_rebuild_both_texts(old: str, new: str) -> None:
    """Nothing is lost and nothing is made up, blanks and line ends included; equal texts are one piece."""
    pieces = worddiff(old, new)
    assert "".join(piece.text for piece in pieces if piece.kind != "added") == old
    assert "".join(piece.text for piece in pieces if piece.kind != "removed") == new
    assert all(piece.text for piece in pieces)
    assert all(one.kind != other.kind for one, other in pairwise(pieces))
    assert (old == new) == all(piece.kind == "same" for piece in pieces)


@given(TEXT)
def test_tokens_rebuild_the_text(text: str) -> None:
    """Every letter of a text is in one token."""
    assert "".join(token.text + token.after for token in tokens(text)) == text


@given(TEXT | st.text(max_size=60))
def test_words_are_tokens(text: str) -> None:
    """Those that begin with a letter or a digit, in small letters."""
    assert words(text) == [token.text.casefold() for token in tokens(text) if token.text[:1].isalnum()]


@pytest.mark.parametrize(
    ("old", "new", "wanted"),
    [
        ("Two boats sank.", "Three boats sank.", "[-Two-]{+Three+} boats sank."),
        ("Boats sank.", "Boats nearly sank.", "Boats {+nearly +}sank."),
        ("It cost 1,300 euros.", "It cost 1,350 euros.", "It cost [-1,300-]{+1,350+} euros."),
        ("It said on Monday evening.", "It said on Tuesday night.", "It said on [-Monday evening-]{+Tuesday night+}."),
        ("He cried at her dog.", "She barked at his hen.", "[-He cried at her dog-]{+She barked at his hen+}."),
        ("Dredging", "Dredging begins", "Dredging{+ begins+}"),
        ("One.\n\nTwo boats.\n\nThree.", "One.\n\nThree.", "One.\n\n[-Two boats.\n\n-]Three."),
        ("One.", "One.\n\nTwo.", "One.{+\n\nTwo.+}"),
        ("港湾工程开始了。", "港湾工程结束了。", "港湾工程[-开始-]{+结束+}了。"),
        ("เรือสองลำจม", "เรือสามลำจม", "เรือส[-อง-]{+าม+}ลำจม"),
        ("배 두 척이 가라앉았다.", "배 세 척이 가라앉았다.", "배 [-두-]{+세+} 척이 가라앉았다."),
        ("दो नावें डूब गईं।", "तीन नावें डूब गईं।", "[-दो-]{+तीन+} नावें डूब गईं।"),
    ],
)
def test_a_person_would_mark_it_so(old: str, new: str, wanted: str) -> None:
    """Whole words of any script; a paragraph with the one it became; no agreement by chance."""
    assert marked(worddiff(old, new)) == wanted


def test_words_of_any_script() -> None:
    """Marks, apostrophes and the points of numbers are within a word; signs are none."""
    assert words("L'eau: 1,300.5 km, العَرَبِيَّة، नमस्ते। 港湾") == ["l'eau", "1,300.5", "km", "العَرَبِيَّة", "नमस्ते", "港", "湾"]


def test_summary_is_short() -> None:
    """A few words around each change, long changes cut, on one line."""
    before = "The harbour " * 40
    told = summary(f"{before}closed.\n\n{'ice ' * 200}", f"{before}opened.\n\n{'tide ' * 200}")
    assert told.startswith("…The harbour The harbour [-closed-]{+opened+}. [-ice ice")
    assert len(told) < 600 and "\n" not in told
    assert summary("Boats.", "Boats.") == "" == marked(excerpt(worddiff("Boats.", "Boats.")))


def test_long_texts_take_a_moment() -> None:
    """7,000 words of which one in ten is another: 0.1 s; measured wide of that, as others may use the machine."""
    old = [f"w{n * n % 1999}" for n in range(7000)]
    new = [f"v{n}" if n % 10 == 0 else word for n, word in enumerate(old)]
    one, other = ("\n\n".join(" ".join(side[at : at + 70]) for at in range(0, 7000, 70)) for side in (old, new))
    began = time.perf_counter()
    worddiff(one, other)
    assert time.perf_counter() - began < 1
