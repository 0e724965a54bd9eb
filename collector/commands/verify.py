"""`newskeep verify`: is the archive whole? And of a folder of text files: are they what the bytes say?"""

import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from collector.commands.common import FAILED, WRONG, command, config_option, end, json_option, load, plural, print_json
from collector.commands.stages import Stages
from collector.commands.verify_folder import prove_folder
from collector.config import Config
from collector.errors import CollectorError
from storage.care.verify import total
from storage.care.verify import verify as check
from storage.care.verify_repair import accept as accepted
from storage.care.verify_repair import repair as repaired
from storage.care.verify_report import Report

MOST = 50  # faults that are listed; --json has all


@click.command()
@click.argument("folder", required=False, type=click.Path(path_type=Path, file_okay=False, exists=True))
@click.option("--repair", is_flag=True, help="Mend what can be mended, say what was done, and check again.")
@click.option("--accept", is_flag=True, help="Take rows that were changed as they are now: you have looked at them.")
@config_option
@json_option
@command
def verify(folder: Path | None, repair: bool, accept: bool, config_path: Path, as_json: bool) -> None:
    """Read every body, check every hash, row, reference and file of the archive; of FOLDER, every text file from raw.

    Reads only, unless --repair is given, and works beside a running daemon. FOLDER is one that `newskeep export` has
    filled with text files: each is made again from the bytes it came from, by the rule and the memory of then.
    Exit code 0: all is sound; 1: something is not, or not any more.
    """
    config = load(config_path)
    if not (config.data / "archive.db").exists():
        raise CollectorError(f"{config.data / 'archive.db'}: there is no archive yet; `newskeep fetch` makes it")
    if folder is not None:
        if repair or accept:
            end("newskeep: a FOLDER is only compared; `newskeep export` writes it anew", WRONG)
        sys.exit(0 if prove_folder(config, folder, as_json=as_json) else FAILED)
    report, done = _checked(config), list[str]()
    if repair and not report.sound:
        done += repaired(config.data, report, datetime.now(UTC))
    if accept and not report.sound:
        done += accepted(config.data, report)
    if done:
        report = _checked(config)
    if as_json:
        print_json(_as_json(report, done))
    else:
        _tell(report, done)
    sys.exit(0 if report.sound else FAILED)


def _checked(config: Config) -> Report:
    with Stages(bytes_=True) as stages:
        return check(config.data, stages.counting("read", total(config.data)))


def _as_json(report: Report, done: Sequence[str]) -> dict[str, Any]:
    return {
        "sound": report.sound,
        "faults": [{"place": each.place, "said": each.said, "repair": each.mend or None} for each in report.faults],
        "counts": dict(sorted(report.counts.items())),
        "strangers": report.strangers,
        "done": list(done),
    }


def _tell(report: Report, done: Sequence[str]) -> None:
    for said in done:
        click.echo(f"mended: {said}")
    for fault in report.faults[:MOST]:
        click.echo(f"fault: {fault.place}: {fault.said}", err=True)
    if len(report.faults) > MOST:
        click.echo(f"… and {len(report.faults) - MOST:,} more: see --json", err=True)
    counts = report.counts
    click.echo(
        f"{plural(counts['rows'], 'row')}, {plural(counts['bodies'], 'body')} of {counts['bytes']:,} bytes, "
        f"{plural(counts['files'], 'text file')} read"
    )
    notes = {
        "unsealed": "rows were written by another program and have no digest",
        "orphans": "bodies belong to no capture (of a write that was stopped)",
        "gone": "captures have no body any more, on purpose or lost before",
        "behind": "text files are newer than the manifest; the next export tells of them",
    }
    for name, said in notes.items():
        if counts[name]:
            click.echo(f"{counts[name]:,} {said}")
    for name in report.strangers:
        click.echo(f"not of the archive: {name}")
    if report.sound:
        click.echo("all is sound")
    else:
        mendable = sum(bool(fault.mend) for fault in report.faults)
        click.echo(f"{plural(len(report.faults), 'fault')}, {mendable:,} that --repair can help", err=True)
