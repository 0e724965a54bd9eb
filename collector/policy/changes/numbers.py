"""The numbers in a few words: digits of any script, number words of the main languages."""

import re
import unicodedata
from collections import Counter

from collector.policy.changes.tokens import words

_NUMBER = re.compile(r"\d+(?:[.,'’\u00a0\u202f\u066b\u066c]\d+)*")
_THOUSANDS = re.compile(r"[.,'’\u00a0\u202f\u066c](?=\d{3}(?!\d))")  # 1,300 and 1.300, but not 1.5
_POINT = re.compile(r"[,\u066b]")
_SCALE = re.compile(  # beginnings of large numbers' words
    r"(?:mi|bi|tri)ll?(?:i[oaj]|ón|hã|hõ)|mil[jh]|mld|mrd|thousand|tausend|мил?ли[оа]|мільй|мільярд|тысяч|тисяч|مليون|مليار"
)
_SIGNS = frozenset("二三四五六七八九十百千万萬億亿兆两兩")  # 一 is in too many words that are no numbers

# From two on, for one is an article in many languages: two to twelve, and twenty.
_VALUES = (*map(str, range(2, 13)), "20")
_LINES = {
    "en": "two three four five six seven eight nine ten eleven twelve twenty",
    "de": "zwei drei vier fünf sechs sieben acht neun zehn elf zwölf zwanzig",
    "fr": "deux trois quatre cinq six sept huit neuf dix onze douze vingt",
    "es": "dos tres cuatro cinco seis siete ocho nueve diez once doce veinte",
    "pt": "dois três quatro cinco seis sete oito nove dez onze doze vinte",
    "it": "due tre quattro cinque sei sette otto nove dieci undici dodici venti",
    "nl": "twee drie vier vijf zes zeven acht negen tien elf twaalf twintig",
    "sv": "två tre fyra fem sex sju åtta nio tio elva tolv tjugo",
    "pl": "dwa trzy cztery pięć sześć siedem osiem dziewięć dziesięć jedenaście dwanaście dwadzieścia",
    "ru": "два три четыре пять шесть семь восемь девять десять одиннадцать двенадцать двадцать",
    "uk": "два три чотири п'ять шість сім вісім дев'ять десять одинадцять дванадцять двадцять",
    "tr": "iki üç dört beş altı yedi sekiz dokuz on onbir oniki yirmi",
    "hi": "दो तीन चार पांच छह सात आठ नौ दस ग्यारह बारह बीस",
}
_WORDS = {language: dict(zip(line.split(), _VALUES, strict=True)) for language, line in _LINES.items()}


def numbers(text: str, language: str | None) -> Counter[str]:
    """How often each number stands there: `1,300`, `1.300` and `1 300` are one, so are `two` and `2`.

    language: as `versions.language`, of the number words; English where it is not known.
    """
    named = _WORDS.get((language or "en").partition("-")[0].lower(), {})
    found: Counter[str] = Counter()
    for word in words(unicodedata.normalize("NFKC", text)):
        if word in named:
            found[named[word]] += 1
        elif word in _SIGNS:
            found[word] += 1
        elif scale := _SCALE.match(word):
            found[scale[0]] += 1
        else:
            found.update(_plain(each) for each in _NUMBER.findall(word))
    return found


def _plain(number: str) -> str:
    latin = "".join(str(unicodedata.decimal(each)) if each.isdecimal() else each for each in number)
    return _POINT.sub(".", _THOUSANDS.sub("", latin))
