"""What of a page carries no shape: scripts, pictures, long menus and lists beside the article. Rewrites nothing."""

import re
from collections import Counter
from collections.abc import Iterable

from selectolax.lexbor import LexborNode

from collector.casebook.runs import Run, children
from collector.extract.tags import NEVER_READ, PICTURES
from storage.records import Article

_HEAD = frozenset({"head", "title", "meta", "link", "base", "script"})
_DROPPED = NEVER_READ - _HEAD - PICTURES
_LONG = 12  # letters of a text that stands in another by more than chance


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


def left_out(root: LexborNode, core: frozenset[int], most: int | None) -> frozenset[int]:
    """`mem_id` of what goes. `core`: elements of the articles; `most`: equal siblings beside them, None for all."""
    found: set[int] = set()
    todo = [root]
    while todo:
        alike: Counter[tuple[str, str]] = Counter()
        for child in children(todo.pop()):
            tag = child.tag or ""
            if child.is_text_node:
                continue
            key = (tag, re.sub(r"\d+", "", child.attributes.get("class") or "")) if child.is_element_node else ("", "")
            alike[key] += child.mem_id not in core
            many = most is not None and alike[key] > most and child.mem_id not in core and tag not in _HEAD
            if many or tag in _DROPPED or not child.is_element_node:
                found.add(child.mem_id)
            else:
                todo.append(child)
    return frozenset(found)


def _texts(article: Article) -> Iterable[str]:
    yield article.title
    yield from (paragraph.text for paragraph in article.paragraphs)
    yield from (part for caption in article.captions for part in (caption.text, caption.credit) if part)
    yield from article.authors
    yield from article.tags
    yield from filter(None, (article.lead, article.section, article.published_raw, article.source))
