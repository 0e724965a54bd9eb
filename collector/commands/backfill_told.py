"""What became of a back-fill, as JSON and in words."""

from collections import Counter
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from collector import urls
from collector.commands.common import plural
from collector.config import Config
from collector.daemon.attention import span
from collector.robots import parse, product
from storage.archive import Archive
from storage.archive.backfills import Backfill

USUAL_PAGE = 30_000  # bytes that a page and its text take, where no page of the site is known yet
USUAL_ANSWER = 0.5  # seconds, where the host was never asked
NONE_FOUND = "no way into the past was found; a site that has no https is named with its scheme: http://example.org/"


def told(archive: Archive, config: Config, id_: int) -> dict[str, Any]:
    """One JSON document. `failed`: something could not be had, and may be tried again; or nothing was found."""
    backfill = archive.backfill(id_)
    assert backfill is not None
    ways, hosts = archive.walks_told(id_), archive.finds_told(id_)
    names = ("found", "waiting", "trying", "archived", "gone", "refused", "failed", "without")
    pages = {name: sum(row[name] for row in hosts) for name in names}
    said = {
        **{name: getattr(backfill, name) for name in ("id", "target", "site", "state", "dry", "via")},
        "since": str(backfill.since),
        "until": str(backfill.until),
        "limit": backfill.most,
        "ways": [{name: value for name, value in row.items() if name != "id"} for row in ways],
        "hosts": hosts,
        "pages": pages,
        "failed": bool(pages["trying"] or pages["failed"] or not _found_any(ways) or _lacks(ways)),
    }
    return said | {"estimate": _estimate(archive, config, backfill, hosts)} if backfill.dry else said


def _lacks(ways: list[dict[str, Any]]) -> bool:
    """Could a document of a way not be had, or a whole way, and none goes back to the first day?

    One that is no way at all lacks nothing.
    """
    lost = any(way["state"] == "failed" or (way["announced"] and way["failed"]) for way in ways)
    return lost and not any(way["reached"] and not way["failed"] for way in ways)


def _found_any(ways: list[dict[str, Any]]) -> bool:
    """Was there any way at all? One that tells of nothing in these days is one."""
    return any(row["announced"] or row["reached"] for row in ways)


def _estimate(archive: Archive, config: Config, backfill: Backfill, hosts: list[dict[str, Any]]) -> dict[str, Any]:
    """Pages to ask for, seconds at each host's pauses, the longest of them, and bytes on disk."""
    asked: Counter[str] = Counter()
    for row in hosts:
        asked[urls.host_of(config.wayback) if row["way"] == "wayback" else row["host"]] += row["waiting"]
    delays = _crawl_delays(archive, config)
    seconds = [number * _pause(archive, config, host, delays) for host, number in asked.items()]
    size = archive.page_bytes([row["host"] for row in hosts]) or USUAL_PAGE
    return {"pages": sum(asked.values()), "seconds": max(seconds, default=0.0), "bytes": size * sum(asked.values())}


def _crawl_delays(archive: Archive, config: Config) -> dict[str, float]:
    """Seconds that the robots.txt of each host asks for between two requests, as far as it is known."""
    agent = product(config.network.user_agent)
    known = archive.hosts().items()
    return {urls.host_of(at): parse(state.robots_body, agent).delay for at, state in known if state.robots_body}


def _pause(archive: Archive, config: Config, host: str, delays: Mapping[str, float]) -> float:
    """Seconds a page: the pause of the host and what its answers take, for as many at once as it may be asked."""
    delay = max(config.delay_at(host), delays.get(host, 0.0))
    return (delay + (archive.answer_seconds(host) or USUAL_ANSWER)) / config.width_at(host)


def in_words(said: dict[str, Any]) -> str:
    """A few lines for people."""
    head = f"back-fill {said['id']} of {said['target']}, {said['since']} to {said['until']}"
    lines = [f"{head}: {'a trial, ' if said['dry'] else ''}{said['state']}"]
    lines += [f"  {row['way']:<8} {_way(row)}" for row in said["ways"]]
    if not said["dry"]:
        pages = said["pages"]
        lines.append(
            f"  pages    {pages['found']:,} found: {pages['archived']:,} archived, {pages['gone']:,} gone, "
            f"{pages['without']:,} without an article, {pages['refused']:,} refused, {pages['failed']:,} failed, "
            f"{pages['trying']:,} to be tried again, {pages['waiting']:,} not asked for"
        )
        lines.append(f"each day: newskeep coverage {said['site']} --since {said['since']} --until {said['until']}")
    else:
        found = said["estimate"]
        lines.append(
            f"  to do    {plural(found['pages'], 'page')}, about {span(timedelta(seconds=found['seconds']))} "
            f"at these pauses, about {found['bytes'] / 1e6:,.1f} MB on disk"
        )
        lines.append("do it: the same command without --dry-run; nothing of this is asked for again")
    if not _found_any(said["ways"]):
        lines.append(NONE_FOUND)
    return "\n".join(lines)


def _way(row: dict[str, Any]) -> str:
    if row["state"] == "waiting":
        return "not tried"
    if row["state"] in ("none", "not needed", "failed"):
        return f"{row['state']}{': ' if row['why'] else ''}{row['why'] or ''}"
    form = f"{row['form']}: " if row["form"] else ""
    back = "goes back to the first day" if row["reached"] else f"goes back to {(row['oldest'] or 'no day')[:10]}"
    failed = f", {row['failed']:,} of them not to be had" if row["failed"] else ""
    others = {"written later, not dated: passed over": row["later"], "of other sites": row["elsewhere"]}
    told = "".join(f"; {number:,} {what}" for what, number in others.items() if number)
    why = f"; {row['why']}" if row["why"] else ""
    documents = plural(row["asked"], "document")
    return f"{form}{documents}{failed}, {row['found']:,} of {row['announced']:,} addresses{told}; {back}{why}"


def listed(archive: Archive, found: list[Backfill]) -> str:
    """A line for each."""
    if not found:
        return "there is no back-fill yet: newskeep backfill SITE --since 2025-01-01"
    lines = []
    for each in found:
        of, waiting = archive.finds_of(each.id), archive.finds_waiting(each.id)
        what = " (a trial)" * each.dry + " (a gap)" * (each.gap_id is not None)
        lines.append(
            f"{each.id:>4}  {each.state:<9} {each.since} to {each.until}  {of - waiting:,} of {of:,} pages  "
            f"{each.target}{what}"
        )
    return "\n".join(lines)
