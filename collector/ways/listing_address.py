"""Addresses of the pages of a listing -> those of its other pages: by number, by day, by month. Knows no page."""

import re
from calendar import monthrange
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from math import gcd
from typing import Literal
from urllib.parse import urlsplit

from collector.extract.listing_turns import DAY, MONTH

Unit = Literal["day", "month"]
_OFFSET = re.compile(r"(?:start|offset|skip|from|first|begin|row|pos|index|inicio|ofs)[=/]$", re.IGNORECASE)
_PAGE = re.compile(
    r"(?:[?&/](?:page|p|pg|paged?|pagina|página|seite|sivu|side|sida|strona|stranka|s)[=/]?|[/,_-])$", re.I
)
_TIME = re.compile(r"(?:19|20)\d\d-\d\d|\d{9}")
_MOST_STRIDE = 500  # entries on a page


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbering:
    """The address of page n, from 2 on: `head`, a number that begins with `second` and grows by `stride`, `tail`."""

    head: str
    tail: str
    second: int
    stride: int

    def dump(self) -> dict[str, str | int]:
        return asdict(self)

    def url(self, page: int) -> str:
        return f"{self.head}{self.second + (page - 2) * self.stride}{self.tail}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """The addresses of archives by day or month. `wide`: figures of a month below 10."""

    unit: Unit
    head: str
    between: str
    tail: str
    wide: int

    def url(self, day: date) -> str:
        parts = [str(day.year), *(f"{part:0{self.wide}}" for part in (day.month, day.day)[: 1 + (self.unit == "day")])]
        return f"{self.head}{self.between.join(parts)}{self.tail}"

    def days_of(self, url: str) -> tuple[date, date]:
        """The first and the last day of the piece at an address that `url` gave."""
        said = url[len(self.head) : len(url) - len(self.tail)]
        numbers = said.split(self.between) if self.between else [said[:4], said[4:6], said[6:]]
        year, month, *day = (int(number) for number in numbers if number)
        if day:
            return date(year, month, *day), date(year, month, *day)
        return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def numbering(following: str | None, pages: Sequence[str]) -> Numbering | None:
    """By the second page's address (`following`, else the first of `pages`) and the addresses of others.

    None where its number is no page's and no offset's: a day, an article's number, a time in seconds. Nor is it one
    where a time stands beside it, unless other pages have the same: the next page has another.
    """
    second = following or next(iter(pages), None)
    if second is None or DAY.search(second) or MONTH.search(second):
        return None
    begin = len(second) - len(urlsplit(second)._replace(scheme="", netloc="").geturl())
    able: list[tuple[int, Numbering | None]] = [
        (len(others), made)
        for found in reversed(list(re.finditer(r"(?<!\d)[1-9]\d{0,5}(?!\d)", second[begin:])))
        for head, tail in [(second[: begin + found.start()], second[begin + found.end() :])]
        for others in [_numbers(head, tail, pages)]
        if (made := _made(head, tail, int(found[0]), others)) is not None
    ]
    others, best = max(able, key=lambda one: one[0], default=(0, None))
    return None if _TIME.search(urlsplit(second).query) and others < 2 else best


def dated(unit: Unit, samples: Iterable[str]) -> Dated | None:
    """The form that most of these addresses have, of two at least; None where they have none in common."""
    pattern = DAY if unit == "day" else MONTH
    forms: Counter[tuple[str, str, str]] = Counter()
    wide: dict[tuple[str, str, str], int] = {}
    for sample in samples:
        if (said := pattern.search(sample)) is not None:
            form = sample[: said.start()], said[2] or "", sample[said.end() :]
            forms[form] += 1
            figures = [group for group in said.groups()[2:] if group]
            wide[form] = min(wide.get(form, 2), *(len(group) for group in figures))
    if not forms or (most := forms.most_common(1)[0])[1] < 2:
        return None
    (head, between, tail), _ = most
    return Dated(unit=unit, head=head, between=between, tail=tail, wide=wide[most[0]])


def _numbers(head: str, tail: str, pages: Iterable[str]) -> set[int]:
    pattern = re.compile(rf"{re.escape(head)}(\d{{1,6}}){re.escape(tail)}")
    return {int(said[1]) for page in pages if (said := pattern.fullmatch(page)) is not None}


def _made(head: str, tail: str, second: int, others: set[int]) -> Numbering | None:
    if second <= 2:
        sure = _PAGE.search(head) is not None or len(others - {second}) > 0
        return Numbering(head=head, tail=tail, second=second, stride=1) if sure else None
    step = gcd(*(other - second for other in others if other > second))
    stride = second if second % 5 == 0 or not step else second - 1
    if step:
        stride = next((one for one in (second, second - 1) if step % one == 0), 0)
    offset = _OFFSET.search(head) is not None or step == stride
    return (
        Numbering(head=head, tail=tail, second=second, stride=stride) if offset and 1 < stride <= _MOST_STRIDE else None
    )
