"""`newskeep sites list`: the rules, and how they fared when they were last checked."""

from pathlib import Path
from typing import Any

import click

from collector.casebook import register
from collector.casebook.cases import cases_in
from collector.casebook.register import Check
from collector.commands.common import command, config_option, json_option, plural, print_json
from collector.commands.sites_test import cases_option, data_folder
from collector.extract import rules
from collector.extract.rule import Rule


@click.command(name="list")
@cases_option
@config_option
@json_option
@command
def list_(folder: Path, config_path: Path, as_json: bool) -> None:
    """Show the rules: their hosts, layouts and cases, and what `newskeep sites test` last said of them."""
    checks = register.read(data_folder(config_path))
    cases = [case.rule for case in cases_in(folder)]
    installed = {rule.name: rule for rule in rules.installed().values()}
    told = [_told(rule, cases.count(name), checks.get(name)) for name, rule in sorted(installed.items())]
    if as_json:
        print_json(told)
        return
    for one in told:
        click.echo(f"{one['rule']:<28} {_in_words(one)}")
    click.echo(f"{plural(len(told), 'rule')}, {plural(len(cases), 'case')}; checked by newskeep sites test")


def _told(rule: Rule, cases: int, check: Check | None) -> dict[str, Any]:
    return {
        "rule": rule.name,
        "hosts": list(rule.hosts),
        "revision": rule.revision,
        "layouts": len(rule.layouts),
        "text": "own" if any(layout.piece.body for layout in rule.layouts) else "generic",
        "cases": cases,
        "checked_at": check.checked_at if check else None,
        "passed": check.passed if check else None,
        "of": check.cases if check else None,
        "score": check.score if check else None,
        "pages": check.pages if check else 0,
        "changed_since": check is not None and check.revision != rule.revision,
    }


def _in_words(one: dict[str, Any]) -> str:
    facts = [
        f"text {one['text']}",
        plural(one["layouts"], "layout"),
        plural(len(one["hosts"]), "host"),
        plural(one["cases"], "case"),
        f"{one['checked_at'][:10]} {one['passed']}/{one['of']} passed" if one["checked_at"] else "never checked",
        f"F1 {one['score']:.3f} on {plural(one['pages'], 'page')}" if one["score"] is not None else "",
        "changed since" if one["changed_since"] else "",
    ]
    return ", ".join(filter(None, facts))
