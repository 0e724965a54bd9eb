"""Sources -> entries: get a source, keep its document, read it in a worker, put what is new on the to-do list."""

import hashlib
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial

from collector import policy, urls
from collector.config import Config
from collector.errors import FetchError, HostClosed, Offline, SourceError, WorkerError
from collector.filing import addressed
from collector.pipeline.contain import contained
from collector.pipeline.edges import Edges
from collector.pipeline.events import Event
from collector.pipeline.lanes import Lanes
from collector.pipeline.read import Reader
from collector.pipeline.visit import Visitor, conditions
from storage.archive import Archive
from storage.archive.articles import Filed
from storage.archive.due import Todo
from storage.archive.entries import Announced
from storage.archive.sources import Polled, Watched
from storage.records import Announcement, Capture, Request, to_json

HOUR = timedelta(hours=1)
PACE_AGAIN = HOUR
OLD_PART = 86_400.0  # seconds between two polls at most
Learnt = dict[str, object]  # columns of `sources`


@dataclass(frozen=True, slots=True)
class _Stored:
    """What one document added."""

    announced: Announced
    todo: list[Todo]
    parts: list[Watched]
    filed: list[Filed]


class Poller:
    """Asks sources for news."""

    def __init__(
        self, archive: Archive, config: Config, edges: Edges, reader: Reader, visitor: Visitor, lanes: Lanes
    ) -> None:
        self._archive, self._edges, self._config = archive, edges, config
        self._pace, self._pace_until = 0.0, datetime.max.replace(tzinfo=UTC)
        self._reader, self._visitor, self._lanes = reader, visitor, lanes

    def add(self, source: Watched) -> None:
        """Poll this source when it is its host's turn; one that waits for it already is not added twice."""
        broke = partial(self._broke, source)
        job = partial(contained, partial(self._poll, source), broke, source.url, self._edges.report)
        if self._lanes.add(urls.host_of(source.url), ("source", source.id), job, first=True):
            self._edges.report(Event("to-poll", source.url))

    async def _poll(self, source: Watched) -> None:
        try:
            request = Request(url=source.url, headers=conditions(source.etag, source.last_modified))
            await self._take(source, await self._edges.get(request))
        except Offline as error:
            await self._put_off(source, error)
        except (FetchError, SourceError, WorkerError) as error:
            await self._failed(source, error)

    async def _put_off(self, source: Watched, error: Offline) -> None:
        """Our own line is down: nothing is counted against the source."""
        due = self._edges.now() + policy.OFFLINE_AGAIN
        await self._edges.write(self._archive.put_off_source, source.id, due)
        self._edges.report(Event("put-off", source.url, str(error)))

    async def _failed(self, source: Watched, error: FetchError | SourceError | WorkerError) -> None:
        weight, passing = _weighed(error)
        until = error.until if isinstance(error, HostClosed) else self._edges.now()
        await self._fail(source, str(error), weight, passing=passing, until=until)

    async def _broke(self, source: Watched, error: str) -> None:
        weight = policy.weight("unreadable", answered=True)
        await self._fail(source, error, weight, passing=False, until=self._edges.now())

    async def _fail(self, source: Watched, error: str, weight: float, *, passing: bool, until: datetime) -> None:
        now, interval = self._edges.now(), source.every or source.interval or policy.FIRST_INTERVAL
        failures, wishes = source.failures + weight, _known_wishes(source)
        due = policy.next_poll_after_failure(now, interval, failures, wishes, passing=passing)
        due = max(due, until)
        failed = partial(self._archive.set_source_failed, source.id, error, now=now, next_poll=due, weight=weight)
        await self._edges.write(failed)
        self._edges.report(Event("source-failed", source.url, error))

    async def _take(self, source: Watched, capture: Capture) -> None:
        """Read one answer. Raises SourceError, WorkerError, and FetchError for a bad status."""
        if capture.status == 304:
            return await self._unchanged(source, capture, {})
        if policy.trouble_of_status(capture.status):
            raise FetchError(source.url, "status", f"answered {capture.status}", passing=False, status=capture.status)
        learnt: Learnt = {
            "etag": capture.header("etag"),
            "last_modified": capture.header("last-modified"),
            "body_sha256": hashlib.sha256(capture.body).hexdigest(),
        }
        if learnt["body_sha256"] == source.body_sha256:
            return await self._unchanged(source, capture, learnt)
        capture_id = await self._reader.keep(capture, "poll", source_id=source.id, kind="source")
        return await self._announce(source, capture, capture_id, await self._parse(source, capture), learnt)

    async def _unchanged(self, source: Watched, capture: Capture, learnt: Learnt) -> None:
        polled = Polled(unchanged=True, size=len(capture.body))
        wishes, now = _known_wishes(source), self._edges.now()
        await self._edges.write(self._read, source, capture, learnt, polled, wishes, now)
        self._edges.report(Event("source-unchanged", source.url))

    async def _parse(self, source: Watched, capture: Capture) -> Announcement:
        said: Announcement = await self._edges.work(
            *("parse", capture.body, capture.final_url),
            content_type=capture.content_type,
            kind=source.kind,
            fetched_at=capture.fetched_at,
            status=capture.status,
            **self._reader.told(capture.final_url),
        )
        return said

    async def _announce(
        self, source: Watched, capture: Capture, capture_id: int, said: Announcement, learnt: Learnt
    ) -> None:
        """Keep what a document announced, and that it was read, in one transaction."""
        stored: _Stored = await self._edges.write(self._store, source, capture, capture_id, said, learnt)
        await self._reader.taken.forget()
        for part in stored.parts:
            self.add(part)
        for todo in stored.todo:
            self._visitor.add(todo)
        self._edges.report(Event("source-read", source.url, count=len(stored.todo)))
        if (since := stored.announced.gap_after) is not None:
            self._edges.report(Event("gap", source.url, f"nothing of what it held at {since:%Y-%m-%d %H:%M} is left"))
        self._reader.filer.report(stored.filed)

    def _store(self, source: Watched, capture: Capture, capture_id: int, said: Announcement, learnt: Learnt) -> _Stored:
        now = self._edges.now()  # one for all: by it the next poll knows what this document held
        with self._archive.transaction():
            self._archive.set_capture_charset(capture_id, said.charset)
            entries = addressed(said, capture.final_url)
            found = self._archive.add_entries(source.id, entries, now, capture_id)
            parts = self._archive.add_parts(source.id, said.parts, now)
            if found.taken:
                self._reader.taken.mark(capture_id)
            left = said.result and self._reader.taken.left(said.result, capture, capture_id)
            filed = self._reader.filer.file(left, capture, capture_id, None) if left else []
            polled = Polled(
                entries=found.entries, new=len(found.new), size=len(capture.body), gap_after=found.gap_after
            )
            self._read(source, capture, learnt | _said(said), polled, _wishes(said), now)
            return _Stored(found, self._archive.entries_by_id(found.new), self._archive.sources_by_id(parts), filed)

    def _read(
        self,
        source: Watched,
        capture: Capture,
        learnt: Learnt,
        polled: Polled,
        wishes: policy.Wishes,
        now: datetime,
    ) -> None:
        """A poll went well: what it learnt is kept, and when the next one is due."""
        found = policy.rhythm(
            source.rate,
            new=polled.new,
            hours=(now - source.last_ok) / HOUR if source.last_ok else None,
            every=source.every,
            bounds=self._bounds(source),
            pace=self._pace_at(now),
        )
        if source.every is None:
            wishes = wishes._replace(fresh=_fresh(capture))
        due = policy.next_poll(now, found.interval, wishes, dice=self._edges.dice())
        learnt = learnt | {"rate": found.rate, "interval": found.interval}
        self._archive.set_source_read(source.id, learnt, now=now, next_poll=due, polled=polled)
        self._archive.fill_gaps(source.id, now)

    def _bounds(self, source: Watched) -> tuple[float, float]:
        """A part of a sitemap index that stands still is one of long ago."""
        least, most = self._config.poll_between
        return (least, most) if source.parent_id is None else (least, max(most, OLD_PART))

    def _pace_at(self, now: datetime) -> float:
        """That of all sources together; it moves slowly."""
        if not self._pace_until - PACE_AGAIN <= now < self._pace_until:
            rates = self._archive.rates()
            self._pace = policy.pace(rates, self._config.poll_every, self._config.poll_between)
            self._pace_until = now + PACE_AGAIN
        return self._pace


