"""What worker processes do: pure work on bytes, by name. Knows no process and no pipe."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from collector import sources
from collector.errors import RuleError
from collector.explain import Readers
from collector.explain import explain as attribute
from collector.extract import extract as read_page
from collector.extract import fragment, learning, rules, sheets
from collector.extract.memory import Profile
from collector.extract.page import Page
from collector.policy.changes.attribution import Label
from collector.reread import Reader, Reread
from collector.reread import reread as read_again
from storage.raw import DamagedBody, MissingBody, Raw
from storage.recipes import Change, Recipe
from storage.records import Announcement, Carried, Result, SourceKind
from storage.trouble import ArchiveError

if TYPE_CHECKING:
    from collector.ways.documents import Document
    from collector.ways.nouns import Leaf, Span


def extract(
    html: bytes,
    url: str,
    content_type: str | None,
    fetched_at: datetime,
    *,
    rule: str | None = None,
    memory: str | None = None,
    charset: str | None = None,
) -> Result:
    """The articles of a page. `rule`: the host whose site rule reads it, if not its own; `memory`: JSON of `learn`.

    charset: what config.yaml says that the page's host is written in.
    """
    known = _profile(memory) if memory is not None else None
    return read_page(html, url, content_type, fetched_at, sites=_sites(url, rule), memory=known, charset=charset)


def learn(pages: Sequence[tuple[bytes, str, str | None]], *, charset: str | None = None) -> tuple[str, str]:
    """From body, address and content type of a host's pages: the revision of its profile, and the profile as JSON."""
    profile = learning.learn(sheets.sheet(Page.parse(*page, charset)) for page in pages)
    return profile.revision, profile.to_json()


def parse(
    body: bytes,
    url: str,
    *,
    content_type: str | None,
    kind: SourceKind | None,
    fetched_at: datetime,
    status: int,
    rule: str | None = None,
    charset: str | None = None,
) -> Announcement:
    """What a document of a source announces. `rule` and `charset` are as in `extract`. Raises SourceError."""
    return sources.parse(
        *(body, url),
        content_type=content_type,
        kind=kind,
        fetched_at=fetched_at,
        status=status,
        sites=_sites(url, rule),
        charset=charset,
    )


def leaf(document: "Document", span: "Span", site: str, rule: str | None) -> "Leaf":
    """What a document of a back-fill's way says. `rule`: the host whose site rule is the site's, if not its own."""
    from collector.ways import documents  # noqa: PLC0415 - a worker that is started for a page needs none of it

    return documents.read(document, span, site, rule)


def extract_carried(carried: Carried, now: datetime) -> Result:
    """The article whose whole text stood in the source itself."""
    return fragment.extract(
        *(carried.content, carried.url),
        title=carried.title,
        published=carried.published,
        base=carried.source_url,
        now=now,
    )


def reread(raw: str, wanted: Sequence[tuple[Recipe, Reader]]) -> list[Reread]:
    """What kept bytes say under these readers. `raw`: the folder of the bodies; one that is not there is a reason."""
    return [_reread(Path(raw), recipe, reader) for recipe, reader in wanted]


def _reread(raw: Path, recipe: Recipe, reader: Reader) -> Reread:
    try:
        bodies = [_raw(raw).get(page.sha256, page.fetched_at) for page in recipe.pages]
        return read_again(recipe, bodies, reader)
    except (MissingBody, DamagedBody, RuleError) as error:
        return Reread(article=None, reason=str(error), missing=not isinstance(error, RuleError))


def explain(raw: str | None, change: Change, readers: Readers) -> Label | None:
    """Who made the later version of two another one; None while the bodies cannot be reached. `raw`: None: without."""
    try:
        bodies = [_bodies(Path(raw), each) if raw else None for each in (change.old_recipe, change.new_recipe)]
    except (ArchiveError, OSError):
        return None
    return attribute(change, readers, *bodies)


def _bodies(raw: Path, recipe: Recipe) -> list[bytes] | None:
    """None where one of them is kept no longer."""
    try:
        return [_raw(raw).get(page.sha256, page.fetched_at) for page in recipe.pages]
    except MissingBody:
        return None


@lru_cache(maxsize=1)
def _raw(folder: Path) -> Raw:
    return Raw(folder, readonly=True)


def _sites(url: str, rule: str | None) -> Mapping[str, rules.Rule] | None:
    """None: the installed rules, each for its own hosts."""
    if rule is None:
        return None
    found = rules.match(rules.installed(), f"https://{rule}/")
    return rules.only(found, url) if found else {}


@lru_cache(maxsize=64)
def _profile(memory: str) -> Profile:
    return Profile.from_json(memory)
