"""
What happened and how things stand, for Prometheus. The only door to its library; knows no archive and no network.

    metrics.hear(event)       counters, as things happen
    metrics.take(snapshot)    gauges, once in a while
    metrics.text()            what a scrape reads, from any thread; what the pulse says is asked at that moment

Labels come from fixed sets, but for the sources of config.yaml; no host is ever one.
"""

import time
from collections.abc import Callable, Iterable, Mapping
from http import HTTPStatus

from prometheus_client import (
    CONTENT_TYPE_PLAIN_0_0_4,
    CollectorRegistry,
    Counter,
    Histogram,
    PlatformCollector,
    ProcessCollector,
    disable_created_metrics,
    generate_latest,
)

from collector.daemon.gauges import Gauges
from collector.daemon.pulse import Pulse
from collector.daemon.snapshot import Snapshot
from collector.extract.walls.paywall import STUB
from collector.extract.walls.reasons import BROKEN, CONSENT, LEADS, LOGIN, LOST, PAYWALL, ROBOTS, SCRIPTED
from collector.pipeline.events import Event, Kind
from collector.pipeline.verdict import ANOTHER, SAME_TEXT, TOO_SHORT

OUTCOMES: Mapping[Kind, str] = {
    "article-new": "new",
    "article-edited": "edited",
    "article-unchanged": "unchanged",
    "looked": "unchanged",
    "worse": "worse",
    "wall": "wall",
    "empty": "empty",
    "gone": "gone",
    "entry-refused": "refused",
    "entry-failed": "failed",
    "broke": "broke",
}
POLLS: Mapping[Kind, str] = {"source-read": "read", "source-unchanged": "unchanged", "source-failed": "failed"}
VERSIONS: Mapping[Kind, str] = {"article-new": "published", "article-edited": "edited"}
WALLS = frozenset((CONSENT, ROBOTS, LOGIN, PAYWALL, STUB, LOST, BROKEN, SCRIPTED, LEADS, TOO_SHORT, SAME_TEXT, ANOTHER))
NO_ANSWER = {
    *("address", "connect", "dns", "encoding", "host-closed", "offline", "protocol", "redirects", "reset", "robots"),
    *("scheme", "timeout", "tls", "too-large", "truncated", "url"),
}
STATUSES = frozenset(str(status.value) for status in HTTPStatus)
SECONDS = (0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0)


class Metrics:
    """Ears for a pipeline: `metrics.hear` is a report. `steady`: the clock of the pulse, in seconds."""

    content_type = CONTENT_TYPE_PLAIN_0_0_4

    def __init__(self, pulse: Pulse, steady: Callable[[], float] = time.monotonic) -> None:
        # They are a second series beside each counter, that says since when it counts. The library left this untyped.
        disable_created_metrics()  # type: ignore[no-untyped-call]
        self._registry = CollectorRegistry()
        self._gauges = Gauges(pulse, steady)
        self._registry.register(self._gauges)
        ProcessCollector(registry=self._registry)
        PlatformCollector(registry=self._registry)
        self._entries = self._counter(
            "entries", "What became of addresses that were asked for.", "outcome", OUTCOMES.values()
        )
        self._polls = self._counter("polls", "Polls of sources.", "outcome", POLLS.values())
        self._versions = self._counter("versions", "Versions of articles that were filed.", "reason", VERSIONS.values())
        self._walls = self._counter("walls", "Captures that are no article.", "reason", sorted(WALLS))
        self._requests = self._counter("requests", "Requests: status of the answer, or why there was none.", "result")
        self._announced = self._counter("announced", "Addresses that sources announced for the first time.")
        self._gaps = self._counter("gaps", "Polls whose entries no longer overlapped the last one.")
        self._storage = self._counter("storage_failures", "Times that the archive could no longer be written.")
        self._bytes = self._counter("received_bytes", "Bytes of answers.")
        self._seconds = Histogram(
            "newskeep_request_seconds", "Seconds of a request.", registry=self._registry, buckets=SECONDS
        )

    def _counter(self, name: str, told: str, label: str | None = None, values: Iterable[str] = ()) -> Counter:
        """`values`: those of the label that are there from the start, at 0."""
        made = Counter(f"newskeep_{name}", told, [label] if label else [], registry=self._registry)
        for value in values:
            made.labels(value)
        return made

    def hear(self, event: Event) -> None:
        """Count it."""
        for counter, names in ((self._entries, OUTCOMES), (self._polls, POLLS), (self._versions, VERSIONS)):
            if event.kind in names:
                counter.labels(names[event.kind]).inc()
        match event.kind:
            case "source-read":
                self._announced.inc(event.count)
            case "asked":
                self._asked(event)
            case "wall":
                self._walls.labels(event.detail if event.detail in WALLS else "other").inc()
            case "gap":
                self._gaps.inc()
            case "storage-failed":
                self._storage.inc()

    def _asked(self, event: Event) -> None:
        self._requests.labels(_result(event.detail)).inc()
        self._bytes.inc(event.count)
        self._seconds.observe(event.seconds)

    def take(self, snapshot: Snapshot) -> None:
        """How things stand now, until the next one."""
        self._gauges.snapshot = snapshot

    def text(self) -> bytes:
        """All of it in Prometheus' text format."""
        return generate_latest(self._registry)


def _result(detail: str) -> str:
    """A label of a fixed set. A status that nobody registered is told by its class (RFC 9110, 15)."""
    said = detail.removeprefix("status-")
    if said in STATUSES or said in NO_ANSWER:
        return said
    return f"{said[0]}xx" if said.isascii() and said.isdigit() and len(said) == 3 else "other"
