"""Everything that goes wrong in the past of a site stands in the ledger under its right word."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.past import trouble, web
from tests.past.asking import Run, backfill, configure, days, newskeep, rows
from tests.past.trouble import PAPER, SINCE, UNTIL


@dataclass(frozen=True)
class Troubled:
    """The back-fill of trouble.test, and what `newskeep coverage` says of it."""

    folder: Path
    run: Run
    ledger: dict[str, Any]


@pytest.fixture(scope="module")
def troubled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Troubled]:
    folder = tmp_path_factory.mktemp("trouble")
    with web.running(100) as served:
        configure(folder, served.port)
        run = backfill(folder, served, trouble.site(), SINCE, UNTIL, "--via", "sitemap")
    told = newskeep(folder, "coverage", trouble.HOST, *days(SINCE, UNTIL), "--json")
    assert told.returncode == 0, told.stderr
    yield Troubled(folder, run, json.loads(told.stdout))


WANTED = PAPER.within(SINCE, UNTIL)
LOST = {number for numbers in trouble.DESERVED.values() for number in numbers}
READ = [number for number in WANTED if number not in LOST]
pytestmark = [pytest.mark.slow, pytest.mark.timeout(200)]


def test_it_ends_and_says_so(troubled: Troubled) -> None:
    """Exit code 1: it ended, and something could not be had."""
    assert troubled.run.code == 1, troubled.run.said[-2000:]
    assert "Traceback" not in troubled.run.said


@pytest.mark.parametrize("word", [*trouble.DESERVED])
def test_each_has_its_word(troubled: Troubled, word: str) -> None:
    """As many as deserve it; a page that cannot be had is failed while it is tried again, lost when it is given up."""
    told = troubled.ledger["sum"]
    number = told[word] + (told["lost"] if word == "failed" else 0)
    assert number == len(trouble.DESERVED[word]), told


def test_what_can_be_had_is_archived(troubled: Troubled) -> None:
    """All others of the range, each once however many addresses it has; an edit and a busy server change nothing."""
    told = rows(troubled.folder, "SELECT url, title FROM articles")
    assert sorted(told) == sorted((PAPER.url(n), PAPER.title(n)) for n in READ)


def test_dates_decide(troubled: Troubled) -> None:
    """Outside by its own date: an article, and not counted. Undated ones are told apart. A wrong lastmod is seen."""
    told = troubled.ledger["sum"]
    undated = next(each for each in troubled.ledger["days"] if not each["day"])
    assert told["outside"] == len(trouble.OLD)
    assert told["archived"] == len(READ) - len(trouble.OLD)
    assert undated["archived"] == len(trouble.UNDATED)
    assert troubled.run.proof.surplus == []


def test_two_addresses_are_one_article(troubled: Troubled) -> None:
    """The second address of an article is a duplicate, wherever it was announced."""
    assert troubled.ledger["sum"]["duplicate"] == len(trouble.TWICE)


def test_other_hosts(troubled: Troubled) -> None:
    """What a sitemap names elsewhere is counted and never asked for."""
    assert troubled.ledger["sum"]["elsewhere"] == trouble.OTHERS


def test_documents(troubled: Troubled) -> None:
    """Each document once, the index too, which contains itself; those that cannot be read do not end the way."""
    asked = sorted(
        each.split()[1] for each in troubled.run.proof.documents if each.split()[1].endswith((".xml", ".gz"))
    )
    assert asked == ["/gone.xml", "/part1.xml", "/part2.xml.gz", "/sitemap.xml", "/unreadable.xml"]
