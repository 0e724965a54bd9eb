"""A Dockerfile and its .dockerignore -> stages of steps, and what a builder gets to see. Runs nothing."""

import fnmatch
import json
import re
import shlex
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath


@dataclass(frozen=True)
class Step:
    """One instruction: its word in capitals, its flags without `--`, and the rest."""

    word: str
    text: str
    flags: Mapping[str, str] = field(default_factory=dict)

    def words(self) -> list[str]:
        """The rest as a list, of its JSON or as a shell would cut it."""
        return list(json.loads(self.text)) if self.text.startswith("[") else shlex.split(self.text)


@dataclass(frozen=True)
class Stage:
    """What stands below one FROM."""

    name: str
    base: str
    steps: tuple[Step, ...]


def read(text: str) -> tuple[Stage, ...]:
    """The stages of a Dockerfile in their order; an ARG before the first FROM is filled in."""
    stages: list[Stage] = []
    arguments: dict[str, str] = {}
    for step in _steps(text):
        if step.word == "FROM":
            base, _, name = step.text.partition(" AS ")
            stages.append(Stage(name or str(len(stages)), filled(base, arguments), ()))
        elif stages:
            stages[-1] = replace(stages[-1], steps=(*stages[-1].steps, step))
        else:
            assert step.word == "ARG", f"{step.word} before the first FROM"
            key, _, value = step.text.partition("=")
            arguments[key] = value
    return tuple(stages)


def filled(text: str, values: Mapping[str, str]) -> str:
    """With the values of the names that are known, `$NAME` or `${NAME}`."""
    return re.sub(r"\$\{?(\w+)\}?", lambda name: values.get(name[1], name[0]), text)


def sent(context: Path, path: str) -> bool:
    """Does .dockerignore let the builder see a path? The last pattern that fits it, or a folder above it, decides."""
    answer = True
    along = [PurePosixPath(path), *PurePosixPath(path).parents][:-1]
    for line in (context / ".dockerignore").read_text().splitlines():
        pattern = line.removeprefix("!")
        anywhere = pattern.startswith("**/")
        seen = [each.name if anywhere else str(each) for each in along]
        if pattern and not pattern.startswith("#") and fnmatch.filter(seen, pattern.removeprefix("**/")):
            answer = line.startswith("!")
    return answer


def _steps(text: str) -> list[Step]:
    lines = "\n".join(line for line in text.splitlines() if not line.lstrip().startswith("#"))
    steps = []
    for line in re.sub(r"\\\n\s*", " ", lines).splitlines():
        if line.strip():
            word, _, rest = line.strip().partition(" ")
            flags = dict(re.findall(r"--([a-z-]+)=(\S+)", head := _flags(rest)))
            steps.append(Step(word.upper(), rest[len(head) :].strip(), flags))
    return steps


def _flags(rest: str) -> str:
    """The flags that stand before everything else; those of a command in a RUN are its own."""
    match = re.match(r"(\s*--[a-z-]+=\S+)*", rest)
    return match[0] if match else ""
