"""Every way into the past of a site of 20,000 articles: all of the range, nothing else, hardly a request too many."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.past import web
from tests.past.asking import Proof, backfill, configure, rows
from tests.web import Running

COUNT = 20_000
SPAN = date(2024, 3, 10), date(2024, 4, 5)  # 500 articles in the middle, not at the edges of months
LAST = date(2025, 12, 5), date(2025, 12, 31)  # as many, up to the newest
SITES = web.sites(COUNT)
MIDDLE = (
    *("maps.test", "numbered-maps.test", "flat.test", "archive.test", "paged.test", "blogger.test", "wordpress.test"),
    *("drupal.test", "wpjson.test", "tass.com", "listing.test", "dead.test"),
)
NEWEST = ("maps.test", "archive.test", "wordpress.test", "listing.test", "nextlink.test")


@pytest.fixture(scope="module")
def served() -> Iterator[Running]:
    with web.running(COUNT) as running:
        yield running


def check(proof: Proof, host: str) -> None:
    """All of the range once, nothing else, and as few listing requests as we promise."""
    print(f"\n{host}: {proof}")
    assert (proof.missing, proof.surplus, proof.twice) == ([], [], []), str(proof)
    assert proof.ratio <= 1.1, "\n".join([str(proof), *proof.documents[:40]])


@pytest.mark.slow
@pytest.mark.timeout(300)
@pytest.mark.parametrize(
    ("host", "span"),
    [*((host, SPAN) for host in MIDDLE), *((host, LAST) for host in NEWEST)],
    ids=[*(f"{host} middle" for host in MIDDLE), *(f"{host} newest" for host in NEWEST)],
)
def test_a_way(served: Running, tmp_path: Path, host: str, span: tuple[date, date]) -> None:
    """Its pages are archived, every one of the range, by the requests that the way cannot do without."""
    configure(tmp_path, served.port)
    run = backfill(tmp_path, served, SITES[host], *span, "--via", SITES[host].way)
    assert run.code == 0, run.said[-2000:]
    check(run.proof, host)
    paper, numbers = SITES[host].paper, SITES[host].paper.within(*span)
    told = rows(tmp_path, "SELECT url, title, substr(published, 1, 10) FROM articles")
    assert sorted(told) == [(paper.url(n), paper.title(n), f"{paper.moment(n):%Y-%m-%d}") for n in numbers]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("host", "probes"), [("maps.test", 0), ("archive.test", 2), ("wpjson.test", 3), ("listing.test", 7)]
)
def test_a_way_is_found(served: Running, tmp_path: Path, host: str, probes: int) -> None:
    """Without a word of the operator: by some requests for what is not there, and by no page of another day."""
    configure(tmp_path, served.port)
    site, span = SITES[host], (date(2025, 12, 30), date(2025, 12, 31))
    run = backfill(tmp_path, served, site, *span)
    assert run.code == 0, run.said[-2000:]
    assert (run.proof.missing, run.proof.surplus, run.proof.twice) == ([], [], [])
    print(f"\n{host}: {len(run.proof.documents) - run.proof.least} probes")
    assert len(run.proof.documents) <= run.proof.least + probes, "\n".join(run.proof.documents)


@pytest.mark.slow
@pytest.mark.timeout(30)
def test_a_small_one(tmp_path: Path) -> None:
    """Two hundred articles behind nested sitemaps: those of three weeks."""
    site, span = web.sites(200)["maps.test"], (date(2024, 3, 10), date(2024, 3, 30))
    with web.running(200) as served:
        configure(tmp_path, served.port)
        run = backfill(tmp_path, served, site, *span, "--via", "sitemap")
    assert run.code == 0, run.said[-2000:]
    check(run.proof, "maps.test")
    assert len(rows(tmp_path, "SELECT 1 FROM articles")) == len(run.proof.wanted)
