"""
A page -> its articles. Pure: the same bytes, address and time give the same result; no network, clock or database.

bytes -> Page -> the site's rule, if one is known and finds its text | generic -> is it a wall? -> Result
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

from collector.extract import generic, rules, site, walls
from collector.extract.charset import is_text
from collector.extract.memory import NOTHING, Profile
from collector.extract.page import Page
from collector.extract.rule import Rule
from storage.records import Result

__all__ = ["extract"]


def extract(
    html: bytes | str,
    url: str,
    content_type: str | None = None,
    fetched_at: datetime | None = None,
    sites: Mapping[str, Rule] | None = None,
    memory: Profile | None = None,
    charset: str | None = None,
) -> Result:
    """
    Read what a page holds: no article (a wall, an index), one, or several. Never raises on any page.

    `content_type`: of the answer, for its charset. `fetched_at`: against which relative dates are read, and later than
    which none is believed; UTC when naive. `sites`: rules by host; None: all installed ones, {}: generic only.
    `memory`: the furniture of the page's host, as far as earlier pages told it. `charset`: what the operator says that
    the pages of the host are written in, a label of the web.
    """
    if isinstance(html, bytes) and not is_text(html, content_type, charset):
        return Result(reason="no page of text but a picture, a PDF or the like")
    page = Page.parse(html, url, content_type, charset)
    now = fetched_at.replace(tzinfo=UTC) if fetched_at is not None and fetched_at.tzinfo is None else fetched_at
    rule = rules.match(rules.installed() if sites is None else sites, url)
    known = memory or NOTHING
    result = site.extract(page, rule, now, known) if rule is not None else None
    result = _believed(page, generic.extract(page, now, known) if result is None else result)
    revision = memory.revision if memory is not None and result.articles else ""
    return replace(result, memory_revision=revision, charset=page.charset)


def _believed(page: Page, result: Result) -> Result:
    """What was read; nothing of a wall that was read as if it were the page's own article."""
    if len(result.articles) != 1 or result.articles[0].found:
        return result
    seen = walls.verdict(page, result.articles[0])
    return result if seen is None else replace(result, articles=(), kind=seen.kind, reason=seen.reason)
