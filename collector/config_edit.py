"""
Adding sources to a config.yaml that a person wrote: lines are put in, all others stay byte for byte.

The places come from the YAML parser and the result is read again before it is believed; where the file is written in
a way that we cannot add to, ConfigError says so and nothing is changed.
"""

import json
import re
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml

from collector import config, config_yaml, urls
from collector.config import Source
from collector.config_values import SECONDS
from collector.errors import ConfigError

PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9:/._~?=&%+-]*[A-Za-z0-9/_~=&%+-]")  # nothing that YAML reads as its own
UNPRINTABLE = re.compile(r"[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
EMPTY_LINE = re.compile(r"[ \t]*(?:#.*|\.\.\.)?[\r\n]*")


def add_to_file(path: Path, sources: Sequence[Source]) -> None:
    """Add to the file, which is made when there is none and replaced as a whole when there is. Raises ConfigError."""
    target = path.resolve()
    old = config.read_text(target) if target.exists() else ""
    fresh = target.with_name(f".{target.name}.new")
    fresh.write_bytes(add_sources(old, sources, str(path)).encode())
    if target.exists():
        shutil.copymode(target, fresh)
    fresh.replace(target)


def add_sources(text: str, sources: Sequence[Source], name: str = "config.yaml") -> str:
    """`text` with those `sources` that it does not hold already, at the end of its list. Raises ConfigError."""
    mark, body = ("\ufeff", text[1:]) if text.startswith("\ufeff") else ("", text)
    old = config_yaml.read(body, name).value or {}
    known = _addresses(old)
    new = list({address: source for source in sources if (address := urls.canonical(source.url)) not in known}.values())
    if not new:
        return text
    result = _inserted(body, config_yaml.compose(body, name), new)
    added = config.parse(result, name).sources[-len(new) :]
    kept = config_yaml.read(result, name).value
    if added != tuple(new) or kept != {**old, "sources": (*(old.get("sources") or ()), *kept["sources"][-len(new) :])}:
        raise ConfigError([f"{name}: sources: written in a way that nothing can be added to, add the lines by hand"])
    return mark + result


def _addresses(value: Any) -> set[str | None]:
    listed = (value.get("sources") if isinstance(value, dict) else None) or ()
    found = (source.get("url") if isinstance(source, dict) else source for source in listed)
    return {urls.canonical(url) for url in found if isinstance(url, str)}


def _inserted(text: str, root: yaml.Node | None, new: Sequence[Source]) -> str:
    """The one place where the lines belong, by how the list is written now."""
    if not isinstance(root, yaml.MappingNode):
        return _lines(text, len(text), new, column=0, heading=True)
    keys = [key.start_mark.index for key, _ in root.value]
    pair = next((pair for pair in root.value if pair[0].value == "sources"), None)
    column = root.start_mark.column
    if pair is None and root.flow_style:
        return _in_brackets(text, root, f"sources: [{', '.join(map(_flow, new))}]", [v for _, v in root.value])
    if pair is None:
        return _lines(text, _after_content(text, 0, len(text)), new, column=column, heading=True)
    key, value = pair
    if isinstance(value, yaml.SequenceNode) and value.flow_style:
        return _in_brackets(text, value, ", ".join(map(_flow, new)), value.value)
    end = min((index for index in keys if index > key.start_mark.index), default=len(text))
    if isinstance(value, yaml.SequenceNode):
        return _lines(text, _after_content(text, value.start_mark.index, end), new, column=value.start_mark.column)
    if value.tag.endswith(":null"):  # `sources: null`
        text = text[: value.start_mark.index] + text[value.end_mark.index :]
    return _lines(text, _line_end(text, key.end_mark.index), new, column=column + 2)


def _lines(text: str, index: int, new: Sequence[Source], *, column: int, heading: bool = False) -> str:
    """`text` with one line a source at `index`, in its own line endings."""
    newline = "\r\n" if "\r\n" in text else "\n"
    before, after = text[:index], text[index:]
    if before and not before.endswith(("\n", "\r")):
        before += newline
    lines = [" " * column + "sources:"] if heading else []
    lines += [" " * (column + 2 * heading) + "- " + _block(source) for source in new]
    return before + "".join(line + newline for line in lines) + after


def _in_brackets(text: str, node: yaml.CollectionNode, item: str, children: Sequence[yaml.Node]) -> str:
    """`item` behind the last of `children`, or right behind the opening bracket."""
    index = children[-1].end_mark.index if children else node.start_mark.index + 1
    return f"{text[:index]}{', ' if children else ''}{item}{text[index:]}"


def _after_content(text: str, start: int, end: int) -> int:
    """Where the last line between `start` and `end` ends that is neither empty nor a comment."""
    last = index = start
    for line in text[start:end].splitlines(keepends=True):
        index += len(line)
        if not EMPTY_LINE.fullmatch(line):
            last = index
    return last


def _line_end(text: str, index: int) -> int:
    found = text.find("\n", index)
    return len(text) if found < 0 else found + 1


def _block(source: Source) -> str:
    if source.model_dump(exclude_none=True).keys() == {"url"}:
        return source.url if PLAIN.fullmatch(source.url) else _quoted(source.url)
    return _flow(source)


def _flow(source: Source) -> str:
    """One source within brackets, where a comma and a colon have a meaning: text is quoted."""
    if source.model_dump(exclude_none=True).keys() == {"url"}:
        return _quoted(source.url)
    parts = [f"url: {_quoted(source.url)}"]
    if source.kind:
        parts.append(f"kind: {source.kind}")
    if source.every is not None:
        parts.append(f"every: {_span(source.every)}")
    if source.title is not None:
        parts.append(f"title: {_quoted(source.title)}")
    return "{" + ", ".join(parts) + "}"


def _quoted(text: str) -> str:
    return UNPRINTABLE.sub(lambda letter: f"\\u{ord(letter[0]):04x}", json.dumps(text, ensure_ascii=False))


def _span(seconds: float) -> str:
    """`5400` -> `90m`: the largest unit that goes in without a rest."""
    whole = (unit for unit in "wdhm" if seconds % SECONDS[unit] == 0 and seconds)
    unit = next(whole, "s")
    return f"{seconds / SECONDS[unit]:.15g}{unit}"
