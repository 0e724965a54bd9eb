"""Which of two readings is the better one, and what a text is worth beside its site's others. By values alone."""

import hashlib
import json
import re
from collections.abc import Mapping
from typing import Any

from collector.extract import declared, walls

LEAST_KNOWN = 8  # articles of a host from which its usual length is told
_FEWEST = 60  # words of a text that can be said to have shrunk
_USUAL = 600  # characters: a site that writes less has no long articles
_PAID, _STRANGE = 0.15, 0.25  # of the usual length: below, a text behind a paywall, one of a strange title is none
_SIGN = r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]"  # of a script with words too short or too long to compare
_WORD = re.compile(rf"{_SIGN}|\w+")
_WRITTEN_SO = re.compile(_SIGN)


def same_story(title: str, text: str, other_title: str, other_text: str) -> bool:
    """Are these two readings of one article, perhaps edited? Half of the shorter one's word triples in the other."""
    return title.casefold().split() == other_title.casefold().split() or _alike(text, other_text)


def worse(old: Mapping[str, Any], new: Mapping[str, Any]) -> str | None:
    """Why a later reading must not replace the version that is known; None where it is an edit.

    Both: columns of `versions`. A title that turned into an error's or the site's own name, paragraphs all gone, or
    less than half the words of a text that had 60. Where another rule or memory read the old text, which may have had
    furniture in it, the words must be others, too.
    """
    if new["title"] != old["title"]:
        if walls.is_error(new["title"]) and not walls.is_error(old["title"]):
            return "its title is an error's"
        site = declared.bare(new["source"] or "")
        if site and declared.bare(new["title"]) == site != declared.bare(old["title"]):
            return "its title is the site's name"
    if not _has_paragraphs(new) and _has_paragraphs(old):
        return "no paragraph is left"
    words = len(_WORD.findall(old["text"]))
    if words < _FEWEST or len(_WORD.findall(new["text"])) >= words / 2:
        return None
    same_reader = all(old[name] == new[name] for name in ("rule_revision", "memory_revision"))
    return "a fraction of the text" if same_reader or not _alike(old["text"], new["text"]) else None


def far_below(length: int, usual: float | None, *, paid: bool, strange: bool) -> bool:
    """Is this text, in characters, no article by the usual length of its host's? Never by that alone.

    `usual`: the median; None while too few are known. `paid`: the page says that readers pay for the text; `strange`:
    it tells no date, and its title is not the one that was announced.
    """
    if usual is None or usual < _USUAL:
        return False
    return (paid and length < _PAID * usual) or (strange and length < _STRANGE * usual)


def stood_before(first: tuple[str, str], now: tuple[str, str], announced: str) -> bool:
    """Was the first reading of a page, title and text, no early form of the story that stands there now?

    The story has the title that was announced, the first reading had another one; they share no words to speak of, and
    the first was less than half as long.
    """
    return (
        agree(now[0], announced)
        and not agree(first[0], announced)
        and len(first[1]) < len(now[1]) / 2
        and not _alike(first[1], now[1])
    )


def agree(title: str, other: str) -> bool:
    """Do these two titles name one piece? Half the words of the shorter one are in the other, two at least.

    Other numbers in both are another piece: `Part 1`, `Part 2`.
    """
    if declared.bare(title) == declared.bare(other):
        return True
    one, two = _words(title), _words(other)
    numbers, others = ({word for word in words if word.isdecimal()} for words in (one, two))
    if numbers and others and numbers != others:
        return False
    return len(one & two) >= max(2, min(len(one), len(two)) / 2)


def fingerprint(text: str) -> str | None:
    """By which the same cleaned text is known again, whatever its spaces, signs and capitals; None for no text."""
    letters = declared.bare(text)
    return hashlib.sha256(letters.encode("utf-8", "replace")).hexdigest() if letters else None


def _has_paragraphs(version: Mapping[str, Any]) -> bool:
    return any(kind != "h" for kind in json.loads(version["kinds"]))


def _words(title: str) -> set[str]:
    """Words; of a script without blanks, each two signs that follow each other."""
    if _WRITTEN_SO.search(title):
        signs = declared.bare(title)
        return {signs[at : at + 2] for at in range(len(signs) - 1)}
    return set(re.findall(r"\w+", title.casefold()))


def _alike(text: str, other_text: str) -> bool:
    one, other = _triples(text), _triples(other_text)
    return bool(one and other) and len(one & other) >= min(len(one), len(other)) / 2


def _triples(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.casefold())
    return set(zip(words, words[1:], words[2:], strict=False))
