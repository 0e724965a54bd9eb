"""What a site of the past is to its server: answers, and the least number of requests that its way needs.

The least, for the articles `span` (numbers): the documents that hold one of them; those that alone tell that there is
no more of them on either side; and the documents that lead there, without which none of these is known. robots.txt
does not count. Where pages are numbered a client could guess right at once, so nothing between counts; where one
document names the next, all between count.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.past.papers import Paper


@dataclass(frozen=True)
class Ask:
    """One request, as the server read it. times: so often was this path asked for since the log began."""

    path: str
    query: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    times: int = 1


@dataclass(frozen=True)
class Answer:
    body: bytes = b""
    status: int = 200
    kind: str = "text/html; charset=utf-8"
    headers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Site:
    """A host. `documents`: what it answers besides robots.txt and its articles; None: nothing is there."""

    paper: Paper
    way: str
    documents: Callable[[Paper, Ask], Answer | None]
    least: Callable[[Paper, range], int]
    robots: str = "User-agent: *\nDisallow: /private/\n"


def html(text: str, status: int = 200) -> Answer:
    return Answer(text.encode(), status)


def xml(text: str, kind: str = "application/xml") -> Answer:
    return Answer(f'<?xml version="1.0" encoding="UTF-8"?>\n{text}'.encode(), kind=kind)


def in_json(value: Any, status: int = 200, *headers: str) -> Answer:
    return Answer(json.dumps(value).encode(), status, "application/json; charset=utf-8", headers)


def slices(count: int, size: int, page: int) -> range:
    """The numbers on a page, counted from 1, newest first: range(newest, oldest - 1, -1)."""
    newest = count - 1 - (page - 1) * size
    return range(newest, max(newest - size, -1), -1)


def page_of(count: int, size: int, number: int) -> int:
    """The page on which it stands, counted from 1."""
    return (count - 1 - number) // size + 1


def edges(paper: Paper, span: range) -> tuple[int, int]:
    """The newest and the oldest article that must have been seen: one more on either side, where there is one."""
    return min(span.stop, paper.count - 1), max(span.start - 1, 0)


def chained(paper: Paper, span: range, size: int) -> int:
    """Pages from the newest down to the one that tells that the span has begun."""
    return page_of(paper.count, size, edges(paper, span)[1])


def numbered(paper: Paper, span: range, size: int) -> int:
    """The first page, which tells that there are others, and those of the span."""
    newest, oldest = edges(paper, span)
    pages = range(page_of(paper.count, size, newest), page_of(paper.count, size, oldest) + 1)
    return len({1, *pages})
