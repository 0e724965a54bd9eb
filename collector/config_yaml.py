"""
YAML text -> plain values, and where each stands in the text. Knows nothing of what the values mean.

YAML 1.1 reads `no` as false, `12:30` as 750 and `2025-01-01` as a date; a person means the words that they wrote. So
only `true`, `false`, `null` and plain numbers are more than text here.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml
from yaml.reader import ReaderError

from collector.errors import ConfigError

Path = tuple[str | int, ...]

INTEGER = re.compile(r"[-+]?[0-9]+")
FLOAT = re.compile(r"[-+]?(?:[0-9]+\.[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?")


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where something stands: line and column, both from 1 as editors count."""

    line: int
    column: int


@dataclass(slots=True)
class Document:
    """The values of one file, lists as tuples. `keys` and `values`: by path, where a key and where its value begins."""

    value: Any = None
    keys: dict[Path, Place] = field(default_factory=dict)
    values: dict[Path, Place] = field(default_factory=dict)
    mistakes: list[tuple[Place, str, str]] = field(default_factory=list)  # place, path, message

    def place(self, path: Path, *, of_key: bool = False) -> Place:
        """Where `path` stands, or the nearest thing around it that is written down."""
        while path:
            found = (self.keys.get(path) if of_key else None) or self.values.get(path) or self.keys.get(path)
            if found:
                return found
            path = path[:-1]
        return Place(1, 1)


def read(text: str, name: str) -> Document:
    """The values of `text`; a repeated key is among the `mistakes`. Raises ConfigError where the text is no YAML."""
    document = Document()
    try:
        node = compose(text, name)
        if node is not None:
            document.value = _value(node, (), document, frozenset())
    except RecursionError as error:
        raise ConfigError([f"{name}:1:1: no person writes so many brackets upon each other"]) from error
    return document


def compose(text: str, name: str) -> yaml.Node | None:
    """The tree of `text` with the marks of its parts, None for an empty one. Raises ConfigError."""
    try:
        loader = _Loader(text)
        try:
            return loader.get_single_node()
        finally:
            loader.dispose()
    except yaml.MarkedYAMLError as error:
        place = _place(error.problem_mark or error.context_mark)
        said = ", ".join(part for part in (error.context, error.problem) if part)
        advice = ": indent with blanks, not with tabs" if "\t" in _line(text, place) else ""
        raise ConfigError([f"{name}:{place.line}:{place.column}: this is no YAML: {said}{advice}"]) from error
    except ReaderError as error:
        before = text[: error.position]
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        raise ConfigError([f"{name}:{line}:{column}: this is no YAML: {error.reason}, take it out"]) from error


def dotted(path: Path) -> str:
    """`sources[3].every`, as messages name a key."""
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path).lstrip(".")


class _Loader(yaml.CSafeLoader):
    """The C parser, with none of the resolvers of YAML 1.1."""


_Loader.yaml_implicit_resolvers = {}


def _resolver(tag: str, pattern: str, first: str) -> None:
    _Loader.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(f"(?:{pattern})$"), list(first))


_resolver("bool", "true|True|TRUE|false|False|FALSE", "tTfF")
_resolver("null", "null|Null|NULL|~|", "nN~\0")
_Loader.yaml_implicit_resolvers[""] = _Loader.yaml_implicit_resolvers.pop("\0")  # an empty value is null too
_resolver("int", INTEGER.pattern, "-+0123456789")
_resolver("float", FLOAT.pattern, "-+.0123456789")

_SCALARS: dict[str, Callable[[str], Any]] = {
    "tag:yaml.org,2002:bool": lambda word: word.lower() == "true",
    "tag:yaml.org,2002:null": lambda word: None,
    "tag:yaml.org,2002:int": int,
    "tag:yaml.org,2002:float": float,
    "tag:yaml.org,2002:str": str,
}


def _value(node: yaml.Node, path: Path, document: Document, above: frozenset[int]) -> Any:
    document.values[path] = _place(node.start_mark)
    if id(node) in above:
        document.mistakes.append((document.values[path], dotted(path), "an alias inside itself, write it out"))
        return None
    above |= {id(node)}
    if isinstance(node, yaml.MappingNode):
        pairs = _pairs(node, path, document)
        return {key: _value(value, (*path, key), document, above) for key, value in pairs}
    if isinstance(node, yaml.SequenceNode):
        return tuple(_value(item, (*path, number), document, above) for number, item in enumerate(node.value))
    try:
        return _SCALARS[node.tag](node.value)
    except (KeyError, ValueError):  # ValueError: `!!int word`, or more digits than Python reads
        document.mistakes.append(
            (document.values[path], dotted(path), f"cannot be read as {node.tag}, write plain text")
        )
        return None


def _pairs(node: yaml.MappingNode, path: Path, document: Document) -> Iterator[tuple[str, yaml.Node]]:
    for key, value in node.value:
        place = _place(key.start_mark)
        if not isinstance(key, yaml.ScalarNode):
            document.mistakes.append((place, dotted(path), "a key must be one word, write `key: value`"))
            continue
        here = (*path, key.value)
        first = document.keys.setdefault(here, place)
        if first is not place:
            said = f"stands here and at line {first.line} already, keep one of the two"
            document.mistakes.append((place, dotted(here), said))
            continue
        yield key.value, value


def _place(mark: Any) -> Place:
    return Place(mark.line + 1, mark.column + 1) if mark else Place(1, 1)


def _line(text: str, place: Place) -> str:
    return text.split("\n")[place.line - 1] if place.line <= text.count("\n") + 1 else ""
