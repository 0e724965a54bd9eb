"""A back-fill that is killed with -9 again and again: the same in the end, and hardly a page is asked for twice."""

import random
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from storage.care.verify import verify
from tests import killer
from tests.killer import Killer
from tests.past import web
from tests.past.asking import configure, days, prove, rows
from tests.web import Running

COUNT, KILLS = 20_000, 10
SITES = web.sites(COUNT)
IN_FLIGHT = 1  # requests to one host at a time, as config.yaml has it when nothing is said


@pytest.fixture(scope="module")
def process() -> Iterator[Killer]:
    with killer.running() as running:
        yield running


@pytest.fixture(scope="module")
def served() -> Iterator[Running]:
    with web.running(COUNT) as running:
        yield running


def outcome(folder: Path) -> dict[str, Any]:
    """What a back-fill left, whenever and in whatever order it was brought in."""
    return {
        "articles": rows(
            folder,
            "SELECT a.url, v.number, v.title, v.text_sha256, v.published FROM articles a"
            " JOIN versions v ON v.article_id = a.id ORDER BY 1, 2",
        ),
        "finds": rows(folder, "SELECT url, entries.state, way, day FROM finds JOIN entries ON entries.id = entry_id"
                              " JOIN walks ON walks.id = finds.walk_id ORDER BY 1"),
        "walks": rows(folder, "SELECT way, state, form, asked, announced, oldest, newest, reached FROM walks"),
        "days": rows(folder, "SELECT day, number FROM walk_days ORDER BY 1"),
        "steps": rows(folder, "SELECT url, body, state, announced FROM steps ORDER BY 1, 2"),
        "backfills": rows(folder, "SELECT target, state FROM backfills"),
    }  # fmt: skip


@pytest.mark.slow
@pytest.mark.timeout(400)
@pytest.mark.parametrize(
    ("host", "span"),
    [
        ("maps.test", (date(2024, 3, 10), date(2024, 4, 6))),
        ("listing.test", (date(2024, 3, 10), date(2024, 3, 24))),
    ],
)
def test_ten_kills(tmp_path: Path, served: Running, process: Killer, host: str, span: tuple[date, date]) -> None:
    """Same articles, same ledger; twice was asked for only what was in flight when a kill came."""
    site = SITES[host]
    arguments = ("backfill", f"http://{host}/", *days(*span), "--via", site.way)
    for name in ("whole", "killed"):
        (tmp_path / name).mkdir()
        configure(tmp_path / name, served.port)
    code, seconds = process.run(tmp_path / "whole", *arguments)
    assert code == 0, (tmp_path / "whole" / "said.txt").read_text()[-2000:]
    served.ask("/forget")
    dice, killed = random.Random(host), tmp_path / "killed"
    moments = [dice.uniform(0.2, seconds / 7) for _ in range(KILLS)]
    codes = [process.run(killed, *arguments, kill_after=moment)[0] for moment in moments]
    assert codes.count(-9) >= KILLS - 2, codes
    code, _ = process.run(killed, *arguments)
    assert code == 0, (killed / "said.txt").read_text()[-2000:]
    proof = prove(served.ask("/log"), site, *span)
    again = sum(times - 1 for times in proof.fetched.values())
    print(f"\n{host}: {proof}; {again} pages asked for again after {codes.count(-9)} kills in {seconds:.1f} s")
    assert (proof.missing, proof.surplus) == ([], [])
    assert again <= KILLS * IN_FLIGHT
    assert len(proof.documents) <= proof.least * 1.1 + KILLS
    assert outcome(killed) == outcome(tmp_path / "whole")
    assert verify(killed / "data").faults == []
