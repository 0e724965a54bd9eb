"""What a page says of its article, and where: the readers of titles, times and authors begin here. Decides nothing."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from selectolax.lexbor import LexborNode

from collector import urls
from collector.extract import declared, meta_names, tags, text
from collector.extract.boxes import tidy
from collector.extract.page import Page

_MARKED = "h1, time, abbr, [itemprop], [rel~=author], [rel~=tag]"
_TIMES = frozenset(("h1", "time", "abbr"))
_MANY = 40  # elements of one kind that are looked at
_FIRST = 3  # elements marked as headlines that are looked at


@dataclass(frozen=True)
class Said:
    """One page. `item`: the JSON-LD object of its article; `headings`: each headline and h1 with its text."""

    page: Page

    @cached_property
    def headings(self) -> list[tuple[LexborNode, str]]:
        nodes = [*self.page.telling.get("headline", ())[:_FIRST], *self.page.telling.get("h1", ())[:_MANY]]
        return [(node, said) for node in nodes if (said := line(node))]

    @cached_property
    def item(self) -> dict[str, Any]:
        return declared.article(self.page, [*(line for _, line in self.headings), *self.meta(meta_names.TITLE[:1])])

    @cached_property
    def source(self) -> str | None:
        """Who publishes."""
        publisher = declared.names(declared.resolved(self.item.get("publisher"), self.page))
        return first(publisher) or first(self.meta(meta_names.SITE))

    @cached_property
    def own_names(self) -> frozenset[str]:
        """What the site is called, bare: by itself, and by its host."""
        site = urls.site_of(self.page.url)
        said = (self.source or "", *self.meta(meta_names.SITE), site, site.partition(".")[0])
        return frozenset(bare for bare in map(declared.bare, said) if bare)

    @cached_property
    def crumbs(self) -> list[str]:
        """The breadcrumbs, from below the home page down to what is not the story itself."""
        titles = {declared.bare(line) for _, line in self.headings}
        return [crumb for crumb in declared.breadcrumb(self.page)[1:] if declared.bare(crumb) not in titles]

    def meta(self, wanted: Iterable[str]) -> Iterator[str]:
        """What the meta elements of these names say, in that order."""
        return (value for _, values in self.named(wanted) for value in values)

    def named(self, wanted: Iterable[str]) -> Iterator[tuple[str, list[str]]]:
        """The same, each name with what its elements say."""
        meta = self.page.meta
        return ((name, [*map(declared.text, meta[name])]) for name in wanted if name in meta)

    def texts(self, *keys: str) -> Iterator[str]:
        """What the article's object in JSON-LD says under these keys."""
        yield from filter(None, (declared.text(self.item.get(key)) for key in keys))

    def marked(self, *words: str) -> list[LexborNode]:
        """Elements with one of the words as tag or in `itemprop` or `rel`, in the order of the page."""
        wanted = frozenset(words)
        return [node for node, said in self._marks if not wanted.isdisjoint(said)][:_MANY]

    def near(self, selector: str) -> list[LexborNode]:
        """Elements by a selector: those that follow the first heading, then those before it."""
        return self.from_heading(self.page.tree.css(f"{selector}, h1"))

    def times(self) -> list[LexborNode]:
        """The elements that are made for times, in the same order."""
        return self.from_heading([node for node, said in self._marks if not _TIMES.isdisjoint(said)])

    def from_heading(self, nodes: list[LexborNode]) -> list[LexborNode]:
        """Elements among which the headings are, begun from the first heading, without them."""
        heading = self.headings[0][0].mem_id if self.headings else None
        at = next((number for number, node in enumerate(nodes) if node.mem_id == heading), 0)
        return [node for node in (*nodes[at:], *nodes[:at]) if node.tag != "h1"][:_MANY]

    @cached_property
    def _marks(self) -> list[tuple[LexborNode, list[str]]]:
        """What some pages have beside what all have: a second pass over the tree, for all fields that need one."""
        return [(node, _words(node)) for node in self.page.tree.css(_MARKED)]


def first(values: Iterable[str]) -> str | None:
    """The first that is not empty."""
    return next((value for value in values if value), None)


def line(node: LexborNode) -> str:
    """The text of a heading or title on one line; mostly it is bare."""
    child = node.first_child
    if child is not None and child.next is None and child.is_text_node and not tags.hidden(node.attributes):
        return tidy(node.text())
    return text.inline(node)


def _words(node: LexborNode) -> list[str]:
    attributes = node.attributes
    return f"{node.tag} {attributes.get('itemprop') or ''} {attributes.get('rel') or ''}".split()
