"""JSON in script elements: values by path, and node trees -> HTML, so that one reader reads all text. Knows no rule."""

import html
import re
from collections.abc import Iterator, Sequence
from fnmatch import fnmatchcase
from typing import Any

from collector.extract import jsonld
from collector.extract.page import Page

ASSIGNED = re.compile(r"^\s*+(?:var |let |const )?\s*+[\w.$\[\]'\"]{1,100}+\s*+[=(](?=\s*+[{\[])")
_PICTURES = frozenset({"img", "image", "leading"})  # SCMP's names of a node that is a picture
_DEEPEST = 100  # levels of nodes; real bodies have five


def values(page: Page, select: str, path: Sequence[str]) -> Iterator[Any]:
    """
    What stands at `path` in the scripts that `select` finds, as JSON, `window.NAME = JSON` or `NAME.push(JSON)`.

    A step with a `*` stands for all keys that it fits, `*` alone for every element of a list too. None and "" are left
    out.
    """
    for item in jsonld.items(ASSIGNED.sub("", node.text(), count=1) for node in page.tree.css(select)):
        yield from (value for value in at(item, path) if value not in (None, ""))


def to_html(value: Any, depth: int = 0) -> str:
    """
    HTML of a body as state objects carry it: HTML or plain text in a string, or nodes
    `{type, attribs, children, data}` as htmlparser2 names them. A picture's title becomes its caption.
    """
    match value:
        case str(text):
            text = html.unescape(text) if "&lt;/" in text else text
            return text if "</" in text else "".join(f"<p>{html.escape(line)}</p>" for line in text.splitlines())
        case list(nodes):
            return "".join(_node(node, depth) for node in nodes)
        case dict(node):
            return _node(node, depth)
    return ""


def at(value: Any, path: Sequence[str]) -> Iterator[Any]:
    """What stands at `path` in a JSON value, the elements of a list each; nothing where it leads nowhere."""
    if not path:
        yield from value if isinstance(value, list) and not _is_tree(value) else (value,)
        return
    step, rest = path[0], path[1:]
    match value:
        case list() if step == "*":
            for one in value:
                yield from at(one, rest)
        case list() if step.isdecimal() and int(step) < len(value):
            yield from at(value[int(step)], rest)
        case dict() if step in value:
            yield from at(value[step], rest)
        case dict() if "*" in step:
            for key in value:
                if fnmatchcase(key, step):
                    yield from at(value[key], rest)


def _is_tree(value: list[Any]) -> bool:
    return any(isinstance(one, dict) and "type" in one for one in value)


def _node(node: Any, depth: int) -> str:
    if not isinstance(node, dict):
        return html.escape(node) if isinstance(node, str) else ""
    kind = str(node.get("type", ""))
    if kind == "text":
        return html.escape(str(node.get("data") or ""))
    attributes = node.get("attribs") if isinstance(node.get("attribs"), dict) else {}
    assert isinstance(attributes, dict)
    if kind in _PICTURES:
        caption = attributes.get("title") or node.get("title") or ""
        return f"<figure><img><figcaption>{html.escape(str(caption))}</figcaption></figure>"
    tag = str(node.get("name") or kind) if kind == "tag" else kind
    if depth > _DEEPEST or not tag.replace("-", "").isalnum():
        return ""
    return f"<{tag}>{to_html(node.get('children') or [], depth + 1)}</{tag}>"
