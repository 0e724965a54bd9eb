"""What of a page carries no shape: scripts, pictures, long menus and lists beside the article. Rewrites nothing."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from selectolax.lexbor import LexborNode

from collector.casebook.runs import UNREAD, Run, children
from collector.extract.tags import BLOCKS, PICTURES
from storage.records import Article

_HEAD = frozenset({"head", "title", "meta", "link", "base", "script"})
_DROPPED = UNREAD - _HEAD - PICTURES
_NUMBER = re.compile(r"\d+")
_LONG = 12  # letters of a text that stands in another by more than chance


@dataclass(frozen=True, slots=True)
class Cut:
    """How much stays beside the articles: `siblings` that are equal, `depth` levels of elements; None: all."""

    siblings: int | None = None
    depth: int | None = None

    def ends(self, alike: int, depth: int) -> bool:
        """Whether the so many-th of equal siblings, so deep, goes."""
        return (self.siblings is not None and alike > self.siblings) or (self.depth is not None and depth >= self.depth)


def of_articles(runs: Iterable[Run], articles: Iterable[Article]) -> frozenset[int]:
    """`mem_id` of all elements around the runs that the articles were read from."""
    said = [text for article in articles for text in _texts(article)]
    exact, whole = frozenset(said), "\n".join(said)
    pieces = [text for text in said if len(text) >= 4]
    found: set[int] = set()
    for run in runs:
        text = run.text
        if text in exact or (len(text) >= _LONG and (text in whole or any(piece in text for piece in pieces))):
            found.update(run.around)
    return frozenset(found)


def left_out(root: LexborNode, core: frozenset[int], cut: Cut) -> frozenset[int]:
    """`mem_id` of what goes. `core`: the elements of the articles."""
    found: set[int] = set()
    todo = [(root, 0)]
    while todo:
        holder, depth = todo.pop()
        running = holder.mem_id in core  # what stands in its lines is no list
        alike: Counter[tuple[str, str]] = Counter()
        for child in children(holder):
            if child.is_text_node:
                continue
            tag, own = child.tag or "", child.mem_id in core
            counted = not own and tag not in _HEAD and (tag in BLOCKS or "-" in tag or not running)
            alike[_kind(child)] += counted
            if not child.is_element_node or tag in _DROPPED or (counted and cut.ends(alike[_kind(child)], depth)):
                found.add(child.mem_id)
            else:
                todo.append((child, 0 if own else depth + 1))
    return frozenset(found)


def _kind(node: LexborNode) -> tuple[str, str]:
    """Tag and classes; numbers in them only count."""
    return node.tag or "", _NUMBER.sub("", node.attributes.get("class") or "") if node.is_element_node else ""


def _texts(article: Article) -> Iterable[str]:
    yield article.title
    yield from (paragraph.text for paragraph in article.paragraphs)
    yield from (part for caption in article.captions for part in (caption.text, caption.credit) if part)
    yield from article.authors
    yield from article.tags
    yield from filter(None, (article.lead, article.section, article.published_raw, article.source))
