"""All sources with their sites: what needs a look first."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from collector import urls
from collector.daemon import finders
from storage.archive.base import Row
from storage.archive.ledger import Scope
from storage.datasette.answers import Page
from storage.datasette.reading import Reading

LATELY = timedelta(days=30)  # of walls
PARTS_SHOWN = 6  # of a sitemap index, before the rest is told by its number


class State(NamedTuple):
    """How a source fares. rank: what needs a look comes first. look: the class of its chip."""

    rank: int
    look: str
    words: str


FAILING, SILENT, NEW = State(0, "bad", "failing"), State(1, "warn", "silent"), State(2, "warn", "never polled")
GAPS, OK, OFF = State(3, "warn", "with gaps"), State(4, "good", "ok"), State(5, "plain", "not watched")


def sources(reading: Reading, request: Any) -> Page:
    """`?q=`: those with these letters in their address, title or site."""
    asked = (request.args.get("q") or "").strip()[:200]
    archive = reading.archive
    known = archive.sources_told(reading.now)
    silent = silent_sources(reading, known)
    counts, walls = archive.articles_by_site(), walls_by_site(reading)
    filling = _backfills(reading)
    told = [
        row
        | {
            "url": reading.hide(row["url"]),
            "state": state_of(row, silent),
            "articles": counts.get(row["site"] or "", 0),
            "walls": walls.get(row["site"] or "", 0),
            "filling": filling.get(row["id"], 0),
        }
        for row in known
    ]
    others = sorted(site for site in counts.keys() - {row["site"] for row in known} if asked.lower() in site)
    context = {
        "asked": asked,
        "groups": _grouped([row for row in told if not asked or _has(row, asked.lower())]),
        "others": [(site, counts[site]) for site in others],
        "states": _counted(told),
        "sites": len({row["site"] for row in known if row["site"]} | counts.keys()),
        "now": reading.now,
    }
    return Page(template="sources.html", context=context)


def state_of(source: Row, silent: Iterable[str]) -> State:
    """silent: addresses of those that are. Of a source that is failing and has gaps the worse is told."""
    if not source["active"]:
        return OFF
    if source["last_error"]:
        return FAILING
    if source["url"] in silent:
        return SILENT
    if source["last_poll"] is None:
        return NEW
    return GAPS if source["open_gaps"] else OK


def silent_sources(reading: Reading, known: Iterable[Row]) -> set[str]:
    """Addresses of those that have been silent for longer than their rhythm explains, as `newskeep status` says it."""
    ids = {row["id"] for row in known}
    watched = [row for row in reading.archive.sources_watched(reading.now) if row["id"] in ids]
    return {each.subject for each in finders.silent(reading.archive, watched, reading.now)}


def walls_by_site(reading: Reading) -> dict[str, int]:
    """Of the last 30 days."""
    found: dict[str, int] = {}
    for host, number in reading.archive.walls_by_host(reading.now - LATELY).items():
        site = site_of_host(host)
        found[site] = found.get(site, 0) + number
    return found


def site_of_host(host: str) -> str:
    """The registrable domain."""
    return urls.site_of(f"https://{host}/")


def scope_of(source: Row) -> Scope:
    """Of the ledger of a source."""
    return Scope(site=source["site"] or "", source_id=source["id"])


def _backfills(reading: Reading) -> dict[int, int]:
    """Source -> back-fills of it that run; one of a whole site is counted at each of its sources."""
    found: dict[int, int] = {}
    for each in reading.archive.backfills_running():
        its = [each.source_id] if each.source_id else [row["id"] for row in reading.archive.site_sources(each.site)]
        for id_ in its:
            found[id_] = found.get(id_, 0) + 1
    return found


def _has(source: Row, letters: str) -> bool:
    return any(letters in (source[name] or "").lower() for name in ("url", "title", "site"))


def _grouped(told: list[Row]) -> list[dict[str, Any]]:
    """Sources with the parts of each that stand below it: the worst first, then by name."""
    ids = {row["id"] for row in told}
    parts: dict[int, list[Row]] = {}
    for row in told:
        if row["parent_id"] in ids:
            parts.setdefault(row["parent_id"], []).append(row)
    groups = []
    for row in (row for row in told if row["parent_id"] not in ids):
        below = sorted(parts.get(row["id"], ()), key=_order)
        rank = min(each["state"].rank for each in (row, *below))
        groups.append({"rank": rank, "top": row, "parts": below[:PARTS_SHOWN], "more": len(below[PARTS_SHOWN:])})
    return sorted(
        groups, key=lambda group: (group["rank"] if group["top"]["active"] else OFF.rank, _name(group["top"]))
    )


def _order(source: Row) -> tuple[int, str]:
    return source["state"].rank, _name(source)


def _name(source: Row) -> str:
    return f"{source['site'] or ''} {source['title'] or ''} {source['url']}".casefold()


def _counted(told: Iterable[Row]) -> Mapping[State, int]:
    """States that there are, the worst first, with how many sources are in each."""
    found: dict[State, int] = {}
    for row in sorted(told, key=_order):
        found[row["state"]] = found.get(row["state"], 0) + 1
    return found


def since_when(source: Row) -> datetime | None:
    """Since when it fails; archives of old know its last poll alone."""
    said = source["failing_since"] or source["last_poll"]
    return datetime.fromisoformat(said) if said and source["last_error"] else None
