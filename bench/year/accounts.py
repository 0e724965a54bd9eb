"""What the archive holds beside what there was: every story, edit, wall and gap of a simulated year, counted."""

import re
import statistics
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, fields
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from bench.year.drive import Year
from bench.year.hosts import Host, Spells
from bench.year.newsrooms import BEGIN, HOUR, Story
from collector.daemon.attention import attention
from storage.archive.base import moment

MARK = re.compile(r"Story (\d+) of (\S+), state (\d+)\.$")


@dataclass(slots=True)
class Figures:
    """Of one half of the world, or of both. Delays are in seconds, from the event to its place in the archive."""

    stories: int = 0  # that could be had: an hour in the feed while host and line were up
    missed: list[str] = field(default_factory=list)  # of these: not in the archive
    archived: int = 0
    requests: Counter[str] = field(default_factory=Counter)
    delays: list[float] = field(default_factory=list)
    edits: int = 0  # of archived stories, within 30 days
    edits_seen: list[float] = field(default_factory=list)  # their delays
    walls_filed: int = 0  # versions whose text is a wall's
    texts_lost: int = 0  # good texts that were told to us and are no version
    wrongly_current: int = 0  # articles whose current version is not the newest that was told
    losses: int = 0  # times that stories came and went between two documents
    gaps: int = 0  # of these: recorded
    false_gaps: int = 0
    offences: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    failing: list[str] = field(default_factory=list)  # as `status` names them on the last day
    silent: list[str] = field(default_factory=list)
    seconds: float = 0.0

    def __add__(self, other: "Figures") -> "Figures":
        """Both halves; the seconds of the slower one."""
        sums = {each.name: getattr(self, each.name) + getattr(other, each.name) for each in fields(self)}
        return Figures(**sums | {"seconds": max(self.seconds, other.seconds)})

    def delay(self, share: float) -> float:
        """The delay, in minutes, that this share of the stories did not exceed."""
        return quantile(self.delays, share) / 60

    @property
    def mean_delay(self) -> float:
        return statistics.fmean(self.delays) / 60


def quantile(values: Sequence[float], share: float) -> float:
    return sorted(values)[int(share * (len(values) - 1))]


def account(year: Year) -> Figures:
    """Hold the archive against the world."""
    filed = _versions(year)
    figures = Figures(requests=year.web.counts, offences=year.web.offences, seconds=year.seconds)
    figures.broken = [f"{each.url}: {each.detail}" for each in year.broken]
    line = Spells([year.web.line])
    for host in year.hosts:
        for story in host.newsroom.stories:
            _story(figures, host, story, filed.get((host.newsroom.host, story.number), {}), line, year.end)
    _versions_against_what_was_told(figures, year, filed)
    _gaps(figures, year)
    for each in attention(year.archive, BEGIN + timedelta(seconds=year.end)):
        if each.kind in ("source-failing", "source-silent"):
            (figures.failing if each.kind == "source-failing" else figures.silent).append(each.subject)
    return figures


Filed = dict[tuple[str, int], dict[int, float]]  # host and story -> state -> when it was filed first


def _versions(year: Year) -> Filed:
    filed: Filed = {}
    for version in _rows(year):
        if (mark := MARK.search(version["text"])) is not None:
            states = filed.setdefault((mark[2], int(mark[1])), {})
            states.setdefault(int(mark[3]), _at(version["created_at"]))
    return filed


def _rows(year: Year) -> Iterator[dict[str, Any]]:
    yield from year.archive.rows("SELECT text, created_at FROM versions ORDER BY id")


def _at(text: str) -> float:
    found = moment(text)
    assert found is not None
    return (found - BEGIN).total_seconds()


def _story(figures: Figures, host: Host, story: Story, filed: dict[int, float], line: Spells, end: float) -> None:
    begin = max(story.at, host.newsroom.opens)
    leaves = min(host.newsroom.leaves(story), end)
    if leaves - begin >= HOUR and host.unreadable.up(begin, leaves) >= HOUR:
        figures.stories += 1
        if not filed:
            figures.missed.append(f"http://{host.newsroom.host}/{story.number}: {begin:.0f} to {leaves:.0f}")
    if not filed:
        return
    figures.archived += 1
    first = min(filed.values())
    if story.at > host.newsroom.opens:
        figures.delays.append(first - story.at)
    for state, edited in enumerate(story.edits, 1):
        if first < edited < min(first + 30 * 24 * HOUR, end - 24 * HOUR):
            figures.edits += 1
            if state in filed:
                figures.edits_seen.append(filed[state] - edited)


def _versions_against_what_was_told(figures: Figures, year: Year, filed: Filed) -> None:
    """Nothing that was told is missing, nothing that is no story is there, and the newest stands first."""
    kept = {(host, number, state) for (host, number), states in filed.items() for state in states}
    figures.texts_lost = len(year.web.good - kept)
    newest: dict[tuple[str, int], int] = {}
    for host, number, state in year.web.good:
        newest[host, number] = max(state, newest.get((host, number), 0))
    current = year.archive.rows(
        "SELECT articles.url, text FROM articles LEFT JOIN versions ON versions.id = articles.version_id"
    )
    for row in current:
        mark, parts = MARK.search(row["text"] or ""), urlsplit(row["url"])
        told = newest.get((parts.netloc, int(parts.path[1:])))
        figures.wrongly_current += mark is None or (mark[2], int(mark[1]), int(mark[3])) != (
            parts.netloc,
            int(parts.path[1:]),
            told,
        )
    figures.walls_filed = sum(MARK.search(row["text"]) is None for row in _rows(year))


def _gaps(figures: Figures, year: Year) -> None:
    recorded = Counter(
        (row["url"], row["found_at"])
        for row in year.archive.rows("SELECT url, found_at FROM gaps JOIN sources ON sources.id = gaps.source_id")
    )
    found = {(url, _at(text)) for url, text in recorded}
    lost = {(url, at) for url, at, _ in year.web.losses}
    figures.losses, figures.gaps = len(lost), len(lost & found)
    figures.false_gaps = len(found - lost)
