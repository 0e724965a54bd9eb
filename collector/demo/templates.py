"""The files under `pages/`, with the blanks filled in. Knows no story and no site."""

import json
from collections.abc import Iterable, Mapping
from functools import cache
from html import escape
from importlib.resources import files
from string import Template
from typing import Any


class Html(str):
    """Text that is markup already, and so goes into a page as it is."""

    __slots__ = ()


def fill(name: str, /, **values: str) -> Html:
    """`pages/<name>` with each `$word` replaced; every value but `Html` is escaped."""
    return Html(_template(name).substitute({word: _safe(value) for word, value in values.items()}))


def tag(element: str, content: str, /, **attributes: str) -> Html:
    """One element around `content`; `class_` stands for the attribute `class`."""
    written = "".join(f' {name.rstrip("_")}="{escape(value)}"' for name, value in attributes.items())
    return Html(f"<{element}{written}>{_safe(content)}</{element}>")


def join(pieces: Iterable[str], between: str = "\n") -> Html:
    """Pieces of a page, one a line unless `between` says otherwise."""
    return Html(between.join(_safe(piece) for piece in pieces))


def script(value: Mapping[str, Any]) -> Html:
    """JSON for a script element, which only `</` could end too early."""
    return Html(json.dumps(value, ensure_ascii=False).replace("</", "<\\/"))


def _safe(value: str) -> str:
    return value if isinstance(value, Html) else escape(value)


@cache
def _template(name: str) -> Template:
    return Template((files(__package__) / "pages" / name).read_text("utf-8").rstrip("\n"))
