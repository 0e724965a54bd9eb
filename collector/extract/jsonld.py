"""JSON as pages carry it in script elements -> Python values, mended where that is cheap. Knows no article."""

import html
import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

# A mark of an order of bytes, comments, CDATA: what stands before the value.
_OPENING = re.compile(r"(?:[\s\ufeff;,]|<!--[^{\[]*|-->|//|/\*|\*/|<!\[CDATA\[|\]\]>)*")
_TRAILING_COMMA = re.compile(r",(?=\s*[}\]])")
_BAD_ESCAPE = re.compile(r"\\(?![\"\\/bfnrtu])")
_SINGLE_QUOTE = re.compile(r"(?<=[{\[,:\s])'|'(?=\s*[:,}\]])")
_KEY = re.compile(r'"[\w@-]{1,40}"\s{0,9}:')
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*+"|[{}\[\],]', re.DOTALL)
_CLOSING = {"{": "}", "[": "]"}
_MOST_QUOTES = 20  # inside texts that were not escaped; each costs a reading
_MOST_VALUES = 200  # in one script
_DECODER = json.JSONDecoder(strict=False)  # control characters inside strings are common
Item = dict[str, Any]


def loads(text: str) -> Any | None:
    """The first value, or None where no cheap repair helps."""
    return next(values(text), None)


def values(text: str) -> Iterator[Any]:
    """All values of a script, one after another, but what no cheap repair makes readable."""
    at = _opened(text, 0)
    for _ in range(_MOST_VALUES):
        if at >= len(text):
            return
        try:
            value, at = _DECODER.raw_decode(text, at)
        except (ValueError, RecursionError):
            if text[at : at + 1] in ("{", "[") and (mended := _mended(text[at:])) is not None:
                yield mended
            return
        yield value
        at = _opened(text, at)


def items(texts: Iterable[str]) -> tuple[Item, ...]:
    """Every object of the scripts, in order, with lists and `@graph` laid flat."""
    found: list[Item] = []
    todo = [value for text in reversed(list(texts)) for value in reversed(list(values(text)))]
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


def _opened(text: str, at: int) -> int:
    found = _OPENING.match(text, at)
    return found.end() if found else at


def _mended(text: str) -> Any | None:
    """One repair after another, each on top of those before it, until the value can be read."""
    mends = (_unescaped, _without_trailing_commas, _without_bad_escapes, _with_double_quotes, _quoted, _closed)
    for mend in mends:
        text = mend(text)
        try:
            return _DECODER.raw_decode(text)[0]
        except (ValueError, RecursionError):
            continue
    return None


def _unescaped(text: str) -> str:
    return html.unescape(text) if "&quot;" in text[:100] else text


def _without_trailing_commas(text: str) -> str:
    return _TRAILING_COMMA.sub("", text)


def _without_bad_escapes(text: str) -> str:
    return _BAD_ESCAPE.sub(r"\\\\", text)


def _with_double_quotes(text: str) -> str:
    return _SINGLE_QUOTE.sub('"', text) if '"' not in text[:100] else text


def _quoted(text: str) -> str:
    """Quotes inside a text escaped: after the one that ends it too early, the reader misses a comma. So it does where
    there is none before the next key."""
    for _ in range(_MOST_QUOTES):
        try:
            _DECODER.raw_decode(text)
        except json.JSONDecodeError as error:
            quote = text.rfind('"', 0, error.pos)
            if quote < 1 or not error.msg.startswith("Expecting ',' delimiter") or text[quote - 1] == "\\":
                return text
            comma = _KEY.match(text, error.pos)
            text = f"{text[: error.pos]},{text[error.pos :]}" if comma else f"{text[:quote]}\\{text[quote:]}"
        except (ValueError, RecursionError):
            return text
        else:
            return text
    return text


def _closed(text: str) -> str:
    """Of a value that was cut short: up to the last whole member, and its brackets closed."""
    opened: list[str] = []
    whole, open_then = 0, ""
    for token in _TOKEN.finditer(text):
        sign = token[0]
        if sign in _CLOSING:
            opened.append(sign)
        elif sign in "}]" and opened:
            opened.pop()
        elif sign == "," and len(opened) <= 50:
            whole, open_then = token.start(), "".join(opened)
    return text[:whole] + "".join(_CLOSING[sign] for sign in reversed(open_then))
