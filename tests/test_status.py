"""`newskeep status`: what it says, to whom, how fast, and beside whom."""

import json
import re
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from collector.cli import main
from collector.daemon.attention import attention
from storage.archive import Archive
from storage.archive.sources import Polled, Wanted

SECOND, MINUTE, DAY = timedelta(seconds=1), timedelta(minutes=1), timedelta(days=1)


class Place:
    """A folder with a config.yaml and an archive."""

    def __init__(self, folder: Path, sources: int) -> None:
        self.now = datetime.now(UTC)  # the command reads the clock
        self.config = folder / "config.yaml"
        self.config.write_text(f"data: .\nsources: [{', '.join(url(number) for number in range(sources))}]\n")
        self.archive = Archive(folder / "archive.db")
        self.archive.set_sources([Wanted(url=url(number)) for number in range(sources)], self.now - DAY)
        for number in range(sources):
            learnt = {"interval": 900.0, "rate": number / 10}
            polled = Polled(entries=9, new=number)
            due = self.now + MINUTE * (-30 if number == 1 else 20)
            self.archive.set_source_read(number + 1, learnt, now=self.now - 3 * MINUTE, next_poll=due, polled=polled)

    def beat(self, at: datetime, state: str = "working", **detail: object) -> None:
        self.archive.beat(at, pid=7, version="1", started_at=self.now - DAY, state=state, detail=detail)

    def status(self, *options: str, code: int = 0) -> Result:
        done = CliRunner().invoke(main, ["status", *options, "--config", str(self.config)])
        assert done.exit_code == code, done.output
        return done

    def json(self) -> dict[str, Any]:
        told: dict[str, Any] = json.loads(self.status("--json").stdout)
        return told


def url(number: int) -> str:
    return f"https://paper{number}.test/feed"


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    made = Place(tmp_path, 25)
    with closing(made.archive):
        yield made


def test_all_is_well(place: Place) -> None:
    """The daemon, counts, the rhythm of the busiest sources; all of them when they are asked for."""
    place.beat(place.now)
    said = place.status().stdout
    assert said.startswith("Nothing needs attention\n")
    assert re.search(r"daemon +working, for 24 hours \(process 7, version 1\)", said)
    assert "25 sources, the 20 with most news; --sources lists all" in said
    assert re.search(r"15 minutes +2\.40 +24 +3 minutes ago +in 20 minutes +https://paper24\.test/feed", said)
    assert url(1) not in said
    assert re.search(rf"late 30 minutes +{re.escape(url(1))}", place.status("--sources").stdout)


def test_trouble_comes_first(place: Place) -> None:
    """Each with what to do, said once for many of a kind."""
    for number in range(3):
        place.archive.set_source_failed(number + 1, "answered 500", now=place.now, next_poll=place.now)
    place.beat(place.now - 10 * MINUTE)
    lines = place.status().stdout.splitlines()
    assert lines[0] == "Needs attention"
    assert lines[1].startswith("  the daemon (process 7) gave its last sign of life 10 minutes ago, at ")
    assert lines[2] == "      Nothing is collected. Start `newskeep run` again; its last log lines say why it ended."
    assert lines[3:6] == [f"  {url(number)} fails: answered 500" for number in range(3)]
    assert lines[6].startswith("      It is asked again")
    assert not any("answered 500" in line for line in lines[6:])


def test_json(place: Place) -> None:
    """The whole, for programs."""
    place.archive.set_source_failed(1, "answered 500", now=place.now, next_poll=place.now)
    place.beat(place.now)
    told = place.json()
    assert [(each["kind"], each["subject"]) for each in told["attention"]] == [("source-failing", url(0))]
    assert (told["daemon"]["pid"], told["daemon"]["state"]) == (7, "working")
    assert told["counts"]["sources"] == {"failing": 1, "ok": 24}
    assert (len(told["sources"]), told["sources"][2]["week"], told["waiting"]["polls"]["due"]) == (25, 2, 2)
    assert told["sources"][1]["late"] > 29 * 60
    assert told["disk"]["archive"] > 0


