"""
What a page says about its article, in a fixed order of trust, the first that holds wins:

JSON-LD of the article | OpenGraph and the usual meta names | microdata | the page's own elements | its address

Knows no site and no body. A date later than the fetch is never believed.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from selectolax.lexbor import LexborNode

from collector import urls
from collector.extract import dates, declared, meta_names, names, text
from collector.extract.page import Page
from storage.records import Moment

_SEPARATOR = re.compile(r"\s+[|\-–—·•»«:/]+\s+|\s*[|｜]\s*")
_URL_DAY = re.compile(r"/(20\d\d|19\d\d)[/-]?(0[1-9]|1[0-2])[/-]?(0[1-9]|[12]\d|3[01])(?=[/\-_.]|$)")
_MANY = 40  # elements of one kind that are looked at
_BYLINE = (
    ".byline, .author, .article-author, .post-author, [class*=byline i], [class*=author-name i], [class*=authorname i]"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fields:
    """What is known of an article beside its text.

    `canonical`: as declared, absolute, not yet believed; `url`: the address the article is known by.
    """

    title: str | None = None
    published: Moment | None = None
    modified: Moment | None = None
    authors: tuple[str, ...] = ()
    source: str | None = None
    section: str | None = None
    tags: tuple[str, ...] = ()
    language: str | None = None
    lead: str | None = None
    canonical: str | None = None
    url: str = ""


def fields(page: Page, *, now: datetime | None = None, zone: str | None = None) -> Fields:
    """`now`: aware time of the fetch; `zone`: IANA name for times written without one."""
    headings = _headings(page)
    item = declared.article(page, [*headings, *_meta(page, meta_names.TITLE[:1])])
    source = _first(declared.names(item.get("publisher"))) or _first(_meta(page, meta_names.SITE))
    language = _language(page, item)
    canonical = page.canonical or page.absolute(_first(_meta(page, ("og:url",))))
    section = (
        declared.text(item.get("articleSection")) or _first(_meta(page, meta_names.SECTION)) or _crumb(page, headings)
    )

    def moment(raw: Iterable[str]) -> Moment | None:
        read = (dates.parse(one, now=now, language=language, zone=zone) for one in raw)
        return next((one for one in read if one is not None), None)

    return Fields(
        title=_title(page, item, headings, [source, section, *_meta(page, meta_names.SITE)]),
        published=moment(_published(page, item)) or moment(_from_address(page)),
        modified=moment(_modified(page, item)),
        authors=_authors(page, item, source, language),
        source=source,
        section=section,
        tags=_tags(page, item),
        language=language,
        lead=declared.text(item.get("description")) or _first(_meta(page, meta_names.LEAD)),
        canonical=canonical,
        url=_address(page, canonical),
    )


def _address(page: Page, canonical: str | None) -> str:
    believed = canonical if canonical is not None and urls.believable(canonical, page.url) else page.url
    return urls.canonical(believed) or page.url


def _title(page: Page, item: dict[str, Any], headings: list[str], around: list[str | None]) -> str | None:
    """What stands over the text, if the head of the page knows it; else what the head says, without the site's name."""
    title = next(iter(page.telling.get("title", ())), None)
    heads = [
        declared.text(item.get("headline")),
        *_meta(page, meta_names.TITLE),
        text.inline(title) if title is not None else "",
    ]
    heads = [_without_site(head, around) for head in heads if head]
    known = {declared.bare(head) for head in heads}
    for heading in headings:
        if declared.bare(heading) in known:
            return heading
    return _first(heads) or _first(headings)


def _without_site(title: str, around: Iterable[str | None]) -> str:
    """Cut the names of site and section from the ends: "A story - Politics - TASS" -> "A story"."""
    site = {declared.bare(name) for name in around if name}
    parts = _SEPARATOR.split(title)
    separators = _SEPARATOR.findall(title)
    while len(parts) > 1 and declared.bare(parts[-1]) in site:
        parts.pop(), separators.pop()
    while len(parts) > 1 and declared.bare(parts[0]) in site:
        parts.pop(0), separators.pop(0)
    return parts[0] + "".join(sep + part for sep, part in zip(separators, parts[1:], strict=True))


