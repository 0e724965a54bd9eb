"""`newskeep status`: how the archive and its daemon fare, what needs attention first. Reads only, also beside a run."""

import textwrap
from contextlib import closing
from dataclasses import asdict
from datetime import datetime, timedelta
from itertools import groupby
from pathlib import Path
from typing import Any

import click

from collector.commands import status_disk
from collector.commands.common import FAILED, command, config_option, end, json_option, load, plural, print_json
from collector.config import Config
from collector.daemon.attention import ADVICE, attention, clock, span
from collector.daemon.finders import why_dead
from collector.daemon.snapshot import snapshot
from collector.errors import ConfigError
from collector.pipeline.run import now, open_existing
from storage.archive import Archive
from storage.archive.backfills import Backfill
from storage.archive.base import Row

SOURCES, NEWEST = 20, 5  # that are shown unless more are wanted
WIDTH = 110


@click.command()
@click.option("--health", is_flag=True, help="One line, and exit code 0 only if the daemon is alive and well.")
@click.option("--sources", "all_sources", is_flag=True, help="List every source with its rhythm.")
@click.option("--disk", is_flag=True, help="What takes the room: bytes by host and month, by table.")
@config_option
@json_option
@command
def status(config_path: Path, as_json: bool, health: bool, all_sources: bool, disk: bool) -> None:
    """How the archive fares: what needs attention first and what to do, then the daemon, counts, sources, newest."""
    if health:
        return _health(config_path)
    config = load(config_path)
    if disk:
        found = status_disk.disk(config)
        return print_json(found) if as_json else click.echo(status_disk.in_words(found))
    with closing(open_existing(config, readonly=True)) as archive:
        state = _state(archive, config, now())
    if as_json:
        return print_json(state)
    return click.echo(_in_words(state, now(), all_sources=all_sources))


def _health(path: Path) -> None:
    """For HEALTHCHECK, which knows of no exit code but 0 and 1."""
    try:
        config = load(path)
    except ConfigError as error:
        end(str(error), FAILED)
    with closing(open_existing(config, readonly=True)) as archive:
        pulse = archive.pulse()
    if pulse is None:
        end("no daemon ever ran here: start `newskeep run`", FAILED)
    if why := why_dead(pulse, now()) or "; ".join(pulse["detail"].get("wrong", ())):
        end(why, FAILED)
    click.echo(f"alive and well since {clock(datetime.fromisoformat(pulse['started_at']))}")


def _state(archive: Archive, config: Config, at: datetime) -> dict[str, Any]:
    """All of it, as JSON has it."""
    seen = snapshot(archive.queues(at), config.data)
    return {
        "archive": str(archive.path),
        "attention": [each.as_json() for each in attention(archive, at)],
        "daemon": archive.pulse(),
        "troubles": archive.troubles(),
        "counts": archive.counts(),
        "waiting": {what: asdict(getattr(seen.queues, what)) for what in ("polls", "visits", "looks", "reads")},
        "disk": {"archive": seen.archive_bytes, "raw": seen.raw_bytes, "free": seen.free_bytes},
        "backfills": [_backfill(archive, each) for each in archive.backfills_running()],
        "newest": archive.newest(NEWEST),
        "sources": [row | {"late": _late(row, at)} for row in archive.sources_watched(at)],
    }


def _backfill(archive: Archive, running: Backfill) -> dict[str, Any]:
    told = {name: getattr(running, name) for name in ("id", "target", "dry")}
    return told | {"found": archive.finds_of(running.id), "waiting": archive.finds_waiting(running.id)}


def _late(source: Row, at: datetime) -> float:
    """Seconds that its next poll is behind; 0 when it is not due."""
    due = source["next_poll"]
    return max(0.0, (at - datetime.fromisoformat(due)).total_seconds()) if due else 0.0


