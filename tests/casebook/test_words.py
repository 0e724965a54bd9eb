"""Made-up words have the shape of those they stand for, and do not give them away."""

import unicodedata
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collector.casebook.words import made_up, reword, tokens

# Our own sentences, in scripts with and without capitals, blanks, vowels.
SENTENCES = [
    "The old lighthouse keeper mended 14 lanterns, didn't he?",
    "Der Bürgermeister läßt die Straße fegen.",
    "Рыбаки чинят сети у самого моря.",
    "Οι βάρκες γυρίζουν στο λιμάνι.",
    "عاد الصيادون إلى الميناء، مساءً",
    "הדייגים חזרו לנמל בערב",
    "मछुआरे शाम को लौट आए।",
    "ชาวประมงกลับมาที่ท่าเรือ",
    "漁師たちは夕方に港へ戻った。",
    "어부들은 저녁에 항구로 돌아왔다.",
    "მეთევზეები ნავსადგურში დაბრუნდნენ",
    "Ngư dân trở về bến cảng",
]


def shape(text: str) -> list[tuple[str, bool]]:
    """Of each letter its kind, and whether it is a capital; other signs as they are."""
    return [
        (unicodedata.name(one, "?").partition(" ")[0], one.isupper()) if one.isalnum() else (one, False) for one in text
    ]


@pytest.mark.parametrize("text", SENTENCES)
def test_the_shape_stays(text: str) -> None:
    """Length, script and capitals of every word, and all that is no word; nothing is the same word."""
    made = reword(text)
    assert shape(made) == shape(text)
    assert shape(reword(made)) == shape(text)
    assert made == reword(text)
    kept = [text[slice(*span)] for span in tokens(text) if made[slice(*span)] == text[slice(*span)]]
    assert not [word for word in kept if len(word) > 1]


@given(st.text(max_size=200))
def test_any_text(text: str) -> None:
    """Whatever stands in a page: as long as it was, the same every time, and only letters and figures change."""
    made = reword(text)
    assert len(made) == len(text)
    assert made == reword(text)
    assert all(one == other for one, other in zip(text, made, strict=True) if not one.isalnum())


@given(st.text("abcdefghijklmnopqrstuvwxyz", min_size=4, max_size=20))
def test_no_word_stands_for_itself(word: str) -> None:
    """Neither small nor capital, nor at the beginning of a sentence; and the three stand for the same."""
    made = made_up(word)
    assert made != word
    assert made_up(word.upper()) == made.upper()
    assert made_up(word.capitalize()) == made.capitalize()


def test_many_words_share_one() -> None:
    """So that none can be read back: there are far fewer made-up words of a shape than words."""
    words = {"".join(letters) for letters in product("bdfgklmn", "aeiou", "prstv", "aeiou", "ndlr")}
    assert len(words) == 4000
    assert len({made_up(word) for word in words}) < 3000


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("K&uuml;hl &amp; &amp;uuml; &#39;", "&uuml;"),
        ("K&uuml;hl &amp; &amp;uuml; &#39;", "&amp;uuml; &#39;"),
        ("at noonPhoto: x", ": "),
    ],
)
def test_entities_are_no_words(text: str, expected: str) -> None:
    """In texts that were escaped once too often."""
    assert expected in reword(text)


def test_glued_words_are_two() -> None:
    """Elements without a blank between them: what stands for the second does not depend on the first."""
    assert reword("noonPhoto") == made_up("noon") + made_up("Photo")
