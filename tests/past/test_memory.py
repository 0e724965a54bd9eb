"""Memory of a back-fill: as much with 500,000 addresses in a sitemap as with 20,000."""

import subprocess
import time
from datetime import date
from pathlib import Path

import pytest

from tests.past import web
from tests.past.asking import ROOT, command, configure, days, rows

FEW, MANY = 20_000, 500_000


def peaks(folder: Path, *arguments: object) -> tuple[int, int, int]:
    """Exit code of a command; most resident memory (kB) of it, and of its processes together, each at its own peak."""
    most: dict[int, int] = {}
    with (folder / "said.txt").open("wb") as said:
        environment = {"PYTHONPATH": str(ROOT)}
        process = subprocess.Popen(command(*arguments), cwd=folder, env=environment, stdout=said, stderr=said)
        while process.poll() is None:
            for pid in (process.pid, *_children(process.pid)):
                most[pid] = max(most.get(pid, 0), _peak(pid))
            time.sleep(0.05)
    return process.returncode, most[process.pid], sum(most.values())


def _children(pid: int) -> list[int]:
    listed = Path(f"/proc/{pid}/task").glob("*/children")
    try:
        return [int(child) for each in listed for child in each.read_text().split()]
    except (FileNotFoundError, ProcessLookupError):
        return []


def _peak(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("VmHWM:")), 0)


def measured(folder: Path, count: int, since: date, until: date) -> tuple[int, int]:
    """Peaks of a back-fill of these days from one sitemap of so many addresses."""
    folder.mkdir()
    with web.running(count) as served:
        configure(folder, served.port)
        code, own, together = peaks(folder, "backfill", "http://flat.test/", *days(since, until), "--via", "sitemap")
    assert code == 0, (folder / "said.txt").read_text()[-2000:]
    wanted = web.sites(count)["flat.test"].paper.within(since, until)
    assert rows(folder, "SELECT count(*) FROM articles") == [(len(wanted),)]
    return own, together


@pytest.mark.slow
@pytest.mark.timeout(400)
def test_memory_does_not_grow_with_addresses(tmp_path: Path) -> None:
    """About as many pages of both, so that addresses alone make the difference: a fifth more at most."""
    few = measured(tmp_path / "few", FEW, date(2024, 3, 10), date(2024, 4, 2))
    many = measured(tmp_path / "many", MANY, date(2024, 3, 10), date(2024, 3, 10))
    print(f"\nkB, of the command and of all its processes: {few} with {FEW:,} addresses, {many} with {MANY:,}")
    assert many[0] <= few[0] * 1.2
    assert many[1] <= few[1] * 1.2
