"""A newspaper of any number of articles, by formula: when each was published, where it stands, what it says.

Nothing is kept: article 12,345 is the same whenever it is asked for. Knows no network.
"""

import json
import random
from bisect import bisect_left
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from html import escape

from tests.web import VOCABULARY, WORDS

FIRST, LAST = date(2023, 1, 1), date(2025, 12, 31)  # of the three years
_MIX = 2_654_435_761  # Knuth's multiplicative hash: numbers in a row are scattered


def begin_of(day: date) -> datetime:
    """Midnight, UTC."""
    return datetime.combine(day, time(), UTC)


def scattered(number: int, salt: int = 0) -> float:
    """From 0 to 1, and unlike that of its neighbours."""
    return ((number + salt * 7919) * _MIX & 0xFFFFFFFF) / 2**32


@dataclass(frozen=True)
class Paper:
    """The articles 0 to `count` - 1 of a host, in the order of their publication: evenly over the days, with jitter.

    later: moments of those that were published while the web runs; their numbers go on from `count`.
    """

    host: str
    count: int
    first: date = FIRST
    last: date = LAST
    prefix: str = "story/"
    dated: bool = False  # do addresses tell the day?
    later: list[datetime] = field(default_factory=list, compare=False)

    def moment(self, number: int) -> datetime:
        """Of its publication."""
        if number >= self.count:
            return self.later[number - self.count]
        begin = begin_of(self.first)
        whole = begin_of(self.last) + timedelta(days=1) - begin
        seconds = whole.total_seconds() / self.count * (number + 0.98 * scattered(number))
        return begin + timedelta(seconds=int(seconds))

    def within(self, since: date, until: date) -> range:
        """The numbers of what was published on these days, both included."""
        ends = begin_of(until) + timedelta(days=1)
        numbers = range(self.count)
        return range(
            bisect_left(numbers, begin_of(since), key=self.moment), bisect_left(numbers, ends, key=self.moment)
        )

    def slug(self, number: int) -> str:
        words = len(WORDS)
        return f"{WORDS[number % words]}-{WORDS[number // words % words]}-{WORDS[number * 7 % words]}"

    def path(self, number: int) -> str:
        """The address without the host: no date stands in it, unless the paper is dated."""
        day = f"{self.moment(number):%Y/%m/%d}/" if self.dated else ""
        return f"/{day}{self.prefix}{number:05}-{self.slug(number)}"

    def url(self, number: int) -> str:
        return f"http://{self.host}{self.path(number)}"

    def number(self, path: str) -> int | None:
        """Of the article at this address; None when there is none."""
        digits = path.partition("?")[0].rpartition("/")[2].partition("-")[0]
        if not digits.isdecimal() or int(digits) >= self.count + len(self.later):
            return None
        return int(digits) if self.path(int(digits)) == path.partition("?")[0] else None

    def title(self, number: int) -> str:
        return f"{self.slug(number).replace('-', ' ').capitalize()}, report {number}"

    def page(self, number: int, *, dated: bool = True, canonical: str | None = None) -> str:
        """About 2.5 kB: its title, JSON-LD with its moment where `dated`, and three paragraphs of its own."""
        title, told = self.title(number), {"@context": "https://schema.org", "@type": "NewsArticle"}
        told["headline"] = title
        if dated:
            told["datePublished"] = self.moment(number).isoformat()
        text = "".join(f"<p>{each}</p>" for each in self.paragraphs(number))
        menu = "".join(f'<li><a href="/section/{each}">{each.title()}</a></li>' for each in WORDS[:6])
        return (
            f"<!doctype html><html lang=en><head><meta charset=utf-8><title>{title}</title>"
            f'<link rel=canonical href="{canonical or self.url(number)}">'
            f'<script type="application/ld+json">{json.dumps(told)}</script></head><body><nav><ul>{menu}</ul></nav>'
            f'<article><h1>{title}</h1><div class="text-content"><div class="text-block">{text}</div></div></article>'
            f"<footer>Imprint, privacy, all rights reserved</footer></body></html>"
        )

    def paragraphs(self, number: int) -> list[str]:
        """Three, of so many words that no two articles share their runs."""
        dice = random.Random(f"{self.host}/{number}")
        sentences = (" ".join(dice.choices(VOCABULARY, k=dice.randint(8, 16))).capitalize() for _ in range(9))
        return [". ".join([next(sentences), next(sentences), next(sentences)]) + "." for _ in range(3)]


def item(paper: Paper, number: int) -> str:
    """An item of RSS."""
    moment = paper.moment(number).strftime("%a, %d %b %Y %H:%M:%S +0000")
    url = paper.url(number)
    return (
        f"<item><title>{paper.title(number)}</title><link>{url}</link><guid>{url}</guid>"
        f"<pubDate>{moment}</pubDate></item>"
    )


def entry(paper: Paper, number: int) -> str:
    """An entry of Atom."""
    moment, url = paper.moment(number).isoformat(), paper.url(number)
    return (
        f"<entry><id>{url}</id><title>{paper.title(number)}</title><published>{moment}</published>"
        f'<updated>{moment}</updated><link rel="alternate" type="text/html" href="{url}"/></entry>'
    )


def front(paper: Paper, head: str = "", body: str = "") -> str:
    """A front page that names what `head` and `body` name, and its newest articles."""
    newest = reversed(range(max(paper.count - 8, 0), paper.count))
    cards = "".join(f'<li><a href="{escape(paper.path(n))}">{paper.title(n)}</a></li>' for n in newest)
    return (
        f"<!doctype html><html lang=en><head><meta charset=utf-8><title>{paper.host}</title>{head}</head>"
        f"<body>{body}<main><ul>{cards}</ul></main></body></html>"
    )
