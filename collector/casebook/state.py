"""JSON of a page's scripts -> JSON in made-up words: keys, types, times and numbers stay. Knows no tree."""

import html
import json
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any

from collector.casebook.addresses import Addresses, is_slug
from collector.casebook.standing import Standing
from collector.casebook.words import named

_MACHINE = re.compile(r"@.*|inLanguage|.*(?:[iI]d|[tT]ype|[lL]ang|[lL]ocale|[fF]ormat|[sS]elector|class)")
_ID = re.compile(r"[\w.:-]*\d[\w.:-]*|[a-z]{2}(?:[-_][A-Z]{2})?")
_BYLINE = named("author authors creator contributor byline editor")
_MOST = 8  # objects of a list that say the same of different things
_DEEPEST = 60
Path = Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """Rewords JSON. `fragment`: HTML in a string -> HTML in made-up words."""

    standing: Standing
    addresses: Addresses
    fragment: Callable[[str], str]

    def written(self, value: Any) -> str:
        """The value in made-up words, as it may stand in a script element."""
        made = self._value("", value, byline=False, depth=0)
        return json.dumps(made, ensure_ascii=False, separators=(",", ":")).replace("</", "<\\/")

    def _value(self, key: str, value: Any, *, byline: bool, depth: int) -> Any:
        byline = byline or key in _BYLINE
        match value:
            case str(text):
                return self._text(key, text, byline=byline)
            case list(parts):
                plain = any(not isinstance(part, dict) for part in parts) or byline
                kept = parts if plain else parts[:_MOST]
                return [self._value(key, part, byline=byline, depth=depth + 1) for part in kept if depth < _DEEPEST]
            case dict(keys):
                return {
                    name: self._value(name, one, byline=byline, depth=depth + 1)
                    for name, one in keys.items()
                    if depth < _DEEPEST
                }
        return value

    def _text(self, key: str, text: str, *, byline: bool) -> str:
        if re.match(r"(?:https?:)?//|/[^/\s]+/", text):
            return self.addresses.made_up(text)
        if _is_machine(key, text):
            return text
        if "&lt;/" in text:
            return html.escape(self.fragment(html.unescape(text)))
        if "</" in text or "<p" in text or "<br" in text:
            return self.fragment(text)
        return self.standing.text(text, byline=byline)


def pruned(value: Any, paths: Iterable[Path]) -> Any:
    """A JSON value with nothing in it but what stands at the paths, written as in a rule's `json`."""
    ways = [tuple(path) for path in paths]
    if () in ways:
        return value
    match value:
        case list(parts):
            rest = {number: _below(str(number), ways) for number in range(len(parts))}
            last = max((number for number, below in rest.items() if below), default=-1)
            return [
                pruned(part, rest[number]) if rest[number] else None for number, part in enumerate(parts[: last + 1])
            ]
        case dict(keys):
            return {key: pruned(one, below) for key, one in keys.items() if (below := _below(key, ways))}
    return value


def _below(step: str, ways: Iterable[tuple[str, ...]]) -> list[tuple[str, ...]]:
    return [way[1:] for way in ways if way[0] == step or ("*" in way[0] and fnmatchcase(step, way[0]))]


def _is_machine(key: str, text: str) -> bool:
    """A value that no reader sees: a kind, an id, a language."""
    if " " in text.strip() or not text.isascii() or is_slug(text):
        return False
    return _MACHINE.fullmatch(key) is not None or _ID.fullmatch(text) is not None
