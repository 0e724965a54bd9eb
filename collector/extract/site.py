"""
A site rule and a page -> articles.

rule.layouts -> the first that fits the page and finds its text
    piece   -> body nodes -> marks.outside | text.read | lines.sift -> Article; what is missing, from the metadata
    items,
    related -> blocks     -> the same for each, marked as found on a page that is not its own
"""

from collections.abc import Iterator
from datetime import date, datetime
from urllib.parse import urlsplit

from collector.extract import blocks, generic, lines, metadata, piece, text
from collector.extract.blocks import Block
from collector.extract.memory import NOTHING, Profile
from collector.extract.page import Page
from collector.extract.piece import Spot
from collector.extract.places import Reader
from collector.extract.rule import Items, Layout, Rule
from storage.records import Article, Result


def extract(page: Page, rule: Rule, now: datetime | None, memory: Profile = NOTHING) -> Result | None:
    """What the rule reads on the page; None when no layout finds text or links there. `now`: of the fetch, aware;
    `memory`: of the furniture of its host, which is no part of the page's own article.

    A layout without a body whose paths fit is believed when it finds nothing: an empty listing is no article.
    """
    fields = metadata.fields(page, now=now)
    for layout in rule.layouts:
        if not _fits(layout, page.url, now):
            continue
        reader = Reader(page=page, script=layout.json, now=now, language=fields.language, memory=memory)
        result = _result(reader, layout, rule, tuple(_articles(reader, layout, fields)))
        if result.articles or (layout.is_listing and (result.links or layout.paths)):
            return result
    return None


def _fits(layout: Layout, url: str, now: datetime | None) -> bool:
    day = now.date() if now is not None else None
    if day is not None and not (layout.since or day) <= day < (layout.until or date.max):
        return False
    path = urlsplit(url).path or "/"
    return not layout.paths or any(pattern.match(path) for pattern in layout.paths)


def _result(reader: Reader, layout: Layout, rule: Rule, articles: tuple[Article, ...]) -> Result:
    page = reader.page
    addresses = (page.absolute(said.text) for said in reader.said(layout.links, [page.root]))
    following = reader.address(layout.next_page, [reader.html])
    return Result(
        articles=articles,
        kind="listing",  # of a page without articles
        extractor=f"site:{rule.name}",
        rule_revision=f"{rule.revision}+{generic.REVISION}",  # the code that reads by a rule has its share in all of it
        reason=None if articles else "listing",
        next_page=following if following != page.url else None,
        links=tuple(dict.fromkeys(filter(None, addresses))),
    )


def _articles(reader: Reader, layout: Layout, fields: metadata.Fields) -> Iterator[Article]:
    """The page's own article, then those found beside it; without its own article none, where the layout has a body."""
    others = [
        (block, items)
        for items in (layout.items, layout.related)
        if items is not None
        for block in _blocks(reader, items)
    ]
    if not layout.is_listing:
        beside = frozenset(root.mem_id for block, _ in others for root in block.roots)
        own = Spot(roots=[reader.html], beside=beside, url=fields.url, known=fields)
        if (article := piece.read(reader, layout.piece, own)) is None:
            return
        yield article
        if not layout.piece.body:
            yield from generic.updates(reader.page, fields, article, reader.now, reader.memory)
    for block, items in others:
        spot = Spot(roots=block.roots, url=block.url, title=block.title)
        if (article := piece.read(reader, items.piece, spot)) is not None:
            yield article


def _blocks(reader: Reader, items: Items) -> Iterator[Block]:
    if items.select:
        return blocks.selected(reader.page, items.select)
    assert items.link is not None, "a rule is refused that names neither"
    return blocks.linked(reader.page, items.link, lambda roots: _beside(roots, items))


def _beside(roots: blocks.Roots, items: Items) -> list[str] | None:
    """What a block says beside the lines that the rule knows; None where none of them stands there."""
    left, fields = lines.tell(text.read(roots).paragraphs, items.piece.lines)
    return [one.text for one in left if one.kind != "h"] if fields else None
