"""`newskeep check`: is config.yaml right? Every mistake with its line, not the first only."""

from pathlib import Path

import click

from collector.commands.common import WRONG, command, config_option, end, json_option, load, plural, print_json
from collector.errors import ConfigError
from collector.extract import rules


@click.command()
@config_option
@json_option
@command
def check(config_path: Path, as_json: bool) -> None:
    """Read config.yaml and the site rules and report every mistake. Nothing is fetched.

    Exit code 0 when all is right, 2 when something is wrong.
    """
    mistakes: list[str] = []
    known = 0
    try:
        installed = len({rule.name for rule in rules.load().values()})
    except ConfigError as error:
        installed = 0
        mistakes += error.mistakes
    try:
        known = len(load(config_path).sources)
    except ConfigError as error:
        mistakes += [each for each in error.mistakes if each not in mistakes]
    if as_json:
        print_json({"file": str(config_path), "mistakes": mistakes, "sources": known, "site_rules": installed})
    if mistakes:
        end("\n".join([*mistakes, f"{config_path}: {plural(len(mistakes), 'mistake')}"]), WRONG)
    if not as_json:
        click.echo(f"{config_path}: right; {plural(known, 'source')}, {plural(installed, 'site rule')}")
