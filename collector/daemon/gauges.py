"""How the daemon stands, as Prometheus' gauges: of the last snapshot, and of the pulse at the moment of asking."""

from collections.abc import Callable, Iterator

from prometheus_client.metrics_core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from collector.daemon.pulse import Pulse
from collector.daemon.snapshot import Snapshot
from collector.log import hidden
from storage.archive.queues import Lag

QUEUES = ("polls", "visits", "looks", "reads")


class Gauges(Collector):
    """Made anew at every scrape, so that no source lives on here after it left config.yaml."""

    def __init__(self, pulse: Pulse, steady: Callable[[], float]) -> None:
        self._pulse, self._steady = pulse, steady
        self.snapshot: Snapshot | None = None  # replaced whole, so that a reader in another thread needs no lock

    def collect(self) -> Iterator[Metric]:
        """All families."""
        yield from self._of_pulse()
        if (snapshot := self.snapshot) is not None:
            yield from _of_queues(snapshot)
            yield from _of_sources(snapshot.queues.sources)
            yield from _of_system(snapshot)

    def _of_pulse(self) -> Iterator[Metric]:
        pulse, steady = self._pulse, self._steady()
        since = pulse.waiting_since()
        yield _gauge("healthy", "1 while nothing is wrong with the daemon itself.", not pulse.wrong(steady))
        yield _gauge("tick_age_seconds", "Since the last tick.", steady - pulse.ticked)
        yield _gauge(
            "write_age_seconds", "Of the oldest write that waits.", steady - (steady if since is None else since)
        )
        yield _gauge("storage_trouble", "1 while the archive cannot be written.", bool(pulse.trouble()))
        yield _gauge("offline", "1 while nothing can be reached.", pulse.offline)
        yield _gauge("config_mistakes", "In a changed config.yaml that was refused.", len(pulse.mistakes))


def _of_queues(snapshot: Snapshot) -> Iterator[Metric]:
    due = _gauge("due", "Things that are due.", label="queue")
    age = _gauge("due_age_seconds", "Since when the first of them is.", label="queue")
    for name in QUEUES:
        queue = getattr(snapshot.queues, name)
        due.add_metric([name], queue.due)
        age.add_metric([name], queue.age)
    yield from (due, age)


def _of_sources(lags: tuple[Lag, ...]) -> Iterator[Metric]:
    """Two addresses that differ in a secret alone are one label: the worse of the two is told."""
    silent = _gauge("source_silent_seconds", "Since a source announced something new.", label="source")
    late = _gauge("source_late_seconds", "That the poll of a source is late.", label="source")
    worst: dict[str, tuple[float, float]] = {}
    for lag in lags:
        name = hidden(lag.url)
        before = worst.get(name, (0.0, 0.0))
        worst[name] = max(before[0], lag.silent), max(before[1], lag.late)
    for name, values in worst.items():
        silent.add_metric([name], values[0])
        late.add_metric([name], values[1])
    yield from (silent, late)


def _of_system(snapshot: Snapshot) -> Iterator[Metric]:
    yield _gauge("archive_bytes", "Of archive.db and its journal.", snapshot.archive_bytes)
    yield _gauge("raw_bytes", "Of the files in raw/.", snapshot.raw_bytes)
    if snapshot.free_bytes is not None:
        yield _gauge("free_bytes", "That the disk of the archive has left.", snapshot.free_bytes)
    yield _gauge("workers", "Worker processes.", snapshot.workers)
    yield _gauge("workers_resident_bytes", "Memory of the worker processes.", snapshot.workers_resident_bytes)
    yield _gauge("tasks", "Tasks of the event loop.", snapshot.tasks)
    told = "Workers that hung, crashed or outgrew their memory, and were replaced."
    yield CounterMetricFamily("newskeep_worker_failures", told, snapshot.worker_failures)


def _gauge(name: str, told: str, value: float | None = None, *, label: str | None = None) -> GaugeMetricFamily:
    return GaugeMetricFamily(f"newskeep_{name}", told, value, [label] if label else None)