def test_nobody_runs_it(place: Place) -> None:
    """An archive that only `fetch` fills needs no daemon."""
    assert place.status().stdout.startswith("Nothing needs attention")
    assert place.json()["daemon"] is None


@pytest.mark.parametrize(
    ("ago", "state", "detail", "code", "said"),
    [
        (5, "working", {"wrong": []}, 0, "alive and well since 2"),
        (5, "waiting", {"mistakes": ["x"], "offline": True}, 0, "alive and well"),  # no restart would help
        (59, "working", {}, 0, "alive and well"),
        (70, "working", {}, 1, "the daemon (process 7) gave its last sign of life 70 s ago"),
        (5, "stopped", {}, 1, "the daemon was stopped at"),
        (5, "working", {"wrong": ["the disk is full", "late"]}, 1, "the disk is full; late"),
    ],
)
def test_health(place: Place, ago: int, state: str, detail: dict[str, object], code: int, said: str) -> None:
    """One line, and an exit code that a container's health check understands."""
    place.beat(datetime.now(UTC) - ago * SECOND, state, **detail)
    done = place.status("--health", code=code)
    assert done.output.startswith(said) and done.output.count("\n") == 1


def test_health_of_nothing(place: Place) -> None:
    """No daemon, no archive, no configuration: never another code than 1."""
    assert "no daemon ever ran here" in place.status("--health", code=1).output
    place.config.write_text("data: elsewhere\nsources: []\n")
    assert "there is no archive yet" in place.status("--health", code=1).output
    place.config.write_text("sources: [\n")
    assert "this is no YAML" in place.status("--health", code=1).output


def test_beside_a_writer(place: Place) -> None:
    """It neither waits for a transaction nor writes anything."""
    place.archive.write("BEGIN IMMEDIATE")
    place.archive.write("UPDATE sources SET last_error = 'not yet told'")
    assert place.status().stdout.startswith("Nothing needs attention")
    place.archive.write("ROLLBACK")


SCANNED = re.compile(r"SCAN (captures|entries|versions|entry_sources|articles)\b(?! USING (COVERING )?INDEX)")


def test_no_question_reads_a_whole_table(place: Place) -> None:
    """What `status` and alarms ask is answered from indexes: a year's archive holds millions of rows."""
    asked: list[str] = []
    place.archive.add_parts(1, ["https://paper0.test/part"], place.now)
    for number in range(50):  # a source with a past, so that all of it is asked for
        found_at = (place.now - DAY * (60 - number)).isoformat()
        place.archive.write(
            "INSERT INTO entries (url, key, host, found_at) VALUES (?, ?, 'h', ?)", [str(number), str(number), found_at]
        )
        place.archive.write("INSERT INTO entry_sources VALUES (?, 1, ?, ?)", [number + 1, found_at, found_at])
        place.archive.write(
            """INSERT INTO captures (url, final_url, fetched_at, status, headers, sha256, size, kind, via, host)
            VALUES ('', '', ?, 200, '', '', 1, 'article', 'visit', 'h')""",
            [found_at],
        )
    place.archive.write("UPDATE sources SET last_new = NULL")
    place.archive.db.conn.set_trace_callback(asked.append)
    attention(place.archive, place.now)
    place.archive.counts()
    place.archive.troubles()
    place.archive.queues(place.now)
    place.archive.pulse()
    place.archive.db.conn.set_trace_callback(None)
    assert len({sql.split("WHERE")[0] for sql in asked}) > 15, "all of it was asked for"
    for sql in asked:
        plan = [row["detail"] for row in place.archive.rows(f"EXPLAIN QUERY PLAN {sql}")]
        assert not [step for step in plan if SCANNED.search(step)], f"{sql}: {plan}"
