"""
A saved page -> the same page in made-up words, checked.

page -> Result -> what of it stands in which element -> the rest trimmed -> Markup -> Result again: the same shape?
                                                                         -> no run of the page's own words is left?
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from collector.casebook import asked, trim
from collector.casebook.addresses import Addresses
from collector.casebook.attributes import Shaped
from collector.casebook.markup import Markup
from collector.casebook.runs import runs
from collector.casebook.standing import Standing
from collector.casebook.survivors import survivors
from collector.casebook.trim import Cut
from collector.extract import extract, meta_names, metadata, text
from collector.extract.page import Page
from collector.extract.rule import Rule
from storage.records import Article, Result

SIZE = 40_000  # characters that a case's page should not exceed
_CUTS = (Cut(3), Cut(2), Cut(1), Cut(1, 4), Cut(1, 2))  # beside the article, from the mildest on


@dataclass(frozen=True, slots=True, kw_only=True)
class Reworded:
    """`differs`: in what its reading is unlike the original's, empty when it has its shape."""

    html: str
    url: str
    result: Result
    differs: tuple[str, ...]
    survivors: tuple[str, ...]  # runs of the page's own words that are left: not to be published


def reword(body: bytes, url: str, rule: Rule | None, now: datetime | None) -> Reworded:
    """The page in made-up words, as short as keeps its shape. `rule`: of its site; `now`: of its fetch, aware."""
    page = Page.parse(body, url)
    root = page.tree.root
    assert root is not None, "the parser makes a root for any input"
    sites = {(urlsplit(url).hostname or "").removeprefix("www."): rule} if rule else {}
    before = extract(body, url, fetched_at=now, sites=sites)
    standing = _standing(page, rule, now)
    addresses = Addresses(urlsplit(url).hostname or "", asked.literals(rule))
    markup = Markup(
        shaped=Shaped(standing=standing, addresses=addresses, literals=asked.literals(rule)),
        read=asked.scripts(rule),
        bylines=asked.bylines(rule),
    )
    core = trim.of_articles(runs(root), before.articles)

    def made(cut: Cut) -> Reworded:
        html = markup.page(page, trim.left_out(root, core, cut))
        result = extract(html, addresses.made_up(url), fetched_at=now, sites=sites)
        return Reworded(
            html=html, url=addresses.made_up(url), result=result, differs=differences(before, result), survivors=()
        )

    best = _best(made(Cut()), map(made, _CUTS))
    return replace(
        best,
        survivors=survivors({text for text, _ in standing.given}, (*standing.phrases, *asked.written(rule)), best.html),
    )


def _best(whole: Reworded, shorter: Iterator[Reworded]) -> Reworded:
    """The first that is short enough and read as the whole page is; else the shortest of those."""
    same = [whole]
    for one in shorter:
        if len(one.differs) <= len(whole.differs):
            same.append(one)
            if len(one.html) <= SIZE:
                return one
    return min(same, key=lambda one: len(one.html))


def _standing(page: Page, rule: Rule | None, now: datetime | None) -> Standing:
    """What reads words on this page: the rule's patterns where they look, and the site's name."""
    fields = metadata.fields(page, now=now)
    named = [fields.source, *(name for key in meta_names.SITE for name in page.meta.get(key, ()))]
    standing = Standing(
        patterns=asked.patterns(rule),
        now=now,
        language=fields.language,
        publisher=tuple(name for name in dict.fromkeys(named) if name and name not in fields.authors),
    )
    for selector, attribute, pattern in asked.matched(rule):
        for node in page.tree.css(selector):
            said = node.attributes.get(attribute) or "" if attribute else text.inline(node)
            if "://" not in said:
                standing.keep_needed(said, [pattern])
    if patterns := asked.lines(rule):
        standing.keep_needed("\n".join(one.text for one in text.read([page.root]).paragraphs), patterns)
    return standing


def differences(before: Result, after: Result) -> tuple[str, ...]:
    """In what two readings differ but for their words: made-up words are as long as those they stand for."""
    found = [] if before.extractor == after.extractor else [f"read by {after.extractor}, not by {before.extractor}"]
    if len(before.articles) != len(after.articles):
        return (*found, f"{len(after.articles)} articles, not {len(before.articles)}")
    for one, other in zip(before.articles, after.articles, strict=True):
        shape, made = _shape(one), _shape(other)
        found += [f"{name}: {made[name]}, not {shape[name]}" for name in shape if shape[name] != made[name]]
    return tuple(found)


def _shape(article: Article) -> dict[str, Any]:
    told = article.as_json()
    lengths = {name: [len(one) for one in told[name]] for name in ("authors", "tags")}
    length = {name: len(told[name] or "") for name in ("title", "source", "section", "lead")}
    same = {name: told[name] for name in ("published", "published_precision", "modified", "language", "found")}
    return {
        "paragraphs": " ".join(f"{one.kind}{len(one.text)}" for one in article.paragraphs),
        "captions": [(len(one.text), len(one.credit or "")) for one in article.captions],
        **lengths,
        **length,
        **same,
    }