def _said(said: Announcement) -> Learnt:
    """What a document says of its source."""
    return {
        "kind": said.kind,
        "title": said.title,
        "ttl": said.ttl and said.ttl * 60,
        "skip_hours": to_json(said.skip_hours),
        "skip_days": to_json(said.skip_days),
    }


def _wishes(said: Announcement) -> policy.Wishes:
    return policy.Wishes((said.ttl or 0) * 60, 0, said.skip_hours, said.skip_days)


def _known_wishes(source: Watched) -> policy.Wishes:
    return policy.Wishes(source.ttl or 0, 0, source.skip_hours, source.skip_days)


def _fresh(capture: Capture) -> float:
    """Seconds for which the server says that its answer stays as it is (RFC 9111, 5.2.2.1)."""
    found = re.search(r"\bmax-age=(\d{1,9})", capture.header("cache-control") or "")
    return float(found[1]) if found else 0.0


def _weighed(error: FetchError | SourceError | WorkerError) -> tuple[float, bool]:
    """How much a failure weighs, and whether it may pass by itself."""
    if not isinstance(error, FetchError):
        return policy.weight("unreadable", answered=True), False
    if error.passing:
        return policy.weight("passing", answered=error.status is not None), True
    return policy.weight(policy.trouble_of_status(error.status or 403) or "denied", answered=True), False
