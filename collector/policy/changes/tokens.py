"""Text -> its words, in any script. Knows no language."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

# Scripts that part no words: each letter is taken for one, with the marks on it. Thai, Lao, Burmese, Khmer, kana, Han.
_UNPARTED = r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"


@dataclass(frozen=True, slots=True)
class Token:
    """A word, or one sign that is none. `text` is what is compared; `after`: the blanks that follow it."""

    text: str
    after: str


def tokens(text: str) -> list[Token]:
    """All of a text, in order; one with blanks before its first word begins with a token that has no text."""
    found = [Token(*each) for each in _pattern().findall(text)]
    blanks = text[: len(text) - len(text.lstrip())]
    return [Token("", blanks), *found] if blanks else found


def words(text: str) -> list[str]:
    """The words and numbers alone, in small letters."""
    found = "\n".join(word for word in _word().findall(text) if word[0].isalnum())
    return found.casefold().split("\n") if found else []


@cache
def _pattern() -> re.Pattern[str]:
    """A word, or one sign that is none; the blanks behind it."""
    return re.compile(rf"({_word().pattern}|\S)(\s*)")


@cache
def _word() -> re.Pattern[str]:
    """Marks on letters are parts of a word, which Python's `\\w` does not know (Unicode TR 29, Extend).

    A number keeps its points and a word its apostrophe: `1,300.5` and `l'eau` are one each.
    """
    marks = "".join(chr(code) for code in range(0x300, 0x3100) if unicodedata.category(chr(code)).startswith("M"))
    letters = rf"[^\W_{_UNPARTED}]+"
    joint = rf"[{marks}\u200c\u200d\u00ad]+|(?<=\d)[.,\u00a0\u202f](?=\d)|(?<=[^\W\d_])['’ʼ](?=[^\W\d_])"
    return re.compile(rf"{letters}(?:(?:{joint})(?:{letters})?)*|[{_UNPARTED}][{marks}]*")
