"""Where an element stands: a short CSS selector from the nearest id down. Knows no article.

`#story>p:nth-child(3)`: the first element that it selects on the same page is the one that is meant.
"""

import re

from selectolax.lexbor import LexborNode

_PLAIN = re.compile(r"[A-Za-z][\w-]{0,60}\Z", re.ASCII)  # an id that needs no escapes
_LONGEST = 1_000  # characters of a selector
_TOPS = frozenset(("html", "body"))


class Whereabouts:
    """Of one page. What several elements have in common is worked out once: all together cost a look at each."""

    def __init__(self) -> None:
        self._numbers: dict[int, int] = {}  # `mem_id` -> its number among its siblings, from 1
        self._paths: dict[int, str] = {}  # `mem_id` -> selector

    def of(self, node: LexborNode) -> str:
        """A selector for this element; "" for one that no sane page has so deep."""
        parent = node.parent
        if parent is not None and (base := self._paths.get(parent.mem_id)) and not node.id:
            return self._below(base, node, parent)
        return self._up(node)

    def _up(self, node: LexborNode) -> str:
        chain: list[tuple[int, LexborNode, LexborNode]] = []
        here = node
        while (path := self._paths.get(id := here.mem_id)) is None:
            parent = here.parent
            if (path := _start(here)) or parent is None or not parent.is_element_node:
                self._paths[id] = path
                break
            chain.append((id, here, parent))
            here = parent
        for id, here, parent in reversed(chain):
            path = self._paths[id] = self._below(path, here, parent)
        return path

    def _below(self, path: str, node: LexborNode, parent: LexborNode) -> str:
        if not 0 < len(path) < _LONGEST:
            return ""
        if (id := node.mem_id) not in self._numbers:
            self._count(parent)
        tag = node.tag or ""
        return f"{path}>{tag if tag.isalnum() else ''}:nth-child({self._numbers[id]})"

    def _count(self, parent: LexborNode) -> None:
        number = 0
        for child in parent.iter():
            if child.is_element_node:
                number += 1
                self._numbers[child.mem_id] = number


def _start(node: LexborNode) -> str:
    """The selector of an element that needs no other: the body, or one by its id; "" for the rest."""
    id = node.id
    if id and _PLAIN.match(id):
        first = node.parser.css_first(f"#{id}")
        if first is not None and first.mem_id == node.mem_id:
            return f"#{id}"
    tag = node.tag or ""
    return tag if tag in _TOPS else ""
