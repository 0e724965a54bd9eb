"""
Words -> made-up words of the same length, script and case. Knows no page and no language.

A keyed hash of the word in small letters chooses one of a few thousand words of its shape. Many words share one, so
none can be read back; a word always gives the same, so what was equal stays equal.
"""

import hashlib
import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import lru_cache

_KEY = b"newskeep casebook"
_BUCKETS = 4093  # made-up words of one shape
# Scripts whose vowels are marks or that join words by more than letters: whatever stands between two spaces is one
# word there. Of Chinese and Japanese, which have no spaces, each letter is one. A capital begins a word: elements are
# often glued ("at noonPhoto: Wire").
_TOKEN = re.compile(
    r"&(?:amp;)*#?\w{1,10};|("  # an entity is no word
    r"[\u0590-\u109f\u1780-\u17ff\u200c\u200d]+|[\u2e80-\u303f\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]"
    r"|[^\W\d_](?:(?!(?<=[a-zß-ÿ])[A-Z]|[\u0590-\u109f\u1780-\u17ff\u2e80-\u30ff\u3400-\u9fff\uf900-\ufaff])[^\W\d_])*"
    r"|\d+)"
)
_LETTERS = {
    "LATIN": ("aeiou", "bdfgklmnprstvz"),
    "CYRILLIC": ("аеиоу", "бвгдзклмнпрст"),
    "GREEK": ("αειου", "βγδκλμνπρτ"),
}
_UNWRITTEN = "chjqwxyжйфхцчшщζθξσφχψ"  # consonants that are replaced, but replace none
_ALPHABETS = {
    "ARABIC": "ابتدرسعفكلمنهي",
    "HEBREW": "אבגדהלמנרשתי",
    "HANGUL": "가나다라마바사아자차고노도로모보소오조초구누두루무부수우주추기니디리미비시이지치",
    "HIRAGANA": "あいうかきくさしすたとなはまもら",
    "KATAKANA": "アイウカキクサシスタトナハマモラ",
    "CJK": "山水木火土金石田川海風雲雨雪花草鳥魚虫馬牛羊犬米竹糸貝車舟門戸弓刀衣皿玉角革音色青赤白黒黄東西南北春夏秋冬",
}


def named(line: str) -> frozenset[str]:
    """The names in a line, parted by blanks."""
    return frozenset(line.split())


def tokens(text: str) -> Iterator[tuple[int, int]]:
    """Where its words and numbers stand."""
    return (match.span() for match in _TOKEN.finditer(text) if match[1])


def reword(text: str, stays: Callable[[int, int], bool] = lambda start, end: False) -> str:
    """The text with every word and number made up, but those of which `stays` is true; as long as it was."""
    return _TOKEN.sub(lambda match: made_up(match[1]) if match[1] and not stays(*match.span()) else match[0], text)


@lru_cache(maxsize=100_000)
def made_up(word: str) -> str:
    """A word or number of the same shape: `Harbour` -> `Vonteir`, `1987` -> `4302`."""
    key = "".join(filter(str.isalnum, word)).lower()
    for salt in range(4):
        made = _spelt(word, _choices(key, salt))
        if made.lower() != word.lower():
            break
    return made


def _choices(key: str, salt: int) -> bytes:
    bucket = int.from_bytes(_digest(f"{salt} {key}")) % _BUCKETS
    return _digest(f"{bucket} {len(key)}")


def _digest(text: str) -> bytes:
    return hashlib.blake2b(text.encode("utf-8", "replace"), key=_KEY).digest()


def _spelt(word: str, choices: bytes) -> str:
    return "".join(_letter(letter, choices[at % len(choices)], at) for at, letter in enumerate(word))


def _letter(letter: str, choice: int, at: int) -> str:
    if letter.isdecimal():
        value = 1 + choice % 9 if at == 0 and int(letter) else choice % 10
        return chr(ord(letter) - int(letter) + value)
    small = letter.lower()
    among = _alike(small) if len(small) == 1 else letter
    made = among[choice % len(among)]
    return made.upper() if letter != small else made


@lru_cache(maxsize=10_000)
def _alike(letter: str) -> str:
    """The letters that may stand for it: vowels for a vowel, those of its script; itself for a sign or an accent."""
    script = unicodedata.name(letter, "").partition(" ")[0]
    category = unicodedata.category(letter)
    if script in _LETTERS:
        vowels, consonants = _LETTERS[script]
        return vowels if letter in vowels else consonants if letter in consonants + _UNWRITTEN else letter
    if script in _ALPHABETS and category == "Lo":
        return _ALPHABETS[script]
    if not letter.isalpha():
        return letter
    block = map(chr, range(ord(letter) & ~0x7F, (ord(letter) | 0x7F) + 1))
    return "".join(one for one in block if unicodedata.category(one) == category and _is_of(script, one)) or letter


def _is_of(script: str, letter: str) -> bool:
    return unicodedata.name(letter, "").startswith(f"{script} ")
