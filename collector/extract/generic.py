"""
A page of any site -> its article, by structure first and words second. Knows no site.

page -> choose: where the text is -> features of every block that may be text -> judge: the blocks that are
     -> live: the updates of a live blog, each a piece of its own -> cut: no headline, no labels, nothing twice
     |  what the page's scripts declare, where the tree holds next to nothing
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from collector.extract import cut, dates, declared, judge, live, metadata, names, others, scripts, text, walls
from collector.extract.boxes import Block
from collector.extract.choose import Chosen, choose
from collector.extract.jsonld import Item
from collector.extract.memory import NOTHING, Profile
from collector.extract.metadata import Fields
from collector.extract.page import Page
from collector.extract.revision import revision
from collector.extract.text import Body
from collector.extract.walls.reasons import INDEX
from storage.records import Article, Result

REVISION = revision()
_LEAST = 25  # characters of text that an article has at least
_THIN = 250  # characters of text below which the state of scripts is asked
_TITLE = 120  # characters of a text's beginning that stand for its title
_MORE = 2.5  # how many times the tree's text a script's must have to be taken instead: mostly it is cut short


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One piece of writing on a page. `title` is None for the page's own article; `item`: what JSON-LD says of it."""

    body: Body
    title: str | None = None
    item: Item = field(default_factory=dict)


def extract(page: Page, now: datetime | None = None, memory: Profile = NOTHING) -> Result:
    """The article of a page, or none with a reason; those of a live blog. `now`: aware time of the fetch;
    `memory`: of the furniture of its host.
    """
    fields = metadata.fields(page, now=now)
    chosen = choose(page, fields, memory=memory)
    kept = _kept(chosen)
    if chosen is not None and not _declares_article(page) and others.are_all(chosen.walked, kept):
        return Result(kind="listing", reason=INDEX)
    own, *rest = pieces(page, fields, chosen, kept)
    if _length(own.body) < _LEAST:
        seen = walls.silent(page, fields.title)
        return Result(kind=seen.kind, reason=seen.reason)
    article = _article(fields, own.body)
    return Result(articles=(article, *(_update(one, article, page, now) for one in rest)), rule_revision=REVISION)


def read(page: Page, fields: Fields, *, skip: frozenset[int] = frozenset(), memory: Profile = NOTHING) -> Body:
    """The text of the page's own article. `skip`: `mem_id` of subtrees to leave out."""
    chosen = choose(page, fields, skip=skip, memory=memory)
    return pieces(page, fields, chosen, _kept(chosen))[0].body


def updates(
    page: Page, fields: Fields, blog: Article, now: datetime | None = None, memory: Profile = NOTHING
) -> Iterator[Article]:
    """The updates of a live blog whose own article is known; none on any other page."""
    if live.is_live(page):
        chosen = choose(page, fields, memory=memory)
        for piece in pieces(page, fields, chosen, _kept(chosen))[1:]:
            yield _update(piece, blog, page, now)


def pieces(page: Page, fields: Fields, chosen: Chosen | None, kept: set[int]) -> list[Piece]:
    """The page's own article, with an empty body where there is none, and the updates of a live blog.

    `kept`: the numbers of the blocks that are text.
    """
    if chosen is None:
        return [Piece(body=_declared_or(Body(), page))]
    posts = live.updates(chosen, kept, page)
    opening = {number for number in kept if number < posts[0].start} if posts else kept
    if not opening:
        opening, posts = kept, []
    own = _compose(chosen, opening, fields.title)
    rest = [Piece(body=_compose(chosen, one.blocks, one.title), title=one.title, item=one.item) for one in posts]
    return [Piece(body=own if posts else _declared_or(own, page)), *(one for one in rest if one.body.paragraphs)]


def _kept(chosen: Chosen | None) -> set[int]:
    return judge.installed().kept(chosen) if chosen is not None else set()


def _declares_article(page: Page) -> bool:
    return "article" in page.meta.get("ogtype", ()) or bool(declared.article(page, ()))


def _compose(chosen: Chosen, kept: set[int], title: str | None) -> Body:
    """Text and captions from the blocks that are kept."""
    blocks = chosen.walked.blocks
    kept = kept | _headings(blocks, kept, chosen)
    said = cut.within_declared(cut.once([b for b in blocks if b.number in kept]), chosen.known.text)
    wanted = {block.number for block in cut.without_title(cut.without_labels(said), title)}
    captions = {n for n in chosen.captions if chosen.container.start <= n < chosen.container.end}
    return text.body([b for b in blocks if b.number in wanted or b.number in captions], chosen.units)


def _headings(blocks: Sequence[Block], kept: set[int], chosen: Chosen) -> set[int]:
    """Headings with text under them: the next block that is no heading is kept."""
    found: set[int] = set()
    below = False
    for block in reversed(blocks):
        if block.kind != "h":
            below = block.number in kept
        elif below and chosen.scores.plain(block) and block.number not in chosen.remembered:
            found.add(block.number)
    return found


def _declared_or(body: Body, page: Page) -> Body:
    """The text that the page's scripts hold, where the tree holds next to nothing of it."""
    declared_body = scripts.article_body(page)
    if _length(declared_body) > _MORE * _length(body):
        body = declared_body
    return max(body, scripts.state(page), key=_length) if _length(body) < _THIN else body


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
        image=fields.image,
        paywalled=fields.paywalled,
    )


def _update(piece: Piece, blog: Article, page: Page, now: datetime | None) -> Article:
    """An update of a live blog; its authors, section and language are the blog's where it names none."""
    published = dates.parse(declared.text(piece.item.get("datePublished")), now=now, language=blog.language)
    authors = names.clean(declared.names(piece.item.get("author")), blog.source, blog.language)
    return replace(
        blog,
        title=piece.title or "",
        paragraphs=piece.body.paragraphs,
        captions=piece.body.captions,
        url=page.absolute(declared.text(piece.item.get("url"))) or blog.url,
        published=published.value if published else None,
        published_raw=published.raw if published else None,
        published_precision=published.precision if published else None,
        modified=None,
        authors=authors or blog.authors,
        lead=None,
        found=True,
    )


def _first_words(body: Body) -> str:
    """Of a page that names no title: the first heading of its text, else how it begins."""
    said = [one.text for one in body.paragraphs if one.kind == "h"] + [one.text for one in body.paragraphs]
    return said[0] if len(said[0]) <= _TITLE else f"{said[0][:_TITLE].rpartition(' ')[0] or said[0][:_TITLE]}…"


def _length(body: Body) -> int:
    return sum(len(paragraph.text) for paragraph in body.paragraphs if paragraph.kind != "h")
