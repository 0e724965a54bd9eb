"""Extractors by name, ours and others', all of one shape: (page, address, what else is known of it) -> Answer.

Each imports its library when it is first asked for: no process has all of them. Others are set as the evaluations that
the page collections come from set them: without comments, with tables.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from importlib import import_module
from typing import Any
from urllib.parse import urlsplit

Answer = dict[str, Any]  # text (a paragraph a line, without the title), title, published, authors, and other fields
Reader = Callable[[str | bytes, str, Mapping[str, Any]], Answer | None]  # None: not one of the pages it is for


def reader(name: str) -> Reader:
    """The extractor of that name, ready: its library is imported, what it needs is built."""
    return _READERS[name]()


def _parse() -> Reader:
    """The floor: Lexbor parses the page, and it is thrown away."""
    parser = import_module("selectolax.lexbor").LexborHTMLParser

    def read(html: str | bytes, url: str, known: Mapping[str, Any]) -> Answer:
        parser(html)
        return {}

    return read


def _newskeep(**options: Any) -> Reader:
    extract = import_module("collector.extract").extract

    def read(html: str | bytes, url: str, known: Mapping[str, Any]) -> Answer:
        return _answer(extract(html, url, **options))

    return read


def _with_memory() -> Reader:
    """Generic, with what other pages of the host in the same collection tell; where there are none, as without."""
    extract, learn = import_module("collector.extract").extract, import_module("collector.extract.learning").learn
    sheet, parse = import_module("collector.extract.sheets").sheet, import_module("collector.extract.page").Page.parse
    profiles: dict[str, Any] = {}  # by address; learnt at a page's first turn, so that the best turn is without

    def read(html: str | bytes, url: str, known: Mapping[str, Any]) -> Answer:
        if url not in profiles:
            profiles[url] = learn([sheet(parse(*other)) for other in known["others"]])
        return _answer(extract(html, url, sites={}, memory=profiles[url]))

    return read


def _answer(result: Any) -> Answer:
    if not result.articles:
        return {}
    article = result.articles[0]
    fields = {name: getattr(article, name) for name in ("section", "language", "lead", "image", "paywalled")}
    return fields | {
        "text": "\n".join(paragraph.text for paragraph in article.paragraphs),
        "title": article.title,
        "published": article.published_iso,
        "authors": list(article.authors),
        "tags": list(article.tags),
    }


def _trafilatura(**options: Any) -> Reader:
    bare_extraction = import_module("trafilatura").bare_extraction

    def read(html: str | bytes, url: str, known: Mapping[str, Any]) -> Answer:
        found = bare_extraction(html, url=url, include_comments=False, with_metadata=True, **options)
        if found is None:
            return {}
        return {
            "text": found.text,
            "title": found.title,
            "published": found.date,
            "authors": [name for name in map(str.strip, (found.author or "").split(";")) if name],
            "tags": found.tags,
            "section": found.categories,
            "language": found.language,
            "lead": found.description,
            "image": found.image,
        }

    return read


def _readability() -> Reader:
    document, extract_text = import_module("readability").Document, import_module("html_text").extract_text

    def read(html: str | bytes, url: str, known: Mapping[str, Any]) -> Answer:
        found = document(html)
        return {"text": extract_text(found.summary(html_partial=True)), "title": found.short_title()}

    return read


def _newspaper() -> Reader:
    article = import_module("newspaper").article

    def read(html: str | bytes, url: str, known: Mapping[str, Any]) -> Answer:
        found = article(url, input_html=html, fetch_images=False)
        found.parse()
        return {
            "text": found.text,
            "title": found.title,
            "published": found.publish_date.isoformat() if isinstance(found.publish_date, datetime) else None,
            "authors": list(found.authors or ()),
            "tags": list(found.tags or ()),
            "language": found.meta_lang,
            "lead": found.meta_description,
            "image": found.top_image,
        }

    return read


def _resiliparse(**options: Any) -> Reader:
    extract = import_module("resiliparse.extract.html2text").extract_plain_text
    tree = import_module("resiliparse.parse.html").HTMLTree

    def read(html: str | bytes, url: str, known: Mapping[str, Any]) -> Answer:
        found = tree.parse(html if isinstance(html, str) else html.decode("utf-8", "replace"))
        return {"text": extract(found, main_content=True, **options), "title": found.title}

    return read


def _fundus() -> Reader:
    """Knows its own publishers only, each with the parser of the day on which the page was fetched."""
    fundus = import_module("fundus")
    publishers = list(fundus.PublisherCollection)
    by_name = {one.__name__: one for one in publishers}
    by_host = {_host(one.domain): one for one in publishers}

    def read(html: str | bytes, url: str, known: Mapping[str, Any]) -> Answer | None:
        publisher = by_name.get(known["publisher"]) or by_host.get(_host(url))
        if publisher is None or not known["crawl_date"]:
            return None
        day = datetime.fromisoformat(known["crawl_date"])
        found = {key: value for key, value in publisher.parser(day).parse(html).items() if _is_value(value)}
        return {
            "text": "\n".join(found["body"].as_text_sequence()) if found.get("body") else "",
            "title": found.get("title"),
            "published": found["publishing_date"].isoformat() if found.get("publishing_date") else None,
            "authors": list(found.get("authors") or ()),
            "tags": list(found.get("topics") or ()),
            "image": bool(found.get("images")) or None,
        }

    return read


def _is_value(value: Any) -> bool:
    """Fundus hands out the error where a field failed."""
    return not isinstance(value, Exception)


def _host(url: str) -> str:
    return (urlsplit(url).hostname or "").removeprefix("www.")


_READERS: dict[str, Callable[[], Reader]] = {
    "parse": _parse,
    "newskeep": lambda: _newskeep(sites={}),
    "newskeep, with memory": _with_memory,
    "newskeep, with rules": _newskeep,
    "trafilatura": _trafilatura,
    "trafilatura, fast": lambda: _trafilatura(fast=True),
    "trafilatura, precision": lambda: _trafilatura(favor_precision=True),
    "readability": _readability,
    "newspaper4k": _newspaper,
    "resiliparse": lambda: _resiliparse(alt_texts=False, comments=False, post_meta=False, list_bullets=False),
    "fundus": _fundus,
}
