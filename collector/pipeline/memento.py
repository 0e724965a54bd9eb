"""
The copy of a page in a web archive -> the page as it was: its own address, time, status and headers. Asks for it too.

A copy is told from the archive's own pages by its `Memento-Datetime` (RFC 7089, 2.1.1) or by the headers that came with
the page, which the archive gives the names `X-Archive-Orig-…`. What is no copy is never taken for the page.
"""

import re
from dataclasses import replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import NamedTuple

from collector import urls
from collector.errors import FetchError
from collector.pipeline.edges import Get
from storage.records import Capture, Headers, Request

NO_COPY = "no-copy"  # reason of a FetchError: the archive has none, and none will come
_ADDRESS = re.compile(r"(?P<archive>https?://.+?)/web/(?P<when>\d{14})(?P<form>[a-z]{2}_)?/(?P<original>.+)", re.DOTALL)
_ORIGINAL = "x-archive-orig-"
_REDIRECT = re.compile(rb"Got an? HTTP 3\d\d response at crawl time", re.IGNORECASE)


class Had(NamedTuple):
    """A page, and the address of the copy that it was had from; None: it was had from its site."""

    capture: Capture
    memento: str | None


async def ask(get: Get, memento: str, url: str) -> Had:
    """The page at `url` as the copy at `memento` has it. Raises FetchError, with NO_COPY where the archive has none."""
    answer = await get(Request(url=memento))
    return Had(original(answer, url), answer.final_url)


async def beside(get: Get, memento: str | None, url: str) -> Had:
    """The page at `url` from where another was had: the archive gives the copy of about the same time."""
    if memento is None or (found := _ADDRESS.fullmatch(memento)) is None:
        return Had(await get(Request(url=url)), None)
    return await ask(get, f"{found['archive']}/web/{found['when']}id_/{url}", url)


def original(answer: Capture, url: str) -> Capture:
    """What the copy is of. A redirect within the archive to another page leads there, as the site's own did.

    `fetched_at` is when the archive captured it. Raises FetchError for what is no raw copy of a page.
    """
    found = _ADDRESS.fullmatch(answer.final_url)
    if found is None:
        raise _no_copy(url, f"its copy in the web archive leads out of it, to {answer.final_url}")
    if not _is_copy(answer):
        raise _own_page(answer, url, urls.host_of(answer.final_url))
    if found["form"] != "id_":
        raise _no_copy(url, f"the web archive gives no raw copy of it, but {answer.final_url}")
    final = urls.announced(found["original"]) or url
    return replace(
        answer,
        url=url,
        final_url=url if urls.identity(final) == urls.identity(url) else final,
        fetched_at=_moment(found["when"], answer),
        headers=_headers(answer),
        redirects=(),
    )


def _is_copy(answer: Capture) -> bool:
    return any(name == "memento-datetime" or name.startswith(_ORIGINAL) for name, _ in answer.headers)


def _own_page(answer: Capture, url: str, archive: str) -> FetchError:
    if answer.status in (404, 410):
        return _no_copy(url, f"{archive} has no copy of it")
    if _REDIRECT.search(answer.body):
        return _no_copy(url, f"the copy at {archive} is a redirect that it does not follow")
    passing = answer.status not in (401, 403, 451)
    said = f"{archive} answered {answer.status} with a page of its own"
    return FetchError(url, "no-memento", said, passing=passing, status=answer.status)


def _no_copy(url: str, said: str) -> FetchError:
    return FetchError(url, NO_COPY, said, passing=False)


def _moment(when: str, answer: Capture) -> datetime:
    """By the address; 14 digits that are no time are mended by the header."""
    try:
        return datetime.strptime(when, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    except ValueError:
        return parsedate_to_datetime(answer.header("memento-datetime") or "").astimezone(UTC)


def _headers(answer: Capture) -> Headers:
    """Those of the page itself. The content type is the page's own even where the archive names no other."""
    own = tuple((name.removeprefix(_ORIGINAL), value) for name, value in answer.headers if name.startswith(_ORIGINAL))
    if answer.content_type is None or any(name == "content-type" for name, _ in own):
        return own
    return (("content-type", answer.content_type), *own)
