"""`newskeep verify FOLDER`: which text files are not what the bytes say, and why."""

import asyncio
from contextlib import closing
from dataclasses import asdict
from pathlib import Path

import click

from collector.commands.common import plural, print_json
from collector.commands.stages import Stages
from collector.config import Config
from collector.pipeline.run import open_existing
from collector.proof import Proof, count, prove

MOST = 50  # differences that are listed; --json has all


def prove_folder(config: Config, folder: Path, *, as_json: bool) -> bool:
    """Compare, and print what differs. Is all of it what the bytes say?"""
    with closing(open_existing(config, readonly=True)) as archive, Stages() as stages:
        counted = stages.counting("files made again", count(folder))
        proof = asyncio.run(prove(archive, config.data / "raw", folder, counted))
    if as_json:
        print_json({"sound": not proof.differences, "folder": str(folder)} | asdict(proof))
    else:
        _tell(proof)
    return not proof.differences


def _tell(proof: Proof) -> None:
    for each in proof.differences[:MOST]:
        click.echo(f"{each.file}: {each.reason}" + (f": {each.said}" if each.said else ""), err=True)
    if len(proof.differences) > MOST:
        click.echo(f"… and {len(proof.differences) - MOST:,} more: see --json", err=True)
    click.echo(f"{proof.same:,} of {plural(proof.files, 'text file')} are what the bytes say, to the letter")
