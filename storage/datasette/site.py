"""One site: what is kept of it, how its pages are read, what was not had, and what of its texts may be furniture."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import unquote

from collector import urls
from collector.extract.memory import Profile
from storage.archive.base import Row
from storage.archive.ledger import Scope
from storage.archive.memories import Memory
from storage.datasette import fields
from storage.datasette.answers import Missing, Page
from storage.datasette.charts import Chart
from storage.datasette.coverage import BESIDE, covered_by, since_asked
from storage.datasette.front_charts import Period, plain
from storage.datasette.reading import Reading
from storage.datasette.sources import LATELY, silent_sources, site_of_host, state_of

DAYS, READINGS = 60, 200  # of the chart; readings that are compared with as many before them
NEWEST, WALLS, UNHAD, COPIES, GONE, FURNITURE = 20, 10, 8, 10, 5, 30
DAY = timedelta(days=1)
# What becomes of a page that was not had, or not read.
UNHAD_MEANINGS = {
    "failed": "given up after several tries",
    "refused": "robots.txt says no",
    "gone": "the site says that it is gone",
    "empty": "kept, and no article could be read from it",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Remembered:
    """What is known of a host's furniture: how many paragraphs at which places, and where all is furniture."""

    memory: Memory
    paragraphs: int
    places: Sequence[tuple[str, int]]
    whole: Sequence[str]
    digests: frozenset[str]


def site(reading: Reading, request: Any) -> Page:
    """`?since=`: the first month of its calendar."""
    name, since = unquote(request.url_vars["host"]), since_asked(request)
    archive = reading.archive
    if not archive.is_site(name):
        raise Missing(f"Nothing is known of a site {name}.")
    hosts = [host for host in archive.page_hosts() if site_of_host(host) == name] or [name]
    remembered = [_remembered(found) for host in hosts if (found := archive.memory(host)) is not None]
    context = {
        "site": name,
        "hosts": hosts,
        "now": reading.now,
        "span": archive.site_span(name),
        "sources": _sources(reading, name),
        "newest": archive.site_newest(name, NEWEST),
        "arrivals": _arrivals(reading, name),
        "gone": archive.site_gone(name, GONE),
        "edits": _edits(archive.site_changes(name)),
        "copies": archive.site_copies(name, COPIES),
        "remembered": remembered,
        "covered": covered_by(archive, reading.now.date(), Scope(site=name), since, BESIDE),
        **_visits(reading, hosts),
        **_read(reading, name, remembered),
    }
    return Page(template="site.html", context=context)


def _sources(reading: Reading, name: str) -> list[Row]:
    """Of the site, without the parts of sitemap indexes."""
    known = [row for row in reading.archive.sources_told(reading.now, name) if row["parent_id"] is None]
    silent = silent_sources(reading, known)
    return [_shown(row, reading) | {"state": state_of(row, silent)} for row in known]


def _shown(row: Row, reading: Reading) -> Row:
    """Without secrets."""
    return row | {name: reading.hide(row[name]) for name in ("url", "last_error") if row[name]}


def _arrivals(reading: Reading, name: str) -> Chart:
    today = reading.now.date()
    days = reading.archive.site_days(name, today - DAYS * DAY)
    rows = [{"day": day, "number": number} for day, number in days.items()]
    return plain(
        "arrivals", f"New articles a day, the last {DAYS} days", "articles", rows, Period(last=today, number=DAYS)
    )


def _visits(reading: Reading, hosts: Sequence[str]) -> dict[str, Any]:
    """Walls, pages that were not had, characters that could not be read, hosts that want peace."""
    archive, since = reading.archive, reading.now - LATELY
    walls, visits = archive.walls_of(hosts, since), archive.visits_of(hosts, since)
    counts = archive.unhad_of(hosts)
    return {
        "walls": walls[:WALLS],
        "reasons": _reasons(walls),
        "visits": sum(visits.values()),
        "walled": visits.get("wall", 0),
        "unhad": [
            {"state": state, "meaning": meaning, "number": counts[state], "newest": _newest(reading, hosts, state)}
            for state, meaning in UNHAD_MEANINGS.items()
            if state in counts
        ],
        "losses": [row for row in archive.pages_with_losses(since, 1) if row["host"] in hosts],
        "closed": [row for row in archive.closed_hosts(reading.now) if urls.host_of(row["origin"]) in hosts],
    }


def _newest(reading: Reading, hosts: Sequence[str], state: str) -> list[Row]:
    rows = reading.archive.newest_unhad(hosts, state, UNHAD)
    return [_shown(row, reading) for row in rows]


def _reasons(walls: Sequence[Row]) -> list[tuple[str, int, str]]:
    """Reason, number and time of the last, the most frequent first."""
    last: dict[str, str] = {}
    for row in walls:
        last.setdefault(row["reason"], row["fetched_at"])
    return [(reason, number, last[reason]) for reason, number in Counter(r["reason"] for r in walls).most_common()]


def _read(reading: Reading, name: str, remembered: Sequence[Remembered]) -> dict[str, Any]:
    """What its newest articles were read by, and how well."""
    readings = reading.archive.site_readings(name, 2 * READINGS)
    now, before = readings[:READINGS], readings[READINGS:]
    readers = fields.readers(readings)
    known = frozenset().union(*(each.digests for each in remembered))
    return {
        "readers": readers,
        "rules": reading.archive.rules_of({each.revision.partition("+")[0] for each in readers}),
        "fills": fields.fill_rates(now, before),
        "extractors": sorted({row["extractor"] for row in now}),
        "read": (len(now), len(before)),
        "lengths": (fields.usual_length(now), fields.usual_length(before)),
        "suspects": fields.suspects(now, known),
    }


def _edits(rows: Sequence[Row]) -> Mapping[str, Any]:
    """Later versions of its newest articles: by whom, and of publishers' edits what they changed."""
    by = Counter[str]()
    kinds = Counter[str]()
    for row in rows:
        by[row["changed_by"] or "not told"] += row["number"]
        for kind in json.loads(row["edits"] or "[]"):
            kinds[kind] += row["number"]
    return {"by": by.most_common(), "kinds": kinds.most_common()}


def _remembered(memory: Memory) -> Remembered:
    profile = Profile.from_json(memory.profile)
    counts = [(place, len(digests)) for place, digests in profile.paragraphs.items()]
    return Remembered(
        memory=memory,
        paragraphs=sum(number for _, number in counts),
        places=sorted(counts, key=lambda each: (-each[1], each[0]))[:FURNITURE],
        whole=sorted(profile.places)[:FURNITURE],
        digests=frozenset().union(*profile.paragraphs.values()),
    )