def _headings(page: Page) -> list[str]:
    nodes = [*page.marked.get("headline", ())[:3], *page.telling.get("h1", ())[:_MANY]]
    return [line for line in map(text.inline, nodes) if line]


def _published(page: Page, item: dict[str, Any]) -> Iterator[str]:
    yield from _texts(item, "datePublished", "dateCreated", "uploadDate")
    yield from _meta(page, meta_names.PUBLISHED)
    if page.marked.keys() & {"datePublished", "dateCreated"}:
        yield from _moments(page, "[itemprop~=datePublished], [itemprop~=dateCreated]")
    if page.telling.keys() & {"time", "abbr"}:
        yield from _moments(page, "time[pubdate], time.published, abbr.published, time.entry-date")
        yield from _moments(page, "article time, main time, header time, [class*=article i] time")
        yield from _moments(page, "time")
    yield from _moments(page, "[class*=publish i], [class*=date i], [class*=time i]")


def _modified(page: Page, item: dict[str, Any]) -> Iterator[str]:
    yield from _texts(item, "dateModified")
    yield from _meta(page, meta_names.MODIFIED)
    if "dateModified" in page.marked or "time" in page.telling:
        yield from _moments(page, "[itemprop~=dateModified], time.updated")


def _moments(page: Page, selector: str) -> Iterator[str]:
    """What elements that hold a date say, the machine's form before the reader's."""
    for node in page.tree.css(selector)[:_MANY]:
        attributes = node.attributes
        for key in ("datetime", "content", "title"):
            if value := (attributes.get(key) or "").strip():
                yield value
        line = text.inline(node)
        if any(map(str.isdigit, line)) and len(line) < 100:
            yield line


def _from_address(page: Page) -> Iterator[str]:
    if found := _URL_DAY.search(page.url):
        yield "-".join(found.groups())


def _authors(page: Page, item: dict[str, Any], source: str | None, language: str | None) -> tuple[str, ...]:
    selectors = ("[itemprop~=author] [itemprop~=name]", "[itemprop~=author]", "[rel~=author]", _BYLINE)
    said: list[Iterable[str]] = [declared.names(item.get("author")), declared.names(item.get("creator"))]
    said += [_meta(page, (name,)) for name in meta_names.AUTHOR]
    for lines in said:
        if found := names.clean(lines, source, language):
            return found
    for selector in selectors if "author" in page.marked else selectors[-1:]:
        if found := names.clean(_lines(page.tree.css(selector)[:4]), source, language):
            return found
    return ()


def _lines(nodes: Iterable[LexborNode]) -> list[str]:
    return [line for line in map(text.inline, nodes) if 0 < len(line) < 120]


def _tags(page: Page, item: dict[str, Any]) -> tuple[str, ...]:
    said: list[list[str]] = [declared.words(item.get("keywords"))]
    said += [declared.words(list(_meta(page, (name,)))) for name in meta_names.TAGS]
    links = [node for node in page.marked.get("tag", ()) if node.tag == "a"][:_MANY]
    return tuple(dict.fromkeys(next(filter(None, said), []) or _lines(links)))


def _language(page: Page, item: dict[str, Any]) -> str | None:
    said = (
        page.html_lang,
        declared.text(item.get("inLanguage")),
        *_meta(page, meta_names.LANGUAGE),
    )
    for tag in said:
        if tag and re.fullmatch(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*", tag):
            return tag.replace("_", "-")
    return None


def _crumb(page: Page, headings: list[str]) -> str | None:
    """The last of the breadcrumbs that is not the story itself, nor the home page."""
    titles = {declared.bare(heading) for heading in headings}
    crumbs = [crumb for crumb in declared.breadcrumb(page)[1:] if declared.bare(crumb) not in titles]
    return crumbs[-1] if crumbs else None


def _meta(page: Page, wanted: Iterable[str]) -> Iterator[str]:
    for name in wanted:
        yield from map(declared.text, page.meta.get(name, ()))


def _texts(item: dict[str, Any], *keys: str) -> Iterator[str]:
    yield from filter(None, (declared.text(item.get(key)) for key in keys))


def _first(values: Iterable[str]) -> str | None:
    return next((value for value in values if value), None)
