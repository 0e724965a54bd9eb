"""A parsed page -> its HTML in made-up words: tags, classes and JSON keys stay, nothing else that can be read."""

import html
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import takewhile

from selectolax.lexbor import LexborNode

from collector.casebook.attributes import Shaped
from collector.casebook.runs import Run, around, children, runs
from collector.casebook.state import Path, State, pruned
from collector.casebook.words import named
from collector.extract import jsonld, script_json
from collector.extract.page import Page
from collector.extract.tags import PREFORMATTED

_VOID = named("area base br col embed hr img input link meta param source track wbr")
_BYLINES = (
    "[class*=author i], [class*=byline i], [class*=autor i], [class*=auteur i], [class*=writer i], "
    "[class*=contributor i], [itemprop~=author], [rel~=author]"
)


@dataclass(slots=True, kw_only=True)
class Markup:
    """
    Writes pages. `read`: by selector, the scripts that the site's rule reads and the paths it asks for; other state
    goes. `bylines`: where beside the usual places names of writers stand.
    """

    shaped: Shaped
    read: Mapping[str, Sequence[Path]] = field(default_factory=dict)
    bylines: Sequence[str] = ()
    _said: dict[int, str] = field(default_factory=dict)  # text nodes by `mem_id`

    def page(self, page: Page, left_out: frozenset[int]) -> str:
        """All of a page, without the subtrees left out."""
        root = page.tree.root
        assert root is not None, "the parser makes a root for any input"
        self._reword(root, [one for selector in (_BYLINES, *self.bylines) for one in page.tree.css(selector)])
        scripts = self._scripts(page)
        kind = "<!DOCTYPE html>\n" if (page.tree.html or "")[:9].lower() == "<!doctype" else ""
        return f"{kind}{self._written([root], left_out, scripts)}\n"

    def fragment(self, text: str) -> str:
        """Markup that stands in a text."""
        root = Page.parse(text, "").root
        self._reword(root, [])
        return self._written(children(root), frozenset(), {})

    def _reword(self, root: LexborNode, bylines: Iterable[LexborNode]) -> None:
        known = frozenset(node.mem_id for node in bylines)
        for run in runs(root):
            self._take(run, byline=not known.isdisjoint((*run.around, *_parents(run))))

    def _take(self, run: Run, *, byline: bool) -> None:
        said, at = self.shaped.standing.text(run.raw, byline=byline, parts=run.parts()), 0
        for node in run.nodes:
            length = len(node.text_content or "")
            self._said[node.mem_id] = said[at : at + length]
            at += length

    def _scripts(self, page: Page) -> dict[int, str]:
        """What the JSON scripts that stay hold, by `mem_id`."""
        state = State(standing=self.shaped.standing, addresses=self.shaped.addresses, fragment=self.fragment)
        found: dict[int, str] = {}
        for node in page.tree.css('script[type*="ld+json" i]'):
            if (value := jsonld.loads(node.text())) is not None:
                found[node.mem_id] = state.written(value)
        for selector, paths in self.read.items():
            for node in page.tree.css(selector):
                text = node.text()
                before = assigned[0] if (assigned := script_json.ASSIGNED.match(text)) else ""
                if node.mem_id not in found and (value := jsonld.loads(text[len(before) :])) is not None:
                    found[node.mem_id] = before + state.written(pruned(value, paths))
        return found

    def _written(self, nodes: Sequence[LexborNode], left_out: frozenset[int], scripts: Mapping[int, str]) -> str:
        out: list[str] = []
        todo: list[LexborNode | str] = []  # texts: the end of an element
        todo += nodes[::-1]
        while todo:
            node = todo.pop()
            if isinstance(node, str):
                out.append(node)
            elif node.is_text_node:
                said = self._said.get(node.mem_id, "\n" if "\n" in (node.text_content or "") else " ")
                out.append(html.escape(_spaced(said, node, out), quote=False))
            elif node.is_element_node and node.mem_id not in left_out:
                self._open(node, out, todo, scripts)
        return "".join(out)

    def _open(self, node: LexborNode, out: list[str], todo: list[LexborNode | str], scripts: Mapping[int, str]) -> None:
        tag = node.tag or ""
        kept = self.shaped.kept(tag, node.attributes)
        if kept is None or (tag == "script" and node.mem_id not in scripts):
            return
        out.append(f"<{tag}{''.join(map(_attribute, kept.items()))}>")
        if tag in ("head", "body", "html"):
            out.append("\n")
        if tag in _VOID:
            return
        todo.append(f"</{tag}>" + ("\n" if tag in _LINES else ""))
        if tag == "script":
            out.append(scripts[node.mem_id])
        elif tag == "title" and node.parent is not None:
            out.append(html.escape(self.shaped.standing.text(node.text()), quote=False))
        else:
            todo.extend(children(node)[::-1])


_LINES = named("p div section article aside header footer nav ul ol li h1 h2 h3 h4 title script head body")


def _parents(run: Run) -> Iterable[int]:
    """Inline elements around the parts of a run."""
    known = frozenset(run.around)
    for node in run.nodes:
        yield from takewhile(lambda id: id not in known, (one.mem_id for one in around(node)))


def _spaced(text: str, node: LexborNode, out: Sequence[str]) -> str:
    """White space that only indents goes, but where it is preformatted."""
    if "\n" not in text or any(one.tag in PREFORMATTED for one in around(node)):
        return text
    text = re.sub(r"\s*\n\s*", "\n", text)
    return text.lstrip("\n") if out and out[-1].endswith("\n") else text


def _attribute(attribute: tuple[str, str | None]) -> str:
    name, value = attribute
    return f' {name}="{html.escape(value)}"' if value is not None else f" {name}"
