"""
Who changed it? Readings of two captures of an article -> a label, and a publisher's edits. By values alone.

Each capture is read under the reader (rule and memory) of the earlier version and under that of the later one. A
reader that finds the same in both captures shows that the site changed nothing; the least difference that one reader
finds is the site's doing. What is left of it beyond markup and what all pages of the site share is the publisher's.

docs/decisions/0017 says why it is so.
"""

from dataclasses import dataclass, replace
from typing import Any, Literal

from collector.extract.phrases import is_furniture
from collector.policy import quality
from collector.policy.changes.difference import Difference, Rewording, difference
from collector.policy.changes.edits import Edit, edits
from collector.policy.changes.said import Said
from collector.policy.changes.standing import Elsewhere, Standing
from collector.policy.changes.tokens import words
from storage.records import to_json

ChangedBy = Literal["publisher", "rule", "template", "capture"]
NOWHERE = Elsewhere()
_NEAR = 2  # words on both sides of a change by which it is looked for on a page
_LOST = 0.1  # of the words: less is no flicker of a page


@dataclass(frozen=True, slots=True, kw_only=True)
class Both:
    """What one reader read in the earlier and in the later capture."""

    old: Said
    new: Said


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """Two versions that follow each other, and all that can still be known of their captures.

    kept: as the archive has them. then, now: both captures under the reader of the earlier and of the later version,
    by today's program; None where that cannot be had. same_reader: was it one? `now` alone is given then.
    old_page, new_page: None where a body is gone. before: the version before both. elsewhere: of the site.
    """

    kept: Both
    then: Both | None = None
    now: Both | None = None
    same_reader: bool
    unreadable: bool = False
    old_page: Standing | None = None
    new_page: Standing | None = None
    before: Said | None = None
    elsewhere: Elsewhere = NOWHERE


@dataclass(frozen=True, slots=True)
class Label:
    """flicker: the earlier version was the bad one, between two that say the same: it is a capture's, too."""

    changed_by: ChangedBy
    edits: tuple[Edit, ...] = ()
    flicker: bool = False


def attribute(case: Case) -> Label:
    """Who changed it. Where several did, the one that a reader would ask for first: the publisher."""
    flicker = _is_flicker(case)
    if flicker or case.unreadable:
        return Label("capture", flicker=flicker)
    readings = [both for both in (case.now, case.then) if both is not None]
    found = [(difference(both.old, both.new), both) for both in readings]
    if any(each.empty for each, _ in found):
        return Label("template" if _read_alike(case) else "rule")
    if not found and not case.same_reader:
        return Label("rule")
    kept = difference(case.kept.old, case.kept.new), case.kept
    site, both = min([*found, kept], key=lambda each: each[0].weight)
    left = _unexplained(case, site, both)
    if left.empty:
        return Label("template")
    if _is_bad_capture(case, site, both):
        return Label("capture")
    return Label("publisher", edits(left, both.old, both.new))


def _read_alike(case: Case) -> bool:
    """Is it for the markup, and for no reader, that the versions differ?

    Readers of two names may read one page alike, as when a rule no longer fits a site that was redesigned and leaves
    its pages to the generic extractor. Today's program must still read what was read then.
    """
    then, now = case.then or case.now, case.now
    if then is None or now is None or (case.then is None and not case.same_reader):
        return False
    as_kept = ((case.kept.old, then.old), (case.kept.new, now.new))
    return then.new == now.new and all(difference(one, other).empty for one, other in as_kept)


def _is_flicker(case: Case) -> bool:
    """A, B, A again, where B lacked some of the text and had nothing of its own."""
    if case.before is None or not difference(case.before, case.kept.new).empty:
        return False
    return _lacks(difference(case.before, case.kept.old)) > _LOST * len(words(case.before.text))


def _lacks(found: Difference) -> int:
    """How many words of the old text the new one lacks; 0 where it has any of its own."""
    lost, gained = _words(found)
    return 0 if gained else lost


def _words(found: Difference) -> tuple[int, int]:
    """How many went, and how many came."""
    went = (*found.went, *(change.removed for change in found.changed))
    came = (*found.came, *(change.added for change in found.changed))
    return sum(len(words(text)) for text in went), sum(len(words(text)) for text in came)


def _is_bad_capture(case: Case, site: Difference, both: Both) -> bool:
    """Is one of the two pages no good: an error, behind a wall that the other was not behind, broken off?"""
    old, new = both.old, both.new
    if quality.worse(_values(old), _values(new)) or quality.worse(_values(new), _values(old) | {"text": new.text}):
        return True  # a text that grew is a story that was written on
    lost, gained = _words(site)
    if (not gained and new.paywalled and not old.paywalled) or (not lost and old.paywalled and not new.paywalled):
        return lost != gained
    if case.old_page is None or case.new_page is None:
        return False
    shorter, longer = (case.new_page, case.old_page) if lost >= gained else (case.old_page, case.new_page)
    if shorter.breaks_off(longer):
        return lost != gained or not site.changed
    return shorter.lacks_the_end(longer) and 0 in (lost, gained) and lost != gained


def _values(said: Said) -> dict[str, Any]:
    """As `quality` asks for them, of one reader."""
    kinds = to_json(said.kinds or ["p"])
    revisions = {"rule_revision": "", "memory_revision": ""}
    return {"title": said.title, "text": said.text, "source": said.source, "kinds": kinds, **revisions}


def _unexplained(case: Case, site: Difference, both: Both) -> Difference:
    """What neither the markup nor the site's own paragraphs can have done."""
    return replace(
        site,
        came=tuple(text for text in site.came if not _is_the_sites(case, text, case.old_page)),
        went=tuple(text for text in site.went if not _is_the_sites(case, text, case.new_page)),
        changed=tuple(change for change in site.changed if not _stood(case, change)),
        fields=tuple(name for name in site.fields if not _was_said(case, name, both)),
    )


def _is_the_sites(case: Case, paragraph: str, other: Standing | None) -> bool:
    """A phrase of furniture, a paragraph of many articles, or one that the other page shows as well."""
    known = is_furniture(paragraph) or case.elsewhere.share(paragraph)
    return known or (other is not None and other.holds(paragraph))


def _stood(case: Case, change: Rewording) -> bool:
    """Do both sides of it, with the words around, stand on the page of the other side, too?"""
    sides = (
        (case.new_page, change.removed, change.old, change.old_at),
        (case.old_page, change.added, change.new, change.new_at),
    )
    return all(
        page is not None and page.holds(text, _around(paragraph, at, len(text)))
        for page, text, paragraph, at in sides
        if words(text)
    ) and any(words(text) for _, text, _, _ in sides)


def _around(paragraph: str, at: int, length: int) -> list[str]:
    before, after = words(paragraph[:at]), words(paragraph[at + length :])
    return [*before[-_NEAR:], *words(paragraph[at : at + length]), *after[:_NEAR]]


def _was_said(case: Case, field: str, both: Both) -> bool:
    """Does each page say, somewhere, what was read on the other one alone?"""
    if case.old_page is None or case.new_page is None:
        return False
    old, new = both.old.values(field), both.new.values(field)
    came = all(case.old_page.says(field, new[key]) for key in new.keys() - old.keys())
    return came and all(case.new_page.says(field, old[key]) for key in old.keys() - new.keys())
