"""JSON as pages carry it in script elements -> Python values, mended where that is cheap. Knows no article."""

import json
import re
from collections.abc import Iterable
from typing import Any

_WRAPPERS = re.compile(r"^\s*(?:<!--|//|/\*|\*/|<!\[CDATA\[|\s)+|(?:-->|//|/\*|\*/|\]\]>|;|\s)+$")
_TRAILING_COMMA = re.compile(r",(?=\s*[}\]])")
_BAD_ESCAPE = re.compile(r"\\(?![\"\\/bfnrtu])")
_DECODER = json.JSONDecoder(strict=False)  # control characters inside strings are common
Item = dict[str, Any]


def loads(text: str) -> Any | None:
    """The value, or None where no cheap repair helps: comment and CDATA wrappers, trailing commas, bad escapes."""
    text = _WRAPPERS.sub("", text.lstrip("\ufeff"))
    for mend in (_as_is, _without_trailing_commas, _without_bad_escapes):
        text = mend(text)
        try:
            return _DECODER.raw_decode(text)[0]
        except (ValueError, RecursionError):
            continue
    return None


def items(texts: Iterable[str]) -> tuple[Item, ...]:
    """Every object of the scripts, in order, with lists and `@graph` laid flat."""
    found: list[Item] = []
    for text in texts:
        todo = [loads(text)]
        while todo:
            value = todo.pop()
            if isinstance(value, list):
                todo += reversed(value)
            elif isinstance(value, dict):
                graph = value.get("@graph")
                if len(value) > 2 or graph is None:
                    found.append(value)
                todo.append(graph)
    return tuple(found)


def _as_is(text: str) -> str:
    return text


def _without_trailing_commas(text: str) -> str:
    return _TRAILING_COMMA.sub("", text)


def _without_bad_escapes(text: str) -> str:
    return _BAD_ESCAPE.sub(r"\\\\", text)
