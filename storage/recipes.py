"""The nouns between reading and filing: what workers get and give, without the archive that holds it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from storage.records import Article, Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Addressed:
    """An entry with the key that tells its page from others, and the host that will be asked."""

    entry: Entry
    url: str
    key: str
    host: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One article read from a capture: the address it claims, and the one it was fetched from, each with its key."""

    article: Article
    url: str
    key: str
    site: str | None
    own_url: str
    own_key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A kept capture. `charset`: the host's setting that decided how its bytes are read; None when they said it."""

    capture_id: int
    url: str
    final_url: str
    fetched_at: datetime
    content_type: str | None
    sha256: str
    charset: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """How a version came about. `key`: of its article, by which it is known among several of a page.

    pages: the first, then those on which the article goes on. source_kind: where the bytes are the document of a source
    or of a back-fill, which carried the text or listed the article, what it is read as; None for a page. found: the
    article's own page was never read.
    """

    version_id: int
    article_id: int
    key: str
    url: str
    pages: tuple[Page, ...]
    source_kind: str | None
    found: bool
    extractor: str
    rule_revision: str
    memory_revision: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Two versions of an article that follow each other, and the one before both; rows of `versions`.

    others: title and text of some other articles of the site, from about the same time.
    """

    before: dict[str, Any] | None
    old: dict[str, Any]
    new: dict[str, Any]
    old_recipe: Recipe
    new_recipe: Recipe
    others: Sequence[tuple[str, str]] = ()

    @property
    def same_reader(self) -> bool:
        """Were both read by one rule, one memory and one program?"""
        names = ("extractor", "rule_revision", "memory_revision")
        return all(self.old[name] == self.new[name] for name in names)

    @property
    def one_place(self) -> bool:
        """Was it read both times on a page, or both times in a document of a source?"""
        arrived = self.new["reason"] == "published"  # read on a list until its own page was
        return not arrived and self.old_recipe.source_kind == self.new_recipe.source_kind


def bare_revision(rule_revision: str) -> str:
    """That of the site rule alone: behind a `+` stands the program's, where it read the text."""
    return rule_revision.partition("+")[0]
