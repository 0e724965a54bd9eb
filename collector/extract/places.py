"""What stands at the places of a rule on one page: texts, nodes, moments. Knows no article."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from selectolax.lexbor import LexborNode

from collector.extract import dates, script_json, text
from collector.extract.boxes import tidy
from collector.extract.memory import NOTHING, Profile
from collector.extract.page import Page
from collector.extract.rule import Place, Places, Script
from storage.records import Moment


def find(roots: Iterable[LexborNode], selector: str) -> list[LexborNode]:
    """The elements in the roots, they included, in the order of the page, each once."""
    found = {node.mem_id: node for root in roots if root.is_element_node for node in root.css(selector)}
    return list(found.values())


@dataclass(frozen=True, slots=True)
class Said:
    """A text and the place that gave it; `node` when it came from an element."""

    text: str
    place: Place
    node: LexborNode | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Reads places of one page. `now`: when it was fetched; `language`: of its dates; `memory`: of its host."""

    page: Page
    script: Script | None = None
    now: datetime | None = None
    language: str | None = None
    memory: Profile = NOTHING

    @property
    def html(self) -> LexborNode:
        """All of the page, its head too."""
        return self.page.tree.root or self.page.root

    def said(self, places: Places, roots: Sequence[LexborNode]) -> list[Said]:
        """Every text at the first place that has any."""
        for place in places:
            if found := list(self._said(place, roots)):
                return found
        return []

    def first(self, places: Places, roots: Sequence[LexborNode]) -> str | None:
        return next((said.text for said in self.said(places, roots)), None)

    def texts(self, places: Places, roots: Sequence[LexborNode]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(said.text for said in self.said(places, roots)))

    def nodes(self, places: Places, roots: Sequence[LexborNode]) -> list[LexborNode]:
        """The elements of the first selector that finds any."""
        for place in places:
            if place.select and (found := find(roots, place.select)):
                return found
        return []

    def bodies(self, places: Places, roots: Sequence[LexborNode]) -> Iterator[Sequence[LexborNode]]:
        """What may hold the text, one place after the other: elements, or a script's JSON made a tree of its own."""
        for place in places:
            if place.json:
                for value in self._values(place):
                    yield [Page.parse(script_json.to_html(value), self.page.url).root]
            elif place.select and (found := find(roots, place.select)):
                yield found

    def moment(self, places: Places, roots: Sequence[LexborNode]) -> Moment | None:
        """The first text that is a date, with the words that a reader of the page sees as its raw string."""
        for place in places:
            for said in self._said(place, roots):
                if moment := self.date(said.text, place):
                    return replace(moment, raw=self._shown(said, roots) or moment.raw)
        return None

    def date(self, raw: str, place: Place) -> Moment | None:
        return dates.parse(
            raw, now=self.now, language=self.language, zone=place.zone, order=place.order, format=place.format
        )

    def address(self, places: Places, roots: Sequence[LexborNode]) -> str | None:
        return self.page.absolute(self.first(places, roots))

    def _said(self, place: Place, roots: Sequence[LexborNode]) -> Iterator[Said]:
        for raw, node in self._raw(place, roots):
            words = raw if place.match is None else _kept(place.match.search(raw))
            if words:
                yield Said(words, place, node)

    def _raw(self, place: Place, roots: Sequence[LexborNode]) -> Iterator[tuple[str, LexborNode | None]]:
        if place.value is not None:
            yield place.value, None
        elif place.json:
            yield from ((str(value).strip(), None) for value in self._values(place) if isinstance(value, str | int))
        elif place.select:
            for node in find(roots, place.select):
                yield tidy(node.attributes.get(place.attr) or "") if place.attr else text.inline(node), node

    def _values(self, place: Place) -> Iterator[object]:
        if place.select:
            return script_json.values(self.page, place.select, place.json)
        if self.script is None:
            return iter(())
        return script_json.values(self.page, self.script.select, (*self.script.at, *place.json))

    def _shown(self, said: Said, roots: Sequence[LexborNode]) -> str:
        if said.place.shown:
            return next(filter(None, map(text.inline, find(roots, said.place.shown))), "")
        return text.inline(said.node) if said.place.attr and said.node is not None else ""


def _kept(found: re.Match[str] | None) -> str:
    """The first group, or all where a pattern has none."""
    if found is None:
        return ""
    return (found[1] if found.re.groups else found[0]) or ""
