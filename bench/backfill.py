"""Back-fills of local sites of 20,000 articles: all of the range, nothing else, and how many requests were for lists.

    python -m bench.backfill [--articles 20000] [--since 2024-03-10] [--until 2024-09-20] [--hosts a.test,…] [--json]

Each site has one way into its past (`tests.past.web`), and each is brought in by the command into an archive of its
own, `delay: 0`. listing: requests for what is no article; least: of those that the way cannot do without, worked out
by the server from the same formulas (`tests.past.sites` defines it); robots.txt counts for neither. Exit code 1 when an
article is missing, another one was asked for, one came twice, or requests are more than a tenth above the least where
one more is not a tenth.
"""

import argparse
import json
import sys
import tempfile
from datetime import date
from pathlib import Path
from typing import Any

from tests.past import web
from tests.past.asking import Run, backfill, configure
from tests.past.sites import Site

HOSTS = (
    *("maps.test", "numbered-maps.test", "flat.test", "archive.test", "paged.test", "blogger.test", "wordpress.test"),
    *("drupal.test", "wpjson.test", "tass.com", "listing.test", "nextlink.test", "dead.test"),
)
BOUND = 1.1  # times the least
COLUMNS = ("host", "way", "articles", "fetched", "missing", "others", "twice", "listing", "least", "ratio", "seconds")


def main() -> None:
    """Measure and print; exit 1 when a bound is not held."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=20_000)
    parser.add_argument("--since", type=date.fromisoformat, default=date(2024, 3, 10))
    parser.add_argument("--until", type=date.fromisoformat, default=date(2024, 9, 20))
    parser.add_argument("--hosts", default=",".join(HOSTS))
    parser.add_argument("--json", action="store_true", help="one JSON document instead of a table")
    wanted = parser.parse_args()
    sites, results = web.sites(wanted.articles), []
    with web.running(wanted.articles) as served:
        for host in wanted.hosts.split(","):
            with tempfile.TemporaryDirectory() as folder:
                configure(Path(folder), served.port)
                run = backfill(Path(folder), served, sites[host], wanted.since, wanted.until, "--via", sites[host].way)
            results.append(row(sites[host], run))
            if not wanted.json:
                print("" if len(results) > 1 else line(dict(zip(COLUMNS, COLUMNS, strict=True))) + "\n", end="")
                print(line(results[-1]), flush=True)
    if wanted.json:
        print(json.dumps(results, indent=2))
    sys.exit(not all(held(each) for each in results))


def row(site: Site, run: Run) -> dict[str, Any]:
    """What is told of one way."""
    proof = run.proof
    values = (
        *(site.paper.host, site.way, len(proof.wanted), len(proof.fetched), len(proof.missing), len(proof.surplus)),
        *(len(proof.twice), len(proof.documents), proof.least, round(proof.ratio, 3), round(run.seconds, 1)),
    )
    return dict(zip(COLUMNS, values, strict=True))


def held(told: dict[str, Any]) -> bool:
    """All of the range once, nothing else, and within the bound; one request too many is no tenth of a small number."""
    whole = told["missing"] == told["others"] == told["twice"] == 0
    return bool(whole and told["listing"] <= max(told["least"] * BOUND, told["least"] + 1))


def line(told: dict[str, Any]) -> str:
    """For people."""
    host, way, *numbers = (str(told[name]) for name in COLUMNS)
    return f"{host:19} {way:8}" + "".join(f"{each:>9}" for each in numbers)


if __name__ == "__main__":
    main()
