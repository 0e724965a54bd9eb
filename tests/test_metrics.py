"""What Prometheus reads: names, labels, what each event adds, what a snapshot and the pulse say."""

import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from prometheus_client.parser import text_string_to_metric_families

from collector.daemon.metrics import Metrics
from collector.daemon.pulse import Pulse
from collector.daemon.snapshot import Snapshot, snapshot
from collector.pipeline.events import Event, Kind
from collector.pipeline.verdict import SAME_TEXT
from storage.archive.queues import Lag, Queue, Queues

QUEUES = Queues(polls=Queue(due=2, age=5), visits=Queue(due=3, age=6), looks=Queue(), reads=Queue(due=1, age=0.5))
TAKEN = Snapshot(queues=QUEUES, archive_bytes=10, raw_bytes=20, free_bytes=30, workers=2, worker_failures=4, tasks=9)

Said = dict[str, float]


@dataclass
class Writer:
    waiting_since: float | None


@dataclass
class Patient:
    since: float | None
    error: str


def read(metrics: Metrics) -> Said:
    """Every sample by its name and labels: `newskeep_polls_total{outcome="read"}`."""
    found: Said = {}
    for family in text_string_to_metric_families(metrics.text().decode()):
        for sample in family.samples:
            labels = ",".join(f'{key}="{value}"' for key, value in sample.labels.items())
            name = sample.name + (f"{{{labels}}}" if labels else "")
            assert name not in found
            found[name] = sample.value
    return found


def heard(*events: Event) -> Said:
    metrics = Metrics(Pulse(ticked=0.0))
    for event in events:
        metrics.hear(event)
    return read(metrics)


@pytest.mark.parametrize(
    ("event", "counted"),
    [
        (Event("source-read", "u", count=7), 'newskeep_polls_total{outcome="read"}'),
        (Event("source-unchanged", "u"), 'newskeep_polls_total{outcome="unchanged"}'),
        (Event("source-failed", "u", "e"), 'newskeep_polls_total{outcome="failed"}'),
        (Event("article-new", "u", "t"), 'newskeep_versions_total{reason="published"}'),
        (Event("article-edited", "u", "t"), 'newskeep_versions_total{reason="edited"}'),
        (Event("article-new", "u", "t"), 'newskeep_entries_total{outcome="new"}'),
        (Event("looked", "u"), 'newskeep_entries_total{outcome="unchanged"}'),
        (Event("worse", "u"), 'newskeep_entries_total{outcome="worse"}'),
        (Event("gone", "u"), 'newskeep_entries_total{outcome="gone"}'),
        (Event("entry-refused", "u"), 'newskeep_entries_total{outcome="refused"}'),
        (Event("entry-failed", "u"), 'newskeep_entries_total{outcome="failed"}'),
        (Event("broke", "u"), 'newskeep_entries_total{outcome="broke"}'),
        (Event("wall", "u", "a consent page"), 'newskeep_entries_total{outcome="wall"}'),
        (Event("wall", "u", "a consent page"), 'newskeep_walls_total{reason="a consent page"}'),
        (Event("wall", "u", SAME_TEXT), f'newskeep_walls_total{{reason="{SAME_TEXT}"}}'),
        (Event("wall", "u", "words of the day"), 'newskeep_walls_total{reason="other"}'),
        (Event("gap", "u"), "newskeep_gaps_total"),
        (Event("storage-failed", ""), "newskeep_storage_failures_total"),
        (Event("asked", "u", "200"), 'newskeep_requests_total{result="200"}'),
        (Event("asked", "u", "599"), 'newskeep_requests_total{result="5xx"}'),
        (Event("asked", "u", "status-503"), 'newskeep_requests_total{result="503"}'),
        (Event("asked", "u", "timeout"), 'newskeep_requests_total{result="timeout"}'),
        (Event("asked", "u", "e.org:443"), 'newskeep_requests_total{result="other"}'),
    ],
)
def test_an_event_is_counted(event: Event, counted: str) -> None:
    """Once, under a name after Prometheus' conventions."""
    assert heard().get(counted, 0.0) == 0.0
    assert heard(event)[counted] == 1.0
    assert heard(event, event)[counted] == 2.0


def test_answers_are_measured() -> None:
    """Bytes and seconds of every request, new addresses of every poll."""
    said = heard(
        Event("asked", "u", "200", 1000, 0.2), Event("asked", "u", "dns", 0, 3.0), Event("source-read", "u", count=5)
    )
    assert said["newskeep_received_bytes_total"] == 1000
    assert said["newskeep_announced_total"] == 5
    assert said["newskeep_request_seconds_count"] == 2
    assert said["newskeep_request_seconds_sum"] == pytest.approx(3.2)
    assert said['newskeep_request_seconds_bucket{le="0.25"}'] == 1


