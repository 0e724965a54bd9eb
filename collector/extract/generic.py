"""
A page of any site -> its article, by structure first and words second. Knows no site.

page -> walk -> score of every block -> the box that holds most of the worth and least else -> the blocks worth keeping
     |  what the page's scripts declare, where the tree holds next to nothing
"""

from collections.abc import Sequence
from datetime import datetime
from importlib.metadata import version
from itertools import accumulate

from collector.extract import cut, declared, metadata, scripts, text, walls
from collector.extract.boxes import Block, Box, Walked
from collector.extract.memory import NOTHING, Profile
from collector.extract.metadata import Fields
from collector.extract.page import Page
from collector.extract.score import KEPT, Scores, score
from collector.extract.text import Body, Units
from collector.extract.walk import walk
from storage.records import Article, Result

REVISION = version("newskeep")  # what a site's rule file is to its pages, this code is to all others
_ELSEWHERE = 0.3  # weight of a block that is not kept, when boxes are compared
_LEAST = 25  # characters of text that an article has at least
_THIN = 250  # characters of text below which the state of scripts is asked
_TITLE = 120  # characters of a text's beginning that stand for its title
_MORE = 2.5  # how many times the tree's text a script's must have to be taken instead: mostly it is cut short


def extract(page: Page, now: datetime | None = None, memory: Profile = NOTHING) -> Result:
    """The article of a page, or none with a reason. `now`: aware time of the fetch; `memory`: of its host."""
    fields = metadata.fields(page, now=now)
    body = read(page, fields, memory=memory)
    declared_body = scripts.article_body(page)
    if _length(declared_body) > _MORE * _length(body):
        body = declared_body
    if _length(body) < _THIN:
        body = max(body, scripts.state(page), key=_length)
    if _length(body) < _LEAST:
        return Result(reason="no text that could be an article's")
    if fields.published is None and (why := walls.reason(fields.title, " ".join(one.text for one in body.paragraphs))):
        return Result(reason=why)
    return Result(articles=(_article(fields, body),), rule_revision=REVISION)


def read(page: Page, fields: Fields, *, skip: frozenset[int] = frozenset(), memory: Profile = NOTHING) -> Body:
    """The article's text in the tree, as far as it can be told from what surrounds it. `skip`: as `walk` takes it."""
    walked = walk([page.root], skip=skip)
    units = Units(walked)
    captions = frozenset(block.number for block in walked.blocks if units.of(block) is not None)
    scores = score(walked, captions, _heading(walked, fields.title))
    box = _container(walked, scores)
    if box is None:
        return Body()
    blocks = walked.blocks[box.start : box.end]
    kept = {block.number for block in blocks if scores.worth[block.number] >= KEPT}
    kept |= {block.number for block in _headings(blocks, kept, scores)}
    kept -= memory.furniture(walked, page, fields)
    said = cut.within_declared(cut.once([block for block in blocks if block.number in kept]), page)
    wanted = {block.number for block in cut.without_title(cut.without_labels(said), fields.title)}
    return text.body([block for block in blocks if block.number in wanted or block.number in captions], units)


def _heading(walked: Walked, title: str | None) -> Block | None:
    bare = declared.bare(title or "")
    return next((b for b in walked.blocks if b.kind == "h" and bare and declared.bare(b.text) == bare), None)


def _container(walked: Walked, scores: Scores) -> Box | None:
    """The box that holds most of the page's worth and least of anything else: the F measure of both, of all boxes."""
    weighed = [(len(block.text), worth) for block, worth in zip(walked.blocks, scores.worth, strict=True)]
    worth = list(accumulate((size * worth for size, worth in weighed), initial=0.0))
    cost = list(accumulate((size * (1 if worth >= KEPT else _ELSEWHERE) for size, worth in weighed), initial=0.0))
    total = worth[-1]

    def quality(box: Box) -> float:
        return (worth[box.end] - worth[box.start]) / (cost[box.end] - cost[box.start] + total)

    return max(walked.boxes, key=quality) if total else None


def _headings(blocks: Sequence[Block], kept: set[int], scores: Scores) -> list[Block]:
    """Headings with text under them: the next block that is no heading is kept."""
    found: list[Block] = []
    below = False
    for block in reversed(blocks):
        if block.kind != "h":
            below = block.number in kept
        elif below and scores.plain(block):
            found.append(block)
    return found


def _article(fields: Fields, body: Body) -> Article:
    published = fields.published
    return Article(
        title=fields.title or _first_words(body),
        paragraphs=body.paragraphs,
        url=fields.url,
        published=published.value if published else None,
        published_raw=published.raw if published else None,
        published_precision=published.precision if published else None,
        modified=fields.modified.value if fields.modified else None,
        authors=fields.authors,
        source=fields.source,
        section=fields.section,
        tags=fields.tags,
        captions=body.captions,
        language=fields.language,
        lead=fields.lead,
    )


def _first_words(body: Body) -> str:
    """Of a page that names no title: the first heading of its text, else how it begins."""
    said = [one.text for one in body.paragraphs if one.kind == "h"] + [one.text for one in body.paragraphs]
    return said[0] if len(said[0]) <= _TITLE else f"{said[0][:_TITLE].rpartition(' ')[0] or said[0][:_TITLE]}…"


def _length(body: Body) -> int:
    return sum(len(paragraph.text) for paragraph in body.paragraphs if paragraph.kind != "h")
