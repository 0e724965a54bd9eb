"""
Site rules: YAML files -> Rule, and the rule of an address. Knows no page; the only reader of YAML here.

installed()       -> hosts of every file; parse(file) -> Form -> Rule when one is asked for
load(folder)      -> all of them at once, with every mistake
match(sites, url) -> Rule | None
"""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from fnmatch import fnmatchcase
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from itertools import islice, takewhile
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml

from collector.errors import RuleError
from collector.extract import rule_api_form
from collector.extract.rule import Rule
from collector.extract.rule_form import Form, Spot

__all__ = ["Rule", "digest", "installed", "lazily", "load", "match", "of_revision", "only", "parse", "written"]

_INSTALLED = files("collector") / "sites"


@cache
def installed() -> Mapping[str, Rule]:
    """The rules that come with the program, by host."""
    return lazily(_INSTALLED)


def lazily(folder: Traversable | Path) -> Mapping[str, Rule]:
    """The rules of a folder by host, each read when it is first asked for; a broken one raises RuleError then."""
    return _Lazy(_files(folder))


def load(folder: Traversable | Path | None = None) -> Mapping[str, Rule]:
    """The rules of a folder, or those installed, by host. Raises RuleError that names every mistake of every file."""
    rules: dict[str, Rule] = {}
    mistakes: list[str] = []
    for file in _files(folder or _INSTALLED):
        try:
            rule = parse(_text(file), file.name)
        except RuleError as e:
            mistakes += e.mistakes
            continue
        for host in map(_bare, rule.hosts):
            if rules.setdefault(host, rule) is not rule:
                mistakes.append(f"{file.name}:1: hosts: {host} is already read by {rules[host].name}.yaml")
    if mistakes:
        raise RuleError(mistakes)
    return rules


def parse(text: str, name: str) -> Rule:
    """The rule in the text of a file called `name`. Raises RuleError with all its mistakes."""
    form = Form(name)
    try:
        # Every scalar stays text: YAML 1.1 would read `no` as false and `12:30` as 750.
        node = yaml.compose(text, Loader=yaml.CBaseLoader)
    except yaml.MarkedYAMLError as e:
        line = e.problem_mark.line + 1 if e.problem_mark else 1
        raise RuleError([f"{name}:{line}: file: is no YAML: {e.problem}"]) from e
    except yaml.YAMLError as e:
        raise RuleError([f"{name}:1: file: is no YAML: {e}"]) from e
    spot = _spot(node, form) if node is not None else Spot({}, 1)
    hosts, layouts = form.rule(spot)
    api = rule_api_form.apis(form, spot)
    if form.mistakes:
        raise RuleError(form.mistakes)
    # What is asked of an API changes nothing of how pages are read.
    read = {key: value for key, value in _plain(spot).items() if key != "api"}
    content = json.dumps(read, sort_keys=True, ensure_ascii=False)
    revision = hashlib.sha256(content.encode()).hexdigest()[:12]
    return Rule(name=name.removesuffix(".yaml"), hosts=hosts, revision=revision, layouts=layouts, api=api)


def match(sites: Mapping[str, Rule], url: str) -> Rule | None:
    """The rule for an address: by its very host, else by the longest pattern that fits. `www.` makes no difference."""
    try:
        host = _bare((urlsplit(url).hostname or "").rstrip("."))
    except ValueError:
        return None
    if host in sites:
        return sites[host]
    fitting = [pattern for pattern in sites if "*" in pattern and fnmatchcase(host, pattern)]
    return sites[max(fitting, key=len)] if fitting else None


def only(rule: Rule, url: str) -> Mapping[str, Rule]:
    """A register in which this rule reads the host of an address, whatever its own hosts are."""
    return {_bare((urlsplit(url).hostname or "").rstrip(".")): rule}


def written(name: str) -> str | None:
    """The text of the installed file of a rule; None when there is none of this name."""
    file = _INSTALLED / f"{name}.yaml"
    return _text(file) if file.is_file() else None


def of_revision(name: str, revision: str) -> str | None:
    """The text of the installed file of a rule, if it is a sound one of this revision."""
    text = written(name)
    try:
        return text if text is not None and parse(text, name).revision == revision else None
    except RuleError:
        return None


def digest() -> str:
    """Of all installed files: another one when any rule is another."""
    return hashlib.sha256("\n".join(map(_text, _files(_INSTALLED))).encode()).hexdigest()


class _Lazy(Mapping[str, Rule]):
    """To read all rules would cost every start of a process a fifth of a second."""

    def __init__(self, files: Iterable[Traversable | Path]) -> None:
        self._files = {_bare(host): file for file in files for host in _hosts(file)}
        self._rules: dict[str, Rule] = {}  # by the name of the file

    def __getitem__(self, host: str) -> Rule:
        file = self._files[host]
        if file.name not in self._rules:
            self._rules[file.name] = parse(_text(file), file.name)
        return self._rules[file.name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._files)

    def __len__(self) -> int:
        return len(self._files)


def _files(folder: Traversable | Path) -> list[Traversable | Path]:
    return sorted((file for file in folder.iterdir() if file.name.endswith(".yaml")), key=lambda file: file.name)


def _text(file: Traversable | Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except UnicodeDecodeError as e:
        raise RuleError([f"{file.name}:1: file: is not UTF-8: {e}"]) from e


def _hosts(file: Traversable | Path) -> Sequence[str]:
    """The hosts alone, where they stand first: the parser goes no further then."""
    text = _text(file)
    events = yaml.parse(text, Loader=yaml.CBaseLoader)
    with suppress(yaml.YAMLError, ValueError):  # then the whole file says what is wrong
        *_, key, value = islice(events, 5)
        if isinstance(key, yaml.ScalarEvent) and key.value == "hosts":
            several = isinstance(value, yaml.SequenceStartEvent)
            said = takewhile(lambda event: isinstance(event, yaml.ScalarEvent), events) if several else [value]
            if hosts := [str(one.value).lower() for one in said if isinstance(one, yaml.ScalarEvent) and one.value]:
                return hosts
    return parse(text, file.name).hosts


def _bare(host: str) -> str:
    return re.sub(r"^www\.", "", host)


def _spot(node: yaml.Node, form: Form) -> Spot:
    line = node.start_mark.line + 1
    if isinstance(node, yaml.SequenceNode):
        return Spot(tuple(_spot(one, form) for one in node.value), line)
    if not isinstance(node, yaml.MappingNode):
        return Spot(str(node.value), line)
    found: dict[str, Spot] = {}
    for key, value in node.value:
        if key.value in found:
            form.wrong(Spot("", key.start_mark.line + 1), str(key.value), "stands here twice")
        found[str(key.value)] = Spot(_spot(value, form).value, key.start_mark.line + 1)
    return Spot(found, line)


def _plain(spot: Spot) -> Any:
    match spot.value:
        case str(text):
            return text
        case tuple(parts):
            return [_plain(part) for part in parts]
        case keys:
            return {key: _plain(part) for key, part in keys.items()}
