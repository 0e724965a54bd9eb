"""`newskeep reextract`: the archive read again by the rules of now, without the network; reported, applied, undone."""

import asyncio
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import click

from collector import reextract as work
from collector.commands.common import (
    WRONG,
    command,
    config_option,
    end,
    json_option,
    load,
    log_to_stderr,
    plural,
    print_json,
)
from collector.commands.naming import article
from collector.commands.reextract_report import in_words
from collector.commands.stages import Stages
from collector.commands.when import to_day
from collector.config import Config
from collector.errors import CollectorError
from collector.pipeline.run import now, open_existing
from collector.policy.verdicts import Kind
from storage.archive import Archive
from storage.archive.reextraction import Scope
from storage.care.staging import Staging

KINDS: tuple[Kind, ...] = ("better", "different", "worse")


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the command line says beside the scope."""

    rules: Path | None
    apply: bool
    kinds: tuple[Kind, ...]
    samples: int
    every: bool
    as_json: bool


@click.command()
@click.option(
    "--site", "sites", multiple=True, help="Only articles of this site, such as example.org; may be repeated."
)
@click.option("--article", "articles", multiple=True, help="Only this article, by its id or address; may be repeated.")
@click.option(
    "--rule", "revisions", multiple=True, help="Only what this revision, or `site:example.org`, or `generic` read."
)
@click.option("--since", callback=to_day, metavar="DAY", help="Only articles first seen on this day (UTC) or later.")
@click.option("--until", callback=to_day, metavar="DAY", help="Only articles first seen on this day (UTC) or earlier.")
@click.option(
    "--rules",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="A folder of site rules to try before the installed ones.",
)
@click.option(
    "--dry-run/--apply", "dry", default=True, help="Report only, which is the default; or make new versions too."
)
@click.option(
    "--only", "kinds", multiple=True, type=click.Choice(KINDS), help="With --apply: only these; may be repeated."
)
@click.option("--undo", type=int, metavar="RUN", help="Take back all versions that this run made.")
@click.option("--runs", is_flag=True, help="List the runs that were applied.")
@click.option("--every", is_flag=True, help="Read those too that were read by just these rules, program and memory.")
@click.option(
    "--samples", type=click.IntRange(0, 100), default=3, show_default=True, help="Most of each kind and site."
)
@config_option
@json_option
@command
def reextract(
    sites: tuple[str, ...],
    articles: tuple[str, ...],
    revisions: tuple[str, ...],
    since: date | None,
    until: date | None,
    config_path: Path,
    undo: int | None,
    runs: bool,
    **asked: Any,
) -> None:
    """Read kept pages again by the site rules of now, offline, and report what would be better or worse.

    Nothing is changed without --apply. That makes new versions beside the old ones, a transaction a site; the run can
    be taken back with --undo. What was read is kept until it is applied: stopped and started again, it goes on.
    """
    config = load(config_path)
    log_to_stderr(config, "info")
    if runs:
        return _list(config, asked["as_json"])
    if undo is not None:
        return _undo(config, undo, asked["as_json"])
    if asked["kinds"] and asked["dry"]:
        end("newskeep: --only goes with --apply; without it everything is reported", WRONG)
    with closing(open_existing(config, readonly=asked["dry"])) as archive:
        scope = Scope(
            sites=sites,
            articles=tuple(sorted(article(archive, each)["id"] for each in articles)),
            rules=revisions,
            since=since.isoformat() if since else None,
            until=(until + timedelta(days=1)).isoformat() if until else None,
        )
        wanted = _Asked(
            asked["rules"],
            not asked["dry"],
            asked["kinds"] or KINDS,
            asked["samples"],
            asked["every"],
            asked["as_json"],
        )
        return _reextract(config, archive, scope, wanted)


def _reextract(config: Config, archive: Archive, scope: Scope, asked: _Asked) -> None:
    used = work.Rules(config, asked.rules)
    sites = archive.sites_in(scope)
    with _staging(config, work.key(scope, used)) as staging:
        with Stages() as stages, closing(_readonly(config)) as beside:
            counted = stages.counting("articles read", sum(sites.values()))
            reading = work.read(beside, staging, scope, used, config.data / "raw", counted, every=asked.every)
            same = asyncio.run(reading)
        found = list(work.report(archive, staging, sites, asked.samples))
        told: dict[str, Any] = {"sites": [each.as_json() for each in found], "same": same, "run": None, "versions": 0}
        if asked.apply:
            with Stages() as stages:
                counted = stages.counting("versions made", None)
                told["run"], told["versions"] = work.apply(archive, staging, scope, used, asked.kinds, now, counted)
            staging.remove()
    if asked.as_json:
        return print_json(told)
    click.echo(in_words(found))
    if same:
        click.echo(
            f"\n{plural(same, 'article')} had been read by these very rules, and need no reading; --every does it"
        )
    if asked.apply:
        click.echo(
            f"\nRun {told['run']} made {plural(told['versions'], 'version')}; "
            f"to take it back: newskeep reextract --undo {told['run']}"
        )
    elif any(each.kinds.total() > each.kinds["unchanged"] for each in found):
        click.echo("\nNothing was changed. The same command with --apply makes versions of what is reported here.")
    return None


@contextmanager
def _staging(config: Config, key: str) -> Iterator[Staging]:
    """Beside the archive. Raises CollectorError where nothing can be written."""
    path = config.data / "reextract.db"
    try:
        staging = Staging(path, key)
    except OSError as error:
        raise CollectorError(f"{path}: cannot be written, and what is read has to be noted there: {error}") from error
    with closing(staging):
        yield staging


def _readonly(config: Config) -> Archive:
    return open_existing(config, readonly=True)


def _undo(config: Config, run_id: int, as_json: bool) -> None:
    with closing(open_existing(config)) as archive:
        versions = archive.versions_of_run(run_id)
        with Stages() as stages:
            try:
                later = work.undo(archive, run_id, now, stages.counting("versions withdrawn", versions))
            except LookupError as error:
                raise CollectorError(f"{error}; `newskeep reextract --runs` lists them") from error
    if as_json:
        return print_json({"run": run_id, "withdrawn": versions, "edited_since": later})
    click.echo(f"{plural(versions, 'version')} of run {run_id} withdrawn")
    if later:
        click.echo(f"{plural(later, 'article')} had been edited since and kept that newer version")
    return None


def _list(config: Config, as_json: bool) -> None:
    with closing(_readonly(config)) as archive:
        found = archive.runs()
    if as_json:
        return print_json(found)
    if not found:
        click.echo("nothing was ever re-extracted and applied here")
    for row in found:
        undone = f", undone {row['undone_at'][:16]}" if row["undone_at"] else ""
        click.echo(f"run {row['id']}  applied {row['applied_at'][:16]}{undone}  {row['counts']}  {row['scope']}")
    return None
