"""`newskeep prune`: which bodies config.yaml gives up by their age; and they go."""

from contextlib import closing
from dataclasses import asdict
from pathlib import Path

import click

from collector.commands.common import command, config_option, json_option, load, plural, print_json
from collector.commands.stages import Stages
from collector.pipeline.run import now, open_existing
from storage.care.prune import Heap, Pruned
from storage.care.prune import prune as pruned
from storage.raw import Raw

SHOWN = 30  # hosts and rules


@click.command()
@click.option("--apply", "applied", is_flag=True, help="Remove them; without it nothing is changed.")
@config_option
@json_option
@command
def prune(applied: bool, config_path: Path, as_json: bool) -> None:
    """Show which bodies in raw/ the rules of `prune` in config.yaml give up, by host and rule; with --apply they go.

    Texts and rows always stay, and so do the bytes of the first and of the current version of every article. A prune
    that is stopped goes on with the next one. Works beside a running daemon, which does the same once a day.
    """
    config = load(config_path)
    rules = config.prune.model_dump(exclude_none=True)
    with closing(open_existing(config)) as archive, Stages() as stages:
        make = archive.last_captured_at() is None
        with closing(Raw(config.data / "raw", make=make)) as raw:
            done = pruned(archive, raw, rules, now(), apply=applied, tell=stages.tell)
    if as_json:
        return print_json({"applied": applied, "rules": rules, **asdict(done)})
    return click.echo(_in_words(done, rules, applied=applied))


def _in_words(done: Pruned, rules: dict[str, float], *, applied: bool) -> str:
    if not rules:
        return "config.yaml has no rules below `prune`: nothing is given up"
    bodies, size = sum(heap.bodies for heap in done.heaps), sum(heap.packed for heap in done.heaps)
    lines = [f"  {'MB':>9} {'bodies':>9}  {'rule':11} host", *map(_line, done.heaps[:SHOWN])] if bodies else []
    if (more := len(done.heaps) - SHOWN) > 0:
        lines.append(f"  and {more:,} more of other hosts and rules")
    told = f"{plural(bodies, 'body')} of {size / 1e6:,.1f} MB"
    if applied:
        return "\n".join([*lines, f"{told}: removed; raw/ has {done.freed / 1e6:,.1f} MB less to hold"])
    return "\n".join([*lines, f"{told} would go; --apply removes {'them' if bodies != 1 else 'it'}"])


def _line(heap: Heap) -> str:
    return f"  {heap.packed / 1e6:9,.1f} {heap.bodies:9,}  {heap.rule:11} {heap.host or 'unknown'}"
