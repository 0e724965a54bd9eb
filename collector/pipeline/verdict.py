"""
What a capture is, by what was read from it and by what the archive knows of its host: an article, a listing, a wall.

result -> is it one by itself | is its text a known wall, or at many addresses | far below the host's usual
       | or the story at last, where a wall was taken for it
"""

from dataclasses import dataclass
from datetime import datetime

from collector import urls
from collector.policy import copies, quality
from collector.policy.copies import Copy
from collector.policy.tries import next_try
from storage.archive import Archive
from storage.archive.captures import Unread
from storage.archive.walls import Standing
from storage.records import Article, Capture, PageKind, Result

TOO_SHORT = "far shorter than the site's articles"
SAME_TEXT = "the same text at several addresses"
ANOTHER = "another text than the story's"


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """`reason`: why it is no article. `undone`: addresses of the pages whose versions were withdrawn with it."""

    kind: PageKind
    reason: str | None = None
    undone: tuple[str, ...] = ()


def see(archive: Archive, unread: Unread, capture: Capture, result: Result, now: datetime) -> Seen:
    """In the transaction of the caller, before anything is filed. Each question is answered by an index."""
    own = next((article for article in result.articles if not article.found), None)
    if own is None:
        return Seen(kind=result.kind, reason=result.reason)
    host, text = urls.host_of(capture.final_url), quality.fingerprint(own.text)
    archive.set_capture_text(unread.id, text, len(own.text))
    announced = archive.announced_title(unread.entry_id)
    if text is not None:
        if why := archive.wall(host, text):
            archive.met_again(host, text, unread.entry_id, unread.id)
            return Seen(kind="wall", reason=why)
        if _is_wall(archive, host, text, unread, own, announced):
            then = next_try(now, 0, "wall").at
            undone = archive.add_wall(host, text, reason=SAME_TEXT, title=own.title, now=now, next_visit=then)
            return Seen(kind="wall", reason=SAME_TEXT, undone=tuple(url for url in undone if url != unread.url))
    if _is_far_below(archive, host, own, announced):
        return Seen(kind="wall", reason=TOO_SHORT)
    if announced is not None:
        _mend_first(archive, host, unread, own, announced, now)
    return Seen(kind="article")


def _mend_first(archive: Archive, host: str, unread: Unread, own: Article, announced: str, now: datetime) -> None:
    """What was filed first was a wall that nothing gave away, if the story that was announced stands there now."""
    first = archive.first_reading(unread.entry_id)
    if first is not None and quality.stood_before(first, (own.title, own.text), announced):
        wall = quality.fingerprint(first[1])
        if wall is not None:
            archive.add_wall(host, wall, reason=ANOTHER, title=first[0], now=now, next_visit=None)


def _is_wall(archive: Archive, host: str, text: str, unread: Unread, own: Article, announced: str | None) -> bool:
    others = [each for each in archive.standings(host, text) if each.entry_id != unread.entry_id]
    if len(others) + 1 < copies.ENOUGH:
        return False
    dated = own.published is not None or bool(own.authors)
    here = Copy(url=unread.url, announced=announced, title=own.title, article_id=None, dated=dated)
    return copies.is_wall([here, *map(_copy, others)])


def _copy(page: Standing) -> Copy:
    return Copy(url=page.url, announced=page.announced, title=page.title, article_id=page.article_id, dated=page.dated)


def _is_far_below(archive: Archive, host: str, own: Article, announced: str | None) -> bool:
    paid = bool(own.paywalled)
    strange = own.published is None and announced is not None and not quality.agree(own.title, announced)
    if not (paid or strange):
        return False
    usual = archive.usual_length(host, quality.LEAST_KNOWN)
    return quality.far_below(len(own.text), usual, paid=paid, strange=strange)