@pytest.mark.slow
@given(st.lists(st.builds(Event, st.sampled_from(get_args(Kind)), st.text(), st.text()), max_size=20))
def test_no_event_adds_a_label_of_its_own(events: list[Event]) -> None:
    """However many hosts and messages there are, the series are those of a fixed set, and can be read."""
    fixed = {"other", "1xx", "2xx", "3xx", "4xx", "5xx", "6xx", "7xx", "8xx", "9xx", "0xx"}
    new = {re.sub(r".*=\"(.*)\"\}", r"\1", name) for name in heard(*events).keys() - heard().keys()}
    assert new <= fixed


def test_a_snapshot_says_how_things_stand() -> None:
    """Queues, files, workers; nothing of it before the first one."""
    metrics = Metrics(Pulse(ticked=0.0))
    assert not [name for name in read(metrics) if name.startswith("newskeep_due")]
    metrics.take(TAKEN)
    said = read(metrics)
    assert said['newskeep_due{queue="visits"}'] == 3
    assert said['newskeep_due_age_seconds{queue="polls"}'] == 5
    assert (said["newskeep_archive_bytes"], said["newskeep_raw_bytes"], said["newskeep_free_bytes"]) == (10, 20, 30)
    assert (said["newskeep_workers"], said["newskeep_worker_failures_total"], said["newskeep_tasks"]) == (2, 4, 9)
    metrics.take(replace(TAKEN, free_bytes=None))
    assert "newskeep_free_bytes" not in read(metrics)


def test_sources_are_told_by_their_addresses_without_secrets() -> None:
    """A source that left config.yaml leaves; two that differ in a key alone are one, and it is as late as the later."""
    metrics = Metrics(Pulse(ticked=0.0))
    lags = [("http://gone.test/f", 1, 0), ("http://a.test/f?key=one", 5, 60), ("http://a.test/f?key=two", 70, 6)]
    for some in (lags[:1], lags[1:]):
        metrics.take(
            replace(TAKEN, queues=replace(QUEUES, sources=tuple(Lag(url=u, silent=s, late=t) for u, s, t in some)))
        )
    said = {name: value for name, value in read(metrics).items() if "source=" in name}
    assert said == {
        'newskeep_source_silent_seconds{source="http://a.test/f?key=***"}': 70,
        'newskeep_source_late_seconds{source="http://a.test/f?key=***"}': 60,
    }


def test_the_pulse_is_asked_at_the_moment() -> None:
    """A tick that is late shows although nobody counts any more."""
    pulse, now = Pulse(ticked=100.0), [101.0]
    metrics = Metrics(pulse, lambda: now[0])
    said = read(metrics)
    assert (said["newskeep_healthy"], said["newskeep_tick_age_seconds"], said["newskeep_write_age_seconds"]) == (
        1,
        1,
        0,
    )
    pulse.watch(Writer(190.0), Patient(150.0, "disk full"))
    now[0], pulse.offline = 200.0, True
    said = read(metrics)
    assert (said["newskeep_healthy"], said["newskeep_tick_age_seconds"], said["newskeep_write_age_seconds"]) == (
        0,
        100,
        10,
    )
    assert (said["newskeep_offline"], said["newskeep_storage_trouble"]) == (1, 1)


def test_every_name_is_ours_or_the_platforms() -> None:
    """`newskeep_`, with its unit; the process's own memory and open files beside them; each with its words."""
    metrics = Metrics(Pulse(ticked=0.0))
    metrics.take(TAKEN)
    families = list(text_string_to_metric_families(metrics.text().decode()))
    assert {family.name.split("_")[0] for family in families} == {"newskeep", "process", "python"}
    assert all(family.documentation for family in families)
    assert {"process_resident_memory_bytes", "process_open_fds"} <= {family.name for family in families}


def test_the_docs_name_them_all() -> None:
    """docs/operating.md names what there is, and nothing else."""
    metrics = Metrics(Pulse(ticked=0.0))
    metrics.take(replace(TAKEN, queues=replace(QUEUES, sources=(Lag(url="u", silent=1, late=2),))))
    families = list(text_string_to_metric_families(metrics.text().decode()))
    counters = {family.name: "_total" if family.type == "counter" else "" for family in families}
    there = {name + end for name, end in counters.items() if name.startswith("newskeep_")}
    text = Path(__file__).parents[1].joinpath("docs", "operating.md").read_text("utf-8")
    assert set(re.findall(r"\bnewskeep_[a-z_]+", text)) == there


def test_a_snapshot_is_measured(tmp_path: Path) -> None:
    """Sizes of the files; a folder that is away costs its own figures alone."""
    (tmp_path / "raw").mkdir()
    for name, size in (("archive.db", 5), ("archive.db-wal", 3), ("raw/2026-01.db", 7), ("raw/notes.txt", 100)):
        (tmp_path / name).write_bytes(b"." * size)
    taken = snapshot(QUEUES, tmp_path, worker_failures=1, tasks=2)
    assert (taken.archive_bytes, taken.raw_bytes, taken.worker_failures, taken.tasks) == (8, 7, 1, 2)
    assert taken.free_bytes and taken.free_bytes > 0
    away = snapshot(QUEUES, tmp_path / "away")
    assert (away.archive_bytes, away.raw_bytes, away.free_bytes) == (0, 0, None)
