"""Stands in for the workers: reads the feeds and pages of the simulated web, which have a form of their own."""

import json
from datetime import timedelta
from functools import lru_cache
from typing import Any
from urllib.parse import urljoin

from bench.year.newsrooms import BEGIN
from collector.extract.memory import NOTHING
from collector.policy.changes.attribution import Label
from storage.records import Announcement, Article, Entry, Moment, Paragraph, Result


async def work(job: str, *arguments: Any, **_: Any) -> Any:
    """`parse`, `extract`, `learn` and `explain`, as `collector.jobs` has them; every edit is a publisher's."""
    if job == "learn":
        return NOTHING.revision, NOTHING.to_json()
    if job == "explain":
        return Label("publisher")
    return {"parse": _announcement, "extract": _result}[job](*arguments[:2])


def _announcement(body: bytes, url: str) -> Announcement:
    said = json.loads(body)
    return Announcement(
        kind="feed",
        title=url,
        entries=tuple(_entry(url, *story) for story in said["stories"]),
        ttl=int(said["ttl"]) or None,
        skip_hours=tuple(said["skip_hours"]),
    )


@lru_cache(maxsize=4096)
def _entry(feed: str, number: int, title: str, published: float, updated: float) -> Entry:
    return Entry(
        url=urljoin(feed, f"/{number}"),
        title=title,
        published=_moment(published),
        updated=_moment(updated),
    )


def _moment(at: float) -> Moment:
    value = (BEGIN + timedelta(seconds=at)).replace(microsecond=0)
    return Moment(value=value, raw=value.isoformat(), precision="second")


def _result(body: bytes, _: str) -> Result:
    """A page of the first kind of wall says that it is one; of the second kind it looks like a story."""
    kind, title, *paragraphs = body.decode().split("\n\n")
    if kind == "wall: consent":
        return Result(kind="wall", reason="a consent page")
    return Result(
        articles=(Article(title=title, paragraphs=tuple(Paragraph(kind="p", text=each) for each in paragraphs)),)
    )
