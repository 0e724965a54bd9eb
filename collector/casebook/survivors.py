"""Do runs of a page's own words stand in what was made of it? Five words, or eight letters of Chinese or Japanese."""

import html
import re
from collections.abc import Iterable, Iterator

_TOKEN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]|(?:(?![\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff])\w)+")
_NAMES = re.compile(r' (?:class|id|name|property|data-[\w-]+)="[^"]*"')  # what machines call things
_ADDRESS = re.compile(r"\S*(?:://|www\.)\S*")  # a host stays
_WORDS, _LETTERS = 5, 8
_ENOUGH = 3  # words of letters without which a run is but a date or a score


def survivors(given: Iterable[str], standing: Iterable[str], made: str) -> tuple[str, ...]:
    """Runs of words of the texts `given` that stand in `made`, but those that are part of a `standing` phrase."""
    left = {
        run
        for run in _runs(html.unescape(html.unescape(_NAMES.sub("", made))))
        if _dense(run) or sum(map(_is_word, run)) >= _ENOUGH
    }
    left &= {run for text in given for run in _runs(html.unescape(html.unescape(_ADDRESS.sub("", text))))}
    allowed = {run for phrase in standing for run in _runs(phrase)}
    return tuple(sorted(" ".join(run) for run in left - allowed))


def _runs(text: str) -> Iterator[tuple[str, ...]]:
    words = _TOKEN.findall(text.casefold())
    for at in range(len(words) - _WORDS + 1):
        run = tuple(words[at : at + _WORDS])
        if not _dense(run):
            yield run
        elif len(longer := tuple(words[at : at + _LETTERS])) == _LETTERS:
            yield longer


def _dense(run: tuple[str, ...]) -> bool:
    return all(len(word) == 1 and ord(word) > 0x3000 for word in run)


def _is_word(word: str) -> bool:
    return word.isalpha() and len(word) > 1
