"""Do the words of a text stand in another document, however it is marked up? Knows no archive.

A run of words is telling: so many in the same order are no chance.
"""

import html
import re
from collections.abc import Iterable, Iterator

RUN = 10  # words in the same order; signs, in a script that has no blanks
WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|\w+")
CDATA = re.compile(r"<!\[CDATA\[|\]\]>")
TAG = re.compile(r"<[^<>]*>")
ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})|\\[nrtbf/\"]")  # of JSON; RFC 8259, 7


class Words:
    """The runs of some texts. A text that is shorter than one run is a run by itself."""

    def __init__(self, texts: Iterable[str]) -> None:
        listed = [_words(text) for text in texts]
        self._runs = {run for words in listed for run in _runs(words, RUN)}
        self._short = {tuple(words) for words in listed if RUN > len(words) >= RUN // 2}

    def in_(self, document: str) -> bool:
        """Is one of them in a feed, a page, a JSON file?"""
        words = _words(document)
        if any(run in self._runs for run in _runs(words, RUN)):
            return True
        return any(run in self._short for size in {len(run) for run in self._short} for run in _runs(words, size))


def plain(document: str) -> str:
    """Its words without markup: what a feed escapes, once or twice, is unescaped."""
    text = ESCAPE.sub(lambda found: chr(int(found[1], 16)) if found[1] else " ", CDATA.sub(" ", document))
    for _ in range(2):
        text = TAG.sub(" ", html.unescape(text))
    return text


def _words(text: str) -> list[str]:
    return WORD.findall(plain(text).casefold())


def _runs(words: list[str], size: int) -> Iterator[tuple[str, ...]]:
    return zip(*(words[at:] for at in range(size)), strict=False)
