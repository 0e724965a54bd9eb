"""Kept bytes -> what they say, under a rule and a memory of then or of now. No network, no database.

pages   -> extract each -> filing.joined   | -> filing.readings -> the one of the article that is asked for
source's document -> what it lists, or the text that it carried |
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from collector import sources
from collector.errors import SourceError
from collector.extract import extract, fragment, rules
from collector.extract.memory import Profile
from collector.extract.rule import Rule
from collector.filing import addressed, joined, readings
from storage.recipes import Page, Recipe
from storage.records import Announcement, Article, Capture, Result

KEPT = "kept"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """With what bytes are read.

    rule: name and text of a site rule's file; None: the one installed for the address, or for the host `alias`; a rule
    without text is none, and leaves all to the generic extractor. memory: JSON of the host's profile. charset: what
    config.yaml says of the host, or KEPT: what it said when the capture was read.
    """

    rule: tuple[str, str] | None = None
    alias: str | None = None
    memory: str | None = None
    charset: str | None = KEPT

    def charset_of(self, page: Page) -> str | None:
        return page.charset if self.charset == KEPT else self.charset


GENERIC = ("generic", "")  # the rule of a Reader that knows none


@dataclass(frozen=True, slots=True, kw_only=True)
class Reread:
    """`article`: None when nothing was read for the article that was asked for; `reason` says why.

    missing: its body is not in raw/.
    """

    article: Article | None
    extractor: str = ""
    rule_revision: str = ""
    memory_revision: str = ""
    reason: str = ""
    missing: bool = False


def reread(recipe: Recipe, bodies: Sequence[bytes], reader: Reader) -> Reread:
    """What these bytes, one body for each of the recipe's pages, say of its article. Raises RuleError."""
    first, body = recipe.pages[0], bodies[0]
    sites = _sites(first.final_url, reader)
    if recipe.source_kind is not None:
        result, page = _announced(recipe, body, sites, reader.charset_of(first))
    else:
        result, page = _of_pages(recipe.pages, bodies, reader, sites), _capture(first)
    found = _own(recipe, result, page)
    if found is None:
        return Reread(article=None, reason=result.reason or "the article is not on the page")
    return Reread(
        article=found,
        extractor=result.extractor,
        rule_revision=result.rule_revision,
        memory_revision=result.memory_revision,
    )


def _of_pages(
    pages: Sequence[Page], bodies: Sequence[bytes], reader: Reader, sites: Mapping[str, Rule] | None
) -> Result:
    """The article goes on while each page names the next one."""
    memory = _profile(reader.memory) if reader.memory is not None else None
    results: list[Result] = []
    for page, body in zip(pages, bodies, strict=False):
        if results and results[-1].next_page != page.url:
            break
        charset = reader.charset or page.charset
        results.append(extract(body, page.final_url, page.content_type, page.fetched_at, sites, memory, charset))
    return joined(results)


def _announced(
    recipe: Recipe, body: bytes, sites: Mapping[str, Rule] | None, charset: str | None
) -> tuple[Result, Capture]:
    """From a source's document: the article that it listed, or the text that it carried."""
    page = recipe.pages[0]
    capture = _capture(page)
    try:
        said = _parsed(body, recipe, sites, charset)
    except SourceError as error:
        return Result(reason=str(error)), capture
    if said.result is not None and recipe.extractor != "source":
        return said.result, capture
    for each in addressed(said, page.final_url):
        if each.key == recipe.key and each.entry.content:
            return fragment.extract(
                *(each.entry.content, each.url),
                title=each.entry.title,
                published=each.entry.published.iso() if each.entry.published else None,
                base=page.url,
                now=page.fetched_at,
            ), replace(capture, url=each.url, final_url=each.url)
    return Result(reason="the source carried no text for it"), capture


def _parsed(body: bytes, recipe: Recipe, sites: Mapping[str, Rule] | None, charset: str | None) -> Announcement:
    page, kind = recipe.pages[0], recipe.source_kind
    return sources.parse(
        *(body, page.final_url),
        content_type=page.content_type,
        kind="listing" if kind == "listing" else None,
        fetched_at=page.fetched_at,
        sites=sites,
        charset=charset,
    )


def _own(recipe: Recipe, result: Result, page: Capture) -> Article | None:
    """The one that would be filed under this article's key; where none would be, the only one of the article's page."""
    found = readings(result, page)
    for reading in found:
        if recipe.key in (reading.key, reading.own_key):
            return reading.article
    own = [reading.article for reading in found if not reading.article.found]
    return own[0] if len(own) == 1 and not recipe.found else None


def _capture(page: Page) -> Capture:
    return Capture(url=page.url, final_url=page.final_url, fetched_at=page.fetched_at, status=200)


def _sites(url: str, reader: Reader) -> Mapping[str, Rule] | None:
    """None: the installed rules, each for its own hosts."""
    if reader.rule is not None:
        name, text = reader.rule
        return rules.only(_rule(name, text), url) if text else {}
    if reader.alias is None:
        return None
    found = rules.match(rules.installed(), f"https://{reader.alias}/")
    return rules.only(found, url) if found else {}


@lru_cache(maxsize=64)
def _rule(name: str, text: str) -> Rule:
    return rules.parse(text, f"{name}.yaml")


@lru_cache(maxsize=64)
def _profile(memory: str) -> Profile:
    return Profile.from_json(memory)