def _in_words(state: dict[str, Any], at: datetime, *, all_sources: bool) -> str:
    parts = [
        _attention(state["attention"]),
        _counts(state, at),
        _sources(state["sources"], at, all_sources=all_sources),
    ]
    if state["backfills"]:
        running = (
            f"  {each['id']:>4}  {each['found'] - each['waiting']:,} of {each['found']:,} pages  {each['target']}"
            for each in state["backfills"]
        )
        parts.append("\n".join(["Back-fills", *running]))
    if state["newest"]:
        newest = (f"  {(row['published'] or '')[:10]:10}  {row['title']} ({row['site']})" for row in state["newest"])
        parts.append("\n".join(["Newest articles", *newest]))
    return "\n\n".join(part for part in parts if part)


def _attention(found: list[dict[str, Any]]) -> str:
    if not found:
        return "Nothing needs attention"
    lines = ["Needs attention"]
    for kind, group in groupby(found, lambda each: each["kind"]):
        lines += [f"  {each['text']}" for each in group]
        lines += textwrap.wrap(ADVICE[kind], WIDTH, initial_indent=" " * 6, subsequent_indent=" " * 6)
    return "\n".join(lines)


def _counts(state: dict[str, Any], at: datetime) -> str:
    lines = [state["archive"], f"  {'daemon':9} {_daemon(state['daemon'], at)}"]
    for what, counts in state["counts"].items():
        parts = ", ".join(f"{number:,} {name}" for name, number in counts.items())
        lines.append(f"  {what:9} {parts or 'none'}")
    due = {what: queue for what, queue in state["waiting"].items() if queue["due"]}
    waiting = (f"{each['due']:,} {what}, the first for {_ago(each['age'])}" for what, each in due.items())
    lines.append(f"  {'waiting':9} {'; '.join(waiting) or 'nothing'}")
    disk = {"archive.db": state["disk"]["archive"], "raw/": state["disk"]["raw"], "free": state["disk"]["free"]}
    told = (f"{size / 1e6:,.1f} MB {what}" for what, size in disk.items() if size is not None)
    return "\n".join([*lines, f"  {'disk':9} {', '.join(told)}"])


def _daemon(pulse: Row | None, at: datetime) -> str:
    if pulse is None:
        return "has never run here"
    if why_dead(pulse, at):
        return "does not run"
    running = _ago((at - datetime.fromisoformat(pulse["started_at"])).total_seconds())
    return f"{pulse['state']}, for {running} (process {pulse['pid']}, version {pulse['version']})"


def _sources(rows: list[Row], at: datetime, *, all_sources: bool) -> str:
    if not rows:
        return ""
    shown = rows if all_sources else sorted(rows, key=lambda row: -(row["rate"] or 0))[:SOURCES]
    hidden = f", the {len(shown)} with most news; --sources lists all" if len(shown) < len(rows) else ""
    lines = [f"{plural(len(rows), 'source').capitalize()}{hidden}"]
    lines.append(f"  {'polled every':13} {'new an hour':>11} {'in 7 days':>10}  {'last new':14} {'next poll':14}")
    for row in shown:
        rate = "" if row["rate"] is None else f"{row['rate']:.2f}"
        every = "" if row["interval"] is None else _ago(row["interval"])
        last, due = _since(row["last_new"], at), _next(row, at)
        lines.append(f"  {every:13} {rate:>11} {row['week']:>10,}  {last:14} {due:14} {row['url']}")
    return "\n".join(lines)


def _since(text: str | None, at: datetime) -> str:
    return f"{_ago((at - datetime.fromisoformat(text)).total_seconds())} ago" if text else ""


def _next(row: Row, at: datetime) -> str:
    if row["late"] or not row["next_poll"]:
        return f"late {_ago(row['late'])}" if row["next_poll"] else "now"
    return f"in {_ago((datetime.fromisoformat(row['next_poll']) - at).total_seconds())}"


def _ago(seconds: float) -> str:
    return span(timedelta(seconds=seconds))
