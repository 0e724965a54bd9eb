"""A back-fill in the hands of its operator: tried, limited, paused, gone on with, cancelled, stopped."""

import json
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.daemon import until
from tests.past import web
from tests.past.asking import ROOT, backfill, command, configure, days, newskeep, prove, rows
from tests.web import Running

COUNT = 2_000
SPAN = date(2024, 3, 10), date(2024, 4, 10)  # 60 articles
MAPS = web.sites(COUNT)["maps.test"]
ASKED = ("backfill", "http://maps.test/", *days(*SPAN), "--via", "sitemap")


@pytest.fixture(scope="module")
def served() -> Iterator[Running]:
    with web.running(COUNT) as running:
        yield running


@contextmanager
def begun(folder: Path, served: Running) -> Iterator["subprocess.Popen[str]"]:
    """A slow back-fill that has archived some pages."""
    served.ask("/forget")
    configure(folder, served.port, delay=0.2)
    environment = {"PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(
        command(*ASKED), cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    try:
        until(30, "some pages", lambda: archived(folder) > 3)
        yield process
    finally:
        process.kill()
        process.communicate()


def archived(folder: Path) -> int:
    if not (folder / "data" / "archive.db").exists():
        return 0
    ((number,),) = rows(folder, "SELECT count(*) FROM sqlite_master WHERE name = 'articles'")
    return int(rows(folder, "SELECT count(*) FROM articles")[0][0]) if number else 0


def state(folder: Path) -> Any:
    told = json.loads(newskeep(folder, "backfill", "--list", "--json").stdout)
    return [each["state"] for each in told]


@pytest.mark.slow
def test_a_trial_and_then_the_thing_itself(served: Running, tmp_path: Path) -> None:
    """A trial tells how many there are and asks for no page; what it found is not looked for again."""
    configure(tmp_path, served.port)
    trial = backfill(tmp_path, served, MAPS, *SPAN, "--via", "sitemap", "--dry-run")
    assert (trial.code, trial.proof.fetched.total(), len(trial.proof.documents)) == (0, 0, trial.proof.least)
    assert str(len(trial.proof.wanted)) in json.dumps(trial.told)
    real = backfill(tmp_path, served, MAPS, *SPAN, "--via", "sitemap")
    assert (real.code, real.proof.missing, real.proof.surplus, real.proof.documents) == (0, [], [], [])


@pytest.mark.slow
def test_so_many_at_most(served: Running, tmp_path: Path) -> None:
    """`--limit`: so many pages of the range, and no other."""
    configure(tmp_path, served.port)
    run = backfill(tmp_path, served, MAPS, *SPAN, "--via", "sitemap", "--limit", 7)
    assert (run.code, run.proof.fetched.total(), run.proof.surplus, run.proof.twice) == (0, 7, [], [])
    assert archived(tmp_path) == 7


@pytest.mark.slow
def test_what_is_there_is_not_asked_for_again(served: Running, tmp_path: Path) -> None:
    """Days that overlap those of an earlier back-fill: of them nothing is fetched a second time."""
    configure(tmp_path, served.port)
    first = backfill(tmp_path, served, MAPS, *SPAN, "--via", "sitemap")
    later = backfill(tmp_path, served, MAPS, date(2024, 4, 1), date(2024, 4, 20), "--via", "sitemap")
    assert (first.code, later.code) == (0, 0), later.said
    assert later.proof.missing == [n for n in later.proof.wanted if n in first.proof.wanted]
    assert (later.proof.surplus, later.proof.twice) == ([], [])


@pytest.mark.slow
def test_paused_and_gone_on_with(served: Running, tmp_path: Path) -> None:
    """Nothing more is asked for after `--pause`; `--resume` brings in the rest, and no page twice."""
    with begun(tmp_path, served) as process:
        paused = newskeep(tmp_path, "backfill", "--pause", 1)
        assert paused.returncode == 0, paused.stderr
        process.communicate(timeout=20)
        number = archived(tmp_path)
        assert state(tmp_path) == ["paused"]
    assert number < len(MAPS.paper.within(*SPAN))
    configure(tmp_path, served.port)
    resumed = newskeep(tmp_path, "backfill", "--resume", 1)
    assert (resumed.returncode, state(tmp_path)) == (0, ["done"]), resumed.stderr
    proof = prove(served.ask("/log"), MAPS, *SPAN)
    assert (proof.missing, proof.surplus, proof.twice, len(proof.documents)) == ([], [], [], proof.least)


@pytest.mark.slow
def test_cancelled(served: Running, tmp_path: Path) -> None:
    """It ends as it is, what it brought is kept, and it cannot be gone on with."""
    with begun(tmp_path, served) as process:
        assert newskeep(tmp_path, "backfill", "--cancel", 1).returncode == 0
        process.communicate(timeout=20)
    assert 3 < archived(tmp_path) < len(MAPS.paper.within(*SPAN))
    assert state(tmp_path) == ["cancelled"]
    for number, said in ((1, "cancelled"), (7, "there is no back-fill 7")):
        resumed = newskeep(tmp_path, "backfill", "--resume", number)
        assert resumed.returncode == 2
        assert said in resumed.stderr


@pytest.mark.slow
def test_ctrl_c(served: Running, tmp_path: Path) -> None:
    """It ends within seconds and says how to go on; the same command does."""
    with begun(tmp_path, served) as process:
        process.send_signal(signal.SIGINT)
        began = time.monotonic()
        _, said = process.communicate(timeout=20)
        assert time.monotonic() - began < 5
        assert process.returncode == 1
        assert "goes on" in said or "--resume" in said
        assert "Traceback" not in said
    configure(tmp_path, served.port)
    assert newskeep(tmp_path, *ASKED).returncode == 0
    proof = prove(served.ask("/log"), MAPS, *SPAN)
    assert (proof.missing, proof.surplus) == ([], [])
    assert len(proof.twice) <= 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ("backfill", "site or source"),
        ("backfill http://maps.test/", "--since"),
        ("backfill http://maps.test/ --since 2025-02-30", "2025-02-30"),
        ("backfill http://maps.test/ --since 2025-03-01 --until 2025-02-01", "before"),
        ("backfill http://maps.test/ --since 2025-03-01 --via telex", "telex"),
        ("backfill http://maps.test/ --since 2025-03-01 --limit 0", "0"),
        ("backfill http://maps.test/story/1 --since 2025-03-01", "no source"),
    ],
)
@pytest.mark.slow
def test_wrong_words(tmp_path: Path, arguments: str, said: str) -> None:
    """Exit code 2, and what to do is said in a line; nothing is asked."""
    configure(tmp_path, 9)
    done = newskeep(tmp_path, *arguments.split())
    assert done.returncode == 2, done.stderr
    assert said in done.stderr
    assert "Traceback" not in done.stderr
