"""
Two versions and the bytes of their captures -> who changed what. No network, no database.

bodies -> read again under the reader of the earlier version, and of the later one | what stands on both pages
       -> policy.changes.attribute
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from collector.errors import RuleError
from collector.extract.page import Page
from collector.policy.changes.attribution import Both, Case, Label, attribute
from collector.policy.changes.said import Said
from collector.policy.changes.standing import Elsewhere, Standing
from collector.reread import Reader, Reread, reread
from storage.recipes import Change, Recipe

Bodies = Sequence[bytes] | None  # one for each page of a recipe; None where one is gone


@dataclass(frozen=True, slots=True, kw_only=True)
class Readers:
    """Of the earlier and of the later version; None where its rule was not kept."""

    old: Reader | None
    new: Reader | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Capture:
    """What is known of one version: how it came about, its bytes, by which reader, and what it says."""

    recipe: Recipe
    bodies: Bodies
    reader: Reader | None
    kept: Said
    known: dict[Reader, Reread | None] = field(default_factory=dict)

    def read(self, reader: Reader | None) -> Reread | None:
        """None where there is nothing to read, or no such reader."""
        if self.bodies is None or reader is None:
            return None
        if reader not in self.known:
            self.known[reader] = _reread(self.recipe, self.bodies, reader)
        return self.known[reader]

    def said(self, reader: Reader | None) -> Said | None:
        """Where the bytes are gone, what its own reader read then."""
        if self.bodies is None:
            return self.kept if reader is not None and reader == self.reader else None
        found = self.read(reader)
        return Said.of_article(found.article) if found is not None and found.article is not None else None

    def standing(self) -> Standing | None:
        """What stands on its pages; None of a source's document."""
        if self.bodies is None or self.recipe.source_kind is not None:
            return None
        pages = zip(self.recipe.pages, self.bodies, strict=True)
        return Standing.of(
            [(Page.parse(body, page.final_url, page.content_type, page.charset), body) for page, body in pages]
        )


def explain(change: Change, readers: Readers, old_bodies: Bodies, new_bodies: Bodies) -> Label:
    """What made the later version another one than the earlier. Never raises on any page."""
    if not change.one_place:
        return Label("capture")  # the earlier one was read elsewhere, in a feed or on a list: a part of it
    old = _Capture(recipe=change.old_recipe, bodies=old_bodies, reader=readers.old, kept=Said.of_version(change.old))
    new = _Capture(recipe=change.new_recipe, bodies=new_bodies, reader=readers.new, kept=Said.of_version(change.new))
    own = [each.read(each.reader) for each in (old, new)]
    return attribute(
        Case(
            kept=Both(old=old.kept, new=new.kept),
            then=_both(old, new, readers.old) if readers.old != readers.new else None,
            now=_both(old, new, readers.new),
            same_reader=change.same_reader,
            unreadable=any(found is not None and found.article is None for found in own),
            old_page=old.standing(),
            new_page=new.standing(),
            before=Said.of_version(change.before) if change.before is not None else None,
            elsewhere=Elsewhere(change.others, new.kept.title, new.kept.text),
        )
    )


def _reread(recipe: Recipe, bodies: Sequence[bytes], reader: Reader) -> Reread | None:
    try:
        return reread(recipe, bodies, reader)
    except RuleError:  # written for an earlier program
        return None


def _both(old: _Capture, new: _Capture, reader: Reader | None) -> Both | None:
    one, other = old.said(reader), new.said(reader)
    return None if one is None or other is None else Both(old=one, new=other)
