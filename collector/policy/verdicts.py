"""
What a new reading of the same bytes is worth beside the old one: better, worse, or different. By values alone.

    fields lost, gained       that held something, or hold something now; changed: that hold something else
    words lost, gained        of the text, wherever they stand: what only moved counts for nothing
    furniture lost, gained    words of paragraphs that went from, or came to, three articles of the site or more:
                              nobody writes the same paragraph thrice

Whatever is lost, or furniture that is gained, makes it worse; else whatever is gained, or furniture that went, better.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from collector.policy import quality

Kind = Literal["better", "worse", "different"]
FIELDS = ("authors", "published", "modified", "source", "section", "tags", "captions", "language", "lead", "image")
SHARED = 3  # articles of a site that lose or gain the same paragraph
SLACK = 2  # words: an end of a byline, a sign that is read otherwise
_NOTHING = (None, "", "[]")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Words are counted; `why` is said where there is one reason above all."""

    kind: Kind
    fields_lost: tuple[str, ...] = ()
    fields_gained: tuple[str, ...] = ()
    fields_changed: tuple[str, ...] = ()
    words_lost: int = 0
    words_gained: int = 0
    furniture_lost: int = 0
    furniture_gained: int = 0
    why: str = ""


@dataclass(frozen=True, slots=True)
class Moved:
    """Paragraphs that went and came between two readings of one article."""

    went: tuple[str, ...]
    came: tuple[str, ...]

    @classmethod
    def between(cls, old: str, new: str) -> "Moved":
        """Of two texts, whose paragraphs are apart by blank lines; in the order in which they stand."""
        before, after = ({digest(each): each for each in text.split("\n\n") if each} for text in (old, new))
        return cls(
            tuple(text for key, text in before.items() if key not in after),
            tuple(text for key, text in after.items() if key not in before),
        )


def digest(paragraph: str) -> bytes:
    """By which a paragraph is known again, whatever its blanks."""
    return hashlib.blake2b(" ".join(paragraph.split()).encode("utf-8", "replace"), digest_size=8).digest()


def shared(digests: Iterable[bytes]) -> frozenset[bytes]:
    """Of the paragraphs that went from, or came to, the articles of a site, each once an article: the furniture."""
    return frozenset(each for each, articles in Counter(digests).items() if articles >= SHARED)


def verdict(
    old: Mapping[str, Any], new: Mapping[str, Any] | None, furniture: frozenset[bytes], reason: str = ""
) -> Verdict:
    """old, new: columns of `versions`. new: None where nothing was read, for this reason."""
    if new is None:
        return Verdict(kind="worse", words_lost=len(_WORD.findall(old["text"])), why=f"nothing is read: {reason}")
    moved = Moved.between(old["text"], new["text"])
    lost, gained = _own_words(moved.went, furniture), _own_words(moved.came, furniture)
    every_lost, every_gained = _own_words(moved.went), _own_words(moved.came)
    found = Verdict(
        kind="different",
        fields_lost=tuple(name for name in FIELDS if _says(old[name]) and not _says(new[name])),
        fields_gained=tuple(name for name in FIELDS if _says(new[name]) and not _says(old[name])),
        fields_changed=tuple(
            name for name in ("title", *FIELDS) if _says(old[name]) and _says(new[name]) and old[name] != new[name]
        ),
        words_lost=(lost - gained).total(),
        words_gained=(gained - lost).total(),
        furniture_lost=every_lost.total() - lost.total(),
        furniture_gained=every_gained.total() - gained.total(),
        why=quality.worse(old, new) or "",
    )
    return _weighed(found)


def _weighed(found: Verdict) -> Verdict:
    kind: Kind = "different"
    if found.why or found.fields_lost or found.furniture_gained or found.words_lost > SLACK:
        kind = "worse"
    elif found.fields_gained or found.furniture_lost or found.words_gained > SLACK:
        kind = "better"
    values = {name: getattr(found, name) for name in found.__slots__} | {"kind": kind}
    return Verdict(**values)


def _own_words(paragraphs: Iterable[str], furniture: frozenset[bytes] = frozenset()) -> Counter[str]:
    return Counter(
        word.casefold() for text in paragraphs if digest(text) not in furniture for word in _WORD.findall(text)
    )


def _says(value: Any) -> bool:
    return value not in _NOTHING
