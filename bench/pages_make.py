"""An archive of many articles as pages meet it: the one of `archive_make`, with what sites say of themselves."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from bench import archive_make, pages_beside
from bench.archive_frames import Frame, word
from bench.archive_make import EDIT, PAUSE, START
from storage.records import Article, Caption

LANGUAGES = ("en", "en", "en", "de", "fr", "es", "uk", "ru")  # one a host, by turns
SECTIONS = ("World", "Politics", "Economy", "Science", "Culture", "Sport")
TAGS, AUTHORS = range(100, 400), range(1000, 1600)  # ranks of the words that they are called by
UNDATED, DAY_ALONE = 17, 5  # every so many-th article


@dataclass(frozen=True, slots=True)
class Told(Frame):
    """A frame whose readings say when, by whom and of what they are. Which article it is stands in its title."""

    def reading(self, texts: Sequence[str]) -> Article:
        return replace(Frame.reading(self, texts), **_told(_number(texts[0])))


def make(folder: Path, frames: Sequence[Frame], articles: int) -> None:
    """archive.db and raw/ in a folder, in the years 2027 and 2028."""
    folder.mkdir(parents=True, exist_ok=True)
    told = [Told(each.parts, each.places, each.lengths, each.article, each.read) for each in frames]
    archive_make.make(folder, told, articles * EDIT[0] // (EDIT[0] - 1))
    pages_beside.add(folder)


def _number(title: str) -> int:
    return int("".join(str(ord(letter) - ord("a")) for letter in title.split(maxsplit=1)[0].lower()[1:]))


def _told(number: int) -> dict[str, Any]:
    dice = random.Random(number)
    at = (START + number * PAUSE - timedelta(minutes=dice.randrange(300))).replace(second=0, microsecond=0)
    names = [word(rank).capitalize() for rank in dice.sample(AUTHORS, 4)]
    about: dict[str, Any] = {
        "authors": tuple(" ".join(pair) for pair in (names[:2], names[2:])[: dice.randrange(3)]),
        "tags": tuple(word(rank) for rank in dice.sample(TAGS, dice.randrange(5))),
        "section": dice.choice(SECTIONS),
        "language": LANGUAGES[number % archive_make.HOSTS % len(LANGUAGES)],
        "captions": (Caption(text=f"{names[0]} at the {word(number % 500)}", credit=names[1]),),
    }
    if number % UNDATED == 0:
        return {**about, "published": None, "published_raw": None, "published_precision": None}
    if number % DAY_ALONE == 0:
        return {**about, "published": at.date(), "published_raw": f"{at:%d.%m.%Y}", "published_precision": "day"}
    return {**about, "published": at, "published_raw": at.isoformat(), "published_precision": "minute"}
