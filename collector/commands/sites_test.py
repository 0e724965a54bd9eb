"""`newskeep sites test`: run the cases of the rules, show what is read otherwise, score the rules on real pages."""

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from statistics import fmean
from typing import Any

import click

from collector.casebook import register
from collector.casebook.cases import Case, Outcome, cases_in
from collector.casebook.register import Check
from collector.casebook.truth import RealPage, pages_in
from collector.commands.common import FAILED, command, config_option, in_colour, json_option, load, plural, print_json
from collector.commands.sites_diff import missed
from collector.errors import ConfigError
from collector.extract import extract, rules
from collector.extract.rule import Rule

cases_option = click.option(
    "--cases",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("tests/sites"),
    show_default=True,
    help="The folder of all cases.",
)


@click.command()
@click.argument("hosts", metavar="[HOST]...", nargs=-1)
@cases_option
@click.option(
    "--pages",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Real pages with the truth about them (gold.jsonl): score the rules on those of their sites, too.",
)
@config_option
@json_option
@command
def test(hosts: tuple[str, ...], folder: Path, pages: Path | None, config_path: Path, as_json: bool) -> None:
    """Run the cases of the rules, or of those for each HOST, and show word by word what is read otherwise.

    `newskeep sites list` shows the outcome. Exit code 1 when a case fails.
    """
    chosen = _chosen(hosts)
    outcomes = {case: case.outcome() for case in cases_in(folder) if case.rule in chosen}
    if not outcomes and pages is None:
        raise ConfigError(
            [f"{folder}: no case there of {', '.join(hosts) or 'any rule'}; --cases names another folder"]
        )
    scores = _scores(chosen.values(), pages_in(pages)) if pages else {}
    checks = dict(_checks(chosen, outcomes, scores))
    register.add(data_folder(config_path), checks)
    if as_json:
        print_json({"cases": [_as_json(case, each) for case, each in outcomes.items()], "scores": scores})
    else:
        _show(outcomes, scores)
    if not all(each.passed for each in outcomes.values()):
        sys.exit(FAILED)


def data_folder(config_path: Path) -> Path:
    """Where the outcome of checks is kept."""
    return load(config_path).data if config_path.exists() else Path("data")


def _chosen(hosts: Sequence[str]) -> dict[str, Rule]:
    """The rules by name: all, or those that read the hosts. Raises ConfigError for a host without one."""
    installed = rules.installed()
    if not hosts:
        return {rule.name: rule for rule in installed.values()}
    found = {host: rules.match(installed, f"https://{host}/") for host in hosts}
    if missing := [host for host, rule in found.items() if rule is None]:
        raise ConfigError([f"{host}: no rule reads this host" for host in missing])
    return {rule.name: rule for rule in found.values() if rule is not None}


def _scores(chosen: Iterable[Rule], pages: Iterable[RealPage]) -> dict[str, dict[str, float]]:
    """By rule, the F1 of each real page of its sites."""
    names, installed = {rule.name for rule in chosen}, rules.installed()
    found: dict[str, dict[str, float]] = {}
    for page in pages:
        rule = rules.match(installed, page.url)
        if rule is not None and rule.name in names:
            articles = extract(page.body, page.url, fetched_at=page.fetched_at).articles
            text = "\n".join(one.text for one in articles[0].paragraphs) if articles else ""
            found.setdefault(rule.name, {})[page.name] = round(page.f1(text), 4)
    return found


def _checks(
    chosen: Mapping[str, Rule], outcomes: Mapping[Case, Outcome], scores: Mapping[str, Mapping[str, float]]
) -> Iterator[tuple[str, Check]]:
    now = datetime.now(UTC).isoformat(timespec="seconds")
    for name, rule in chosen.items():
        own = [each for case, each in outcomes.items() if case.rule == name]
        scored = scores.get(name, {})
        if own or scored:
            yield (
                name,
                Check(
                    checked_at=now,
                    revision=rule.revision,
                    passed=sum(each.passed for each in own),
                    cases=len(own),
                    score=round(fmean(scored.values()), 4) if scored else None,
                    pages=len(scored),
                ),
            )


def _show(outcomes: Mapping[Case, Outcome], scores: Mapping[str, Mapping[str, float]]) -> None:
    for case, each in outcomes.items():
        click.echo(f"{click.style('ok  ', fg='green') if each.passed else click.style('FAIL', fg='red')} {case.name}")
        if not each.passed:
            click.echo("\n".join(f"     {line}" for line in missed(each, coloured=in_colour())))
    for name, pages in scores.items():
        for page, score in pages.items():
            click.echo(f"{score:.3f} {name}: {page}")
    failed = sum(not each.passed for each in outcomes.values())
    every = [score for pages in scores.values() for score in pages.values()]
    told = f"{plural(len(outcomes), 'case')}, {failed} failed"
    click.echo(f"{told}; F1 {fmean(every):.4f} on {plural(len(every), 'page')}" if every else told)


def _as_json(case: Case, each: Outcome) -> dict[str, Any]:
    return {
        "case": case.name,
        "passed": each.passed,
        "read_by": each.extractor,
        "difference": list(missed(each, coloured=False)),
    }
