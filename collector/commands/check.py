"""`newskeep check`: is config.yaml right? Every mistake with its line, not the first only."""

from pathlib import Path

import click

from collector.commands.common import WRONG, command, config_option, end, json_option, load, plural, print_json
from collector.config import Config
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
        installed = len({rule.name for rule in rules.installed().values()})
    except ConfigError as error:
        installed = 0
        mistakes += error.mistakes
    try:
        config = load(config_path)
        known = len(config.sources)
        mistakes += _without_rule(config, config_path) if installed else []
    except ConfigError as error:
        mistakes += error.mistakes
    if as_json:
        print_json({"file": str(config_path), "mistakes": mistakes, "sources": known, "site_rules": installed})
    if mistakes:
        end("\n".join([*mistakes, f"{config_path}: {plural(len(mistakes), 'mistake')}"]), WRONG)
    if not as_json:
        click.echo(f"{config_path}: right; {plural(known, 'source')}, {plural(installed, 'site rule')}")


def _without_rule(config: Config, path: Path) -> list[str]:
    """Hosts that are to be read with the rule of a host that has none."""
    return [
        f"{path}: sites.{host}.rule: no site rule is installed for {site.rule}"
        for host, site in config.sites.items()
        if site.rule and rules.match(rules.installed(), f"https://{site.rule}/") is None
    ]
